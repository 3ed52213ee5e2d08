import type { OrderSummary } from '@sendocki/domain/orders/order'
import { IconChecks, IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { text, useUrlState } from '../../lib/url-state.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Count, OrderNumber, Words } from '../../ui/numbers.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { Age } from '../../ui/states.tsx'
import type { Gone } from './repair-card.tsx'
import { RepairDesk } from './repair-desk.tsx'
import { SpellingsDialog } from './spellings-dialog.tsx'
import { orderQuery, trayQuery } from './tray.api.ts'
import classes from './tray.module.css'

const shape = { open: text }

/**
 * Orders → To complete: what arrived incomplete, one after the other, the reason in words, what the shop said beside it,
 * and one key for each way to repair it. What is whole leaves, and the next one is shown.
 */
export const TrayPage = () => {
  const { t } = useTranslation('tray')
  const can = useCan()
  const [state, change] = useUrlState(shape)
  const [explaining, setExplaining] = useState(false)
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(trayQuery)
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === state.open),
  )
  const current = rows[at]
  const go = (to: number): void => {
    const row = rows[Math.min(Math.max(to, 0), rows.length - 1)]
    if (row) change({ open: row.id })
  }
  // The list is read again once the order has left it; until then the next that waits takes its place.
  const onGone: Gone = (alsoGone = () => false) => {
    const waits = (row: OrderSummary): boolean => !alsoGone(row)
    const next = rows.slice(at + 1).find(waits) ?? rows.slice(0, at).findLast(waits)
    change({ open: next?.id ?? null })
  }
  useShortcuts([
    { keys: 'j', label: t('next'), run: () => go(at + 1) },
    { keys: 'k', label: t('previous'), run: () => go(at - 1) },
  ])
  const nearEnd = at >= rows.length - 10
  useEffect(() => {
    if (nearEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [nearEnd, hasNextPage, isFetchingNextPage, fetchNextPage])
  return (
    <Page
      title={t('title')}
      layout="edge"
      views={
        rows.length > 0 && (
          <span className={classes.place}>
            {t('place', { at: at + 1 })} <Count count={rows.length} capped={hasNextPage} />
          </span>
        )
      }
      actions={can('spellings.edit') && <Button onClick={() => setExplaining(true)}>{t('spellings.title')}</Button>}
    >
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
      {data && rows.length === 0 && (
        <Empty
          icon={<IconChecks size={22} stroke={1.75} />}
          title={t('none')}
          action={<ButtonLink to="/orders/board">{t('toBoard')}</ButtonLink>}
        >
          {t('noneHint')}
        </Empty>
      )}
      {current && (
        <div className={classes.tray}>
          <Waiting rows={rows} at={at} onGo={go} />
          <div className={classes.steps}>
            <IconButton label={t('previous')} keyHint="k" onClick={() => go(at - 1)}>
              <IconChevronUp size={16} stroke={1.75} aria-hidden />
            </IconButton>
            <IconButton label={t('next')} keyHint="j" onClick={() => go(at + 1)}>
              <IconChevronDown size={16} stroke={1.75} aria-hidden />
            </IconButton>
          </div>
          <Desk key={current.id} id={current.id} onGone={onGone} />
        </div>
      )}
      {explaining && <SpellingsDialog onClose={() => setExplaining(false)} />}
    </Page>
  )
}

interface WaitingProps {
  readonly rows: readonly OrderSummary[]
  readonly at: number
  readonly onGo: (at: number) => void
}

/** Who waits, and why in a word; the one being repaired is marked and kept in sight. */
const Waiting = ({ rows, at, onGo }: WaitingProps) => {
  const { t } = useTranslation(['tray', 'orders'])
  const list = useRef<HTMLElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [at])
  return (
    <nav ref={list} aria-label={t('title')} className={classes.waiting}>
      {rows.map((order, index) => (
        <button
          key={order.id}
          type="button"
          className={classes.row}
          aria-current={index === at || undefined}
          onClick={() => onGo(index)}
        >
          <span>
            <strong className="truncate">
              <Words>{order.customer.name}</Words>
            </strong>
            <Age since={order.createdAt} />
          </span>
          <span>
            <span className="truncate">
              {order.toComplete.map((reason) => t(`orders:incomplete.${reason}`)).join(' · ')}
            </span>
            <OrderNumber number={order.number} />
          </span>
        </button>
      ))}
    </nav>
  )
}

const Desk = ({ id, onGone }: { id: string; onGone: Gone }) => {
  const { t } = useTranslation('tray')
  const { data: order, error, refetch } = useQuery(orderQuery(id))
  if (order) return <RepairDesk order={order} onGone={onGone} />
  if (!error) return <SkeletonRows label={t('loading')} rows={6} />
  return (
    <ErrorState
      title={t('loadFailed')}
      code={problemCode(error)}
      actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
    >
      {problemText(error)}
    </ErrorState>
  )
}
