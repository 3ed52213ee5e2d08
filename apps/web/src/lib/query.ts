import { ApiProblem } from '@sendocki/client/problem'
import { QueryClient } from '@tanstack/react-query'

/** Worth asking again: the API could not be reached, or said that it will be back. */
const passing = (error: unknown): boolean => error instanceof ApiProblem && (error.status === 0 || error.status === 503)

/**
 * Keys start with the noun as the stream names it (`['order', 'list', filters]`, `['order', 'one', id]`): a change told
 * by the stream marks what is kept of that noun as stale.
 */
export const createQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        // The stream tells what changed, so that what is on screen is fresh until then.
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => passing(error) && failures < 3,
      },
      // Tried at once also without a network: whoever pressed is told, or what they said is kept in an outbox.
      mutations: { retry: false, networkMode: 'always' },
    },
  })
