import { describe, expect, it } from 'vitest'
import { detectImportColumns, importMappingFault } from './columns.ts'
import { type KnownOrder, type OrderRow, orderKeyOf, type PastOrder, planOrderRow, readOrderRow } from './orders.ts'
import { meaningOf, type PastState, pastStates, suggestedState } from './status-words.ts'

const now = '2026-11-20T10:00:00.000Z'
const facts = { now, words: new Map<string, PastState | null>(), states: new Set<PastState>(pastStates) }
const read = (row: OrderRow) => readOrderRow(row, facts)
const whole: OrderRow = {
  ...{ reference: '#1001', placedAt: '03/10/2026', status: 'Livrée', name: 'Salma', phone: '0612345678' },
  ...{ product: 'Montre', quantity: '2', price: '150', fee: '35' },
}
const orderOf = (row: OrderRow): PastOrder => {
  const { order, refused } = read(row)
  if (order === null) throw new Error(refused ?? '')
  return order
}

describe('the columns of a list of past orders', () => {
  it.each([
    [
      'French',
      ['N° commande', 'Date', 'Client', 'Tél', 'Ville', 'Produit', 'Qté', 'Prix', 'Statut', 'Date de livraison'],
      ['reference', 'placedAt', 'name', 'phone', 'city', 'product', 'quantity', 'price', 'status', 'statusAt'],
    ],
    [
      'English',
      ['Order', 'Created at', 'Customer name', 'Phone', 'Line item name', 'Total', 'Tracking number', 'Status'],
      ['reference', 'placedAt', 'name', 'phone', 'product', 'total', 'tracking', 'status'],
    ],
    [
      'Arabic',
      ['رقم الطلب', 'التاريخ', 'الهاتف', 'المنتج', 'المبلغ', 'الحالة'],
      ['reference', 'placedAt', 'phone', 'product', 'total', 'status'],
    ],
  ])('are told by their names: %s', (_what, header, columns) => {
    expect(detectImportColumns([header], 'orders')).toEqual({ columns, hasHeader: true })
  })

  it('are told by what stands in them where names say nothing', () => {
    const rows = [
      ['0612345678', '03/10/2026', 'Livré', 'Fès'],
      ['0612345679', '04/10/2026', 'Annulé', 'Rabat'],
    ]
    expect(detectImportColumns(rows, 'orders').columns).toEqual(['phone', 'placedAt', 'status', 'city'])
  })

  it('need a buyer and a date, and take nothing that is said of customers alone', () => {
    expect(importMappingFault('orders', { columns: ['phone'], hasHeader: true })).toBe('missing')
    expect(importMappingFault('orders', { columns: ['phone', 'placedAt', 'tags'], hasHeader: true })).toBe('repeated')
    expect(importMappingFault('orders', { columns: ['phone', 'placedAt'], hasHeader: true })).toBeNull()
  })
})

describe('words of other systems', () => {
  it.each([
    ['LIVRÉ', 'delivered'],
    ['Injoignable', 'unreachable'],
    ['expédiée', 'shipped'],
    ['Refusé', 'returned'],
    ['ملغى', 'cancelled'],
    ['En attente', null],
    ['', null],
  ])('%s is proposed as %s', (word, state) => {
    expect(suggestedState(word)).toBe(state)
  })

  it('mean what was said of them, whatever is proposed, in any spelling', () => {
    const said = new Map([
      ['LIVRE', null],
      ['EN ATTENTE', 'cancelled'],
      ['', 'delivered'],
    ] as const)
    expect(['livré', 'En  attente', '', 'Annulé'].map((word) => meaningOf(word, said))).toEqual([
      null,
      'cancelled',
      'delivered',
      'cancelled',
    ])
  })
})

describe('a row of a past order', () => {
  it.each([
    ['it is whole', {}, null],
    ['nobody can be reached', { phone: undefined }, 'contact_missing'],
    ['it has no date', { placedAt: undefined }, 'date_missing'],
    ['its date is none', { placedAt: '31/02/2026' }, 'date_unreadable'],
    ['its date is to come', { placedAt: '03/10/2027' }, 'date_future'],
    ['it ended before it began', { statusAt: '01/10/2026' }, 'dates_reversed'],
    ['nobody knows its status', { status: 'zzz' }, 'status_unknown'],
    ['it says no status', { status: undefined }, 'status_unknown'],
    ['it has no amount', { price: undefined }, 'amount_missing'],
    ['its amount is none', { price: 'gratuit' }, 'amount_unreadable'],
    ['its amount can be read in two ways', { price: '1.234' }, 'amount_unreadable'],
    ['its quantity is none', { quantity: '0' }, 'quantity_unreadable'],
  ] as const)('is judged: %s', (_what, change, refused) => {
    const row = Object.fromEntries(Object.entries({ ...whole, ...change }).filter(([, text]) => text !== undefined))
    expect(read(row).refused).toBe(refused)
  })

  it('costs its lines and the delivery, or what is written', () => {
    expect(orderOf(whole).totalCentimes).toBe(33_500)
    const { price: _price, ...priceless } = whole
    const { totalCentimes, lines } = orderOf({ ...priceless, total: '335,00 DH' })
    expect([totalCentimes, lines[0]?.unitPriceCentimes]).toEqual([33_500, 15_000])
  })

  it('is dated by its own days, and passed what it must have passed', () => {
    expect(orderOf({ ...whole, statusAt: '07/10/2026' })).toMatchObject({
      placedAt: '2026-10-03T12:00:00.000Z',
      confirmedAt: '2026-10-03T12:00:00.000Z',
      shippedAt: '2026-10-07T12:00:00.000Z',
      stateSince: '2026-10-07T12:00:00.000Z',
    })
    expect(orderOf({ ...whole, status: 'Annulée' })).toMatchObject({ confirmedAt: null, shippedAt: null })
    // A day without an hour lies at noon: the evening order was not delivered before it was placed.
    const evening = orderOf({ ...whole, placedAt: '03/10/2026 21:30', statusAt: '03/10/2026' })
    expect(evening.stateSince).toBe(evening.placedAt)
  })
})

const plan = (
  rows: readonly OrderRow[],
  known = new Map<string, KnownOrder>(),
  choice: 'skip' | 'overwrite' = 'skip',
) => rows.map((row, index) => planOrderRow({ row: index, read: read(row), choice }, known, `new-${index}`))
const knownAs = (order: PastOrder | null, of: OrderRow = whole): Map<string, KnownOrder> =>
  new Map([[orderKeyOf(read(of)) ?? '', { id: 'old', order, phones: ['+212612345678'], inFile: false }]])

describe('an order of a list', () => {
  it('is one for all rows with its reference, a line each', () => {
    const [first, second, third] = plan([
      { ...whole, fee: '0' },
      { reference: '1001', product: 'Sac', price: '99' },
      { reference: '1001', product: 'Sac', price: '99' },
    ])
    expect(first).toMatchObject({ outcome: 'created', orderId: 'new-0' })
    expect(second).toMatchObject({ outcome: 'updated', orderId: 'new-0', reasons: ['line_added'] })
    expect(second?.after).toMatchObject({ totalCentimes: 39_900, lines: [{ name: 'Montre' }, { name: 'Sac' }] })
    expect(third).toMatchObject({ outcome: 'unchanged', reasons: ['repeated_in_file'] })
  })

  it.each([
    ['a total that each row repeats is the order’s', { total: '500' }, 50_000],
    ['totals that are the lines’ own are added up', { total: '300' }, 80_000],
  ])('%s', (_what, change, total) => {
    const { price: _price, fee: _fee, ...row } = whole
    const [, second] = plan([
      { ...row, total: '500' },
      { ...row, product: 'Sac', quantity: '1', ...change },
    ])
    expect(second?.after?.totalCentimes).toBe(total)
  })

  it('with the reference of another buyer is for a person to say', () => {
    const [, other] = plan([whole, { ...whole, phone: '0612345679' }])
    expect(other).toMatchObject({ outcome: 'refused', reasons: ['reference_of_another'] })
  })

  it('without a reference is known by who ordered what, when and for how much', () => {
    const { reference: _reference, ...row } = whole
    expect(plan([row, row, { ...row, price: '151' }]).map(({ outcome }) => outcome)).toEqual([
      'created',
      'unchanged',
      'created',
    ])
  })

  it('that a former list has brought is left, or replaced where something differs', () => {
    const known = () => knownAs(orderOf(whole))
    expect(plan([whole], known())[0]).toMatchObject({ outcome: 'unchanged', reasons: ['known_order'] })
    expect(plan([whole], known(), 'overwrite')[0]).toMatchObject({ outcome: 'unchanged', orderId: 'old' })
    const [changed] = plan([{ ...whole, status: 'Retour' }], known(), 'overwrite')
    expect(changed).toMatchObject({ outcome: 'updated', orderId: 'old', after: { state: 'returned' } })
    // Its further rows name no buyer and are left with it.
    expect(plan([{ reference: '1001', product: 'Sac', price: '9' }], known())[0]).toMatchObject({
      outcome: 'unchanged',
      reasons: ['known_order'],
    })
  })

  it('that lives here is never rewritten by a list', () => {
    expect(plan([{ ...whole, status: 'Retour' }], knownAs(null), 'overwrite')[0]).toMatchObject({
      outcome: 'unchanged',
      reasons: ['order_lives_here'],
    })
  })
})
