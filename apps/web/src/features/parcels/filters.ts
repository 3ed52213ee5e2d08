import { bookingStates } from '@sendocki/domain/parcels/booking'
import { parcelStatuses } from '@sendocki/domain/parcels/parcel'
import type { ParcelQuery } from '@sendocki/domain/parcels/parcel-schema'
import { among, oneOf, text } from '../../lib/url-state.ts'

/** What the address of the screen says, under the names of the API's own filters. */
export const parcelsShape = {
  view: oneOf(['all', 'to_ship'], 'all'),
  q: text,
  status: among(parcelStatuses),
  booking: among(bookingStates),
  carrierAccountId: text,
  /** The parcel shown beside the list. */
  parcel: text,
}

export type ParcelsState = {
  readonly [Name in keyof typeof parcelsShape]: ReturnType<(typeof parcelsShape)[Name]['read']>
}
export type ParcelFilters = Pick<ParcelsState, 'q' | 'status' | 'booking' | 'carrierAccountId'>

export const noFilters: ParcelFilters = { q: null, status: null, booking: null, carrierAccountId: null }

/** The parts of the address that choose rows. */
export const filtersOf = ({ q, status, booking, carrierAccountId }: ParcelsState): ParcelFilters => ({
  q,
  status,
  booking,
  carrierAccountId,
})

/** The API's filters: only what is set. */
export const toQuery = (filters: ParcelFilters): ParcelQuery =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null))

export const isFiltered = (filters: ParcelFilters): boolean => Object.keys(toQuery(filters)).length > 0
