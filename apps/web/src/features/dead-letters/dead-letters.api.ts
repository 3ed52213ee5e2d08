import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'

const keys = {
  list: (settled: boolean) => ['dead_letter', 'list', settled],
  one: (id: string) => ['dead_letter', 'one', id],
} as const

export const deadLettersQuery = (settled: boolean) =>
  infiniteQueryOptions({
    queryKey: keys.list(settled),
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/v1/dead-letters', {
          params: { query: { settled, ...(pageParam === null ? {} : { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

export const deadLetterQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/dead-letters/{id}', { params: { path: { id } }, signal })),
  })

export const replayDeadLetter = (id: string) =>
  bodyOf(api.POST('/api/v1/dead-letters/{id}/replay', { params: { path: { id } } }))
export const dismissDeadLetter = (id: string) =>
  bodyOf(api.POST('/api/v1/dead-letters/{id}/dismiss', { params: { path: { id } } }))
