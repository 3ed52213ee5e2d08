import type { WriteSheet } from '@sendocki/domain/carriers/sheet'
import type { EditParcel, SayStatuses } from '@sendocki/domain/parcels/tracking-operation'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'
import { after, pages } from '../../lib/pages.ts'
import { type ParcelFilters, toQuery } from './filters.ts'

/** Keys begin with the noun that the stream names. */
export const parcelKeys = {
  all: ['parcel'],
  list: (filters: ParcelFilters) => ['parcel', 'list', filters],
  one: (id: string) => ['parcel', 'one', id],
} as const

/** Parcels that match, newest first. */
export const parcelsQuery = (filters: ParcelFilters) =>
  infiniteQueryOptions({
    queryKey: parcelKeys.list(filters),
    queryFn: ({ pageParam, signal }) =>
      bodyOf(api.GET('/api/v1/parcels', { params: { query: { ...toQuery(filters), ...after(pageParam) } }, signal })),
    ...pages,
  })

const at = (id: string) => ({ params: { path: { id } } })

/** One parcel with everything that its carrier has told. */
export const parcelQuery = (id: string) =>
  queryOptions({
    queryKey: parcelKeys.one(id),
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/parcels/{id}', { ...at(id), signal })),
  })

/** Carriers that this installation can speak to, with what each can be asked. */
export const carriersQuery = queryOptions({
  queryKey: ['carrier'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/carriers', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Confirmed orders, those that have waited longest first. Some of them already have a parcel. */
export const confirmedOrdersQuery = infiniteQueryOptions({
  queryKey: ['order', 'toShip'],
  queryFn: ({ pageParam, signal }) =>
    bodyOf(
      api.GET('/api/v1/orders', {
        params: { query: { state: 'confirmed', sort: 'createdAt', limit: 200, ...after(pageParam) } },
        signal,
      }),
    ),
  ...pages,
})

export const carrierAccountsQuery = queryOptions({
  queryKey: ['carrier_account', 'names'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/carrier-accounts', { params: { query: { limit: 200 } }, signal })),
})

export const sayStatuses = (body: SayStatuses) => bodyOf(api.POST('/api/v1/tracking-events', { body }))
export const undoSaid = (id: string) => bodyOf(api.POST('/api/v1/tracking-operations/{id}/undo', at(id)))
export const receiveReturn = (id: string) => bodyOf(api.POST('/api/v1/parcels/{id}/return', at(id)))
export const typeNumber = (id: string, body: EditParcel) =>
  bodyOf(api.PATCH('/api/v1/parcels/{id}', { ...at(id), body }))

/** The file for the carrier's portal, as its bytes. */
export const writeSheet = async (accountId: string, body: WriteSheet): Promise<Blob> => {
  const answer: Promise<{ data?: unknown }> = api.POST('/api/v1/carrier-accounts/{id}/sheet', {
    ...at(accountId),
    body,
    parseAs: 'blob',
  })
  return (await bodyOf(answer)) as Blob
}

export const cancelParcel = (id: string) => bodyOf(api.POST('/api/v1/parcels/{id}/cancel', at(id)))
export const refreshParcel = (id: string) => bodyOf(api.POST('/api/v1/parcels/{id}/refresh', at(id)))
export const askPickup = (parcelIds: string[]) => bodyOf(api.POST('/api/v1/pickups', { body: { parcelIds } }))
