import pg from 'pg'
import type { Bench } from './bench.ts'
import { large } from './data.ts'
import { load, p95Of, p95While } from './load.ts'
import { atMost, type Row } from './report.ts'
import { ask, drained, signed } from './rows.ts'

const depth = 100_000
const windowSeconds = 20
/** Behind everything that the product enqueues. */
const behind = 1_000

/** So many readings of a delivery that was read long ago wait behind what arrives now. */
const fill = `insert into graphile_worker._private_jobs (task_id, payload, priority, max_attempts)
  select t.id, json_build_object('merchantId', i.merchant_id, 'inboundId', i.id), ${behind}, 6
  from graphile_worker._private_tasks t,
    (select merchant_id, id from inbound where merchant_id = $1 and connection_id = $2 order by received_at limit 1) i,
    generate_series(1, $3::int)
  where t.identifier = 'inbox.process'`

/**
 * A hundred thousand jobs wait, of which the first thousands are deliveries of a shop that become orders: how many jobs
 * end in a second, and what those notice who ask meanwhile, one at a time, against the same askers before.
 */
export const queueRows = async (bench: Bench): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: bench.databaseUrl })
  await client.connect()
  const waiting = async (): Promise<number> =>
    (await client.query('select count(*)::int as waiting from graphile_worker._private_jobs')).rows[0].waiting
  const [order] = (await ask(bench, '/orders?limit=1')).items
  const read = () => ask(bench, `/orders/${order.id}`)
  await p95Of(read, 200)
  const quiet = await p95Of(read, 1_000)

  const store = await ask(bench, '/stores', { platform: 'generic', name: 'Queue' })
  const path = new URL(store.webhookUrl).pathname
  const requests = Array.from({ length: 3_000 }, (_, index) => ({ path, ...signed(store.webhookSecret, index) }))
  await load({ url: bench.apiUrl, method: 'POST', requests }, { connections: 50, seconds: 3 })
  await client.query(fill, [large.merchantId, store.id, depth - (await waiting())])
  const [before, began] = [await waiting(), performance.now()]
  const busy = await p95While(read, new Promise((resolve) => setTimeout(resolve, windowSeconds * 1_000)))
  const perSecond = (before - (await waiting())) / ((performance.now() - began) / 1_000)
  await client.query(`delete from graphile_worker._private_jobs where priority = ${behind} and locked_at is null`)
  await drained(bench)
  await client.end()
  return [
    {
      what: `Jobs a second with ${depth.toLocaleString('en')} waiting`,
      limit: '≥ 50',
      figure: perSecond.toFixed(0),
      met: perSecond >= 50,
    },
    atMost('Other requests meanwhile, p95', 1.3, busy, quiet),
  ]
}
