import { expect, it } from 'vitest'
import { phoneFormats, type SheetRow, sheetFields, sheetLine, usualLayout, writtenPhone } from './sheet.ts'

const row: SheetRow = {
  reference: '10421-ab',
  orderNumber: 10_421,
  trackingNumber: null,
  customerName: 'سلمى',
  phone: '+212612345678',
  alternatePhone: null,
  city: 'Rabat',
  district: 'Agdal',
  address: '12 rue Exemple',
  amountCentimes: 24_950,
  products: [
    { name: 'Lampe', quantity: 2 },
    { name: 'Câble', quantity: 1 },
  ],
  note: null,
  allowOpen: true,
  allowTry: null,
  fragile: false,
  exchange: true,
  exchangeOf: 'AC-77',
  agency: false,
  shipNotBefore: '2026-11-30',
}

it('writes phones as each portal takes them, and a foreign one whole', () => {
  expect(phoneFormats.map((format) => writtenPhone('+212612345678', format))).toEqual([
    '0612345678',
    '+212612345678',
    '212612345678',
    '612345678',
  ])
  expect(writtenPhone('+33612345678', 'local')).toBe('+33612345678')
})

it('has a cell for every field, in the order of the layout', () => {
  const columns = sheetFields.map((field) => ({ field, header: field, ...(field === 'text' ? { value: 'COD' } : {}) }))
  expect(sheetLine(row, { ...usualLayout, columns })).toEqual([
    '10421-ab',
    10_421,
    null,
    'سلمى',
    '0612345678',
    null,
    'Rabat',
    'Agdal',
    '12 rue Exemple',
    249.5,
    '2 x Lampe, 1 x Câble',
    3,
    null,
    'Oui',
    null,
    'Non',
    'Oui',
    'AC-77',
    'Non',
    '2026-11-30',
    'COD',
  ])
})
