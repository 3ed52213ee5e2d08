import { beforeAll, describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { confirmedOrder, ship } from '../../../../../tests/support/delivery.ts'
import { manualCarriersOf } from '../../../../../tests/support/manual-carrier.ts'

const api = await startApi()
const owner = api.as('owner')
const key = () => ({ 'idempotency-key': crypto.randomUUID() })
const { openCarrier, orderOf, parcelOf, shipped } = manualCarriersOf(owner)

let account = ''
beforeAll(async () => {
  account = await openCarrier('Atlas Colis')
})

describe('a carrier without API', () => {
  it('works as soon as it has a name, as often as one likes', async () => {
    await openCarrier('Rapide Fès')
    const { items } = (await owner.get('/carrier-accounts')).body
    expect(items.filter(({ carrier }: any) => carrier === 'manual')).toHaveLength(2)
    expect(items[0]).toMatchObject({ status: 'connected', driverMemberId: null })
  })

  it('takes parcels without a call, and can be asked nothing that takes one', async () => {
    const [parcel] = await shipped(account, 1)
    expect(parcel).toMatchObject({ status: 'created', booking: 'accepted', trackingNumber: null })
    expect((await orderOf(parcel.orderId)).parcel).toMatchObject({ id: parcel.id, status: 'created' })
    await api.runJobs()
    expect((await owner.get('/dead-letters')).body.items).toEqual([])
    const refreshed = await owner.post(`/parcels/${parcel.id}/refresh`)
    expect([refreshed.status, refreshed.body.code]).toEqual([422, 'carrier.capability_missing'])
    expect((await owner.post(`/carrier-accounts/${account}/test`)).body.code).toBe('carrier.capability_missing')
    expect((await owner.post(`/parcels/${parcel.id}/cancel`)).status).toBe(202)
    expect(await parcelOf(parcel.id)).toMatchObject({ status: 'cancelled' })
    expect((await orderOf(parcel.orderId)).state).toBe('confirmed')
  })

  it('is opened by the name on a parcel that is typed with its number, once', async () => {
    const one = await confirmedOrder({ owner })
    const other = await confirmedOrder({ owner })
    const typed = (orderId: string, carrierName: string, trackingNumber: string) =>
      owner.post('/parcels/manual', { orderId, carrierName, trackingNumber }, key())
    const first = await typed(one.id, 'Nord Express', 'NE-100')
    expect(first.status).toBe(201)
    expect(await parcelOf(first.body.parcelId)).toMatchObject({ trackingNumber: 'NE-100', status: 'created' })
    expect((await typed(other.id, 'nord express', 'NE-100')).body.code).toBe('parcel.tracking_taken')
    const second = await typed(other.id, ' Nord Express ', 'NE-101')
    const accounts = await Promise.all([first, second].map(({ body }) => parcelOf(body.parcelId)))
    expect(new Set(accounts.map(({ carrierAccountId }) => carrierAccountId)).size).toBe(1)
  })

  it('asks for a key before it makes a parcel', async () => {
    const { body } = await owner.post('/parcels/manual', {
      orderId: crypto.randomUUID(),
      carrierName: 'Nord Express',
      trackingNumber: 'NE-1',
    })
    expect(body.code).toBe('idempotency.key_required')
  })
})

describe('the file for its portal', () => {
  it('has the columns, names and phones that were chosen, once for all', async () => {
    const layout = {
      columns: [
        { field: 'text', header: 'Service', value: 'COD' },
        { field: 'phone', header: 'GSM' },
        { field: 'amount', header: 'Prix' },
        { field: 'reference', header: 'Code' },
      ],
      phoneFormat: 'international',
      separator: ',',
      yes: '1',
      no: '0',
    }
    expect((await owner.put(`/carrier-accounts/${account}/sheet-layout`, layout)).status).toBe(200)
    const [parcel] = await shipped(account, 1)
    const { phone } = (await orderOf(parcel.orderId)).customer
    const sheet = { parcelIds: [parcel.id], format: 'csv' }
    const { text, headers } = await owner.post(`/carrier-accounts/${account}/sheet`, sheet)
    expect(text).toBe(`\ufeffService,GSM,Prix,Code\r\nCOD,${phone.slice(1)},249,${parcel.reference}\r\n`)
    expect(headers['content-disposition']).toMatch(/^attachment; filename="colis-.*\.csv"$/)
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  it('keeps what a buyer wrote from running, and comes as XLSX too', async () => {
    const own = await openCarrier('Formules')
    const stage = (await owner.get('/pipeline')).body.stages.find(({ state }: any) => state === 'confirmed')
    const { body: order } = await owner.post('/orders', {
      customer: { name: '=HYPERLINK("http://x")', phone: '0612999001' },
      shippingAddress: { line: '@SUM(A1)', city: 'Rabat' },
      lines: [{ name: 'Lampe', quantity: 1, unitPriceCentimes: 24_900 }],
      stageId: stage.id,
    })
    const { parcelId } = (await ship(owner, [order.id], own)).body.items[0]
    const ask = (format: string) => owner.post(`/carrier-accounts/${own}/sheet`, { parcelIds: [parcelId], format })
    const { text } = await ask('csv')
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect(text).toContain(`'@SUM(A1)`)
    expect(text).toContain(';0612999001;')
    expect((await ask('xlsx')).headers['content-type']).toContain('spreadsheetml')
  })

  it('refuses parcels of another carrier', async () => {
    const other = await openCarrier('Un autre')
    const [parcel] = await shipped(other, 1)
    const { status } = await owner.post(`/carrier-accounts/${account}/sheet`, { parcelIds: [parcel.id], format: 'csv' })
    expect(status).toBe(404)
  })
})
