import type { Order, RepairOrder } from '@sendocki/domain/orders/order'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { showToast } from '../../ui/toast.tsx'
import { explainCity, repairOrder, trayKeys, undoRepair, undoSpelling } from './tray.api.ts'

export type Repair = Omit<RepairOrder, 'version'>

const refused = (problem: unknown): void => showToast({ tone: 'refused', message: problemText(problem) })

/** Everything that is read of orders is read again: what was repaired has left the tray, or come back. */
const useReadAgain = (): (() => void) => {
  const queries = useQueryClient()
  return useCallback(() => {
    for (const key of [['order'], ['orderFigures'], ['orderList'], trayKeys.spellings])
      void queries.invalidateQueries({ queryKey: [...key] })
  }, [queries])
}

/** Repairs one order, says so and offers to take it back. `onDone` hears whether it has left the tray. */
export const useRepair = (order: Pick<Order, 'id' | 'version'>, onDone: (whole: boolean) => void) => {
  const { t } = useTranslation('tray')
  const readAgain = useReadAgain()
  const takeBack = useCallback(
    async ({ id, version, undoEventId, number }: Order) => {
      if (undoEventId === null) return
      try {
        await undoRepair(id, { eventId: undoEventId, version })
        showToast({ message: t('undone', { number }) })
      } catch (problem) {
        refused(problem)
      }
      readAgain()
    },
    [readAgain, t],
  )
  return useMutation({
    mutationFn: (repair: Repair) => repairOrder(order.id, { version: order.version, ...repair }),
    onSuccess: (repaired) => {
      const whole = repaired.toComplete.length === 0
      const message = t(whole ? 'repaired' : 'repairedInPart', { number: repaired.number })
      showToast({ message, undo: () => void takeBack(repaired) })
      onDone(whole)
      readAgain()
    },
    onError: (problem) => {
      refused(problem)
      readAgain()
    },
  })
}

/** Explains a spelling of a city: all orders that wait under it are repaired by one choice, taken back by one too. */
export const useExplainCity = (onDone: (text: string) => void) => {
  const { t } = useTranslation('tray')
  const readAgain = useReadAgain()
  const takeBack = useCallback(
    async (id: string, text: string) => {
      try {
        await undoSpelling(id)
        showToast({ message: t('city.undone', { text }) })
      } catch (problem) {
        refused(problem)
      }
      readAgain()
    },
    [readAgain, t],
  )
  return useMutation({
    mutationFn: explainCity,
    onSuccess: ({ id, text, orderCount }) => {
      showToast({ message: t('city.explained', { text, count: orderCount }), undo: () => void takeBack(id, text) })
      onDone(text)
      readAgain()
    },
    onError: refused,
  })
}
