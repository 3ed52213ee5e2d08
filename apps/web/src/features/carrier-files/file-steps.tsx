import type { CarrierFile } from '@sendocki/domain/carrier-files/carrier-file'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Words } from '../../ui/numbers.tsx'
import { Section } from '../../ui/page.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { fileQuery } from './carrier-files.api.ts'
import classes from './carrier-files.module.css'
import { Columns } from './columns.tsx'
import { Results } from './results.tsx'
import { RunBar } from './run-bar.tsx'
import { Sums } from './sums.tsx'
import { WordsTable } from './words-table.tsx'

const running = (file: CarrierFile | undefined): boolean => file?.status === 'running'

/** A file from its columns to its result. The stream tells of its progress; should it be away, it is asked now and then. */
export const FileSteps = ({ id, onAnother }: { id: string; onAnother: () => void }) => {
  const { t } = useTranslation('carrierFiles')
  const {
    data: file,
    error,
    isPending,
    refetch,
  } = useQuery({
    ...fileQuery(id),
    refetchInterval: ({ state }) => (running(state.data) ? 2_000 : false),
  })
  if (isPending) return <SkeletonRows label={t('loading')} rows={6} />
  if (error && !file)
    return (
      <ErrorState
        title={t('loadFailed')}
        code={problemCode(error)}
        actions={
          <>
            <Button onClick={() => void refetch()}>{t('tryAgain')}</Button>
            <Button onClick={onAnother}>{t('another')}</Button>
          </>
        }
      >
        {problemText(error)}
      </ErrorState>
    )
  const tried = file.outcomes.length > 0
  const open = file.status === 'read'
  return (
    <>
      <div className={classes.fileHead}>
        <strong>{file.name ? <Words>{file.name}</Words> : t(`kinds.${file.kind}`)}</strong>
        <Button size="small" onClick={onAnother}>
          {t('another')}
        </Button>
      </div>
      {open && (
        <Section title={t('columns.title')} hint={t(file.remembered ? 'columns.remembered' : 'columns.proposed')}>
          <Columns key={file.mapping.columns.join()} file={file} />
        </Section>
      )}
      {open && tried && file.words.length > 0 && (
        <Section title={t('words.title')} hint={t('words.hint')}>
          <WordsTable key={file.words.map(({ word, status }) => `${word} ${status}`).join()} file={file} />
        </Section>
      )}
      {tried && file.sums && <Sums file={file} />}
      {tried && <RunBar file={file} />}
      {tried && (
        <Section title={t('result.title')}>
          <Results file={file} />
        </Section>
      )}
    </>
  )
}
