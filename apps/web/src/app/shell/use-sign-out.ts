import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useNavigate } from 'react-router'
import { api, type Granted, session } from '../../lib/api.ts'
import { forgetScreen } from '../../lib/kept-screen.ts'

/** Whether the person asked to leave: then the sign-in page does not lead back to where they were. */
const leaving = { byChoice: false }

/** Where to sign in again, given the page that was open. */
export const signInAfter = (here: string): string =>
  leaving.byChoice ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`

/** Leaving the session, and changing the merchant: nothing of one merchant may stay on screen for the next. */
export const useSignOut = () => {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const forget = useCallback(() => {
    queries.clear()
    forgetScreen()
  }, [queries])

  const signOut = useCallback(async () => {
    // The cookie may already be gone or the API away: the person leaves in any case.
    await api.POST('/api/v1/auth/sign-out', { body: {} }).catch(() => undefined)
    leaving.byChoice = true
    session.end()
    leaving.byChoice = false
  }, [])

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
