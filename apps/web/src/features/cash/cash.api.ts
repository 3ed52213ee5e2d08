import type { CollectionQuery, MarkCollections } from '@sendocki/domain/cash/collection'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'
import { after, pages } from '../../lib/pages.ts'
import type { CollectionState } from './filters.ts'

/** Keys begin with the noun that the stream names. */
export const collectionKeys = {
  all: ['collection'],
  list: (state: CollectionState) => ['collection', 'list', state],
  summary: ['collection', 'summary'],
} as const

const toQuery = (state: CollectionState): CollectionQuery =>
  Object.fromEntries(Object.entries(state).filter(([, value]) => value !== null))

/** The cash of delivered parcels in one status. */
export const collectionsQuery = (state: CollectionState) =>
  infiniteQueryOptions({
    queryKey: collectionKeys.list(state),
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/v1/collections', {
          params: { query: { ...toQuery(state), limit: 100, ...after(pageParam) } },
          signal,
        }),
      ),
    ...pages,
  })

/** Counts and sums by carrier, status and age. */
export const summaryQuery = queryOptions({
  queryKey: collectionKeys.summary,
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/collections/summary', { signal })),
})

/** Marked once, however often the button is pressed: the key belongs to the opened form. */
export const markCollections = (body: MarkCollections, key: string) =>
  bodyOf(api.POST('/api/v1/collections/mark', { body, headers: { 'Idempotency-Key': key } }))

/** Takes a whole marking back. */
export const undoMarking = (id: string) =>
  bodyOf(api.POST('/api/v1/collections/operations/{id}/undo', { params: { path: { id } } }))
