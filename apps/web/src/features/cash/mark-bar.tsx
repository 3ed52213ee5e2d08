import type { Collection, CollectionOperation, CollectionStatus } from '@sendocki/domain/cash/collection'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { BulkBar } from '../../ui/bulk-bar.tsx'
import { Button } from '../../ui/button.tsx'
import { Amount } from '../../ui/numbers.tsx'
import { showToast } from '../../ui/toast.tsx'
import { collectionKeys, undoMarking } from './cash.api.ts'
import { MarkDialog } from './mark-dialog.tsx'
import { parcelIdsOf, sumOf } from './sums.ts'

/** The most collections that one request may mark. */
const markedAtOnce = 500

/** The key of each mark: encaisser, litige, lever. */
const keyOf: Record<CollectionStatus, string> = { collected: 'e', in_dispute: 'l', due: 'r' }

interface MarkBarProps {
  readonly rows: readonly Collection[]
  readonly marks: readonly CollectionStatus[]
  readonly onLeave: () => void
}

/** What the ticked collections amount to and can be marked as. `Esc` leaves. */
export const MarkBar = ({ rows, marks, onLeave }: MarkBarProps) => {
  const { t } = useTranslation('cash')
  const [marking, setMarking] = useState<CollectionStatus | null>(null)
  const told = useTold()
  const tooMany = parcelIdsOf(rows).length > markedAtOnce
  useShortcuts([
    { keys: 'Escape', run: onLeave },
    ...marks.map((status) => ({
      keys: keyOf[status],
      label: t(`mark.${status}`),
      run: () => {
        if (!tooMany) setMarking(status)
      },
    })),
  ])
  return (
    <>
      <BulkBar
        label={t('bulk.label')}
        summary={
          tooMany ? (
            t('mark.tooMany', { most: markedAtOnce })
          ) : (
            <>
              {t('bulk.ticked', { count: rows.length })} · <Amount centimes={sumOf(rows)} decimals="always" />
            </>
          )
        }
        onLeave={onLeave}
      >
        {marks.map((status) => (
          <Button key={status} keyHint={keyOf[status]} disabled={tooMany} onClick={() => setMarking(status)}>
            {t(`mark.${status}`)}
          </Button>
        ))}
      </BulkBar>
      {marking !== null && (
        <MarkDialog
          rows={rows}
          status={marking}
          onClose={() => setMarking(null)}
          onDone={(operation) => {
            setMarking(null)
            onLeave()
            told(operation)
          }}
        />
      )}
    </>
  )
}

/** Says what was marked, with the way back; both read the lists again. */
const useTold = () => {
  const { t } = useTranslation('cash')
  const queries = useQueryClient()
  const readAgain = () => queries.invalidateQueries({ queryKey: collectionKeys.all })
  const undo = async (id: string): Promise<void> => {
    try {
      await undoMarking(id)
      showToast({ message: t('mark.undone') })
    } catch (error) {
      showToast({ message: problemText(error), tone: 'refused' })
    }
    await readAgain()
  }
  return ({ operationId, status, count }: CollectionOperation): void => {
    void readAgain()
    showToast({ message: t(`mark.done.${status}`, { count }), undo: () => void undo(operationId) })
  }
}
