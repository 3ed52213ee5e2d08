import type { SavedOutcome } from '@sendocki/domain/calls/call-schema'
import type { Outcome } from '@sendocki/domain/calls/outcomes'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { useOutbox as useKept } from '../../lib/use-outbox.ts'
import { showToast } from '../../ui/toast.tsx'
import { saveOutcome } from './calls.api.ts'
import { callOutbox, type Waiting } from './outbox.ts'

/** Outcomes that wait for the network. */
export const useOutbox = (onSaved: (saved: SavedOutcome, outcome: Outcome) => void) => {
  const { t } = useTranslation('calls')
  const send = useCallback(
    async ({ leaseId, body, key }: Waiting) => onSaved(await saveOutcome(leaseId, body, key), body.outcome),
    [onSaved],
  )
  const refused = useCallback(
    ({ number }: Waiting, problem: unknown) =>
      showToast({ tone: 'refused', message: t('lateRefused', { number, why: problemText(problem) }) }),
    [t],
  )
  return useKept(callOutbox, { send, refused })
}
