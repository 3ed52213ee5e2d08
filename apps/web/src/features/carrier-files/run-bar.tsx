import type { CarrierFile } from '@sendocki/domain/carrier-files/carrier-file'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { showToast } from '../../ui/toast.tsx'
import { fileKeys, runFile, undoFile } from './carrier-files.api.ts'
import classes from './carrier-files.module.css'
import { ListDialog } from './list-dialog.tsx'
import { PaidDialog } from './paid-dialog.tsx'

/** Rows that will do something. */
const doing: readonly string[] = ['matched', 'word_unknown', 'created', 'updated']

const rowsToDo = ({ outcomes }: Pick<CarrierFile, 'outcomes'>): number =>
  outcomes.filter(({ outcome }) => doing.includes(outcome)).reduce((sum, { count }) => sum + count, 0)

/** Everything that follows a file: parcels, orders, money, cities. */
const useReadAgain = (id: string) => {
  const queries = useQueryClient()
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: fileKeys.one(id) }),
      queries.invalidateQueries({ queryKey: ['carrier_file', 'rows', id] }),
      ...['parcel', 'order', 'collection', 'carrier_account'].map((noun) =>
        queries.invalidateQueries({ queryKey: [noun] }),
      ),
    ])
}

/** The one next thing to do with a tried file: apply it, follow it, or take it back. */
export const RunBar = ({ file }: { file: CarrierFile }) => {
  const { t } = useTranslation('carrierFiles')
  const readAgain = useReadAgain(file.id)
  const [asking, setAsking] = useState(false)
  const refused = (error: unknown) => showToast({ message: problemText(error), tone: 'refused' })
  const run = useMutation({ mutationFn: () => runFile(file.id, {}), onSuccess: readAgain, onError: refused })
  const undo = useMutation({ mutationFn: () => undoFile(file), onSuccess: readAgain, onError: refused })
  const total = rowsToDo(file)
  if (file.status === 'undone')
    return (
      <p role="status" className={classes.state}>
        {t('run.undone')}
      </p>
    )
  if (file.status === 'done')
    return (
      <div role="status" className={classes.state}>
        <span>
          {t('run.done')} · {t('run.progress', { done: file.doneCount, total })}
        </span>
        {file.operationId && (
          <Button pending={undo.isPending} onClick={() => undo.mutate()}>
            {t('run.undo')}
          </Button>
        )}
      </div>
    )
  if (file.status === 'running')
    return (
      <div role="status" className={classes.state}>
        <span>{t('run.running')}</span>
        <progress max={total} value={file.doneCount} aria-label={t('run.progress', { done: file.doneCount, total })} />
        <span>{t('run.progress', { done: file.doneCount, total })}</span>
      </div>
    )
  if (total === 0) return <p className={classes.state}>{t('run.nothing')}</p>
  const payout = file.kind === 'payout'
  const close = () => setAsking(false)
  const done = () => {
    close()
    void readAgain()
  }
  return (
    <div className={classes.actions}>
      <Button
        variant="filled"
        size="form"
        pending={run.isPending}
        onClick={() => (file.kind === 'tracking' ? run.mutate() : setAsking(true))}
      >
        {t(payout ? 'run.mark' : 'run.apply')} · {total}
      </Button>
      {asking && payout && <PaidDialog file={file} onClose={close} onDone={done} />}
      {asking && !payout && <ListDialog file={file} onClose={close} onDone={done} />}
    </div>
  )
}
