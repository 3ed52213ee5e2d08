import { expect, it } from 'vitest'
import { addressOf, mapLink, optionsOf } from './stops.ts'

it('writes an address once, whatever parts are known', () => {
  expect(addressOf({ addressLine: '12 rue Abou Ishak', district: 'Oasis', city: 'Casablanca' })).toBe(
    '12 rue Abou Ishak, Oasis, Casablanca',
  )
  expect(addressOf({ addressLine: null, district: 'Casablanca', city: 'Casablanca' })).toBe('Casablanca')
  expect(addressOf({ addressLine: ' ', district: null, city: null })).toBe('')
})

it('asks the map in any script', () => {
  expect(mapLink({ addressLine: 'زنقة 8', district: null, city: 'الرباط' })).toContain(
    encodeURIComponent('زنقة 8, الرباط'),
  )
})

it('names only the options that are asked for', () => {
  expect(optionsOf({ allowOpen: true, allowTry: false, fragile: null })).toEqual(['allowOpen'])
})
