import type { Order, OrderSummary } from '@sendocki/domain/orders/order'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../../lib/api.ts'
import { problemText } from '../../../lib/problem.ts'
import { showToast } from '../../../ui/toast.tsx'
import { type Conflict, conflictOf } from '../conflict.ts'
import type { MoveAnswer } from '../move-menu.tsx'
import { assignOrder } from '../orders.api.ts'
import { useMoveOrder, useStageName, useTakeOver, useUndo } from '../use-own-changes.ts'

/** A change that met a newer version: what was wanted, and how to do it all the same. */
interface Contested {
  readonly conflict: Conflict
  readonly wanted: string
  readonly again: (version: number) => Promise<unknown>
}

/**
 * What a person does to an opened order. A refusal is said in a toast; a conflict stays in the panel until the person
 * has chosen. What lists know of the order is enough to act; only the undo needs all of it.
 */
export const useOrderActions = (order: OrderSummary | Order | undefined) => {
  const { t } = useTranslation('orders')
  const [contested, setContested] = useState<Contested | null>(null)
  const [pending, setPending] = useState(false)
  const takeOver = useTakeOver()
  const moveOrder = useMoveOrder()
  const undoOrder = useUndo()
  const stageName = useStageName()

  const attempt = async (
    version: number,
    wanted: string,
    act: (version: number) => Promise<unknown>,
  ): Promise<void> => {
    setPending(true)
    try {
      await act(version)
      setContested(null)
    } catch (problem) {
      const conflict = problem instanceof ApiProblem ? conflictOf(problem) : null
      if (conflict) setContested({ conflict, wanted, again: act })
      else showToast({ tone: 'refused', message: problemText(problem) })
    } finally {
      setPending(false)
    }
  }

  return {
    pending,
    contested,
    move: (answer: MoveAnswer) => {
      if (!order) return
      void attempt(order.version, stageName(answer.stageId), (version) => moveOrder(order.id, { ...answer, version }))
    },
    assign: (member: { id: string; name: string } | null) => {
      if (!order) return
      void attempt(order.version, member?.name ?? t('assign.nobody'), async (version) => {
        const assigned = await assignOrder(order.id, { memberId: member?.id ?? null, version })
        takeOver(assigned)
        showToast({
          message: member
            ? t('assign.done', { number: assigned.number, who: member.name })
            : t('assign.taken', { number: assigned.number }),
          ...(assigned.undoEventId === null ? {} : { undo: () => void undoOrder(assigned) }),
        })
      })
    },
    undo: () => {
      if (order && 'undoEventId' in order) void undoOrder(order)
    },
    keepTheirs: () => {
      if (contested) takeOver(contested.conflict.current)
      setContested(null)
    },
    takeMine: () => {
      if (contested) void attempt(contested.conflict.current.version, contested.wanted, contested.again)
    },
  }
}
export type OrderActions = ReturnType<typeof useOrderActions>
