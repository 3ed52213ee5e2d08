import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useNavigate } from 'react-router'
import { api, type Granted, session } from '../../lib/api.ts'

/** Leaving the session, and changing the merchant: nothing of one merchant may stay on screen for the next. */
export const useSignOut = () => {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const forget = useCallback(() => queries.clear(), [queries])

  const signOut = useCallback(async () => {
    // The cookie may already be gone or the API away: the person leaves in any case.
    await api.POST('/api/v1/auth/sign-out', { body: {} }).catch(() => undefined)
    await navigate('/sign-in')
    session.end()
    forget()
  }, [navigate, forget])

  const enter = useCallback(
    async (granted: Granted) => {
      session.begin(granted)
      forget()
      await navigate('/')
    },
    [navigate, forget],
  )
  return useMemo(() => ({ forget, signOut, enter }), [forget, signOut, enter])
}
