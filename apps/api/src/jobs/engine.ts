import { type JobHelpers, Logger, parseCronItems, type Runner, run, runOnce, type TaskList } from 'graphile-worker'
import pg from 'pg'
import { Check } from 'typebox/value'
import { type JobCtx, publicContext, systemActor, type World } from '../context.ts'
import { catalogue, type JobName, type JobPayload, jobNames } from './catalogue.ts'
import { beat, saveDeadLetter, silentWorkers } from './engine.queries.ts'
import { schedule } from './schedule.ts'

export type Handler<N extends JobName> = (ctx: JobCtx, payload: JobPayload<N>) => Promise<void>
/** One handler for every job of the catalogue, or it does not compile. */
export type Handlers = { readonly [N in JobName]: Handler<N> }

/** Trying again cannot help: the job becomes a dead letter at once, with this code. */
export class GiveUp extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Trying again can help, but not before the other side said so. Without a queue the job waits in one of its own. */
export class TryLater extends Error {
  readonly seconds: number
  readonly queue: string | null
  constructor(seconds: number, message: string, queue: string | null = null) {
    super(message)
    this.seconds = seconds
    this.queue = queue
  }
}

export interface JobEngine {
  stop(): Promise<void>
}

export interface EngineOptions {
  readonly world: World
  readonly ports: JobCtx['ports']
  readonly handlers: Handlers
  readonly ownerUrl: string
  readonly concurrency?: number
  readonly observe?: (job: JobName, outcome: 'done' | 'retried' | 'dead', seconds: number) => void
  /** Whether this engine also enqueues what the clock asks for. Tests set it to false. */
  readonly scheduled?: boolean
}

const heartbeatSeconds = 5
const silentSeconds = 15

/** Runs jobs until stopped. Jobs of a killed process are taken up again within seconds. */
export const startJobs = async (options: EngineOptions): Promise<JobEngine> => {
  const { world, ownerUrl, concurrency = 6, scheduled = true } = options
  const pool = new pg.Pool({ connectionString: ownerUrl, max: concurrency + 3 })
  const lost = (error: Error) => world.log.warn({ cause: error.message }, 'job connection lost')
  pool.on('error', lost).on('connect', (client) => client.on('error', lost))
  const workerIds = new Set<string>()
  const runner = await run({
    pgPool: pool,
    concurrency,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => {
      if (level === 'error') world.log.error({ message }, 'job engine')
    }),
    parsedCronItems: parseCronItems(
      scheduled ? schedule.map((item) => ({ ...item, options: { backfillPeriod: 0 } })) : [],
    ),
    taskList: tasksOf(options),
    preset: { worker: { sleepSchedule: [], gracefulShutdownAbortTimeout: 15_000, useNodeTime: false } as never },
  })
  runner.events.on('worker:create', ({ worker }) => workerIds.add(worker.workerId))
  const processId = `${process.pid}-${publicContext(world, noOrigin).newId()}`
  const alive = keepAlive(world, processId, workerIds, runner, pool)
  return {
    stop: async () => {
      clearInterval(alive)
      await runner.stop().catch((error: Error) => world.log.warn({ cause: error.message }, 'jobs stopped hard'))
      await pool.end()
    },
  }
}

/** Runs what is due now, to the end, and returns: for tests, and for a command that must not leave work behind. */
export const runDueJobs = async (options: Omit<EngineOptions, 'scheduled'>): Promise<void> => {
  const pool = new pg.Pool({ connectionString: options.ownerUrl, max: 3 })
  surviveCuts(pool, options.world)
  try {
    // A run ends when its lanes find nothing free, also while a job that has just ended left another in its queue.
    for (let due = true; due; due = await anyDue(pool))
      await runOnce({
        pgPool: pool,
        concurrency: options.concurrency ?? 2,
        noHandleSignals: true,
        logger: new Logger(() => () => undefined),
        taskList: tasksOf(options),
      })
  } finally {
    await pool.end()
  }
}

const anyDue = async (pool: pg.Pool): Promise<boolean> => {
  const { rows } = await pool.query<{ due: boolean }>(
    `select exists (select from graphile_worker.jobs where run_at <= now() and locked_at is null and attempts < max_attempts) as due`,
  )
  return rows[0]?.due ?? false
}

/** A connection that dies, idle or in use, must not take the process with it: the pool opens another. */
const surviveCuts = (pool: pg.Pool, { log }: World): void => {
  const note = (error: Error) => log.warn({ cause: error.message }, 'job connection lost')
  pool.on('error', note)
  pool.on('connect', (client) => client.on('error', note))
}

const noOrigin = { address: '', userAgent: '', requestId: '' }

const keepAlive = (world: World, processId: string, workerIds: Set<string>, runner: Runner, pool: pg.Pool) => {
  const once = async () => {
    const { rows } = await pool.query<{ locked_by: string }>(
      'select distinct locked_by from graphile_worker.jobs where locked_by is not null',
    )
    const holding = rows.map((row) => row.locked_by)
    await world.database.platform(async (tx) => {
      await beat(tx, processId, [...workerIds])
      const silent = await silentWorkers(
        tx,
        holding.filter((id) => !workerIds.has(id)),
        silentSeconds,
      )
      if (silent.length > 0) {
        world.log.warn({ silent }, 'jobs of a dead worker are taken up again')
        await pool.query('select graphile_worker.force_unlock_workers($1)', [silent])
      }
    })
  }
  const guarded = () =>
    void once().catch((error: Error) => world.log.warn({ cause: error.message }, 'heartbeat failed'))
  void runner.promise.catch(() => undefined)
  guarded()
  return setInterval(guarded, heartbeatSeconds * 1000)
}

const tasksOf = (options: EngineOptions): TaskList =>
  Object.fromEntries(
    jobNames.map((name) => [
      name,
      (payload: unknown, helpers: JobHelpers) => runJob(options, name, withoutClock(payload), helpers),
    ]),
  )

/** The clock adds to what it enqueues when that was meant to be, which no payload of the catalogue holds. */
const withoutClock = (payload: unknown): unknown => {
  const { _cron, ...told } = (payload ?? {}) as Record<string, unknown>
  return told
}

const runJob = async (options: EngineOptions, name: JobName, payload: unknown, helpers: JobHelpers): Promise<void> => {
  const { world, ports, handlers, observe } = options
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1000
  const { payload: schema, attempts } = catalogue[name]
  const attempt = helpers.job.attempts
  const base = publicContext(world, { ...noOrigin, requestId: `job-${helpers.job.id}` })
  try {
    if (!Check(schema, payload)) throw new GiveUp('job.payload_invalid', 'The payload does not fit the catalogue.')
    const { merchantId = '' } = payload as { merchantId?: string }
    const ctx = {
      ...base.inMerchant(merchantId, systemActor()),
      ports,
      job: { name, attempt, lastAttempt: attempt >= attempts },
    }
    await (handlers[name] as Handler<JobName>)(ctx as JobCtx, payload as never)
    observe?.(name, 'done', seconds())
  } catch (error) {
    const dead = error instanceof GiveUp || (attempt >= attempts && !(error instanceof TryLater))
    observe?.(name, dead ? 'dead' : 'retried', seconds())
    world.log[dead ? 'error' : 'warn'](
      { job: name, attempt, err: error },
      dead ? 'job gave up' : 'job will be tried again',
    )
    if (dead) return saveDeadLetter(base, name, payload, error, attempt)
    // The engine's own waiting time grows with the attempts; what the other side asked for comes on top, by a new job.
    if (error instanceof TryLater) return postpone(helpers, name, payload, error, attempt)
    throw error
  }
}

/** Puts the same job back for later. Its attempts start again: waiting on demand is not failing. */
const postpone = async (
  helpers: JobHelpers,
  name: JobName,
  payload: unknown,
  { seconds, queue }: TryLater,
  attempt: number,
): Promise<void> => {
  await helpers.addJob(name, payload as never, {
    runAt: new Date(Date.now() + seconds * 1000),
    maxAttempts: Math.max(1, catalogue[name].attempts - attempt + 1),
    ...(helpers.job.job_queue_id ? { queueName: queue ?? `later-${helpers.job.id}` } : {}),
  })
}
