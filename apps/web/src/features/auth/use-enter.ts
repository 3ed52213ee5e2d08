import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { type Granted, session } from '../../lib/api.ts'
import { safeNext } from '../../lib/safe-next.ts'

/** Goes in with what the API granted: to where the person was heading, or to a first screen. */
export const useEnter = (first = '/') => {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  return useCallback(
    async (granted: Granted): Promise<void> => {
      session.begin(granted)
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'instance' })
      const next = params.get('next')
      await navigate(next === null ? first : safeNext(next), { replace: true })
    },
    [queries, navigate, params, first],
  )
}
