import { wordIn } from '@sendocki/domain/language'
import type { MoveOrder, Order } from '@sendocki/domain/orders/order'
import { type InfiniteData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { figuresKey } from '../../lib/fresh-figures.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { problemText } from '../../lib/problem.ts'
import { showToast } from '../../ui/toast.tsx'
import type { ListFilters } from './filters.ts'
import { moveOrder, orderKeys, pipelineQuery, undoOrder } from './orders.api.ts'
import { afterOwnChange, type OrderPage } from './pages.ts'

type Loaded = InfiniteData<OrderPage, string | null>

/** Takes an answered order over into everything that is loaded: its own page, every list, and the counts. */
export const useTakeOver = (): ((order: Order) => void) => {
  const queries = useQueryClient()
  return useCallback(
    (order) => {
      queries.setQueryData(orderKeys.one(order.id), order)
      for (const [key, data] of queries.getQueriesData<Loaded>({ queryKey: orderKeys.lists })) {
        const stageId = (key[1] as ListFilters | undefined)?.stageId ?? null
        if (data) queries.setQueryData<Loaded>(key, { ...data, pages: afterOwnChange(data.pages, stageId, order) })
      }
      void queries.invalidateQueries({ queryKey: orderKeys.events(order.id) })
      void queries.invalidateQueries({ queryKey: figuresKey })
    },
    [queries],
  )
}

/** The name of a stage in the reader's language; empty while the pipeline is not there. */
export const useStageName = (): ((stageId: string) => string) => {
  const { data } = useQuery(pipelineQuery)
  return useCallback(
    (stageId) => {
      const stage = data?.stages.find(({ id }) => id === stageId)
      return stage ? wordIn(stage.name, currentLanguage()) : ''
    },
    [data],
  )
}

/** Takes an order's newest change back and says so; a refusal is said too, and nothing is changed. */
export const useUndo = (): ((order: Order) => Promise<void>) => {
  const takeOver = useTakeOver()
  const stageName = useStageName()
  const { t } = useTranslation('orders')
  return useCallback(
    async ({ id, version, undoEventId, stageId }) => {
      if (undoEventId === null) return
      try {
        const undone = await undoOrder(id, { eventId: undoEventId, version })
        takeOver(undone)
        showToast({
          message:
            undone.stageId === stageId
              ? t('undo.taken', { number: undone.number })
              : t('undo.done', { number: undone.number, stage: stageName(undone.stageId) }),
        })
      } catch (problem) {
        showToast({ tone: 'refused', message: problemText(problem) })
      }
    },
    [takeOver, stageName, t],
  )
}

/** Moves an order, shows it everywhere and offers to take it back. Throws the refusal: who asked knows where to say it. */
export const useMoveOrder = (): ((id: string, move: MoveOrder) => Promise<Order>) => {
  const takeOver = useTakeOver()
  const undo = useUndo()
  const stageName = useStageName()
  const { t } = useTranslation('orders')
  return useCallback(
    async (id, move) => {
      const moved = await moveOrder(id, move)
      takeOver(moved)
      showToast({
        message: t('move.done', { number: moved.number, stage: stageName(moved.stageId) }),
        ...(moved.undoEventId === null ? {} : { undo: () => void undo(moved) }),
      })
      return moved
    },
    [takeOver, undo, stageName, t],
  )
}
