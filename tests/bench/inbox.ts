import { createHmac } from 'node:crypto'
import pg from 'pg'
import type { Bench } from './bench.ts'
import { large } from './data.ts'
import { compare, p95sOf, perSecondOf } from './load.ts'
import { atLeast, atMost, type Row } from './report.ts'
import { ask } from './rows.ts'

const conversations = 100_000
const appSecret = 'bench'

const onDatabase = async <T>({ databaseUrl }: Bench, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** A line of the merchant with a million orders; the one of an earlier run if there was one. */
const lineOf = async (bench: Bench, name: string): Promise<{ id: string; phoneNumberId: string }> => {
  const { items } = await ask(bench, '/whatsapp/numbers')
  const known = items.find((one: { name: string }) => one.name === name)
  const digits = () => String(Math.floor(1e14 + Math.random() * 9e14))
  const { id } =
    known ??
    (await ask(bench, '/whatsapp/numbers', {
      ...{ name, phoneNumberId: digits(), businessAccountId: digits(), accessToken: 'bench', appSecret },
    }))
  return { id, phoneNumberId: (await ask(bench, `/whatsapp/numbers/${id}`)).phoneNumberId }
}

const signed = (phoneNumberId: string, number: number): { body: string; headers: Record<string, string> } => {
  const from = `2126${String(number % 100_000_000).padStart(8, '0')}`
  const message = {
    ...{ id: `wamid.${crypto.randomUUID()}`, from, timestamp: String(Math.floor(Date.now() / 1000)) },
    ...{ type: 'text', text: { body: 'Salam, bghit nswel 3la lcommande dyali' } },
  }
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '212520346218', phone_number_id: phoneNumberId },
    contacts: [{ profile: { name: 'Salma' }, wa_id: from }],
    messages: [message],
  }
  const entry = [{ id: '1', changes: [{ field: 'messages', value }] }]
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry })
  const signature = `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`
  return { body, headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature } }
}

/** Deliveries of Meta's accepted by 50 at once (verified, stored, enqueued) against one insert each. */
export const messageRows = async (bench: Bench): Promise<Row[]> => {
  const line = await lineOf(bench, 'Bench webhook')
  const path = `/hooks/whatsapp/${line.id}`
  const requests = () => Array.from({ length: 3_000 }, (_, index) => ({ path, ...signed(line.phoneNumberId, index) }))
  const ours = () =>
    perSecondOf('message', { url: bench.apiUrl, method: 'POST', requests: requests() }, { connections: 50 })()
  const bare = () =>
    perSecondOf(
      'bare message',
      {
        url: bench.bareUrl,
        method: 'POST',
        requests: requests().map(({ body }) => ({
          path: '/hook',
          body,
          headers: { 'content-type': 'application/json' },
        })),
      },
      { connections: 50 },
    )()
  const accepted = await compare(ours, bare, 2)
  // What was accepted is read by jobs, which is another measure: the next one does not wait for them.
  await onDatabase(bench, (client) =>
    client.query(`delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
      where t.id = j.task_id and t.identifier = 'whatsapp.process' and j.locked_at is null`),
  )
  return [atLeast('Message webhook accepted (verified, stored, enqueued)', 0.5, accepted)]
}

/** Conversations with the merchant's own customers, a message each, put there once by three statements. */
const fill = (bench: Bench, numberId: string): Promise<void> =>
  onDatabase(bench, async (client) => {
    const { merchantId } = large
    const { rows } = await client.query('select count(*)::int as n from conversations where number_id = $1', [numberId])
    if (rows[0].n >= conversations) return
    await client.query(
      `insert into whatsapp_contacts (merchant_id, id, phone, created_at)
       select merchant_id, gen_random_uuid(), phone, now() from customers
       where merchant_id = $1 and phone is not null order by id limit $2 on conflict do nothing`,
      [merchantId, conversations],
    )
    await client.query(
      `insert into conversations (merchant_id, id, number_id, contact_id, assignee_id, last_at, last_message_id, last_inbound_at,
         unread_count, waiting_since, created_at)
       select $1, gen_random_uuid(), $2, id, case when n % 40 = 0 then $3::uuid end, at, gen_random_uuid(), at,
         case when n % 10 = 0 then 2 else 0 end, case when n % 20 = 0 then at end, at
       from (select id, n, now() - n * interval '20 seconds' as at from
         (select id, row_number() over (order by id) as n from whatsapp_contacts where merchant_id = $1) numbered limit $4) placed
       on conflict do nothing`,
      [merchantId, numberId, large.people.owner.memberId, conversations],
    )
    await client.query(
      `insert into messages (merchant_id, id, conversation_id, direction, kind, text, details, status, at)
       select merchant_id, last_message_id, id, 'in', 'text', 'Salam, fin wsslat lcommande?', '{}', 'received', last_at
       from conversations where merchant_id = $1 and number_id = $2 on conflict do nothing`,
      [merchantId, numberId],
    )
    await client.query('analyze whatsapp_contacts, conversations, messages')
  })

/** The inbox of a merchant with 100,000 conversations, against a read of an order by primary key through the same API. */
export const inboxRows = async (bench: Bench): Promise<Row[]> => {
  const line = await lineOf(bench, 'Bench inbox')
  await fill(bench, line.id)
  const { items } = await ask(bench, '/whatsapp/conversations?limit=50')
  const [one] = items
  const order = (await ask(bench, '/orders?limit=1')).items[0]
  const list = '/whatsapp/conversations?limit=50'
  const found = (q: string) => `${list}&q=${encodeURIComponent(q)}`
  /** What is asked, each against the read by key in the same rounds. */
  const slowest = async (what: string, paths: readonly (readonly string[])[]): Promise<Row> => {
    const asks = [[`/orders/${order.id}`], ...paths].map(
      (together) => () => Promise.all(together.map((path) => ask(bench, path))),
    )
    const [key = 0, ...durations] = await p95sOf(asks, 200)
    return atMost(`Inbox of 100,000 conversations: ${what}`, 8, Math.max(...durations), key)
  }
  const lists = [
    list,
    ...['unread', 'mine', 'no_reply'].map((filter) => `${list}&filter=${filter}`),
    `${list}&numberId=${line.id}`,
  ]
  const asked = ['khadija', 'fatima el', 'عبد', one.contact.phone.slice(-6), `0${one.contact.phone.slice(4)}`]
  const opened = [`/whatsapp/conversations/${one.id}`, `/whatsapp/conversations/${one.id}/messages`]
  return [
    await slowest(
      'the slowest list p95',
      lists.map((path) => [path]),
    ),
    await slowest(
      'the slowest search p95',
      asked.map((q) => [found(q)]),
    ),
    await slowest('one opened, p95', [opened]),
  ]
}
