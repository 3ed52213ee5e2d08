import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './api.ts'

/** What this installation is: whether its outside world is the sandbox, and whether the demo can be explored. */
export const instanceQuery = queryOptions({
  queryKey: ['instance'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/instance', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
})
