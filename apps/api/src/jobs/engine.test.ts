import pg from 'pg'
import { expect, it } from 'vitest'
import { startApi } from '../../../../tests/support/app.ts'
import { handlers } from '../handlers.ts'
import { runDueJobs } from './engine.ts'
import { schedule } from './schedule.ts'

it('runs what the clock enqueues, which says in the payload when it was due', async () => {
  const { deps, databaseUrl: ownerUrl } = await startApi()
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
