import pg from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { startApi } from '../../../../tests/support/app.ts'
import { eventually } from '../../../../tests/support/stack.ts'
import { handlers } from '../handlers.ts'
import { sweepQueues } from './engine.queries.ts'
import { type Handlers, type JobEngine, runDueJobs, startJobs } from './engine.ts'
import { lanes } from './lanes.ts'
import { schedule } from './schedule.ts'

const { deps, databaseUrl: ownerUrl } = await startApi()
const rhythm = { beatSeconds: 0.1, silentSeconds: 0.5 }

/** Workers on one database, and a job whose end the test decides. */
const startWorkers = async (count: number) => {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  let runs = 0
  let finish = () => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const held: Handlers = {
    ...handlers,
    'schedule.cleanup': async () => {
      runs += 1
      await finished
    },
  }
  const options = { world: deps.world, ports: deps.ports, handlers: held, ownerUrl, scheduled: false, rhythm }
  const engines: JobEngine[] = []
  for (let index = 0; index < count; index += 1) engines.push(await startJobs(options))
  onTestFinished(async () => {
    finish()
    for (const engine of engines) await engine.stop()
    await client.end()
  })
  const left = async () => Number((await client.query('select count(*) as n from graphile_worker.jobs')).rows[0].n)
  return {
    client,
    finish,
    runs: async () => runs,
    add: () => client.query("select graphile_worker.add_job('schedule.cleanup', '{}'::json)"),
    isDone: () => eventually(left, (count) => count === 0, 'the end of every job'),
    /** Every worker has told that it lives, long after anybody could have been taken for dead. */
    beats: async () => {
      const since = (await client.query('select clock_timestamp()::text as now')).rows[0].now
      const late =
        "select count(*) >= $2 as late from worker_heartbeats where seen_at > $1::timestamptz + interval '2 s'"
      await eventually(
        async () => (await client.query(late, [since, count])).rows[0].late,
        (beaten) => beaten === true,
        'the heartbeats of two seconds',
      )
    },
  }
}

it('law 7: two workers never run one job at the same time, however long it takes', async () => {
  const { add, runs, beats, finish, isDone } = await startWorkers(2)
  await add()
  await eventually(runs, (count) => count === 1, 'the start of the job')
  await beats()
  expect(await runs()).toBe(1)
  finish()
  await isDone()
  expect(await runs()).toBe(1)
})

it('takes up the job of a worker that died', async () => {
  const { client, add, runs, finish, isDone } = await startWorkers(1)
  finish()
  await client.query('begin')
  await add()
  await client.query(
    "update graphile_worker._private_jobs set locked_by = 'pool-of-the-dead', locked_at = now() - interval '1 minute', attempts = 1",
  )
  await client.query('commit')
  await isDone()
  expect(await runs()).toBe(1)
})

it('goes on after its connections were cut while a job ended', async () => {
  const { client, add, runs, finish, isDone } = await startWorkers(1)
  await add()
  await eventually(runs, (count) => count === 1, 'the start of the job')
  const cut = client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  finish()
  await cut
  await isDone()
  await add()
  await isDone()
})

it('runs what the clock enqueues, which says in the payload when it was due', async () => {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const payload = JSON.stringify({ _cron: { ts: '2026-11-24T00:10:00.000Z', backfilled: false } })
  for (const { task } of schedule) await client.query('select graphile_worker.add_job($1, $2::json)', [task, payload])
  await client.end()
  const outcomes: string[] = []
  await runDueJobs({
    ...{ world: deps.world, ports: deps.ports, handlers, ownerUrl },
    observe: (job, outcome) => void outcomes.push(`${job} ${outcome}`),
  })
  expect(outcomes.sort()).toEqual(schedule.map(({ task }) => `${task} done`).sort())
})

it('calls that hang hold up their own lane only', async () => {
  let [hanging, polled] = [0, 0]
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  const hung: Handlers = {
    ...handlers,
    'parcels.refresh': async () => {
      hanging += 1
      await answered
    },
    'stores.poll': async () => {
      polled += 1
    },
  }
  const jobs = await startJobs({
    ...{ world: deps.world, ports: deps.ports, handlers: hung, ownerUrl, scheduled: false, rhythm },
  })
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  onTestFinished(async () => {
    answer()
    await jobs.stop()
    await client.end()
  })
  const id = '019a0000-0000-7000-8000-00000000dead'
  const add = (task: string, payload: object, count: number) =>
    client.query('select graphile_worker.add_job($1, $2::json) from generate_series(1, $3::int)', [
      task,
      JSON.stringify(payload),
      count,
    ])
  await add('parcels.refresh', { merchantId: id, parcelId: id }, 40)
  await eventually(
    async () => hanging,
    (count) => count === lanes.carriers,
    'a lane full of calls that hang',
  )
  await add('schedule.cleanup', {}, 3)
  await add('stores.poll', { merchantId: id, storeId: id }, 3)
  const others =
    "select count(*)::int as n from graphile_worker.jobs where task_identifier in ('schedule.cleanup', 'stores.poll')"
  await eventually(
    async () => (await client.query(others)).rows[0].n,
    (left) => left === 0,
    'the end of all that does not hang',
  )
  expect({ hanging, polled }).toEqual({ hanging: lanes.carriers, polled: 3 })
  answer()
  await eventually(
    async () => hanging,
    (count) => count === 40,
    'every call, once they are answered',
  )
})

it('forgets a queue in which no job waits, and none to which somebody is adding', async () => {
  const [client, adding] = await Promise.all(
    [1, 2].map(async () => {
      const one = new pg.Client({ connectionString: ownerUrl })
      await one.connect()
      onTestFinished(() => one.end())
      return one
    }),
  )
  const add = (one: pg.Client | undefined, queue: string) =>
    one?.query("select graphile_worker.add_job('schedule.cleanup', queue_name => $1, run_at => now() + '1 day')", [
      queue,
    ])
  const queues = async () =>
    (await client?.query('select queue_name as name from graphile_worker._private_job_queues order by 1'))?.rows.map(
      ({ name }) => name,
    )
  const remove = (queue: string) =>
    client?.query(
      `delete from graphile_worker._private_jobs where job_queue_id =
       (select id from graphile_worker._private_job_queues where queue_name = $1)`,
      [queue],
    )
  const sweep = () => deps.world.database.platform(sweepQueues)
  for (const queue of ['waits', 'over', 'refilled']) await add(client, queue)
  for (const queue of ['over', 'refilled']) await remove(queue)
  await adding?.query('begin')
  await add(adding, 'refilled')
  const swept = sweep()
  await eventually(
    async () => (await client?.query('select count(*)::int as n from pg_locks where not granted'))?.rows[0].n,
    (waiting) => waiting > 0,
    'the sweep to wait for whoever adds',
  )
  await adding?.query('commit')
  await swept
  expect(await queues()).toEqual(['refilled', 'waits'])
  await remove('refilled')
  await sweep()
  expect(await queues()).toEqual(['waits'])
  await remove('waits')
})
