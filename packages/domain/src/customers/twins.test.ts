import { expect, it } from 'vitest'
import { type ComparableCustomer, twinReason } from './twins.ts'

const khadija: ComparableCustomer = {
  name: 'Khadija Ouazzani',
  phone: '+212661234567',
  alternatePhone: null,
  addressLine: '12 rue des Orangers',
  cityId: 'casablanca',
}

it.each([
  ['her second number', { phone: '+212522481308', alternatePhone: '+212661234567', cityId: 'rabat' }, 'phone'],
  ['the same name in Arabic, at the same address', { name: 'خديجة الوزاني', phone: '+212522481308' }, 'address'],
  ['the words of the name turned round, in one city', { name: 'OUAZZANI khadija', addressLine: null }, 'name'],
] as const)('asks whether two cards are one person: %s', (_what, other, reason) => {
  expect(twinReason(khadija, { ...khadija, phone: '+212699999999', ...other })).toBe(reason)
})

it.each([
  ['a neighbour', { name: 'Rachid Alami' }],
  ['the same name in another city', { cityId: 'rabat', addressLine: null }],
  ['the same name where no city is known', { cityId: null, addressLine: null }],
  ['nobody known', { name: '–', addressLine: null }],
] as const)('leaves alone %s', (_what, other) => {
  expect(twinReason(khadija, { ...khadija, phone: '+212699999999', ...other })).toBeNull()
})

it('takes a first name for no name', () => {
  const one = { ...khadija, name: 'Khadija', addressLine: null }
  expect(twinReason(one, { ...one, phone: '+212699999999' })).toBeNull()
})
