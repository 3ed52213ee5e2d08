import pg from 'pg'
import type { QueueFacts } from '../http/metrics.ts'

/** How much work waits, asked on the owner's side because the job tables are the owner's. */
export const queueFacts = async (ownerUrl: string): Promise<QueueFacts> => {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<{ waiting: string; failing: string; lag: string }>(`
      select count(*) filter (where locked_at is null and run_at <= now()) as waiting,
        count(*) filter (where attempts > 0 and last_error is not null) as failing,
        (select coalesce(extract(epoch from now() - min(received_at)), 0) from inbound where processed_at is null and failed_at is null) as lag
      from graphile_worker.jobs`)
    const [row] = rows
    return {
      jobsWaiting: Number(row?.waiting ?? 0),
      jobsFailing: Number(row?.failing ?? 0),
      inboxLagSeconds: Number(row?.lag ?? 0),
    }
  } finally {
    await client.end()
  }
}
