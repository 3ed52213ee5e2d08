import { dayOf, startOfDay } from '@sendocki/domain/time'
import pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { keepArriving } from '../../apps/api/scripts/demo/arrivals.ts'
import { type Demo, makeDemo } from '../../apps/api/scripts/demo/demo.ts'
import { type PlayedApi, startPlayedApi } from '../support/fixtures.ts'

const size = { orders: 160, days: 20 }
/** Yesterday evening, so that the same story is told at any hour of the day. */
const now = new Date(Date.parse(startOfDay(dayOf(new Date()))) - 2 * 3_600_000)
let api: PlayedApi
let database: pg.Client
let merchantId: string

const make = (): Promise<Demo | undefined> =>
  makeDemo({ world: { ...api.deps.world, clock: () => now }, ports: api.deps.ports }, size)

beforeAll(async () => {
  api = await startPlayedApi()
  database = new pg.Client({ connectionString: api.databaseUrl })
  database.on('error', () => undefined)
  await database.connect()
  await make()
  merchantId = (await database.query<{ id: string }>('select id from merchants where is_demo')).rows[0]?.id ?? ''
  return () => database.end()
}, 180_000)

/** Rows of the demo merchant; `$1` is its id. */
const rows = async <Row extends object>(text: string): Promise<Row[]> =>
  (await database.query<Row>(text, [merchantId])).rows
const countOf = async (what: string): Promise<number> =>
  Number((await rows<{ count: string }>(`select count(*) from ${what}`))[0]?.count)
/** A share in percent of the demo's orders. */
const percent = async (part: string, whole: string): Promise<number> =>
  (100 * (await countOf(`orders where merchant_id = $1 and ${part}`))) /
  (await countOf(`orders where merchant_id = $1 and ${whole}`))

describe('The demo merchant', () => {
  it('lets a visitor in as the owner of eight members, three stores, two carriers and a driver', async () => {
    const { body } = await api.withToken(null).post('/auth/demo', {})
    const visitor = api.withToken(body.accessToken)
    const stores = (await visitor.get('/stores')).body.items as { platform: string }[]
    expect((await visitor.get('/members')).body.items).toHaveLength(8)
    expect(stores.map(({ platform }) => platform).sort()).toEqual(['generic', 'shopify', 'youcan'])
    const accounts = (await visitor.get('/carrier-accounts')).body.items as { carrier: string; status: string }[]
    expect(accounts.map(({ carrier, status }) => [carrier, status]).sort()).toEqual([
      ['manual', 'connected'],
      ['manual', 'connected'],
      ['sendit', 'connected'],
    ])
    expect((await visitor.get('/orders?limit=5')).body.items).toHaveLength(5)
  })

  it('sells products that its shops are known by, and has one to say what it is', async () => {
    expect(await countOf('products where merchant_id = $1')).toBe(9)
    expect(await countOf('variants where merchant_id = $1')).toBe(14)
    const unknown = await rows<{ name: string }>(
      'select distinct name from order_lines where merchant_id = $1 and variant_id is null',
    )
    expect(unknown).toEqual([{ name: 'Sac en cuir, camel' }])
    const waiting = await rows<{ sku: string }>(
      "select distinct sku from shop_products where merchant_id = $1 and status = 'open'",
    )
    expect(waiting).toEqual([{ sku: 'SAC-CU' }])
  })

  it('ships with a carrier without API by its files, and in its own town by a driver with a day to drive', async () => {
    const parcelsOf = (name: string, which: string) =>
      countOf(`parcels p join carrier_accounts a on a.merchant_id = p.merchant_id and a.id = p.carrier_account_id
        where p.merchant_id = $1 and a.name = '${name}' and ${which}`)
    expect(await parcelsOf('Chellah Messagerie', 'p.tracking_number is null')).toBe(0)
    expect(await parcelsOf('Chellah Messagerie', "p.fee_centimes > 0 and p.status = 'delivered'")).toBeGreaterThan(3)
    expect(await parcelsOf('Livraison maison', "p.status = 'delivered'")).toBeGreaterThan(5)
    const open = "p.status in ('created', 'out_for_delivery', 'attempt_failed', 'postponed', 'action_needed')"
    expect(await parcelsOf('Livraison maison', open)).toBeGreaterThan(0)
    expect(await countOf("ledger_lines where merchant_id = $1 and account like 'driver:%'")).toBeGreaterThan(5)
    expect(await countOf('unknown_statuses where merchant_id = $1 and mapped_to is null')).toBe(1)
  })

  it('has a ledger whose entries each sum to zero', async () => {
    const sums = await rows<{ sum: number }>(
      'select sum(amount_centimes)::int as sum from ledger_lines where merchant_id = $1 group by entry_id',
    )
    expect(sums.length).toBeGreaterThan(50)
    expect(sums.filter(({ sum }) => sum !== 0)).toEqual([])
  })

  it('has a journal without gaps', async () => {
    const events = await rows<{ sequence: string }>(
      'select sequence from events where merchant_id = $1 order by sequence',
    )
    expect(events.length).toBeGreaterThan(size.orders * 5)
    expect(events.map(({ sequence }) => Number(sequence))).toEqual(events.map((_, index) => index + 1))
  })

  it('has orders that stand where their history brought them, since when it says', async () => {
    const strayed = await rows(
      `select o.number from orders o, lateral (
         select after ->> 'stageId' as stage_id, occurred_at from events e
         where e.merchant_id = o.merchant_id and e.order_id = o.id and e.type in ('order.created', 'order.moved')
         order by sequence desc limit 1
       ) last where o.merchant_id = $1 and (last.stage_id::uuid <> o.stage_id or last.occurred_at <> o.state_since)`,
    )
    expect(strayed).toEqual([])
  })

  it('counts first confirmations from the first move that confirmed', async () => {
    const wrong = await rows(
      `select o.number from orders o where o.merchant_id = $1 and o.first_confirmed_at is distinct from (
         select min(occurred_at) from events e where e.merchant_id = o.merchant_id and e.order_id = o.id
           and e.type = 'order.moved' and e.after ->> 'state' = 'confirmed')`,
    )
    expect(wrong).toEqual([])
  })

  it('owes nothing that was not delivered, and says on the order what the collection says', async () => {
    const wrong = await rows(
      `select o.number from orders o left join collections c on c.merchant_id = o.merchant_id and c.order_id = o.id
       where o.merchant_id = $1 and o.cash_status <> coalesce(c.status, 'not_due')`,
    )
    expect(wrong).toEqual([])
    expect(await countOf("collections where merchant_id = $1 and status = 'in_dispute'")).toBe(3)
  })

  it('has believable rates', async () => {
    const confirmed = await percent('first_confirmed_at is not null', 'true')
    const delivered = await percent('first_delivered_at is not null', 'first_shipped_at is not null')
    expect([confirmed > 52 && confirmed < 68, delivered > 60 && delivered < 80]).toEqual([true, true])
  })

  it('shows parcels in every status that Sendit can tell, and a word that nobody has explained', async () => {
    const statuses = await rows<{ status: string }>('select distinct status from parcels where merchant_id = $1')
    expect(statuses.map(({ status }) => status)).toEqual(
      expect.arrayContaining([
        ...['created', 'awaiting_pickup', 'picked_up', 'in_transit', 'out_for_delivery', 'attempt_failed'],
        ...['postponed', 'action_needed', 'delivered', 'refused', 'returning', 'returned', 'lost', 'unknown'],
      ]),
    )
  })

  it('says of what is still open how likely it is to come back, and why', async () => {
    const told = await rows<{ level: string; reasons: { code: string }[] }>(
      `select risk_level as level, risk_reasons as reasons from orders where merchant_id = $1
       and state in ('new', 'unreachable', 'to_confirm', 'confirmed') and risk_level in ('medium', 'high')`,
    )
    // Somebody whose last parcel came back orders again; in twenty days no more is known of anybody else.
    const codes = told.flatMap(({ reasons }) => reasons.map(({ code }) => code))
    expect(codes).toContain('customer_returned')
  })

  it('leaves the last parcels to the real carrier, and one unreadable delivery to look at', async () => {
    await api.runJobs()
    expect(await countOf("parcels where merchant_id = $1 and status = 'draft'")).toBe(0)
    expect(await countOf('dead_letters where merchant_id = $1')).toBe(1)
    expect(await countOf("carrier_accounts where merchant_id = $1 and status = 'connected'")).toBe(3)
  })

  it('has buyers who keep ordering: one stream, also after a second start and after the sandbox forgot', async () => {
    const pages = async () => {
      const state = (await (await fetch(`${api.sandboxUrl}/control/state?limit=1`)).json()) as {
        streams: { webhookUrl: string; everySeconds: number }[]
        carrierWebhooks: { url: string }[]
      }
      return [state.streams.map(({ webhookUrl }) => webhookUrl), state.carrierWebhooks.map(({ url }) => url)]
    }
    const expected = [
      [expect.stringMatching(/^http:\/\/localhost:3000\/hooks\/generic\//)],
      [expect.stringMatching(/^http:\/\/localhost:3000\/hooks\/sendit\//)],
    ]
    await keepArriving(api.deps.world, api.sandboxUrl)
    await keepArriving(api.deps.world, api.sandboxUrl)
    expect(await pages()).toEqual(expected)
    await fetch(`${api.sandboxUrl}/control/reset`, { method: 'POST' })
    await keepArriving(api.deps.world, api.sandboxUrl)
    expect(await pages()).toEqual(expected)
  })

  it('is made once: a second run changes nothing', async () => {
    const before = await countOf('events where merchant_id = $1')
    expect(await make()).toBeUndefined()
    expect(await countOf('events where merchant_id = $1')).toBe(before)
  })
})
