import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Words } from '../../ui/numbers.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { When } from '../../ui/when.tsx'
import { importsQuery } from './imports.api.ts'
import classes from './imports.module.css'

/** The imports of the last weeks, each the way back to its rows and its undo. */
export const History = ({ onOpen }: { onOpen: (id: string) => void }) => {
  const { t } = useTranslation('imports')
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(importsQuery)
  const files = data?.pages.flatMap(({ items }) => items) ?? []
  if (isPending) return <SkeletonRows label={t('loading')} rows={3} />
  if (error && !data)
    return (
      <ErrorState
        title={t('loadFailed')}
        code={problemCode(error)}
        actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
      >
        {problemText(error)}
      </ErrorState>
    )
  if (files.length === 0)
    return (
      <Empty icon={<IconFileSpreadsheet size={22} stroke={1.75} />} title={t('history.none')}>
        {t('history.noneHint')}
      </Empty>
    )
  return (
    <>
      <ul className={classes.history}>
        {files.map(({ id, kind, name, status, createdAt, rows, created, updated, refused, carriedOut }) => (
          <li key={id}>
            <span className={classes.rowSays}>
              <strong>{name ? <Words>{name}</Words> : t('pasted')}</strong>
              <span className={classes.hint}>
                {t(`of.${kind}`)} · <When instant={createdAt} />
              </span>
            </span>
            <span className={classes.rowOutcome}>
              <Chip tone={status === 'done' ? 'ok' : status === 'failed' ? 'bad' : 'neutral'}>
                {t(`status.${status}`)}
              </Chip>
              <span className={classes.hint}>
                {carriedOut ? t('history.figures', { created, updated, refused }) : t('history.rows', { count: rows })}
              </span>
            </span>
            <Button
              size="small"
              aria-label={t('history.openOne', { name: name ?? t('pasted') })}
              onClick={() => onOpen(id)}
            >
              {t('history.open')}
            </Button>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('rows.more')}
        </Button>
      )}
    </>
  )
}
