import type { SavedOutcome } from '@sendocki/domain/calls/call-schema'
import type { Outcome } from '@sendocki/domain/calls/outcomes'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../lib/api.ts'
import { problemText } from '../../lib/problem.ts'
import { showToast } from '../../ui/toast.tsx'
import { saveOutcome } from './calls.api.ts'
import { dropFromOutbox, keepInOutbox, keptOutbox, type Waiting } from './outbox.ts'

const tryAgain = 15_000

/** Worth sending again: nobody answered, or the server said that it will. */
const isPassing = (problem: unknown): boolean =>
  problem instanceof ApiProblem && (problem.status === 0 || problem.status === 429 || problem.status >= 500)

/** Outcomes that wait for the network: sent in their order once it is back, counted once or explained. */
export const useOutbox = (onSaved: (saved: SavedOutcome, outcome: Outcome) => void) => {
  const { t } = useTranslation('calls')
  const [waiting, setWaiting] = useState(keptOutbox)
  const busy = useRef(false)

  const flush = useCallback(async () => {
    if (busy.current || !navigator.onLine) return
    busy.current = true
    try {
      for (const one of keptOutbox()) {
        try {
          // The same words under the same key: what had arrived before is answered again, and not counted again.
          onSaved(await saveOutcome(one.leaseId, one.body, one.key), one.body.outcome)
        } catch (problem) {
          if (isPassing(problem)) break
          // What cannot be applied is said, with the order's number; it would be refused for ever.
          showToast({ tone: 'refused', message: t('lateRefused', { number: one.number, why: problemText(problem) }) })
        }
        dropFromOutbox(one.key)
      }
    } finally {
      busy.current = false
      setWaiting(keptOutbox())
    }
  }, [onSaved, t])

  useEffect(() => {
    const send = (): void => void flush()
    send()
    const timer = setInterval(send, tryAgain)
    addEventListener('online', send)
    return () => {
      clearInterval(timer)
      removeEventListener('online', send)
    }
  }, [flush])

  const add = useCallback((one: Waiting) => {
    keepInOutbox(one)
    setWaiting(keptOutbox())
  }, [])
  return { waiting, add }
}
