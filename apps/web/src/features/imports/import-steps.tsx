import type { ImportOutcome } from '@sendocki/domain/imports/import'
import type { Import } from '@sendocki/domain/imports/import-schema'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Words } from '../../ui/numbers.tsx'
import { Section } from '../../ui/page.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { When } from '../../ui/when.tsx'
import { importQuery } from './imports.api.ts'
import classes from './imports.module.css'
import { MappingForm } from './mapping-form.tsx'
import { Rows } from './rows.tsx'
import { RunBar } from './run-bar.tsx'

interface ImportStepsProps {
  readonly id: string
  readonly outcome: ImportOutcome | null
  readonly onOutcome: (outcome: ImportOutcome | null) => void
  readonly onOpen: (id: string) => void
}

const isMappable = ({ status }: Import): boolean => status === 'read' || status === 'tried'
const hasResult = ({ status }: Import): boolean => !['reading', 'read', 'failed'].includes(status)

/** An import from its columns to its result. */
export const ImportSteps = ({ id, outcome, onOutcome, onOpen }: ImportStepsProps) => {
  const { t } = useTranslation('imports')
  const { data: file, error, isPending, refetch } = useQuery(importQuery(id))
  if (isPending) return <SkeletonRows label={t('loading')} rows={6} />
  if (error && !file)
    return (
      <ErrorState
        title={t('loadFailed')}
        code={problemCode(error)}
        actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
      >
        {problemText(error)}
      </ErrorState>
    )
  const { sameFileId } = file
  return (
    <>
      <p className={classes.fileHead}>
        <strong>{file.name ? <Words>{file.name}</Words> : t('pasted')}</strong>
        <span className={classes.hint}>
          {t(`of.${file.kind}`)} · <When instant={file.createdAt} />
        </span>
      </p>
      {sameFileId !== null && isMappable(file) && (
        <div className={classes.state}>
          <span>{t('same')}</span>
          <Button size="small" onClick={() => onOpen(sameFileId)}>
            {t('openSame')}
          </Button>
        </div>
      )}
      {isMappable(file) && (
        <Section title={t('columns.title')} hint={t(file.remembered ? 'columns.remembered' : 'columns.proposed')}>
          <MappingForm key={`${file.status} ${file.mapping.columns.join()}`} file={file} />
        </Section>
      )}
      <RunBar file={file} />
      {hasResult(file) && (
        <Section title={t('rows.title')} hint={t(file.carriedOut ? 'rows.doneHint' : 'rows.triedHint')}>
          <Rows file={file} outcome={outcome} onOutcome={onOutcome} />
        </Section>
      )}
    </>
  )
}
