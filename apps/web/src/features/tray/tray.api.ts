import type { RepairOrder, UndoOrder } from '@sendocki/domain/orders/order'
import type { CreateCitySpelling } from '@sendocki/domain/places/spelling'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'
import { after, pages } from '../../lib/pages.ts'

/** Keys begin with the noun that the stream names. */
export const trayKeys = {
  list: ['order', 'tray'],
  one: (id: string) => ['order', 'one', id],
  sameCity: (cityText: string) => ['order', 'sameCity', cityText],
  spellings: ['city_spelling', 'list'],
} as const

/** What waits to be completed, the oldest first. */
export const trayQuery = infiniteQueryOptions({
  queryKey: trayKeys.list,
  queryFn: ({ pageParam, signal }) =>
    bodyOf(
      api.GET('/api/v1/orders', {
        params: { query: { toComplete: true, sort: 'createdAt', limit: 100, ...after(pageParam) } },
        signal,
      }),
    ),
  ...pages,
})

/** The whole order: what the shop said of it. */
export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: trayKeys.one(id),
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/orders/{id}', { params: { path: { id } }, signal })),
  })

/** How many orders wait under the same spelling of a city. */
export const sameCityQuery = (cityText: string) =>
  queryOptions({
    queryKey: trayKeys.sameCity(cityText),
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/api/v1/orders/count', { params: { query: { toComplete: true, cityText } }, signal })),
  })

/** The shops whose orders these are. */
export const storesQuery = queryOptions({
  queryKey: ['store', 'list'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/stores', { params: { query: { limit: 200 } }, signal })),
})

/** What a line can be, while a person types. */
export const variantsQuery = (q: string) =>
  queryOptions({
    queryKey: ['product', 'variants', q],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/api/v1/variants', { params: { query: { limit: 9, ...(q === '' ? {} : { q }) } }, signal })),
    placeholderData: keepPreviousData,
  })

export const spellingsQuery = infiniteQueryOptions({
  queryKey: trayKeys.spellings,
  queryFn: ({ pageParam, signal }) =>
    bodyOf(api.GET('/api/v1/city-spellings', { params: { query: after(pageParam) }, signal })),
  ...pages,
})

export const repairOrder = (id: string, body: RepairOrder) =>
  bodyOf(api.POST('/api/v1/orders/{id}/repair', { params: { path: { id } }, body }))

export const undoRepair = (id: string, body: UndoOrder) =>
  bodyOf(api.POST('/api/v1/orders/{id}/undo', { params: { path: { id } }, body }))

export const explainCity = (body: CreateCitySpelling) => bodyOf(api.POST('/api/v1/city-spellings', { body }))

export const undoSpelling = (id: string) =>
  bodyOf(api.POST('/api/v1/city-spellings/{id}/undo', { params: { path: { id } } }))

export const forgetSpelling = async (id: string): Promise<void> => {
  await api.DELETE('/api/v1/city-spellings/{id}', { params: { path: { id } } })
}
