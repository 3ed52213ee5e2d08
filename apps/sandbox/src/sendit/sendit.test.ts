import { describe, expect, it } from 'vitest'
import { type TestSandbox, testSandbox } from '../testing/client.ts'

const base = '/sendit/api/v1'

/** A merchant who is logged in. */
const merchant = async (sandbox: TestSandbox, publicKey = 'demo') => {
  const login = () => sandbox.call('POST', `${base}/login`, { public_key: publicKey, secret_key: 'demo' })
  let { token } = (await login()).body.data
  const call = (method: string, path: string, body?: unknown) =>
    sandbox.call(method, base + path, body, { authorization: `Bearer ${token}`, accept: 'application/json' })
  const create = async (change: object = {}) => (await call('POST', '/deliveries', { ...parcel, ...change })).body.data
  return { call, create, login, renew: async () => void ({ token } = (await login()).body.data) }
}

const parcel = {
  pickup_district_id: 40,
  district_id: 42,
  name: 'Salma Test',
  phone: '0612345678',
  address: '12 rue Exemple, imm. 4',
  amount: 249,
  comment: 'Appeler avant',
  reference: 'ORD-1001',
  allow_open: 1,
  products: 'Lampe solaire x1',
}

describe("Sendit's login", () => {
  it('opens a session that ends, and refuses wrong or revoked keys', async () => {
    const sandbox = await testSandbox()
    const { call, renew, login } = await merchant(sandbox)
    expect((await call('GET', '/deliveries')).status).toBe(200)
    sandbox.clock.advance(3601)
    expect((await call('GET', '/deliveries')).status).toBe(401)
    await renew()
    expect((await call('GET', '/deliveries')).status).toBe(200)
    const bad = { public_key: 'demo', secret_key: 'no' }
    expect(await sandbox.call('POST', `${base}/login`, bad)).toMatchObject({ status: 401, body: { success: false } })
    await sandbox.control('tokens', { provider: 'sendit', revoke: true })
    expect((await login()).status).toBe(401)
    await sandbox.control('tokens', { provider: 'sendit', revoke: false })
    expect((await login()).status).toBe(200)
  })

  it('ends on command in the middle of a batch, and lives as long as it was told', async () => {
    const sandbox = await testSandbox()
    const { call, renew } = await merchant(sandbox)
    await sandbox.control('tokens', { provider: 'sendit', expire: true, lifeSeconds: 30 })
    expect((await call('GET', '/deliveries')).status).toBe(401)
    await renew()
    sandbox.clock.advance(29)
    expect((await call('GET', '/deliveries')).status).toBe(200)
    sandbox.clock.advance(2)
    expect((await call('GET', '/deliveries')).status).toBe(401)
  })
})

describe("Sendit's districts", () => {
  it('fill at least three pages, with prices as text for some and numbers for others', async () => {
    const { call } = await merchant(await testSandbox())
    const all: any[] = []
    let page = 1
    for (let last = 1; page <= last; page++) {
      const { body } = await call('GET', `/districts?page=${page}&per_page=200`)
      expect(body).toMatchObject({ success: true, current_page: page, per_page: 200 })
      last = body.last_page
      all.push(...body.data)
    }
    expect(page - 1).toBeGreaterThanOrEqual(3)
    expect(all.length).toBeGreaterThanOrEqual(500)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(new Set(all.map(({ price }) => typeof price))).toEqual(new Set(['string', 'number']))
    expect(all.some(({ arabic_name }) => arabic_name === null)).toBe(true)
  })

  it('link their pages, search in either script, and vanish', async () => {
    const sandbox = await testSandbox()
    const { call } = await merchant(sandbox)
    const first = (await call('GET', '/districts')).body
    expect((await sandbox.call('GET', first.next_page_url)).status).toBe(401)
    expect(new URL(first.next_page_url).searchParams.get('page')).toBe('2')
    expect(first.prev_page_url).toBeNull()
    for (const [text, ville] of [
      ['tetouan', 'Tétouan'],
      ['طنجة', 'Tanger'],
    ] as const)
      expect((await call('GET', `/districts?querystring=${encodeURIComponent(text)}`)).body.data[0].ville).toBe(ville)
    await sandbox.control('sendit/settings', { goneDistricts: [42] })
    expect((await call('GET', '/districts/42')).status).toBe(404)
    expect((await call('POST', '/deliveries', parcel)).status).toBe(422)
  })

  it('cost by the pick-up district', async () => {
    const { call } = await merchant(await testSandbox())
    const priceOf = async (query: string) =>
      Number((await call('GET', `/districts?querystring=Agadir&${query}`)).body.data[0].price)
    const pickups = (await call('GET', '/districts/pickup-cities')).body.data
    expect(pickups.length).toBeGreaterThan(5)
    const agadir = pickups.find(({ ville }: { ville: string }) => ville === 'Agadir')
    expect(await priceOf(`pickup-district=${agadir.id}`)).toBeLessThan(await priceOf('pickup-district=40'))
  })
})

describe("Sendit's parcels", () => {
  it('are created and read back with the same fields, products as a list', async () => {
    const { call, create } = await merchant(await testSandbox())
    const created = await create()
    expect(created).toMatchObject({
      code: expect.stringMatching(/^DH[0-9A-Z]{9}$/),
      status: 'PENDING',
      status_return: null,
      fee: 20,
      reference: 'ORD-1001',
      amount: 249,
      district: { id: 42, ville: 'Casablanca' },
      products: [{ name: 'Lampe solaire x1', quantity: 1 }],
      last_action_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      created_at: expect.stringMatching(/Z$/),
      audits: [{ event: 'created' }],
    })
    expect((await call('GET', `/deliveries/${created.code}`)).body.data).toEqual(created)
    expect(created).not.toHaveProperty('account')
  })

  it.each([
    [{ phone: '+212612345678' }, 'phone'],
    [{ phone: '061234567' }, 'phone'],
    [{ name: '' }, 'name'],
    [{ amount: -1 }, 'amount'],
    [{ allow_open: 'maybe' }, 'allow_open'],
    [{ products_from_stock: 1 }, 'packaging_id'],
    [{ option_exchange: 1, delivery_exchange_id: 'DHNONE' }, 'delivery_exchange_id'],
  ])('with a wrong field (%j) are refused by 422 and not stored', async (change, field) => {
    const sandbox = await testSandbox()
    const { call } = await merchant(sandbox)
    const { status, body } = await call('POST', '/deliveries', { ...parcel, ...change })
    expect(status).toBe(422)
    expect(Object.keys(body.errors)).toEqual([field])
    expect((await sandbox.state()).parcelCount).toBe(0)
  })

  it('say 422 in the body for a bad district, and refuse too much money inside a 200', async () => {
    const { call } = await merchant(await testSandbox())
    expect(await call('POST', '/deliveries', { ...parcel, district_id: 1 })).toMatchObject({
      status: 422,
      body: { success: false, code: '422' },
    })
    expect(await call('POST', '/deliveries', { ...parcel, amount: 5001 })).toMatchObject({
      status: 200,
      body: { success: false, message: expect.stringContaining('5000') },
    })
  })

  it('are found by reference, and two of one reference are both found', async () => {
    const { call, create } = await merchant(await testSandbox())
    await create()
    await create({ reference: 'ORD-1002', name: 'Autre' })
    await create({ reference: 'ORD-1002' })
    expect((await call('GET', '/deliveries?querystring=ORD-1002')).body).toMatchObject({ total: 2, data: [{}, {}] })
    expect((await call('GET', '/deliveries?querystring=ORD-9')).body).toMatchObject({ total: 0, data: [] })
  })

  it('belong to their account', async () => {
    const sandbox = await testSandbox()
    const [one, other] = [await merchant(sandbox), await merchant(sandbox, 'demo-2')]
    const { code } = await one.create()
    expect((await other.call('GET', `/deliveries/${code}`)).status).toBe(404)
    expect((await other.call('GET', '/deliveries')).body.total).toBe(0)
  })

  it('are changed and deleted until they are picked up, in both spellings of waiting', async () => {
    const sandbox = await testSandbox()
    const { call, create } = await merchant(sandbox)
    const { code } = await create()
    await sandbox.control(`parcels/${code}`, { status: 'TOPICKUP' })
    expect((await call('PUT', `/deliveries/${code}`, { amount: 199 })).body.data).toMatchObject({
      amount: 199,
      name: 'Salma Test',
    })
    await sandbox.control(`parcels/${code}`, { status: 'PICKEDUP' })
    expect(await call('PUT', `/deliveries/${code}`, { amount: 1 })).toMatchObject({
      status: 200,
      body: { success: false },
    })
    expect(await call('DELETE', `/deliveries/${code}`)).toMatchObject({ status: 200, body: { success: false } })
    const other = await create()
    expect((await call('DELETE', `/deliveries/${other.code}`)).body.success).toBe(true)
    expect((await call('GET', `/deliveries/${other.code}`)).status).toBe(404)
  })
})

describe("Sendit's labels", () => {
  it('are a PDF behind a link that ends', async () => {
    const sandbox = await testSandbox()
    const { call, create } = await merchant(sandbox)
    const codes = [(await create()).code, (await create({ name: 'سلمى' })).code]
    const { body } = await call('POST', '/deliveries/getlabels', { codesToPrint: codes.join(','), printFormat: 0 })
    const answer = await fetch(body.data.fileUrl)
    const file = Buffer.from(await answer.arrayBuffer()).toString('latin1')
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(file.startsWith('%PDF-1.4')).toBe(true)
    expect(file).toContain('/Count 2')
    for (const code of codes) expect(file).toContain(code)
    const start = Number(/startxref\n(\d+)/.exec(file)?.[1])
    expect(file.slice(start, start + 4)).toBe('xref')
    const offsets = [...file.matchAll(/(\d{10}) 00000 n/g)].map((match) => Number(match[1]))
    for (const [index, offset] of offsets.entries())
      expect(file.slice(offset).startsWith(`${index + 1} 0 obj`)).toBe(true)
    sandbox.clock.advance(601)
    expect((await fetch(body.data.fileUrl)).status).toBe(403)
  })

  it('are refused for parcels that are not there', async () => {
    const { call } = await merchant(await testSandbox())
    const { status, body } = await call('POST', '/deliveries/getlabels', { codesToPrint: 'DHX', printFormat: 0 })
    expect({ status, success: body.success }).toEqual({ status: 200, success: false })
  })
})

describe("Sendit's errands", () => {
  it('a pick-up is kept and its parcels wait for it', async () => {
    const { call, create } = await merchant(await testSandbox())
    const { code } = await create()
    const wanted = {
      district_id: 40,
      name: 'Boutique',
      phone: '0612345678',
      address: 'Maârif',
      note: 'Matin',
      deliveries: code,
    }
    expect((await call('POST', '/pickups', { ...wanted, note: '' })).body.errors).toHaveProperty('note')
    const pickup = (await call('POST', '/pickups', wanted)).body.data
    expect(pickup.code).toMatch(/^PU\d{8}$/)
    expect((await call('GET', `/deliveries/${code}`)).body.data.status).toBe('TO_PICKUP')
    expect((await call('GET', '/pickups')).body.data).toMatchObject([{ code: pickup.code }])
    expect((await call('PUT', `/pickups/${pickup.code}`, { note: 'Soir' })).body.data.note).toBe('Soir')
    expect((await call('DELETE', `/pickups/${pickup.code}`)).body.success).toBe(true)
    expect((await call('GET', `/pickups/${pickup.code}`)).status).toBe(404)
  })

  it('a return to the door needs an address', async () => {
    const { call } = await merchant(await testSandbox())
    const wanted = { type: 'HOME', district_id: 40, name: 'Boutique', phone: '0612345678' }
    expect((await call('POST', '/returns', wanted)).body.errors).toHaveProperty('address')
    expect((await call('POST', '/returns', { ...wanted, type: 'WAREHOUSE' })).body.data.code).toMatch(/^RT/)
  })
})
