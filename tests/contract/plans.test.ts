import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listedQueries } from '../bench/queries.ts'
import { startApi } from '../support/app.ts'

const api = await startApi()
const client = new pg.Client({ connectionString: api.databaseUrl })
beforeAll(async () => {
  await client.connect()
  await client.query('set role sendocki_app')
  await client.query("select set_config('app.merchant_id', $1, false)", [api.merchant.merchantId])
  // On tables this small a scan is always cheapest: forbidden, it is chosen only where no index can serve.
  await client.query('set enable_seqscan = off')
})
afterAll(() => client.end())

const facts = {
  merchantId: api.merchant.merchantId,
  stageId: crypto.randomUUID(),
  id: crypto.randomUUID(),
  customerId: crypto.randomUUID(),
}

it.each(listedQueries(facts).map((query) => [query.name, query] as const))(
  '%s is answered by an index, behind row level security',
  async (_name, { text, values }) => {
    const { rows } = await client.query({ text: `explain (costs off) ${text}`, values })
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).not.toMatch(/Seq Scan on (orders|customers|order_lines|products|events|search_terms)/)
  },
)
