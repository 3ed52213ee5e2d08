import { dayOf } from '@sendocki/domain/time'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, startApi } from '../../../../../tests/support/app.ts'
import { givenOrder, moveTo, orderBody, stageFor } from '../../../../../tests/support/orders.ts'
import { tellStory } from './story.ts'

const api = await startApi()
const owner = api.as('owner')
const { merchantId } = api.merchant
let database: pg.Client

beforeAll(async () => {
  database = new pg.Client({ connectionString: api.databaseUrl })
  await database.connect()
})
afterAll(() => database.end())

const query = async (text: string, values: unknown[] = []): Promise<Answer['body'][]> =>
  (await database.query(text, values)).rows

/** What the journal, its counters and answers to requests keep is meant to stay. */
const kept = ['events', 'merchant_counters', 'idempotency_answers', 'dead_letters', 'sealed_values', 'customer_keys']

/** Every row of the merchant but those, in every table there is. */
const everyRow = async (): Promise<Record<string, unknown[]>> => {
  const tables = await query(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'merchant_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
  )
  const rows: Record<string, unknown[]> = {}
  for (const { name } of tables)
    if (!kept.includes(name))
      rows[name] = (
        await query(`select to_jsonb(t)::text as row from "${name}" t where merchant_id = $1 order by 1`, [merchantId])
      ).map(({ row }) => row)
  return rows
}

/** Fewer than a person gets, so that a test can do it often. */
const add = async (wanted: number): Promise<void> => {
  const answer = await owner.post('/samples')
  if (answer.status !== 202) throw new Error(answer.text)
  await query('update samples set wanted = $2 where merchant_id = $1', [merchantId, wanted])
  await api.runJobs()
}
const remove = async (): Promise<void> => {
  const answer = await owner.delete('/samples')
  if (answer.status !== 202) throw new Error(answer.text)
  await api.runJobs()
}
const samples = async (): Promise<Answer['body'][]> => (await owner.get('/orders?sample=true&limit=200')).body.items

describe('sample orders', () => {
  it('are ninety days of believable orders with their history, told apart from real ones', async () => {
    expect((await owner.get('/samples')).body).toMatchObject({ status: 'none', orders: 0, customers: 0 })
    const asked = await owner.post('/samples')
    expect([asked.status, asked.body.status]).toEqual([202, 'adding'])
    await api.runJobs()
    const { body } = await owner.get('/samples')
    expect(body).toMatchObject({ status: 'there', orders: body.wanted })
    expect((await owner.get('/orders/count?sample=false')).body.count).toBe(0)
    const share = async (part: string, whole: string) => {
      const [row] = await query(
        `select 100.0 * count(*) filter (where ${part}) / count(*) filter (where ${whole}) as share from orders where merchant_id = $1`,
        [merchantId],
      )
      return Number(row.share)
    }
    expect(await share('first_confirmed_at is not null', 'true')).toBeGreaterThan(45)
    expect(await share('first_delivered_at is not null', 'first_shipped_at is not null')).toBeGreaterThan(55)
    const days = new Set((await samples()).map(({ createdAt }) => dayOf(createdAt)))
    expect(days.size).toBeGreaterThan(30)
    const [delivered] = (await owner.get('/orders?sample=true&state=delivered&limit=1')).body.items
    const history = (await owner.get(`/orders/${delivered.id}/events`)).body.items.map(
      ({ type }: Answer['body']) => type,
    )
    expect(history.filter((type: string) => type === 'order.moved').length).toBeGreaterThanOrEqual(3)
    expect((await owner.post('/samples')).body.code).toBe('sample.already_there')
  })

  it('reach no carrier, whoever moves or ships them', async () => {
    const account = (await owner.post('/carrier-accounts', { carrier: 'manual', name: 'Atlas Colis' })).body
    const { body: pipeline } = await owner.get('/pipeline')
    const confirmed = pipeline.stages.find(({ state }: Answer['body']) => state === 'confirmed')
    const { id: _id, position: _position, ...settings } = confirmed
    const effects = [{ kind: 'create_parcel', carrierAccountId: account.id }]
    const set = await owner.patch(`/pipeline/stages/${confirmed.id}`, {
      ...{ version: pipeline.version, effects },
      ...(settings.name ? { name: settings.name } : {}),
    })
    expect([set.status, set.text.slice(0, 200)]).toEqual([200, set.text.slice(0, 200)])
    const [fresh] = (await owner.get('/orders?sample=true&state=new&toComplete=false&limit=1')).body.items
    expect((await moveTo(owner, fresh.id, 'confirmed')).status).toBe(200)
    await api.runJobs()
    expect(await query('select 1 from effects where merchant_id = $1', [merchantId])).toEqual([])
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const { body } = await owner.post('/parcels', { orderIds: [fresh.id], carrierAccountId: account.id }, headers)
    expect(body.items).toMatchObject([{ parcelId: null, refusal: { code: 'order.sample' } }])
    const swapped = await owner.post('/orders', orderBody({ exchangeOfOrderId: fresh.id }))
    expect([swapped.status, swapped.body.code]).toEqual([422, 'order.sample'])
    expect(await query('select 1 from parcels where merchant_id = $1', [merchantId])).toEqual([])
  })

  it('are no first order of the shop', async () => {
    const { steps } = (await owner.get('/onboarding')).body
    expect(steps.find(({ key }: Answer['body']) => key === 'first_order')).toMatchObject({ status: 'todo', count: 0 })
  })

  it('go away wholly, and what is said of them in the journal stays without a name', async () => {
    await remove()
    expect((await owner.get('/samples')).body).toMatchObject({ status: 'none', orders: 0, customers: 0 })
    expect((await owner.get('/orders')).body.items).toEqual([])
    for (const table of ['orders', 'order_lines', 'customers', 'search_terms', 'order_duplicates', 'sealed_values'])
      expect([table, await query(`select 1 from ${table} where merchant_id = $1 limit 1`, [merchantId])]).toEqual([
        table,
        [],
      ])
    const told = await query(`select type from events where merchant_id = $1 and subject_kind = 'sample'`, [merchantId])
    expect(told.map(({ type }) => type)).toEqual([
      'sample.requested',
      'sample.added',
      'sample.removal_requested',
      'sample.removed',
    ])
    expect((await owner.delete('/samples')).body.code).toBe('sample.not_there')
    const confirmed = await stageFor(owner, 'delivered')
    const { version } = (await owner.get('/pipeline')).body
    const preview = await owner.delete(`/pipeline/stages/${confirmed}?dryRun=true&version=${version}`)
    expect(preview.body).toMatchObject({ ordersNow: 0, ordersEver: { count: 0, capped: false } })
  })

  it('come and go without a trace in anything real, whatever was done to them in between', async () => {
    const phones = tellStory(api.clock.now().getTime(), { orders: 30, days: 90 }).flatMap(
      ({ order }) => order.customer.phones,
    )
    const acts = fc.constantFrom('move', 'edit', 'note', 'assign', 'duplicate')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.nat({ max: phones.length - 1 })), { maxLength: 4 }),
        fc.array(fc.tuple(acts, fc.nat({ max: 200 })), { maxLength: 6 }),
        async (real, done) => {
          for (const phone of real)
            await givenOrder(owner, phone === null ? {} : { customer: { name: 'Vraie Cliente', phone: phones[phone] } })
          const before = await everyRow()
          await add(30)
          const all = await samples()
          for (const [act, n] of done) await meddle(act, all[n % all.length])
          await remove()
          expect(await everyRow()).toEqual(before)
        },
      ),
      { numRuns: 5 },
    )
  }, 120_000)

  it('go on where a killed job stopped, none twice', async () => {
    await add(20)
    await query(`update samples set wanted = 50, status = 'adding' where merchant_id = $1`, [merchantId])
    const first = (await samples()).length
    await api.deps.world.database.transaction(merchantId as never, async (tx) => {
      api.ctx().enqueue(tx, 'samples.add', { merchantId })
    })
    await api.runJobs()
    const all = await samples()
    expect(all.length).toBeGreaterThan(first)
    const keys = all.map(({ customer, createdAt, totalCentimes }) => `${customer.phone} ${createdAt} ${totalCentimes}`)
    expect(new Set(keys).size).toBe(keys.length)
    await remove()
  })

  it('stop being made when they are no longer wanted', async () => {
    await owner.post('/samples')
    await remove()
    expect((await owner.get('/samples')).body).toMatchObject({ status: 'none', orders: 0 })
    expect(await samples()).toEqual([])
  })
})

it('knows every table that points to an order or a customer', async () => {
  const pointing = await query(
    `select conrelid::regclass::text as name, confrelid::regclass::text as to from pg_constraint
     where contype = 'f' and confrelid in ('orders'::regclass, 'customers'::regclass) order by 1, 2`,
  )
  // Nothing of a parcel or its cash ever hangs on an example: planShipment refuses it;
  // nobody is written to about one either: no run begins for it. A new table here is to be emptied
  // by `deleteOrders` or `deleteCustomers`, or to be kept from pointing to an example.
  expect([...new Set(pointing.map(({ name, to }) => `${name} → ${to}`))]).toEqual([
    'automation_runs → orders',
    'collections → orders',
    'customer_blocks → customers',
    'customer_merges → customers',
    'customer_tags → customers',
    'customers → customers',
    'effects → orders',
    'message_costs → orders',
    'order_duplicates → orders',
    'order_lines → orders',
    'order_tags → orders',
    'orders → customers',
    'orders → orders',
    'parcel_companions → orders',
    'parcels → orders',
    'segment_members → customers',
  ])
})

const meddle = async (act: string, sample: Answer['body']): Promise<void> => {
  const { version } = (await owner.get(`/orders/${sample.id}`)).body
  const { memberId } = api.merchant.people.manager
  if (act === 'move') await moveTo(owner, sample.id, 'unreachable')
  if (act === 'edit')
    await owner.patch(`/orders/${sample.id}`, { version, tags: ['essai'], shippingAddress: { line: '1 rue Neuve' } })
  if (act === 'note') await owner.post(`/orders/${sample.id}/notes`, { text: 'Rappeler demain' })
  if (act === 'assign') await owner.post(`/orders/${sample.id}/assign`, { memberId, version })
  if (act === 'duplicate')
    await owner.patch(`/orders/${sample.id}`, { version, customer: { name: 'Autre Nom', phone: '0612345678' } })
}
