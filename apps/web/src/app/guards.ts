import type { QueryClient } from '@tanstack/react-query'
import { type LoaderFunction, redirect } from 'react-router'
import { ApiProblem, session } from '../lib/api.ts'
import { meQuery } from '../lib/me.ts'
import { safeNext } from '../lib/safe-next.ts'

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
    if (session.state() === 'unknown') await session.refresh()
    if (session.state() !== 'in') throw redirect(signInPath(request))
    try {
      await queries.ensureQueryData(meQuery)
      return null
    } catch (error) {
      if (ended(error)) throw redirect(signInPath(request))
      throw error
    }
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
