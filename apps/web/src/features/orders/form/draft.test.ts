import type { Order } from '@sendocki/domain/orders/order'
import { describe, expect, test } from 'vitest'
import { anOrder } from '../orders.given.ts'
import {
  type Draft,
  draftOf,
  draftPath,
  emptyDraft,
  emptyLine,
  readChanges,
  readDraft,
  totalsOfDraft,
  withLineToType,
} from './draft.ts'

const typed: Draft = {
  ...emptyDraft,
  customer: { ...emptyDraft.customer, name: ' Imane Tazi ', phone: '06 61 23 45 67' },
  shippingAddress: { ...emptyDraft.shippingAddress, city: 'Casa' },
  lines: [{ ...emptyLine, name: 'Caftan brodé', unitPrice: '890,50' }, emptyLine],
}
const faults = (draft: Draft) => {
  const reading = readDraft(draft)
  return reading.ok ? {} : reading.errors
}

describe('a new order', () => {
  test('is sent as the API wants it: centimes, trimmed, without what was left empty', () => {
    expect(readDraft(typed)).toEqual({
      ok: true,
      body: {
        customer: { name: 'Imane Tazi', phone: '06 61 23 45 67' },
        shippingAddress: { city: 'Casa' },
        lines: [{ name: 'Caftan brodé', quantity: 1, unitPriceCentimes: 89_050 }],
        shippingFeeCentimes: 0,
        discountCentimes: 0,
        depositCentimes: 0,
      },
    })
  })
  test('says field by field what is missing', () => {
    expect(faults(emptyDraft)).toEqual({
      'customer.name': 'missing',
      'customer.phone': 'missing',
      'shippingAddress.city': 'missing',
      'lines.0.name': 'missing',
    })
  })
  test('says what is wrong with a phone', () => {
    expect(faults({ ...typed, customer: { ...typed.customer, phone: '06 12 34' } })).toEqual({
      'customer.phone': 'phone_too_short',
    })
  })
  test('ties the fault of a line to the line that was typed, not to its place among those sent', () => {
    const lines = [emptyLine, { ...emptyLine, name: 'Ceinture', unitPrice: 'douze', quantity: '0' }]
    expect(faults({ ...typed, lines })).toEqual({
      'lines.1.unitPrice': 'wrong_format',
      'lines.1.quantity': 'too_small',
    })
  })
  test('refuses a deposit above the total before the server does', () => {
    expect(faults({ ...typed, deposit: '900' })).toEqual({ deposit: 'too_large' })
  })
  test('keeps the largest amount to the centime', () => {
    const lines = [{ ...emptyLine, name: 'Lot', unitPrice: '999 999,99' }]
    expect(readDraft({ ...typed, lines })).toMatchObject({
      ok: true,
      body: { lines: [{ unitPriceCentimes: 99_999_999 }] },
    })
  })
})

test('a fault in the answer of the API finds its field', () => {
  const lines = [emptyLine, { ...emptyLine, name: 'Ceinture' }]
  expect(draftPath('lines.0.unitPriceCentimes', lines)).toBe('lines.1.unitPrice')
  expect(draftPath('shippingAddress.city', lines)).toBe('shippingAddress.city')
  expect(draftPath('depositCentimes', lines)).toBe('deposit')
})

test('there is always one line to type in, and not two', () => {
  expect(withLineToType([emptyLine])).toHaveLength(1)
  expect(withLineToType([{ ...emptyLine, name: 'x' }])).toHaveLength(2)
})

test('totals follow the keys, and are unknown while an amount cannot be read', () => {
  expect(totalsOfDraft({ ...typed, shippingFee: '25', deposit: '100' })).toMatchObject({
    ok: true,
    value: { totalCentimes: 91_550, codAmountCentimes: 81_550 },
  })
  expect(totalsOfDraft({ ...typed, shippingFee: 'vingt' })).toBeNull()
})

const stored: Order = {
  ...anOrder('one', { version: 4 }),
  lines: [
    {
      id: 'l',
      productId: null,
      variantId: null,
      sku: 'MA-1',
      name: 'Montre',
      quantity: 1,
      unitPriceCentimes: 56_000,
      totalCentimes: 56_000,
      photoUrl: null,
    },
  ],
  subtotalCentimes: 56_000,
  shippingFeeCentimes: 0,
  discountCentimes: 0,
  depositCentimes: 0,
  adjustmentCentimes: 0,
  paymentStatus: null,
  utm: {},
  note: null,
  reasonId: null,
  trackingNumber: null,
  undoEventId: null,
  lateAt: null,
  shopChangedAfterwards: false,
}

describe('an edit', () => {
  const draft = draftOf(stored)
  const changes = (changed: Partial<Draft>, order = stored) => readChanges(order, { ...draftOf(order), ...changed })

  test('sends nothing but the version when nothing was typed', () => {
    expect(readChanges(stored, draft)).toEqual({ ok: true, body: { version: 4 } })
  })
  test('sends only what was touched, and null for what was emptied', () => {
    expect(changes({ shippingAddress: { ...draft.shippingAddress, line: 'Rue 13', district: '' } })).toEqual({
      ok: true,
      body: { version: 4, shippingAddress: { line: 'Rue 13', district: null } },
    })
    expect(changes({ note: 'Après 17 h' })).toEqual({ ok: true, body: { version: 4, note: 'Après 17 h' } })
  })
  test('sends all lines when one changed', () => {
    expect(changes({ lines: [{ ...emptyLine, name: 'Montre', unitPrice: '500' }] })).toEqual({
      ok: true,
      body: { version: 4, lines: [{ name: 'Montre', quantity: 1, unitPriceCentimes: 50_000 }] },
    })
  })
  test('leaves each line the variant it is, also one that was chosen by hand and has no SKU', () => {
    const variantId = '01900000-0000-7000-8000-000000000001'
    const chosen = { ...stored, lines: stored.lines.map((line) => ({ ...line, variantId, sku: null })) }
    const [line = emptyLine] = draftOf(chosen).lines
    expect(changes({ lines: [{ ...line, quantity: '2' }] }, chosen)).toMatchObject({
      ok: true,
      body: { lines: [{ variantId, name: 'Montre', quantity: 2 }] },
    })
  })
  test('never sends a mask back', () => {
    const masked = { ...stored, customer: { ...stored.customer, phone: '+2126••••••12', phoneMasked: true } }
    expect(draftOf(masked).customer.phone).toBe('')
    expect(changes({ note: 'x' }, masked)).toEqual({ ok: true, body: { version: 4, note: 'x' } })
  })
  test('of an incomplete order can fix one thing at a time', () => {
    const bare = { ...stored, lines: [], shippingAddress: { ...stored.shippingAddress, city: null, cityText: null } }
    expect(changes({ customer: { ...draft.customer, name: 'Imane' } }, bare)).toMatchObject({ ok: true })
  })
  test('does not let a name be emptied', () => {
    expect(changes({ customer: { ...draft.customer, name: '' } })).toEqual({
      ok: false,
      errors: { 'customer.name': 'missing' },
    })
  })
})
