import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiProblem, session } from './api.ts'
import type { Outbox, Waiting } from './outbox.ts'

const tryAgain = 15_000

/** Nobody answered: what was said has perhaps arrived, perhaps not. */
export const isUnreachable = (problem: unknown): boolean => problem instanceof ApiProblem && problem.status === 0

/** Nothing was decided about what was said: nobody answered, or nobody is known to be signed in just now. */
export const isUnheard = (problem: unknown): boolean =>
  isUnreachable(problem) || (problem instanceof ApiProblem && problem.status === 401)

/** Worth sending again: nobody heard it, the server said that it will, or another tab is just sending it. */
const isPassing = (problem: unknown): boolean =>
  problem instanceof ApiProblem &&
  (isUnheard(problem) || problem.status === 429 || problem.status >= 500 || problem.code === 'idempotency.in_progress')

interface Sending<W extends Waiting> {
  /** Sends one under its own key: what had arrived before is answered again, and not counted again. */
  readonly send: (one: W) => Promise<void>
  /** Says what cannot be applied; it would be refused for ever. */
  readonly refused: (one: W, problem: unknown) => void
}

/** What waits for the network: sent in its order once it is back, counted once or explained. */
export const useOutbox = <W extends Waiting>(outbox: Outbox<W>, { send, refused }: Sending<W>) => {
  const [waiting, setWaiting] = useState(() => outbox.kept())
  const busy = useRef(false)

  const flush = useCallback(async () => {
    // A page that was opened without network learns who is signed in before anything is sent in their name.
    if (busy.current || !navigator.onLine || session.token() === null) return
    busy.current = true
    try {
      for (const one of outbox.kept()) {
        try {
          await send(one)
        } catch (problem) {
          if (isPassing(problem)) break
          refused(one, problem)
        }
        outbox.drop(one.key)
      }
    } finally {
      busy.current = false
      setWaiting(outbox.kept())
    }
  }, [outbox, send, refused])

  useEffect(() => {
    const go = (): void => void flush()
    go()
    const timer = setInterval(go, tryAgain)
    addEventListener('online', go)
    const stop = session.subscribe(go)
    return () => {
      clearInterval(timer)
      stop()
      removeEventListener('online', go)
    }
  }, [flush])

  const add = useCallback(
    (one: W) => {
      outbox.keep(one)
      setWaiting(outbox.kept())
    },
    [outbox],
  )
  const drop = useCallback(
    (key: string) => {
      outbox.drop(key)
      setWaiting(outbox.kept())
    },
    [outbox],
  )
  return { waiting, add, drop }
}
