import { beforeAll, describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { confirmedOrder, ship } from '../../../../../tests/support/delivery.ts'
import { manualCarriersOf } from '../../../../../tests/support/manual-carrier.ts'

const api = await startApi()
const owner = api.as('owner')
const { load, openCarrier, orderOf, outcomesOf, parcelOf, rowsOf, run, shipped, tryIt } = manualCarriersOf(owner)

let account = ''
beforeAll(async () => {
  account = await openCarrier('Atlas Colis')
})

describe('its numbers and statuses', () => {
  it('come back by file: unknown, repeated, foreign and contradicting rows are told apart and nothing else moves', async () => {
    const own = await openCarrier('Retour fichier')
    const other = await openCarrier('Voisin')
    const [a, b, c] = await shipped(own, 3)
    const [foreign] = await shipped(other, 1)
    await owner.patch(`/parcels/${foreign.id}`, { version: foreign.version, trackingNumber: 'VX-1' })
    const text = [
      'Code;Référence;Statut;Date',
      `RF-1;${a.reference};Livré;26/11/2026 10:30`,
      `RF-2;${b.reference};Parti en fusée;`,
      `RF-3;#${c.order.number};;`,
      'RF-404;;Livré;',
      'VX-1;;Livré;',
      `rf-1;${a.reference};LIVRE;26/11/2026 10:30`,
      ';;Livré;',
      `RF-1;${c.reference};;`,
      `RF-2;${b.reference};Livré;demain`,
    ].join('\n')
    api.clock.set('2026-11-27T12:00:00.000Z')
    const file = (await load(own, 'tracking', text)).body
    expect(file.mapping.columns).toEqual(['tracking', 'reference', 'status', 'date'])
    const tried = await tryIt(file, { words: [{ word: 'Livré', status: 'delivered' }] })
    expect(await outcomesOf(file)).toEqual([
      'matched',
      'word_unknown',
      'matched',
      'unknown',
      'foreign',
      'repeated',
      'refused',
      'refused',
      'refused',
    ])
    expect((await rowsOf(file)).slice(6).map(({ reason }: any) => reason)).toEqual([
      'number_missing',
      'number_taken',
      'date_unreadable',
    ])
    expect(tried.outcomes.reduce((sum: number, { count }: any) => sum + count, 0)).toBe(tried.rowCount)
    expect(tried.words).toMatchObject([
      { word: 'Livré', status: 'delivered' },
      { word: 'Parti en fusée', status: null, suggestion: null },
    ])
    // A dry run changes nothing.
    expect(await parcelOf(a.id)).toMatchObject({ status: 'created', trackingNumber: null })

    const started = await run(file)
    expect([started.status, started.body.status]).toEqual([202, 'running'])
    await api.runJobs()
    const done = (await owner.get(`/carrier-files/${file.id}`)).body
    expect(done).toMatchObject({ status: 'done', doneCount: 3 })
    expect(await parcelOf(a.id)).toMatchObject({ status: 'delivered', trackingNumber: 'RF-1', carrierStatus: 'Livré' })
    expect(await orderOf(a.orderId)).toMatchObject({ state: 'delivered', cash: { status: 'due' } })
    // Law 13: the word is kept and flagged, and the order stays.
    expect(await parcelOf(b.id)).toMatchObject({ status: 'unknown', trackingNumber: 'RF-2' })
    expect(await orderOf(b.orderId)).toMatchObject({ state: 'confirmed', flag: 'carrier_word_unknown' })
    expect(await parcelOf(c.id)).toMatchObject({ status: 'created', trackingNumber: 'RF-3' })
    expect(await parcelOf(foreign.id)).toMatchObject({ status: 'created' })
    expect((await run(file)).body.code).toBe('carrier_file.already_run')

    // The same file again finds everything as it is.
    const again = (await load(own, 'tracking', text)).body
    expect(again.remembered).toBe(true)
    await tryIt(again)
    expect((await outcomesOf(again)).slice(0, 3)).toEqual(['same', 'word_unknown', 'same'])

    // And all of it can be taken back: order, cash, ledger and numbers stand as before (law 10).
    const undone = await owner.post(`/tracking-operations/${done.operationId}/undo`)
    expect(undone.body).toMatchObject({ undo: 'undone', count: 3 })
    expect(await parcelOf(a.id)).toMatchObject({ status: 'created', trackingNumber: null, events: [] })
    expect(await orderOf(a.orderId)).toMatchObject({ state: 'confirmed', cash: { status: 'not_due' } })
    expect(await orderOf(b.orderId)).toMatchObject({ flag: null })
    const { items, sumCentimes } = (await owner.get('/ledger/balances')).body
    expect(sumCentimes).toBe(0)
    expect(items.filter(({ account: name }: any) => name === `carrier:${own}`)).toMatchObject([{ balanceCentimes: 0 }])
    expect((await owner.get(`/carrier-files/${file.id}`)).body.status).toBe('undone')
    expect((await owner.post(`/tracking-operations/${done.operationId}/undo`)).body.code).toBe(
      'tracking_operation.already_undone',
    )
  })

  it('are found by phone and amount where the file knows nothing else, unless two parcels fit', async () => {
    const own = await openCarrier('Par téléphone')
    const [a] = await shipped(own, 1)
    const { phone } = (await orderOf(a.orderId)).customer
    const text = `Code;Téléphone;Montant\nPT-1;0${phone.slice(4)};249\nPT-2;0${phone.slice(4)};100\n`
    const file = (await load(own, 'tracking', text)).body
    await tryIt(file)
    expect(await outcomesOf(file)).toEqual(['matched', 'unknown'])
  })

  it('are typed in bulk, one by one answered, and taken back as one', async () => {
    const own = await openCarrier('Par lot')
    const parcels = await shipped(own, 3)
    const ids = parcels.map(({ id }) => id)
    const first = await owner.post('/tracking-events', { parcelIds: ids.slice(0, 1), status: 'in_transit' })
    expect(first.status).toBe(201)
    const { body } = await owner.post('/tracking-events', { parcelIds: ids, status: 'in_transit', comment: 'Parti' })
    expect(body.items.map(({ outcome }: any) => outcome).sort()).toEqual(['applied', 'applied', 'same'])
    expect((await orderOf(parcels[2].orderId)).state).toBe('shipped')
    await owner.post(`/tracking-operations/${body.operationId}/undo`)
    expect(await Promise.all(ids.map(async (id) => (await parcelOf(id)).status))).toEqual([
      'in_transit',
      'created',
      'created',
    ])
    expect((await orderOf(parcels[2].orderId)).state).toBe('confirmed')
  })

  it('leave an order alone on undo that somebody has moved since', async () => {
    const own = await openCarrier('Entre-temps')
    const [parcel] = await shipped(own, 1)
    const { body } = await owner.post(`/parcels/${parcel.id}/tracking-events`, { status: 'delivered' })
    const order = await orderOf(parcel.orderId)
    const stage = (await owner.get('/pipeline')).body.stages.find(({ state }: any) => state === 'returned')
    await owner.post(`/orders/${order.id}/move`, { stageId: stage.id, version: order.version })
    const undone = (await owner.post(`/tracking-operations/${body.operationId}/undo`)).body
    expect(undone.items).toMatchObject([{ outcome: 'undone', reason: 'order.changed_meanwhile' }])
    expect((await orderOf(order.id)).state).toBe('returned')
  })

  it('are not told of a moment that has not come, nor by hand of a carrier that tells them itself', async () => {
    const [parcel] = await shipped(account, 1)
    const at = new Date(api.clock.now().getTime() + 86_400_000).toISOString()
    expect((await owner.post(`/parcels/${parcel.id}/tracking-events`, { status: 'delivered', at })).status).toBe(400)
  })
})

describe('what it has paid', () => {
  it('is a pasted list: gross, fees, net and unknown numbers, marked once and taken back', async () => {
    const own = await openCarrier('Versements')
    const fees = (await load(own, 'places', 'Ville;Livraison\nRabat;35')).body
    await tryIt(fees)
    await run(fees)
    const parcels = await shipped(own, 3)
    for (const [index, parcel] of parcels.entries())
      await owner.patch(`/parcels/${parcel.id}`, { version: parcel.version, trackingNumber: `VS-${index}00` })
    await owner.post('/tracking-events', { parcelIds: parcels.slice(0, 2).map(({ id }) => id), status: 'delivered' })
    const file = (await load(own, 'payout', 'VS-000\nVS-100\nVS-200\nVS-000\nVS-999')).body
    const tried = await tryIt(file)
    expect(await outcomesOf(file)).toEqual(['matched', 'matched', 'not_due', 'repeated', 'unknown'])
    expect(tried.sums).toEqual({
      count: 2,
      grossCentimes: 49_800,
      feesCentimes: 7_000,
      netCentimes: 42_800,
      feeUnknownCount: 0,
    })
    const paid = await run(file, { date: '2026-11-27', mode: 'cheque', reference: 'CHQ 778' })
    expect(paid.body).toMatchObject({ status: 'done', doneCount: 2 })
    expect((await orderOf(parcels[0].orderId)).cash.status).toBe('collected')
    expect((await owner.get('/ledger/balances')).body.sumCentimes).toBe(0)
    const again = (await load(own, 'payout', 'VS-000')).body
    await tryIt(again)
    expect(await outcomesOf(again)).toEqual(['same'])
    expect((await run(again)).body.code).toBe('collection.not_due')
    await owner.post(`/collections/operations/${paid.body.operationId}/undo`)
    expect((await orderOf(parcels[0].orderId)).cash.status).toBe('due')
  })

  it('comes on the days that the carrier pays', async () => {
    const own = await openCarrier('Mardis')
    const { version } = (await owner.get(`/carrier-accounts/${own}`)).body
    const edit = (payoutRhythm: object) =>
      owner.patch(`/carrier-accounts/${own}`, { version, settings: { payoutRhythm } })
    expect((await edit({ kind: 'every', days: [7] })).body.fields).toEqual([
      { path: 'settings.payoutRhythm.from', code: 'missing' },
    ])
    expect((await edit({ kind: 'week', days: [2] })).status).toBe(200)
    const [parcel] = await shipped(own, 1)
    await owner.post(`/parcels/${parcel.id}/tracking-events`, { status: 'delivered', at: '2026-11-24T10:00:00.000Z' })
    const { items } = (await owner.get(`/collections?carrierAccountId=${own}`)).body
    expect(items).toMatchObject([{ expectedPayoutAt: '2026-12-01' }])
  })
})

describe('what it brings back', () => {
  it('is received in one click, and taken back', async () => {
    const own = await openCarrier('Retours')
    const [parcel] = await shipped(own, 1)
    expect((await owner.post(`/parcels/${parcel.id}/return`)).body.code).toBe('parcel.return_not_expected')
    await owner.post(`/parcels/${parcel.id}/tracking-events`, { status: 'refused' })
    const { body } = await owner.post(`/parcels/${parcel.id}/return`)
    expect(await parcelOf(parcel.id)).toMatchObject({ status: 'returned', returnReceivedAt: expect.any(String) })
    expect(await orderOf(parcel.orderId)).toMatchObject({ state: 'returned', return: { status: 'received' } })
    await owner.post(`/tracking-operations/${body.operationId}/undo`)
    expect(await parcelOf(parcel.id)).toMatchObject({ status: 'refused', returnReceivedAt: null })
    expect(await orderOf(parcel.orderId)).toMatchObject({ state: 'delivery_failed', return: null })
  })
})

describe('a file that cannot be read', () => {
  it.each([
    ['nothing', '', 'empty'],
    ['a web page', '<!doctype html><p>', 'not_a_table'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'old_excel'],
  ])('is refused as %s', async (_what, content, why) => {
    const { status, body } = await load(account, 'tracking', content as Buffer)
    expect([status, body.code, body.params.why]).toEqual([422, 'file.unreadable', why])
  })

  it('is refused where no column names a parcel', async () => {
    const file = (await load(account, 'tracking', 'a;b\nc;d')).body
    const { body } = await owner.post(`/carrier-files/${file.id}/dry-run`, { columns: [null, null], hasHeader: false })
    expect(body.code).toBe('carrier_file.mapping_incomplete')
  })

  it('is larger than what is taken', async () => {
    expect((await load(account, 'tracking', Buffer.alloc(6 * 1_048_576, 65))).status).toBe(413)
  })
})

it('law 2: a number of another merchant is unknown, not foreign', async () => {
  const rival = api.asRival('owner')
  const { body: theirs } = await rival.post('/carrier-accounts', { carrier: 'manual', name: 'Atlas Colis' })
  const order = await confirmedOrder({ owner: rival })
  const { parcelId } = (await ship(rival, [order.id], theirs.id)).body.items[0]
  const parcel = (await rival.get(`/parcels/${parcelId}`)).body
  await rival.patch(`/parcels/${parcelId}`, { version: parcel.version, trackingNumber: 'RIVAL-1' })
  const file = (await load(account, 'tracking', 'RIVAL-1')).body
  await tryIt(file)
  expect(await outcomesOf(file)).toEqual(['unknown'])
})
