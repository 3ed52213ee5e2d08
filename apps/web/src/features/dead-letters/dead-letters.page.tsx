import type { DeadLetter } from '@sendocki/domain/inbound/dead-letter'
import { IconMailOff } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText, refusalText } from '../../lib/problem.ts'
import { flag, text, useUrlState } from '../../lib/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { FilterPill } from '../../ui/chip.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import type { GridColumn } from '../../ui/grid-layout.ts'
import { Code } from '../../ui/numbers.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { When } from '../../ui/when.tsx'
import { DeadLetterPanel } from './dead-letter-panel.tsx'
import { deadLettersQuery } from './dead-letters.api.ts'
import { jobWord } from './words.ts'

const shape = { settled: flag, open: text }

/** Settings → what gave up: why, how often it was tried, the raw delivery, and one button to try again. */
export const DeadLettersPage = () => {
  const { t } = useTranslation('deadLetters')
  const [state, change] = useUrlState(shape)
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    deadLettersQuery(state.settled),
  )
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const columns = useMemo(
    (): GridColumn<DeadLetter>[] => [
      { id: 'what', header: t('what'), width: 240, grow: true, frozen: true, cell: ({ job }) => t(jobWord(job)) },
      {
        id: 'why',
        header: t('why'),
        width: 320,
        grow: true,
        cell: ({ code }) =>
          refusalText(code) ?? (
            <span>
              <Code>{code}</Code>
            </span>
          ),
      },
      { id: 'attempts', header: t('attempts'), width: 90, figure: true, cell: ({ attempts }) => attempts },
      { id: 'when', header: t('when'), width: 140, cell: ({ failedAt }) => <When instant={failedAt} /> },
    ],
    [t],
  )
  const toolbar = (
    <FilterPill
      label={t('settled')}
      value={state.settled ? t('yes') : t('no')}
      active={state.settled}
      onClick={() => change({ settled: !state.settled, open: null })}
    />
  )
  return (
    <Page
      title={t('title')}
      toolbar={toolbar}
      layout="edge"
      panel={state.open && <DeadLetterPanel key={state.open} id={state.open} onClose={() => change({ open: null })} />}
    >
      {isPending && <SkeletonRows label={t('loading')} />}
      {error && (
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {data && rows.length === 0 && (
        <Empty icon={<IconMailOff size={22} stroke={1.75} />} title={t(state.settled ? 'noneSettled' : 'none')}>
          {t('noneHint')}
        </Empty>
      )}
      {rows.length > 0 && (
        <DataGrid
          label={t('title')}
          rows={rows}
          rowId={({ id }) => id}
          rowLabel={({ job }) => t(jobWord(job))}
          columns={columns}
          activeId={state.open}
          onActive={(id) => state.open && change({ open: id })}
          onOpen={({ id }) => change({ open: id })}
          onPreview={({ id }) => change({ open: state.open === id ? null : id })}
          hasMore={hasNextPage && !isFetchingNextPage}
          onMore={() => void fetchNextPage()}
          card={({ job, code, failedAt }) => (
            <>
              <strong>{t(jobWord(job))}</strong> <When instant={failedAt} />
              <div className="truncate">{refusalText(code) ?? <Code>{code}</Code>}</div>
            </>
          )}
          cardHeight={68}
        />
      )}
    </Page>
  )
}
