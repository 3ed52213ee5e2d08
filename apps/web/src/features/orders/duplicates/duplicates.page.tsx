import { IconChecks, IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../../lib/problem.ts'
import { useShortcuts } from '../../../lib/shortcuts.ts'
import { text, useUrlState } from '../../../lib/url-state.ts'
import { Button, ButtonLink } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { OrderNumber, Words } from '../../../ui/numbers.tsx'
import { Page } from '../../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../../ui/screen-states.tsx'
import { Age } from '../../../ui/states.tsx'
import { paths } from '../paths.ts'
import { DecisionDesk } from './decision-desk.tsx'
import { duplicatedOrdersQuery } from './duplicates.api.ts'
import classes from './duplicates.module.css'
import { type Group, groupsOf, namesOf, placeOf } from './groups.ts'

const shape = { open: text }

/**
 * Orders → Duplicates: orders that may be one wish, one wish after the other, two orders side by side with the verdict
 * of each line, and one digit for each way to decide. What is decided leaves, and the next one is shown.
 */
export const DuplicatesPage = () => {
  const { t } = useTranslation('duplicates')
  const [state, change] = useUrlState(shape)
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(duplicatedOrdersQuery)
  const groups = useMemo(() => groupsOf(data?.pages.flatMap(({ items }) => items) ?? []), [data])
  const at = placeOf(groups, state.open)
  const currentId = state.open ?? groups[0]?.orders[0].id ?? null
  const go = (to: number): void => {
    const group = groups[Math.min(Math.max(to, 0), groups.length - 1)]
    if (group) change({ open: group.orders[0].id })
  }
  const onGone = (): void => change({ open: (groups[at + 1] ?? groups[at - 1])?.orders[0].id ?? null })
  useShortcuts([
    { keys: 'j', label: t('next'), run: () => go(at + 1) },
    { keys: 'k', label: t('previous'), run: () => go(at - 1) },
  ])
  const nearEnd = at >= groups.length - 10
  useEffect(() => {
    if (nearEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [nearEnd, hasNextPage, isFetchingNextPage, fetchNextPage])
  return (
    <Page title={t('title')} layout="edge" views={<span className={classes.hint}>{t('hint')}</span>}>
      {isPending && <SkeletonRows label={t('loading')} />}
      {error && !data && (
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {data && currentId === null && (
        <Empty
          icon={<IconChecks size={22} stroke={1.75} />}
          title={t('none')}
          action={<ButtonLink to={paths.board}>{t('toBoard')}</ButtonLink>}
        >
          {t('noneHint')}
        </Empty>
      )}
      {data && currentId !== null && (
        <div className={classes.screen}>
          <Waiting groups={groups} at={at} onGo={go} />
          <div className={classes.steps}>
            <IconButton label={t('previous')} keyHint="k" onClick={() => go(at - 1)}>
              <IconChevronUp size={16} stroke={1.75} aria-hidden />
            </IconButton>
            <IconButton label={t('next')} keyHint="j" onClick={() => go(at + 1)}>
              <IconChevronDown size={16} stroke={1.75} aria-hidden />
            </IconButton>
          </div>
          <DecisionDesk key={currentId} id={currentId} onGone={onGone} onLater={() => go(at + 1)} />
        </div>
      )}
    </Page>
  )
}

interface WaitingProps {
  readonly groups: readonly Group[]
  readonly at: number
  readonly onGo: (at: number) => void
}

/** Who waits, with the numbers of the orders; the one being decided is marked and kept in sight. */
const Waiting = ({ groups, at, onGo }: WaitingProps) => {
  const { t } = useTranslation('duplicates')
  const list = useRef<HTMLElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [at])
  return (
    <nav ref={list} aria-label={t('title')} className={classes.waiting}>
      {groups.map((group, index) => (
        <button
          key={group.orders[0].id}
          type="button"
          className={classes.row}
          aria-current={index === at || undefined}
          onClick={() => onGo(index)}
        >
          <span>
            <strong className="truncate">
              <Words>{namesOf(group).join(' · ')}</Words>
            </strong>
            <Age since={group.orders[0].createdAt} />
          </span>
          <span className={classes.numbers}>
            {group.orders.map(({ id, number }) => (
              <OrderNumber key={id} number={number} />
            ))}
          </span>
        </button>
      ))}
    </nav>
  )
}
