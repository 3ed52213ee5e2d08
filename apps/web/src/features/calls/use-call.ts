import { renewSeconds } from '@sendocki/domain/calls/call'
import type {
  Call,
  CallLease,
  CallQueue,
  ClaimCall,
  SavedOutcome,
  SaveOutcome,
} from '@sendocki/domain/calls/call-schema'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../lib/api.ts'
import { formatDay, formatTime } from '../../lib/format.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { problemText } from '../../lib/problem.ts'
import { showToast } from '../../ui/toast.tsx'
import {
  callKeys,
  claimCall,
  dialCall,
  pauseCalls,
  releaseCall,
  renewCall,
  saveOutcome,
  undoOrder,
} from './calls.api.ts'
import { keepDraft } from './outbox.ts'
import { useOutbox } from './use-outbox.ts'
import { useReason } from './use-reason.ts'

/** Why the hand on the customer is gone: somebody else has it now, or it ended. */
export interface Lost {
  readonly holder: string | null
}

const isUnreachable = (error: unknown): boolean => error instanceof ApiProblem && error.status === 0

/** The day and hour of an instant, as it is said of a next try. */
export const saidTime = (instant: string): string => {
  const language = currentLanguage()
  return `${formatDay(instant, new Date(), language)}, ${formatTime(instant, language)}`
}

/** The same of what the wall in Morocco shows, as the server read it. */
export const saidClock = ({ day, hour, minute }: NonNullable<CallQueue['opensOn']>): string => {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${formatDay(`${day}T12:00:00Z`, new Date(), currentLanguage())}, ${two(hour)}:${two(minute)}`
}

/** The next call, in hand already, and when the pause before it ends, in milliseconds. */
export interface Coming {
  readonly call: Call
  readonly at: number
}

/** The call that is going on: claimed, kept while it lasts, ended with what came of it. */
export const useCall = (wrapUpSeconds: number) => {
  const { t } = useTranslation('calls')
  const queries = useQueryClient()
  const reasonOf = useReason()
  const [call, setCall] = useState<Call | null>(null)
  const [coming, setComing] = useState<Coming | null>(null)
  const [lost, setLost] = useState<Lost | null>(null)
  const [empty, setEmpty] = useState(false)
  const readAgain = useCallback(() => {
    for (const key of [callKeys.queue, ['order'], ['orderList'], ['orderFigures']])
      void queries.invalidateQueries({ queryKey: [...key] })
  }, [queries])

  const show = useCallback((next: Call | null) => {
    setLost(null)
    setEmpty(next === null)
    setComing(null)
    setCall(next)
  }, [])

  const claim = useMutation({
    mutationFn: (body: ClaimCall) => claimCall(body),
    onSuccess: (next) => {
      show(next)
      readAgain()
    },
    onError: (problem) => {
      showToast({ tone: 'refused', message: problemText(problem) })
      readAgain()
    },
  })

  const keep = useCallback((lease: CallLease) => {
    setCall((now) => (now?.lease.id === lease.id ? { ...now, lease } : now))
    setComing((now) => (now?.call.lease.id === lease.id ? { ...now, call: { ...now.call, lease } } : now))
  }, [])
  const lose = useCallback((problem: unknown) => {
    if (!(problem instanceof ApiProblem) || problem.status !== 409) return
    const { holder } = problem.params as { holder?: { name?: string } }
    setLost({ holder: holder?.name ?? null })
  }, [])
  useRenewal(call && !lost ? call.lease : (coming?.call.lease ?? null), keep, lose)

  const dial = useMutation({
    mutationFn: (id: string) => dialCall(id),
    onSuccess: keep,
    onError: (problem) => {
      lose(problem)
      if (!isUnreachable(problem)) showToast({ tone: 'refused', message: problemText(problem) })
    },
  })

  const release = useMutation({
    mutationFn: async (id: string) => void (await releaseCall(id)),
    onSettled: () => {
      show(null)
      setEmpty(false)
      readAgain()
    },
  })

  const pause = useMutation({
    mutationFn: pauseCalls,
    onSuccess: (_done, { reason }) => {
      if (reason !== null) show(null)
      readAgain()
    },
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
  })

  const tell = useCallback(
    ({ order, nextAttemptAt, because, setAside }: SavedOutcome, outcome: SaveOutcome['outcome']) => {
      const takeBack = async (): Promise<void> => {
        if (order.undoEventId === null) return
        try {
          await undoOrder(order.id, { eventId: order.undoEventId, version: order.version })
          showToast({ message: t('undone', { number: order.number }) })
        } catch (problem) {
          showToast({ tone: 'refused', message: problemText(problem) })
        }
        readAgain()
      }
      if (setAside !== null) {
        showToast({ tone: 'refused', message: t(`setAside.${setAside}`, { number: order.number }) })
        return
      }
      const at = nextAttemptAt === null ? '' : saidTime(nextAttemptAt)
      const why = reasonOf(because, order.shippingAddress.city)
      const again = why === null ? 'again' : 'againWhy'
      const key = order.state === 'unreachable' ? 'unreachable' : nextAttemptAt === null ? 'plain' : again
      showToast({
        message: t(`saved.${key}`, { number: order.number, outcome: t(`outcome.${outcome}`), at, why: why ?? '' }),
        ...(order.undoEventId === null ? {} : { undo: () => void takeBack() }),
      })
    },
    [t, readAgain, reasonOf],
  )
  const onSentLater = useCallback(
    (saved: SavedOutcome, outcome: SaveOutcome['outcome']) => {
      tell(saved, outcome)
      setCall((now) => now ?? saved.next)
      readAgain()
    },
    [tell, readAgain],
  )
  const outbox = useOutbox(onSentLater)

  const save = useMutation({
    mutationFn: ({ current, body, key }: { current: Call; body: SaveOutcome; key: string }) =>
      saveOutcome(current.lease.id, body, key),
    onSuccess: (saved, { current, body }) => {
      keepDraft(null)
      tell(saved, body.outcome)
      // Whoever is still on the line waits for no pause.
      const rests = wrapUpSeconds > 0 && saved.next?.lease.customerId !== current.lease.customerId
      show(rests ? null : saved.next)
      if (rests && saved.next) setComing({ call: saved.next, at: Date.now() + wrapUpSeconds * 1000 })
      readAgain()
    },
    onError: (problem, { current, body, key }) => {
      if (!isUnreachable(problem)) {
        showToast({ tone: 'refused', message: problemText(problem) })
        return
      }
      outbox.add({ key, leaseId: current.lease.id, number: current.order?.number ?? 0, body })
      keepDraft(null)
      show(null)
      setEmpty(false)
    },
  })

  return { call, coming, lost, empty, claim, dial, release, pause, save, waiting: outbox.waiting, show, setLost }
}
export type CallState = ReturnType<typeof useCall>

/** Keeps a lease while it is worked on; a page that slept looks at once whether it still has it. */
const useRenewal = (
  lease: CallLease | null,
  keep: (lease: CallLease) => void,
  lose: (problem: unknown) => void,
): void => {
  const id = lease?.id
  useEffect(() => {
    if (id === undefined) return
    const renew = (): void => void renewCall(id).then(keep, lose)
    const awake = (): void => {
      if (document.visibilityState === 'visible') renew()
    }
    const timer = setInterval(renew, renewSeconds * 1000)
    document.addEventListener('visibilitychange', awake)
    addEventListener('online', renew)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', awake)
      removeEventListener('online', renew)
    }
  }, [id, keep, lose])
}
