import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  confirmedOrder,
  connectSendit,
  parcelsAtCarrier,
  ship,
  startDelivery,
} from '../../../../../tests/support/delivery.ts'

const delivery = await startDelivery()
const { api, owner, settle, hurry, control } = delivery
let accountId = ''
beforeAll(async () => {
  accountId = await connectSendit(delivery)
})
beforeEach(() => control('DELETE', '/faults'))
afterAll(() => delivery.close())

const account = async (id = accountId) => (await owner.get(`/carrier-accounts/${id}`)).body
const connect = (credentials: object) =>
  owner.post('/carrier-accounts', { carrier: 'sendit', name: 'Essai', credentials })

describe('a carrier account', () => {
  it('is offered with what the carrier can do and asks for', async () => {
    const { items } = (await owner.get('/carriers')).body
    expect(items).toMatchObject([
      { carrier: 'sendit', capabilities: { api: true, wholeDirhams: true, remittance: false } },
      { carrier: 'manual', capabilities: { api: false, labels: false }, credentialFields: [] },
    ])
    expect(items[0].credentialFields.map(({ name }: any) => name)).toEqual(['publicKey', 'secretKey'])
  })

  it('connects, reads the destinations, and never shows its keys again', async () => {
    const one = await account()
    expect(one).toMatchObject({ status: 'connected', problem: null })
    expect(one.placeCount).toBeGreaterThan(400)
    expect(one.webhookUrl.endsWith(`/hooks/sendit/${accountId}`)).toBe(true)
    expect(JSON.stringify(one)).not.toContain('demo')
  })

  it('names the credential that is missing or unknown', async () => {
    const { status, body } = await connect({ publicKey: 'demo', token: 'x' })
    expect(status).toBe(400)
    expect(body.fields).toEqual([
      { path: 'credentials.secretKey', code: 'missing' },
      { path: 'credentials.token', code: 'unknown' },
    ])
  })

  it('shows refused keys without a dead letter, and goes on by itself once they are right', async () => {
    const { body } = await connect({ publicKey: 'demo', secretKey: 'wrong' })
    await settle()
    expect(await account(body.id)).toMatchObject({ status: 'reconnect', problem: 'carrier.credentials_refused' })
    expect((await owner.get('/dead-letters')).body.items).toEqual([])
    const { version } = await account(body.id)
    await owner.patch(`/carrier-accounts/${body.id}`, {
      version,
      credentials: { publicKey: 'demo-2', secretKey: 'demo' },
    })
    await settle()
    expect(await account(body.id)).toMatchObject({ status: 'connected', problem: null })
  })

  it('refuses an edit of an older version', async () => {
    const { version } = await account()
    expect((await owner.patch(`/carrier-accounts/${accountId}`, { version, name: 'Sendit' })).status).toBe(200)
    const late = await owner.patch(`/carrier-accounts/${accountId}`, { version, name: 'Autre' })
    expect([late.status, late.body.code, late.body.current.name]).toEqual([
      409,
      'carrier_account.changed_meanwhile',
      'Sendit',
    ])
  })

  it('ships nothing once it is disabled', async () => {
    const { body } = await connect({ publicKey: 'demo-3', secretKey: 'demo' })
    await settle()
    expect((await owner.delete(`/carrier-accounts/${body.id}`)).body.status).toBe('disabled')
    const order = await confirmedOrder(delivery)
    expect((await ship(owner, [order.id], body.id)).body.code).toBe('carrier_account.not_ready')
  })

  it('is another merchant’s secret', async () => {
    expect((await api.asRival('owner').get(`/carrier-accounts/${accountId}`)).status).toBe(404)
    expect((await api.asRival('owner').get('/carrier-accounts')).body.items).toEqual([])
    expect((await api.as('viewer').get('/carrier-accounts')).status).toBe(403)
  })
})

describe('destinations', () => {
  it('are matched to our cities by name, and the rest waits for a person', async () => {
    const { body } = await owner.get(`/carrier-accounts/${accountId}/cities?q=rabat&limit=200`)
    expect(body.items.find(({ name }: any) => name === 'Rabat').match).toMatchObject({
      cityId: 'rabat',
      strength: 'exact',
    })
    const { items } = (await owner.get(`/carrier-accounts/${accountId}/cities?review=weak&limit=200`)).body
    expect(items.every(({ match }: any) => match.strength === 'weak')).toBe(true)
    expect(items.length).toBe((await account()).weakMatchCount)
  })

  it('keep what a person chose through the next synchronisation', async () => {
    const { body } = await owner.get(`/carrier-accounts/${accountId}/cities?q=tanger`)
    const { placeId } = body.items[0]
    const chosen = await owner.put(`/carrier-accounts/${accountId}/matches`, {
      matches: [{ placeId, cityId: 'tanger' }],
    })
    expect(chosen.body.items[0].match).toEqual({ cityId: 'tanger', district: null, strength: 'chosen' })
    await owner.post(`/carrier-accounts/${accountId}/sync-places`)
    await settle()
    const after = await owner.get(`/carrier-accounts/${accountId}/cities?q=tanger`)
    expect(after.body.items[0].match.strength).toBe('chosen')
  })

  it('flag what has vanished and do not ship there', async () => {
    const { body } = await owner.get(`/carrier-accounts/${accountId}/cities?q=oujda&limit=200`)
    const goneDistricts = body.items.map(({ placeId }: any) => Number(placeId))
    await control('POST', '/sendit/settings', { goneDistricts })
    await owner.post(`/carrier-accounts/${accountId}/sync-places`)
    await settle()
    const after = await owner.get(`/carrier-accounts/${accountId}/cities?q=oujda&limit=200`)
    expect(after.body.items.every(({ vanishedAt }: any) => vanishedAt !== null)).toBe(true)
    const order = await confirmedOrder(delivery, { city: 'Oujda', district: 'Centre' })
    expect((await ship(owner, [order.id], accountId)).body.items[0].refusal.code).toBe('parcel.city_not_served')
  })

  it('tell the fee of a city', async () => {
    const { items } = (await owner.get(`/carrier-accounts/${accountId}/fees?cityId=rabat`)).body
    expect(items[0]).toMatchObject({ cityId: 'rabat' })
    expect(items[0].deliveredFeeCentimes).toBeGreaterThan(0)
  })
})

describe('calls', () => {
  it('log in again once when the token has died', async () => {
    const order = await confirmedOrder(delivery)
    await control('POST', '/faults', { provider: 'sendit', kind: 'http_401', times: 1, only: 'POST /' })
    await ship(owner, [order.id], accountId)
    await settle()
    expect((await owner.get(`/orders/${order.id}`)).body.parcel.status).toBe('created')
  })

  it.each([
    ['says for how long', 30, 30],
    ['does not say for how long', undefined, 60],
  ])('leave a busy carrier alone that %s, while other merchants go on', async (_what, told, waited) => {
    const count = async () => {
      const { calls } = await control<{ calls: { method: string; path: string }[] }>('GET', '/state')
      return calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/deliveries')).length
    }
    const orders = await Promise.all([1, 2, 3].map(() => confirmedOrder(delivery)))
    await control('POST', '/faults', {
      provider: 'sendit',
      kind: 'http_429',
      times: 1,
      only: 'POST /',
      ...(told ? { seconds: told } : {}),
    })
    const { body } = await ship(
      owner,
      orders.map(({ id }) => id),
      accountId,
    )
    const before = await count()
    await api.runJobs()
    expect(await count()).toBe(before + 1)
    api.clock.advance((waited - 2) * 1_000)
    await hurry()
    await api.runJobs()
    expect(await count()).toBe(before + 1)
    const elsewhere = await connect({ publicKey: `demo-busy-${waited}`, secretKey: 'demo' })
    await api.runJobs()
    expect((await account(elsewhere.body.id)).status).toBe('connected')
    await settle()
    expect(await count()).toBe(before + 4)
    for (const { parcelId } of body.items)
      expect((await owner.get(`/parcels/${parcelId}`)).body.booking).toBe('accepted')
  })

  it('stop for an account whose keys are revoked, and its intents wait for new ones', async () => {
    const { body } = await connect({ publicKey: 'demo-4', secretKey: 'demo' })
    await settle()
    const [pickup] = (await owner.get(`/carrier-accounts/${body.id}/cities?pickup=true`)).body.items
    let { version } = await account(body.id)
    await owner.patch(`/carrier-accounts/${body.id}`, { version, settings: { pickupPlaceId: pickup.placeId } })
    await settle()
    await control('POST', '/faults', { provider: 'sendit', kind: 'http_401' })
    const order = await confirmedOrder(delivery)
    const intent = await ship(owner, [order.id], body.id)
    await settle()
    expect((await account(body.id)).status).toBe('reconnect')
    expect((await owner.get(`/parcels/${intent.body.items[0].parcelId}`)).body.booking).toBe('intended')
    expect((await owner.get('/dead-letters')).body.items).toEqual([])
    await control('DELETE', '/faults')
    ;({ version } = await account(body.id))
    await owner.post(`/carrier-accounts/${body.id}/test`)
    await settle()
    expect((await owner.get(`/parcels/${intent.body.items[0].parcelId}`)).body.booking).toBe('accepted')
    const there = (await parcelsAtCarrier(delivery)).filter(({ reference }) => reference.startsWith(`${order.number}-`))
    expect(there).toHaveLength(1)
  })

  it('stay inside the hour’s budget', async () => {
    const { version } = await account()
    await owner.patch(`/carrier-accounts/${accountId}`, { version, settings: { callsPerHour: 10 } })
    api.clock.advance(3_600_000)
    const orders = await Promise.all(Array.from({ length: 12 }, () => confirmedOrder(delivery)))
    const { body } = await ship(
      owner,
      orders.map(({ id }) => id),
      accountId,
    )
    const ids = new Set(body.items.map(({ parcelId }: any) => parcelId))
    const booked = async () =>
      (await owner.get('/parcels?booking=accepted&limit=200')).body.items.filter(({ id }: any) => ids.has(id)).length
    await api.runJobs()
    expect(await booked()).toBe(10)
    api.clock.advance(3_600_000)
    await settle()
    expect(await booked()).toBe(12)
  })
})
