import type { MerchantTx } from '@sendocki/api/db/client'
import {
  type ConversationsAsked,
  contactsOfSubjects,
  countConversations,
  listConversations,
} from '@sendocki/api/modules/whatsapp/conversations.queries'
import { listLibrary } from '@sendocki/api/modules/whatsapp/media.queries'
import { listMessages } from '@sendocki/api/modules/whatsapp/messages.queries'
import { conversationFilters } from '@sendocki/domain/whatsapp/conversation'
import pg from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
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

/** What the product asks, explained as it is asked. */
const plansOf = async (ask: (tx: MerchantTx) => PromiseLike<unknown>): Promise<string[]> => {
  const spy = vi.spyOn(pg.Client.prototype, 'query')
  await api.ctx().read(async (tx) => ask(tx))
  const asked = spy.mock.calls.map((call) => call as unknown as [{ text?: string; values?: unknown[] }, unknown?])
  spy.mockRestore()
  const plans: string[] = []
  for (const [{ text, values }, ...rest] of asked) {
    if (!text?.startsWith('select')) continue
    const given = values ?? rest.find(Array.isArray) ?? []
    const { rows } = await client.query({ text: `explain (costs off) ${text}`, values: given })
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
  }
  return plans
}

const id = crypto.randomUUID()
const after = ['2026-11-20T20:00:00.000Z', id] as const
const viewer = { scope: ['all'] as const, memberId: id }
const list = (asked: Partial<ConversationsAsked>) => (tx: MerchantTx) =>
  listConversations(tx, viewer, { filter: 'all', after: null, limit: 51, ...asked })

const questions: readonly (readonly [name: string, ask: (tx: MerchantTx) => PromiseLike<unknown>])[] = [
  ...conversationFilters.map((filter) => [`conversations: ${filter}`, list({ filter })] as const),
  ...conversationFilters.map((filter) => [`conversations: ${filter}, the next page`, list({ filter, after })] as const),
  ['conversations of a number', list({ numberId: id })],
  ['conversations that were searched', list({ contactIds: [id, crypto.randomUUID()] })],
  ['one conversation', list({ id })],
  ['contacts of a search', (tx) => contactsOfSubjects(tx, [id, crypto.randomUUID()])],
  ['how many are unread', (tx) => countConversations(tx, 'unread', id, 99)],
  ['how many wait', (tx) => countConversations(tx, 'no_reply', id, 99)],
  ['how many are mine', (tx) => countConversations(tx, 'mine', id, 99)],
  ['messages', (tx) => listMessages(tx, { conversationId: id, after, limit: 51 })],
  ['the library', listLibrary],
]

it.each(questions)('%s: is answered by indexes behind row level security', async (_name, ask) => {
  const plans = await plansOf(ask)
  expect(plans.length).toBeGreaterThan(0)
  for (const plan of plans) {
    // The newest order of a buyer is found among theirs, not among all.
    expect(plan).not.toMatch(/Filter: .*customer_id/)
    expect(plan).not.toMatch(/Seq Scan on (conversations|messages|whatsapp_\w+|customers|orders|members)/)
  }
})
