import type {
  CarrierPlaceQuery,
  CreateCarrierAccount,
  EditCarrierAccount,
  MatchPlaces,
  SetCarrierFee,
} from '@sendocki/domain/carriers/account'
import type { SheetLayout } from '@sendocki/domain/carriers/sheet'
import type { MapStatus } from '@sendocki/domain/parcels/parcel-schema'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'
import { after, pages } from '../../lib/pages.ts'

type PlaceFilters = Pick<CarrierPlaceQuery, 'q' | 'review' | 'pickup'>

/** Keys begin with the noun that the stream names. */
export const carrierKeys = {
  all: ['carrier_account'],
  list: ['carrier_account', 'list'],
  places: (id: string, filters: PlaceFilters) => ['carrier_account', 'places', id, filters],
  fees: (id: string, cityId: string | null, on: string | null) => ['carrier_account', 'fees', id, cityId, on],
  comingFees: (id: string) => ['carrier_account', 'comingFees', id],
  sheet: (id: string) => ['carrier_account', 'sheet', id],
  words: (id: string) => ['carrier_account', 'words', id],
} as const

const at = (id: string) => ({ params: { path: { id } } })

/** Carriers that this installation can speak to, with the credentials they ask for. */
export const carriersQuery = queryOptions({
  queryKey: ['carrier'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/carriers', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
})

export const accountsQuery = infiniteQueryOptions({
  queryKey: carrierKeys.list,
  queryFn: ({ pageParam, signal }) =>
    bodyOf(api.GET('/api/v1/carrier-accounts', { params: { query: after(pageParam) }, signal })),
  ...pages,
})

/** Enough for most carriers' pick-up places, so that the chosen one is named. */
const placesAtOnce = 200

/** The carrier's own places and which of our cities each one is. */
export const placesQuery = (id: string, filters: PlaceFilters) =>
  infiniteQueryOptions({
    queryKey: carrierKeys.places(id, filters),
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/v1/carrier-accounts/{id}/cities', {
          params: { path: { id }, query: { ...filters, limit: placesAtOnce, ...after(pageParam) } },
          signal,
        }),
      ),
    ...pages,
  })

/** `on`: the fees of a day, `YYYY-MM-DD`; those of today when null. */
export const feesQuery = (id: string, { cityId, on }: { cityId: string | null; on: string | null }) =>
  infiniteQueryOptions({
    queryKey: carrierKeys.fees(id, cityId, on),
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/v1/carrier-accounts/{id}/fees', {
          params: {
            path: { id },
            query: { ...(cityId === null ? {} : { cityId }), ...(on === null ? {} : { on }), ...after(pageParam) },
          },
          signal,
        }),
      ),
    ...pages,
  })

/** Fees that were said for a coming day. */
export const comingFeesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: carrierKeys.comingFees(id),
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/v1/carrier-accounts/{id}/coming-fees', {
          params: { path: { id }, query: after(pageParam) },
          signal,
        }),
      ),
    ...pages,
  })

export const setFee = (id: string, body: SetCarrierFee) =>
  bodyOf(api.PUT('/api/v1/carrier-accounts/{id}/fees', { ...at(id), body }))

export const removeComingFee = (id: string, query: { place: string; validFrom: string }) =>
  bodyOf(api.DELETE('/api/v1/carrier-accounts/{id}/coming-fees', { params: { path: { id }, query } }))

/** Words of the carrier that are not in our table, and what they were said to mean. */
export const wordsQuery = (id: string) =>
  queryOptions({
    queryKey: carrierKeys.words(id),
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/carrier-accounts/{id}/unknown-statuses', { ...at(id), signal })),
  })

/** Connected once, however often the button is pressed: the key belongs to the opened form. */
export const createAccount = (body: CreateCarrierAccount, key: string) =>
  bodyOf(api.POST('/api/v1/carrier-accounts', { body, headers: { 'Idempotency-Key': key } }))

export const editAccount = (id: string, body: EditCarrierAccount) =>
  bodyOf(api.PATCH('/api/v1/carrier-accounts/{id}', { ...at(id), body }))

export const disableAccount = (id: string) => bodyOf(api.DELETE('/api/v1/carrier-accounts/{id}', at(id)))
export const testAccount = (id: string) => bodyOf(api.POST('/api/v1/carrier-accounts/{id}/test', at(id)))
export const syncPlaces = (id: string) => bodyOf(api.POST('/api/v1/carrier-accounts/{id}/sync-places', at(id)))

/** Members who can drive. */
export const membersQuery = queryOptions({
  queryKey: ['member', 'drivers'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/members', { params: { query: { limit: 200 } }, signal })),
})

/** How the file for the carrier's portal is laid out. */
export const sheetQuery = (id: string) =>
  queryOptions({
    queryKey: carrierKeys.sheet(id),
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/carrier-accounts/{id}/sheet-layout', { ...at(id), signal })),
  })

export const chooseSheet = (id: string, body: SheetLayout) =>
  bodyOf(api.PUT('/api/v1/carrier-accounts/{id}/sheet-layout', { ...at(id), body }))

export const matchPlace = (id: string, match: MatchPlaces['matches'][number]) =>
  bodyOf(api.PUT('/api/v1/carrier-accounts/{id}/matches', { ...at(id), body: { matches: [match] } }))

export const mapWord = (id: string, body: MapStatus) =>
  bodyOf(api.PUT('/api/v1/carrier-accounts/{id}/unknown-statuses', { ...at(id), body }))
