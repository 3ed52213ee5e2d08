import type { DecideDuplicates } from '@sendocki/domain/orders/duplicate-schema'
import type { Order } from '@sendocki/domain/orders/order'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../../lib/problem.ts'
import { showToast } from '../../../ui/toast.tsx'
import { orderKeys } from '../orders.api.ts'
import { useTakeOver, useUndo } from '../use-own-changes.ts'
import { decideDuplicates } from './duplicates.api.ts'

type Choice = Pick<DecideDuplicates, 'outcome' | 'keepOrderId'>

/** Decides about two orders, shows it everywhere and offers to take it back whole. */
export const useDecision = (left: Order, right: Order, onDecided: () => void) => {
  const { t } = useTranslation('duplicates')
  const queries = useQueryClient()
  const takeOver = useTakeOver()
  const undo = useUndo()
  const readAgain = (): Promise<void> => queries.invalidateQueries({ queryKey: orderKeys.all })
  const { mutate, isPending } = useMutation({
    mutationFn: (choice: Choice) =>
      decideDuplicates(left.id, {
        ...choice,
        version: left.version,
        others: [{ orderId: right.id, version: right.version }],
      }),
    onSuccess: ({ orders }, { outcome, keepOrderId }) => {
      for (const order of orders) takeOver(order)
      const kept = orders.find(({ id }) => id === keepOrderId)
      const gone = orders.find((order) => order !== kept)
      const told = kept ?? orders[0]
      showToast({
        message:
          outcome === 'keep_one'
            ? t('done.kept', { kept: kept?.number, gone: gone?.number })
            : t(outcome === 'both_real' ? 'done.bothReal' : 'done.together', { one: left.number, other: right.number }),
        ...(told ? { undo: () => void undo(told).then(readAgain) } : {}),
      })
      onDecided()
      void readAgain()
    },
    onError: (problem) => {
      showToast({ tone: 'refused', message: problemText(problem) })
      void readAgain()
    },
  })
  return { decide: mutate, pending: isPending }
}
