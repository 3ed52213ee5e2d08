import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bookingStates } from '../parcels/booking.ts'
import { liveParcelStatuses, parcelStatuses } from '../parcels/parcel.ts'
import { type LabelFacts, labelObstacle } from './content.ts'

const ready: LabelFacts = {
  erased: false,
  cityId: 'rabat',
  cityText: 'Rabat',
  phone: '+212612345678',
  parcel: { booking: 'accepted', status: 'created' },
}

it.each([
  ['erased', { erased: true }],
  ['no_parcel', { parcel: null }],
  ['not_booked', { parcel: { booking: 'intended', status: 'draft' } }],
  ['parcel_ended', { parcel: { booking: 'rejected', status: 'cancelled' } }],
  ['parcel_ended', { parcel: { booking: 'accepted', status: 'delivered' } }],
  ['city_missing', { cityId: null, cityText: ' ' }],
  ['phone_missing', { phone: null }],
] as const)('says %s of a parcel that gets no label', (reason, change) => {
  expect(labelObstacle({ ...ready, ...change })).toBe(reason)
})

it('prints a city that is none of ours as it was written', () => {
  expect(labelObstacle({ ...ready, cityId: null, cityText: 'Douar Ouled Ali' })).toBeNull()
})

it('prints a label only for what a courier can still deliver', () => {
  const facts = fc.record({
    erased: fc.boolean(),
    cityId: fc.constantFrom(null, 'rabat'),
    cityText: fc.constantFrom(null, '', 'Rabat'),
    phone: fc.constantFrom(null, '+212612345678'),
    parcel: fc.option(
      fc.record({ booking: fc.constantFrom(...bookingStates), status: fc.constantFrom(...parcelStatuses) }),
    ),
  })
  fc.assert(
    fc.property(facts, (one) => {
      const printed = labelObstacle(one) === null
      const deliverable =
        !one.erased &&
        one.phone !== null &&
        Boolean(one.cityId ?? one.cityText) &&
        one.parcel?.booking === 'accepted' &&
        liveParcelStatuses.includes(one.parcel.status) &&
        one.parcel.status !== 'delivered'
      expect(printed).toBe(deliverable)
    }),
  )
})
