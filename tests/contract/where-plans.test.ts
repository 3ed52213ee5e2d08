import type { MerchantTx } from '@sendocki/api/db/client'
import type { Statement } from '@sendocki/api/db/statement'
import { listOrders } from '@sendocki/api/modules/orders/list.queries'
import { compileWhere } from '@sendocki/api/modules/orders/where.queries'
import {
  opsOf,
  type WhereField,
  type WhereFieldFacts,
  whereFieldFacts,
  whereFields,
} from '@sendocki/domain/orders/where'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApi } from '../support/app.ts'

const api = await startApi()
const client = new pg.Client({ connectionString: api.databaseUrl })
const { merchantId } = api.merchant
beforeAll(async () => {
  await client.connect()
  await client.query('set role sendocki_app')
  await client.query("select set_config('app.merchant_id', $1, false)", [merchantId])
  // On tables this small a scan is always cheapest: forbidden, it is chosen only where no index can serve.
  await client.query('set enable_seqscan = off')
})
afterAll(() => client.end())

const sampleOf = (field: WhereField): string | number | boolean => {
  const { kind, words }: WhereFieldFacts = whereFieldFacts[field]
  if (words) return words[0] ?? ''
  if (kind === 'id' || kind === 'person') return '019a0000-0000-7000-8000-00000000dead'
  if (kind === 'number') return 10_000
  if (kind === 'flag') return true
  return kind === 'instant' ? '2026-11-20T10:00:00.000Z' : 'rabat'
}

/** The text of the list for a sentence, and what it is asked with. */
const listed = async (where: Parameters<typeof compileWhere>[0]): Promise<{ text: string; values: unknown[] }> => {
  let kept = { text: '', values: [] as unknown[] }
  const tx = {
    merchantId,
    run: async (statement: Statement<unknown>, args: Readonly<Record<string, unknown>>) => {
      kept = { text: statement.text, values: statement.bind(args) }
      return []
    },
  } as unknown as MerchantTx
  const { branches, args } = compileWhere(where, { memberId: null, now: new Date('2026-11-20T20:00:00Z') })
  const selection = { conditions: [], branches, scope: ['all'] as const, args: { ...args, memberId: null } }
  await listOrders(tx, selection, { sort: '-createdAt', after: null, limit: 50 })
  return kept
}

it.each(whereFields)('%s, alone or beside another, is answered by indexes behind row level security', async (field) => {
  for (const op of opsOf(field).slice(0, 2)) {
    const term = { field, op, values: op === 'lastDays' || op === 'olderThanDays' ? [3] : [sampleOf(field)] }
    const other = { field: 'cash', op: 'in', values: ['in_dispute'] } as const
    for (const where of [{ all: [term] }, { all: [term, other] }, { any: [term, other] }]) {
      const { text, values } = await listed(where)
      const { rows } = await client.query({ text: `explain (costs off) ${text}`, values })
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      expect(plan).not.toMatch(/Seq Scan on (orders|order_tags|customers|search_terms)/)
      // What a person typed is a parameter, never a part of the text.
      expect(text).not.toContain(`'${String(sampleOf(field))}'`)
    }
  }
})
