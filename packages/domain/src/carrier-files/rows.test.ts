import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRow } from '../columns.ts'
import type { ParcelStatus } from '../parcels/parcel.ts'
import { fromMoroccanClock } from '../time.ts'
import { detectColumns, mappingFault } from './columns.ts'
import { planPlaces } from './places.ts'
import {
  type FileFacts,
  findParcel,
  type KnownParcel,
  planPayout,
  planTracking,
  readDate,
  rowOutcomes,
} from './rows.ts'
import { suggestedMeaning, wordKey } from './words.ts'

const parcel = (id: string, change: Partial<KnownParcel> = {}): KnownParcel => ({
  id,
  orderNumber: Number(id),
  otherNumbers: [],
  carrierAccountId: 'a',
  reference: `${id}-ref`,
  trackingNumber: null,
  status: 'created',
  since: '2026-11-20T10:00:00.000Z',
  live: true,
  phone: `+2126120000${id.padStart(2, '0')}`,
  amountCentimes: 24_900,
  ...change,
})
const facts = (known: readonly KnownParcel[], words: readonly [string, ParcelStatus][] = []): FileFacts => ({
  carrierAccountId: 'a',
  known,
  words: new Map(words.map(([word, status]) => [wordKey(word), status])),
  now: '2026-11-27T12:00:00.000Z',
})

describe('the parcel of a row', () => {
  const known = [parcel('1', { trackingNumber: 'AC-1' }), parcel('2'), parcel('3', { carrierAccountId: 'b' })]
  const kindOf = (row: object) => findParcel(row, known, 'a').kind

  it('is found by number, reference, order and phone, however they are typed', () => {
    expect(kindOf({ tracking: ' ac-1 ' })).toBe('found')
    expect(kindOf({ reference: '2-REF' })).toBe('found')
    expect(kindOf({ orderNumber: '#2' })).toBe('found')
    expect(kindOf({ phone: '06 12 00 00 02' })).toBe('found')
    expect(kindOf({ phone: '06 12 00 00 02', amount: '100' })).toBe('unknown')
  })

  it('is foreign in another account, missing without a name, ambiguous where two fit', () => {
    expect(kindOf({ reference: '3-ref' })).toBe('foreign')
    expect(kindOf({ status: 'Livré' })).toBe('missing')
    const twins = [parcel('4', { phone: '+212612000099' }), parcel('5', { phone: '+212612000099' })]
    expect(findParcel({ phone: '0612000099' }, twins, 'a').kind).toBe('ambiguous')
  })

  it('is the live one of an order that was shipped twice', () => {
    const both = [parcel('6', { live: false }), parcel('7', { orderNumber: 6 })]
    expect(findParcel({ orderNumber: '6' }, both, 'a')).toMatchObject({ parcel: { id: '7' } })
  })
})

describe('a row of numbers and statuses', () => {
  const plan = (
    rows: readonly object[],
    known: readonly KnownParcel[],
    words: readonly [string, ParcelStatus][] = [],
  ) => planTracking(rows, facts(known, words))

  it('law 13: moves nothing by a word that nobody has explained', () => {
    const [row] = plan([{ reference: '1-ref', status: 'Livré' }], [parcel('1')])
    expect(row).toMatchObject({ outcome: 'word_unknown', effect: { word: 'Livré', status: null } })
  })

  it('knows an explained word in any spelling', () => {
    const rows = plan([{ reference: '1-ref', status: ' LIVRE ' }], [parcel('1')], [['Livré', 'delivered']])
    expect(rows[0]).toMatchObject({ outcome: 'matched', effect: { status: 'delivered' } })
  })

  it('says what is so already, and what a row above says otherwise', () => {
    const known = [parcel('1', { status: 'delivered', trackingNumber: 'AC-1' })]
    const words: [string, ParcelStatus][] = [
      ['Livré', 'delivered'],
      ['Refusé', 'refused'],
    ]
    const rows = plan(
      [
        { tracking: 'AC-1', status: 'Livré' },
        { tracking: 'AC-1', status: 'Refusé' },
      ],
      known,
      words,
    )
    expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['same', null],
      ['repeated', 'says_otherwise'],
    ])
  })

  it('gives one number to one parcel', () => {
    const rows = plan(
      [
        { tracking: 'X-1', reference: '1-ref' },
        { tracking: 'X-1', reference: '2-ref' },
      ],
      [parcel('1'), parcel('2')],
    )
    expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['matched', null],
      ['refused', 'number_taken'],
    ])
  })

  it('law 11: has exactly one outcome, whatever the file says', () => {
    const cell = fc.constantFrom(
      'AC-1',
      '1-ref',
      '#2',
      '3-ref',
      '0612000001',
      'Livré',
      '26/11/2026',
      '',
      '=1',
      'x'.repeat(300),
    )
    const field = fc.constantFrom(
      'tracking',
      'reference',
      'orderNumber',
      'phone',
      'status',
      'date',
      'comment',
      'amount',
    )
    const known = [parcel('1', { trackingNumber: 'AC-1' }), parcel('2'), parcel('3', { carrierAccountId: 'b' })]
    fc.assert(
      fc.property(fc.array(fc.dictionary(field, cell, { maxKeys: 5 })), (rows) => {
        const filled = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, text]) => text !== '')))
        for (const plans of [
          planTracking(filled, facts(known, [['Livré', 'delivered']])),
          planPayout(filled, facts(known), new Map([['1', 'due' as const]])),
        ]) {
          expect(plans).toHaveLength(rows.length)
          expect(plans.every(({ outcome }) => rowOutcomes.includes(outcome))).toBe(true)
          const numbers = plans.flatMap(({ effect }) => effect?.trackingNumber?.toUpperCase() ?? [])
          expect(new Set(numbers).size).toBe(numbers.length)
        }
      }),
    )
  })
})

it('reads days and hours as they are written in Morocco', () => {
  const wall = (text: string) => fromMoroccanClock(text)?.at
  expect(readDate('26/11/2026')).toBe(wall('2026-11-26 12:00:00'))
  expect(readDate('2026-11-26')).toBe(wall('2026-11-26 12:00:00'))
  expect(readDate('26-11-2026 à 10h30')).toBe(wall('2026-11-26 10:30:00'))
  expect(readDate('2026-11-26 10:30:15')).toBe(wall('2026-11-26 10:30:15'))
  expect(readDate('2026-11-26T10:30:00Z')).toBe('2026-11-26T10:30:00.000Z')
  for (const wrong of ['demain', '31/02/2026', '26/11', '']) expect(readDate(wrong)).toBeNull()
})

describe('the columns of a file', () => {
  it('are told by their names, in French, English and Arabic', () => {
    expect(detectColumns([['N° Suivi', 'Statut', 'Ville']], 'tracking').columns).toEqual(['tracking', 'status', null])
    expect(detectColumns([['Tracking number', 'Status']], 'tracking').columns).toEqual(['tracking', 'status'])
    expect(detectColumns([['رقم التتبع', 'الحالة']], 'tracking').columns).toEqual(['tracking', 'status'])
  })

  it('are told by what they hold where they have no name', () => {
    const rows = [
      ['AC-88410', '0612345678', '26/11/2026', 'Livré'],
      ['AC-88411', '0612345679', '26/11/2026', 'Refusé'],
    ]
    expect(detectColumns(rows, 'tracking')).toEqual({
      columns: ['tracking', 'phone', 'date', 'status'],
      hasHeader: false,
    })
    expect(detectColumns([['AC-88410'], ['AC-88411']], 'payout').columns).toEqual(['tracking'])
  })

  it('must name a parcel, or a city, and nothing twice', () => {
    const fault = (columns: Parameters<typeof mappingFault>[1]['columns']) =>
      mappingFault('tracking', { columns, hasHeader: false })
    expect(fault(['status'])).toBe('missing')
    expect(fault(['tracking', 'tracking'])).toBe('repeated')
    expect(fault(['tracking', 'city'])).toBe('repeated')
    expect(fault([null, 'phone'])).toBeNull()
    expect(mappingFault('places', { columns: ['deliveredFee'], hasHeader: true })).toBe('missing')
  })

  it('leave out what is empty', () => {
    expect(readRow(['AC-1', ' ', 'x'], { columns: ['tracking', 'status', null], hasHeader: false })).toEqual({
      tracking: 'AC-1',
    })
  })
})

it('proposes what most local carriers mean, and nothing for the rest', () => {
  expect(suggestedMeaning('Livrée')).toBe('delivered')
  expect(suggestedMeaning(' pas_de_réponse ')).toBe('attempt_failed')
  expect(suggestedMeaning('Parti en fusée')).toBeNull()
})

it('keeps the fee of a city that a later list does not name', () => {
  const known = [
    {
      placeId: 'rabat',
      name: 'Rabat',
      deliveredFeeCentimes: 2_500,
      refusedFeeCentimes: 1_000,
      returnedFeeCentimes: null,
      delay: '24h',
    },
  ]
  expect(planPlaces([{ city: 'RABAT', deliveredFee: '28,50' }], known)).toMatchObject([
    { outcome: 'updated', place: { deliveredFeeCentimes: 2_850, refusedFeeCentimes: 1_000, delay: '24h' } },
  ])
  expect(planPlaces([{ city: 'Rabat', deliveredFee: '25' }], known)[0]?.outcome).toBe('same')
  expect(planPlaces([{ city: 'Rabat', deliveredFee: '-5' }], known)[0]?.reason).toBe('fee_unreadable')
})
