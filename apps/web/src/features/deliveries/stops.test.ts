import type { DriverRoute, Stop } from '@sendocki/domain/deliveries/route'
import { expect, it } from 'vitest'
import { addressOf, mapLink, optionsOf, type WaitingStop, withWaiting } from './stops.ts'

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

it('shows the day as it will be once what was said without network has arrived', () => {
  const stopOf = (parcelId: string, state: Stop['state'] = 'open') =>
    ({ parcelId, state, codAmountCentimes: 24_900, collectedCentimes: null }) as Stop
  const route = {
    ...{ day: '2026-11-27', openCount: 3, deliveredCount: 1, failedCount: 0, inHandCentimes: 10_000 },
    items: [stopOf('a'), stopOf('b'), stopOf('c'), stopOf('d', 'delivered')],
  } as DriverRoute
  const waitingOf = (parcelId: string, body: Partial<WaitingStop['body']>): WaitingStop => ({
    ...{ key: parcelId, parcelId, number: 1 },
    body: { version: 1, outcome: 'delivered', ...body },
  })
  const shown = withWaiting(route, [
    waitingOf('a', { collectedCentimes: 20_000 }),
    waitingOf('b', { outcome: 'failed', reason: 'refused' }),
    // It has arrived since, and is counted by the API already.
    waitingOf('d', {}),
  ])
  expect(shown).toMatchObject({ openCount: 1, deliveredCount: 2, failedCount: 1, inHandCentimes: 30_000 })
  expect(shown.items.map(({ parcelId, state }) => `${parcelId} ${state}`)).toEqual([
    'c open',
    'a delivered',
    'b failed',
    'd delivered',
  ])
})
