import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './api.ts'

/** One box for number, phone fragment in any notation, name in either script, e-mail and tracking number. */
export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', q],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/search', { signal, params: { query: { q } } })),
    staleTime: 10_000,
  })
