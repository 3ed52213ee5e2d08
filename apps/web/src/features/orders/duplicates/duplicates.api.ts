import type { DecideDuplicates } from '@sendocki/domain/orders/duplicate-schema'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../../lib/api.ts'
import { after, pages } from '../../../lib/pages.ts'

/** Orders that may be one wish with another, the newest first. */
export const duplicatedOrdersQuery = infiniteQueryOptions({
  queryKey: ['order', 'duplicated'],
  queryFn: ({ pageParam, signal }) =>
    bodyOf(
      api.GET('/api/v1/orders', {
        params: { query: { duplicate: true, sort: '-createdAt', limit: 100, ...after(pageParam) } },
        signal,
      }),
    ),
  ...pages,
})

export const decideDuplicates = (id: string, body: DecideDuplicates) =>
  bodyOf(api.POST('/api/v1/orders/{id}/duplicates/decide', { params: { path: { id } }, body }))
