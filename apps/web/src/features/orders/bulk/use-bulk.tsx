import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { figuresKey } from '../../../lib/fresh-figures.ts'
import { problemText } from '../../../lib/problem.ts'
import { showToast } from '../../../ui/toast.tsx'
import { orderKeys } from '../orders.api.ts'
import { type BulkWish, bulkQuery, type Chosen, isOver, startBulk, undoBulk } from './bulk.api.ts'
import classes from './bulk.module.css'

/** An operation that this screen has asked for. */
export interface Asked {
  readonly id: string
  readonly chosen: Chosen
  readonly wish: BulkWish
  readonly dryRun: boolean
}

/**
 * Starts operations, watches the newest and says once how it ended, with the way back. `onEnded` must be stable; it comes
 * when the lists have been read anew.
 */
export const useBulk = (onEnded?: (asked: Asked) => void) => {
  const { t } = useTranslation('orders')
  const queries = useQueryClient()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [shown, setShown] = useState(false)
  const { data: operation } = useQuery({ ...bulkQuery(asked?.id ?? ''), enabled: asked !== null })
  const said = useRef<string | null>(null)

  const start = useCallback(
    async (chosen: Chosen, wish: BulkWish, { dryRun, quietly = false }: { dryRun: boolean; quietly?: boolean }) => {
      try {
        const { id } = await startBulk(chosen, wish, dryRun)
        setAsked({ id, chosen, wish, dryRun })
        setShown(!quietly)
        return true
      } catch (problem) {
        showToast({ tone: 'refused', message: problemText(problem) })
        return false
      }
    },
    [],
  )

  const takeBack = useCallback(async (id: string, { chosen, wish }: Pick<Asked, 'chosen' | 'wish'>) => {
    try {
      const undo = await undoBulk(id)
      setAsked({ id: undo.id, chosen, wish, dryRun: false })
    } catch (problem) {
      showToast({ tone: 'refused', message: problemText(problem) })
    }
  }, [])

  useEffect(() => {
    if (!asked || !operation || operation.id !== asked.id || !isOver(operation) || said.current === operation.id) return
    said.current = operation.id
    if (operation.dryRun) return
    void queries.invalidateQueries({ queryKey: orderKeys.lists }).then(() => onEnded?.(asked))
    void queries.invalidateQueries({ queryKey: figuresKey })
    const { done, refused, undoes, undoable, id } = operation
    const counts = { n: done, refused }
    const message =
      undoes === null
        ? refused > 0
          ? t('bulk.endedWith', counts)
          : t('bulk.ended', { n: done })
        : refused > 0
          ? t('bulk.undoneWith', counts)
          : t('bulk.undone', { n: done })
    showToast({
      message:
        refused > 0 ? (
          <>
            {message}{' '}
            <button type="button" className={classes.see} onClick={() => setShown(true)}>
              {t('bulk.see')}
            </button>
          </>
        ) : (
          message
        ),
      tone: done === 0 ? 'refused' : 'done',
      ...(undoable ? { undo: () => void takeBack(id, asked) } : {}),
    })
  }, [asked, operation, queries, t, takeBack, onEnded])

  return {
    asked,
    operation: operation?.id === asked?.id ? operation : undefined,
    shown,
    start,
    close: () => setShown(false),
    undo: () => asked && void takeBack(asked.id, asked),
  }
}
export type Bulk = ReturnType<typeof useBulk>
