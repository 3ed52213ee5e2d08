import type { QueryClient } from '@tanstack/react-query'
import { type LoaderFunction, redirect } from 'react-router'
import { ApiProblem, session } from '../lib/api.ts'
import { keptScreen } from '../lib/kept-screen.ts'
import { meQuery } from '../lib/me.ts'
import { safeNext } from '../lib/safe-next.ts'
import { isUnreachable } from '../lib/use-outbox.ts'

const signInPath = (request: Request): string => {
  const { pathname, search } = new URL(request.url)
  const here = pathname + search
  return here === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`
}

const ended = (error: unknown): boolean => error instanceof ApiProblem && error.status === 401

/** Lets in who has a session, by the refresh cookie after a reload; sends the others to sign in and back. */
export const signedInOnly =
  (queries: QueryClient): LoaderFunction =>
  async ({ request }) => {
    try {
      if (session.state() === 'unknown') await session.refresh()
    } catch (problem) {
      return openKept(queries, request, problem)
    }
    if (session.state() !== 'in') throw redirect(signInPath(request))
    try {
      await queries.ensureQueryData(meQuery)
      return null
    } catch (error) {
      if (ended(error)) throw redirect(signInPath(request))
      throw error
    }
  }

/**
 * Nobody can say without network who is signed in: the one screen that was kept opens as it was, in the name of whoever
 * saw it, until the API says.
 */
const openKept = (queries: QueryClient, request: Request, problem: unknown): null => {
  const kept = isUnreachable(problem) ? keptScreen(Date.now()) : null
  if (!kept) throw problem
  if (new URL(request.url).pathname !== kept.path) throw redirect(kept.path)
  if (queries.getQueryData(meQuery.queryKey) !== undefined) return null
  queries.setQueryData(meQuery.queryKey, kept.me)
  renewLater(queries)
  return null
}

const tryAgain = 15_000

/** Asks who is signed in until the API answers; then everything is read anew, or the sign-in opens. */
const renewLater = (queries: QueryClient): void => {
  const renew = (): void => void session.refresh().catch(() => undefined)
  const timer = setInterval(renew, tryAgain)
  addEventListener('online', renew)
  const stop = session.subscribe(() => {
    stop()
    clearInterval(timer)
    removeEventListener('online', renew)
    if (session.state() === 'in') void queries.invalidateQueries()
  })
}

/** Sign-in and sign-up are of no use to who is signed in. An API that cannot be reached does not hide the form. */
export const signedOutOnly: LoaderFunction = async ({ request }) => {
  if (session.state() === 'unknown') await session.refresh().catch(() => false)
  if (session.state() !== 'in') return null
  throw redirect(safeNext(new URL(request.url).searchParams.get('next')))
}

/** A page for everybody, which only has to know whether somebody is signed in. */
export const anybody: LoaderFunction = async () => {
  if (session.state() === 'unknown') await session.refresh().catch(() => false)
  return null
}
