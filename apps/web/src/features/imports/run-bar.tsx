import type { Import } from '@sendocki/domain/imports/import-schema'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { saveFile } from '../../lib/save-file.ts'
import { Button } from '../../ui/button.tsx'
import { Progress } from '../../ui/progress.tsx'
import { showToast } from '../../ui/toast.tsx'
import { importKeys, isAtWork, readRefused, runImport, stopImport, undoImport } from './imports.api.ts'
import classes from './imports.module.css'
import { useImportProblems } from './problems.ts'

/** One of the four things that can be done with an import; what it changed is read again. */
const useStep = (id: string, step: (id: string) => Promise<Import>) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => step(id),
    onSuccess: async (file) => {
      queries.setQueryData(importKeys.one(id), file)
      await queries.invalidateQueries({ queryKey: ['import', 'rows', id] })
    },
    onError: (error) => showToast({ message: problemText(error), tone: 'refused' }),
  })
}

/** How far an import is, and the one next thing to do with it. */
export const RunBar = ({ file }: { file: Import }) => (
  <div className={classes.bar}>
    <Standing file={file} />
    {file.rows > 0 && !['reading', 'read', 'failed'].includes(file.status) && <Figures file={file} />}
    <Actions file={file} />
  </div>
)

const Standing = ({ file }: { file: Import }) => {
  const { t } = useTranslation('imports')
  const problems = useImportProblems()
  const { status, rows, pending, undo } = file
  if (status === 'reading') return <p role="status">{t('run.reading', { rows })}</p>
  if (status === 'trying' || status === 'running')
    return (
      <Progress value={rows - pending} max={rows} label={t(`run.${status}`, { done: rows - pending, total: rows })} />
    )
  if (status === 'undoing' && undo) {
    const total = undo.removed + undo.restored + undo.kept + undo.pending
    const done = total - undo.pending
    return <Progress value={done} max={total} label={t('run.undoing', { done, total })} />
  }
  return (
    <p role="status" className={classes.standing}>
      <strong>{t(`status.${status}`)}</strong>
      {file.problem && <span>{problems.ofCode(file.problem)}</span>}
      {status === 'undone' && undo && (
        <span>{t('run.undone', { removed: undo.removed, restored: undo.restored, kept: undo.kept })}</span>
      )}
    </p>
  )
}

const shown = ['created', 'updated', 'unchanged', 'refused', 'pending'] as const

const Figures = ({ file }: { file: Import }) => {
  const { t } = useTranslation('imports')
  return (
    <dl className={classes.figures}>
      {shown.map((name) => (
        <div key={name} data-tone={name === 'refused' && file.refused > 0 ? 'warn' : undefined}>
          <dt>{t(`figures.${file.carriedOut ? 'done' : 'tried'}.${name}`)}</dt>
          <dd>{t('figures.count', { count: file[name] })}</dd>
        </div>
      ))}
    </dl>
  )
}

const Actions = ({ file }: { file: Import }) => {
  const { t } = useTranslation('imports')
  const run = useStep(file.id, runImport)
  const stop = useStep(file.id, stopImport)
  const undo = useStep(file.id, undoImport)
  const refused = useMutation({
    mutationFn: () => readRefused(file.id),
    onSuccess: (rows) => saveFile(rows, `${t('refusedFile')}.csv`),
    onError: (error) => showToast({ message: problemText(error), tone: 'refused' }),
  })
  const useful = file.created + file.updated
  return (
    <div className={classes.actions}>
      {file.status === 'tried' && useful > 0 && (
        <Button variant="filled" size="form" pending={run.isPending} onClick={() => run.mutate()}>
          {t('run.start', { count: useful })}
        </Button>
      )}
      {file.status === 'stopped' && (
        <Button variant="filled" size="form" pending={run.isPending} onClick={() => run.mutate()}>
          {t('run.goOn')}
        </Button>
      )}
      {(file.status === 'running' || file.status === 'trying') && (
        <Button pending={stop.isPending} onClick={() => stop.mutate()}>
          {t('run.stop')}
        </Button>
      )}
      {file.undoable && (
        <Button variant="danger" pending={undo.isPending} onClick={() => undo.mutate()}>
          {t('run.undo')}
        </Button>
      )}
      {file.refused > 0 && !isAtWork(file) && (
        <Button pending={refused.isPending} onClick={() => refused.mutate()}>
          {t('run.refusedFile')}
        </Button>
      )}
    </div>
  )
}
