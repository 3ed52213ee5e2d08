import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'
import { figuresKey } from '../../lib/fresh-figures.ts'

/** Orders grow late, and days end, without any news. */
const lookMilliseconds = 60_000

export const todayQuery = queryOptions({
  queryKey: [...figuresKey, 'today'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/reports/today', { signal })),
  refetchInterval: lookMilliseconds,
})
