import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { openMembership, useMe } from '../../lib/me.ts'
import { outboxIn } from '../../lib/outbox.ts'
import { problemText } from '../../lib/problem.ts'
import { useOutbox } from '../../lib/use-outbox.ts'
import { showToast } from '../../ui/toast.tsx'
import { settleDelivery } from './deliveries.api.ts'
import type { WaitingStop } from './stops.ts'

/** What this member has said at doors without network; another member on the same phone has an outbox of their own. */
export const useWaiting = () => {
  const { t } = useTranslation('deliveries')
  const queries = useQueryClient()
  const memberId = openMembership(useMe())?.memberId ?? ''
  const outbox = useMemo(() => outboxIn<WaitingStop>(`sendocki.deliveries/${memberId}`), [memberId])
  const send = useCallback(
    async ({ parcelId, body, key }: WaitingStop) => {
      await settleDelivery(parcelId, body, key)
      await queries.invalidateQueries({ queryKey: ['parcel'] })
    },
    [queries],
  )
  const refused = useCallback(
    ({ number }: WaitingStop, problem: unknown) => {
      showToast({ tone: 'refused', message: t('waiting.refused', { number, why: problemText(problem) }) })
      void queries.invalidateQueries({ queryKey: ['parcel'] })
    },
    [queries, t],
  )
  return useOutbox(outbox, { send, refused })
}
export type WaitingStops = ReturnType<typeof useWaiting>
