import type { AddressInfo } from 'node:net'
import type { Mask, Permission, RoleKey } from '@sendocki/domain/permissions'
import { expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import type { Founded } from '../../../../../tests/support/founding.ts'
import type { Happening } from '../../context.ts'

const api = await startApi()

/** Writes into the journal as commands do. */
const record = (happening: Happening, one: Founded = api.merchant) => {
  const ctx = api.ctx(one)
  return ctx.transaction(async (tx) => ctx.record(tx, happening))
}
const about = (kind: string, type: string, rest: Partial<Happening> = {}): Happening => ({
  type,
  subject: { kind, id: crypto.randomUUID() },
  ...rest,
})
const newOrder = async (fields: object = {}) => {
  const answer = await api.as('owner').post('/orders', {
    customer: { name: 'Yassine Berrada', phone: '0661234567' },
    shippingAddress: { city: 'Casablanca', line: '12 rue des Orangers' },
    lines: [{ name: 'Huile d’argan', quantity: 1, unitPriceCentimes: 19_900 }],
    ...fields,
  })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}
const feed = async (role: RoleKey, query = '') => {
  const answer = await api.as(role).get(`/events?limit=200${query}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}

it('gives every event after a sequence once, in order, without gaps, page by page', async () => {
  for (let n = 0; n < 7; n += 1) await record(about('store', 'store.renamed', { data: { n } }))
  const all = (await feed('owner')).items.map(({ sequence }: { sequence: number }) => sequence)
  expect(all).toEqual(all.map((_: number, index: number) => index + 1))
  const seen: number[] = []
  let cursor: string | null = '0'
  while (cursor !== null) {
    const page: any = (await api.as('owner').get(`/events?limit=3&cursor=${cursor}`)).body
    seen.push(...page.items.map(({ sequence }: { sequence: number }) => sequence))
    cursor = page.nextCursor
  }
  expect(seen).toEqual(all)
})

it('goes on from the newest sequence: nothing before it, everything after it', async () => {
  const { lastSequence } = await feed('owner')
  expect((await feed('owner', `&cursor=${lastSequence}`)).items).toEqual([])
  const id = await record(about('store', 'store.renamed'))
  const { items } = await feed('owner', `&cursor=${lastSequence}`)
  expect(items.map((event: { id: string }) => event.id)).toEqual([id])
})

it.each(['owner', 'confirmation_agent', 'delivery_agent'] as const)(
  'tells the %s where the feed ends',
  async (role) => {
    const { lastSequence } = (await api.as(role).get('/me')).body
    expect(lastSequence).toBe((await feed('owner')).lastSequence)
    await record(about('store', 'store.renamed'))
    expect((await api.as(role).get('/me')).body.lastSequence).toBe(lastSequence + 1)
  },
)

it('loses no event to a reader while many write at once', async () => {
  const { lastSequence } = await feed('owner')
  const seen: string[] = []
  let cursor = lastSequence
  const read = async () => {
    for (const { id, sequence } of (await feed('owner', `&cursor=${cursor}`)).items) {
      seen.push(id)
      cursor = sequence
    }
  }
  const written: string[] = []
  const write = async () => {
    for (let n = 0; n < 10; n += 1) written.push(await record(about('store', 'store.renamed')))
  }
  let writing = true
  const reader = (async () => {
    while (writing) await read()
  })()
  await Promise.all(Array.from({ length: 8 }, write))
  writing = false
  await reader
  await read()
  expect(new Set(seen)).toEqual(new Set(written))
  expect(seen).toHaveLength(written.length)
})

it('narrows to types, and to all types of a noun', async () => {
  await record(about('parcel', 'parcel.booked'))
  await record(about('parcel', 'parcel.status_changed'))
  await record(about('collection', 'collection.due'))
  const types = async (asked: string) =>
    new Set((await feed('owner', `&types=${asked}`)).items.map(({ type }: { type: string }) => type))
  expect(await types('parcel.booked')).toEqual(new Set(['parcel.booked']))
  expect(await types('parcel.*,collection.due')).toEqual(
    new Set(['parcel.booked', 'parcel.status_changed', 'collection.due']),
  )
  expect((await api.as('owner').get('/events?types=parcel')).status).toBe(400)
})

it('shows a role the nouns that it reads, and no other', async () => {
  for (const kind of ['store', 'member', 'collection', 'carrier_account', 'something_new', 'parcel'])
    await record(about(kind, `${kind}.happened`))
  const nouns = new Set((await feed('viewer')).items.map((event: { subject: { kind: string } }) => event.subject.kind))
  expect(nouns).toContain('parcel')
  for (const kind of ['store', 'member', 'collection', 'carrier_account', 'something_new'])
    expect(nouns).not.toContain(kind)
})

it('tells open screens of the nouns that their role reads, and of no other', async () => {
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = api.app.server.address() as AddressInfo
  const listen = async (role: RoleKey) => {
    const { body } = await fetch(`http://127.0.0.1:${port}/api/v1/stream`, {
      headers: { authorization: `Bearer ${api.tokenOf(api.merchant, role)}` },
      signal: AbortSignal.timeout(10_000),
    })
    return (body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader()
  }
  const heardBefore = async (reader: ReadableStreamDefaultReader<string>, mark: string) => {
    let text = ''
    while (!text.includes(mark)) text += (await reader.read()).value ?? ''
    await reader.cancel()
    return text
  }
  const [owner, viewer] = [await listen('owner'), await listen('viewer')]
  for (const kind of ['store', 'member', 'collection']) await record(about(kind, `${kind}.happened`))
  const last = about('parcel', 'parcel.happened')
  await record(last)
  const [all, some] = [await heardBefore(owner, last.subject.id), await heardBefore(viewer, last.subject.id)]
  for (const kind of ['store', 'member', 'collection'])
    expect([kind, all.includes(`["${kind}"`), some.includes(`["${kind}"`)]).toEqual([kind, true, false])
})

it('shows whoever sees some orders only the events of those, and of nothing else', async () => {
  const mine = await newOrder({ assigneeId: api.merchant.people.delivery_agent.memberId })
  const other = await newOrder()
  await record(about('parcel', 'parcel.booked', { orderId: mine.id }))
  await record(about('parcel', 'parcel.booked', { orderId: other.id }))
  await record(about('parcel', 'parcel.booked'))
  const { items } = await feed('delivery_agent')
  const orders = new Set(items.map((event: any) => event.data.orderId))
  expect(orders).toEqual(new Set([mine.id]))
})

it('law 12: tells no name, phone or address, whoever asks', async () => {
  await newOrder()
  for (const role of ['owner', 'viewer', 'confirmation_agent'] as const) {
    const text = JSON.stringify(await feed(role))
    for (const secret of ['Berrada', '661234567', 'Orangers']) expect(text).not.toContain(secret)
  }
})

it("law 2: shows nothing of another merchant's, in feed and audit log", async () => {
  const id = await record(about('store', 'store.renamed'), api.rival)
  expect(JSON.stringify(await feed('owner'))).not.toContain(id)
  expect((await api.as('owner').get('/audit-log')).text).not.toContain(id)
  expect((await api.asRival('owner').get('/audit-log')).text).toContain(id)
})

it('shows the audit log to owners and managers only', async () => {
  const statuses = await Promise.all(
    (['owner', 'manager', 'confirmation_agent', 'delivery_agent', 'viewer'] as const).map(
      async (role) => (await api.as(role).get('/audit-log')).status,
    ),
  )
  expect(statuses).toEqual([200, 200, 403, 403, 403])
})

it('tells who, what, before and after, when and from where, newest first', async () => {
  const { version, name } = (await api.as('manager').get('/merchant')).body
  await api.as('manager').patch('/merchant', { name: 'Dar Argan Maroc', version }, { 'user-agent': 'Firefox/143.0' })
  const [entry] = (await api.as('owner').get('/audit-log')).body.items
  expect(entry).toMatchObject({
    type: 'merchant.edited',
    actor: { kind: 'member', id: api.merchant.people.manager.memberId, name: 'Test manager' },
    subject: { kind: 'merchant', id: api.merchant.merchantId },
    before: { name },
    after: { name: 'Dar Argan Maroc' },
    origin: { address: '127.0.0.1', userAgent: 'Firefox/143.0' },
  })
})

it('filters the audit log, and pages through it without loss', async () => {
  const audit = async (query: string) => (await api.as('owner').get(`/audit-log?${query}`)).body
  const managerId = api.merchant.people.manager.memberId
  for (const entry of (await audit(`actorId=${managerId}`)).items) expect(entry.actor.id).toBe(managerId)
  const at = (iso: string) => record(about('pipeline', 'pipeline.edited', { at: iso }))
  const old = [await at('2026-03-01T10:00:00.000Z'), await at('2026-03-02T10:00:00.000Z')]
  await at('2026-03-03T10:00:00.000Z')
  const march = await audit('from=2026-03-01T00:00:00Z&to=2026-03-03T00:00:00Z&type=pipeline.*')
  expect(march.items.map(({ id }: { id: string }) => id)).toEqual(old.toReversed())
  const all = (await audit('limit=200')).items.map(({ id }: { id: string }) => id)
  const paged: string[] = []
  let page = await audit('limit=7')
  for (;;) {
    paged.push(...page.items.map(({ id }: { id: string }) => id))
    if (page.nextCursor === null) break
    page = await audit(`limit=7&cursor=${page.nextCursor}`)
  }
  expect(paged.slice(0, 200)).toEqual(all)
})

it('refuses a cursor that was made by hand', async () => {
  const made = (parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')
  for (const cursor of [
    '!!',
    made(['members', 'x']),
    made(['audit', 'not a time', 1]),
    made(['audit', '2026-01-01', 'x']),
  ]) {
    const answer = await api.as('owner').get(`/audit-log?cursor=${encodeURIComponent(cursor)}`)
    expect([answer.status, answer.body.code], cursor).toEqual([400, 'request.invalid'])
  }
  expect((await api.as('owner').get('/events?cursor=-1')).status).toBe(400)
})

it('hides personal values in the audit log from a role with masks', async () => {
  const order = await newOrder()
  await api.as('owner').patch(`/orders/${order.id}`, { version: order.version, customer: { name: 'Imane Tazi' } })
  expect((await api.as('manager').get('/audit-log')).text).toContain('Imane Tazi')
  const masks: Mask[] = ['phone']
  const permissions: Permission[] = ['audit.read']
  await api.deps.world.database.platform(async (tx) => {
    const json = (value: unknown) => JSON.stringify(value)
    await tx.db.execute(
      `update roles set masks = '${json(masks)}', permissions = '${json(permissions)}' where id = '${api.merchant.people.viewer.roleId}'`,
    )
    tx.outbox.dropped.push(api.merchant.people.viewer.roleId)
  })
  const answer = await api.as('viewer').get('/audit-log')
  expect(answer.status).toBe(200)
  expect(answer.text).not.toContain('Imane Tazi')
})
