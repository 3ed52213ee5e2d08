import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Bench } from './bench.ts'
import { large } from './data.ts'
import { listedQueries } from './queries.ts'

/** Keeps how the server answers each listed query, on the full data and behind row level security, as text beside this file. */
export const writePlans = async ({ databaseUrl }: Bench): Promise<void> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('begin')
  await client.query('set local role sendocki_app')
  await client.query("select set_config('app.merchant_id', $1, true)", [large.merchantId])
  const { rows: stages } = await client.query("select id from stages where state = 'delivered'")
  const { rows: orders } = await client.query('select id, customer_id from orders where merchant_id = $1 limit 1', [
    large.merchantId,
  ])
  const facts = {
    merchantId: large.merchantId,
    stageId: stages[0].id,
    id: orders[0].id,
    customerId: orders[0].customer_id,
  }
  for (const { name, text, values } of listedQueries(facts)) {
    const { rows } = await client.query({ text: `explain (costs off) ${text}`, values })
    writeFileSync(
      join(import.meta.dirname, 'plans', `${name}.txt`),
      `${rows.map((row) => row['QUERY PLAN']).join('\n')}\n`,
    )
  }
  await client.query('rollback')
  await client.end()
}
