import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import type { Board } from '@sendocki/domain/orders/order'
import type { Stage } from '@sendocki/domain/orders/pipeline-schema'
import { IconLock } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../../lib/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { ErrorState } from '../../../ui/screen-states.tsx'
import { type Drop, planDrops } from '../moves.ts'
import { listQuery } from '../orders.api.ts'
import { ordersIn } from '../pages.ts'
import { nameOf, useMoveWords } from '../words.tsx'
import classes from './board.module.css'
import { useBoardWorld } from './board-context.ts'
import { CardSkeletons } from './card-skeletons.tsx'
import { ColumnCards } from './column-cards.tsx'
import { ColumnHead } from './column-head.tsx'
import { columnOf } from './columns.ts'

interface ColumnProps {
  readonly stage: Stage
  /** Where it stands, from 1: the digit that moves a card here after `M`, 0 for the tenth. */
  readonly place: number
  readonly board: Board | undefined
}

/** What dropping the carried cards here would mean; null while none is carried. */
const useDrop = (stage: Stage): Drop | null => {
  const { carry, pipeline, rights } = useBoardWorld()
  const { order, also } = carry ?? {}
  const { mover } = rights
  return useMemo(
    () => (order ? planDrops(pipeline, [order, ...(also ?? [])], stage.id, mover) : null),
    [order, also, pipeline, stage.id, mover],
  )
}

const useDropTarget = (stageId: string) => {
  const element = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!element.current) return
    return dropTargetForElements({ element: element.current, getData: () => ({ stageId }) })
  }, [stageId])
  return element
}

/** What the column says while a card is carried: what a drop would do, or the rule that closes it. */
const DropWord = ({ drop, stage, isTarget }: { drop: Drop; stage: Stage; isTarget: boolean }) => {
  const { carry } = useBoardWorld()
  const { t } = useTranslation('orders')
  const words = useMoveWords()
  if (drop.kind === 'closed')
    return (
      <p className={classes.closed}>
        <IconLock size={14} stroke={1.75} aria-hidden />
        {words.closed(drop.why, nameOf(stage))}
      </p>
    )
  if (drop.kind === 'same' || !isTarget) return null
  return (
    <div className={classes.slot}>
      <strong>
        {carry && carry.also.length > 0 ? t('board.dropSeveral', { n: 1 + carry.also.length }) : t('board.dropHere')}
      </strong>
      <span>{drop.needsReason ? t('board.asksReason') : words.effects(drop.effects)}</span>
    </div>
  )
}

export const Column = ({ stage, place, board }: ColumnProps) => {
  const { filters, sort, moves, carry } = useBoardWorld()
  const { t } = useTranslation('orders')
  const query = useInfiniteQuery(listQuery({ ...filters, stageId: stage.id }, sort))
  const orders = useMemo(() => ordersIn(query.data?.pages ?? []), [query.data])
  const view = useMemo(() => columnOf(stage, orders, { board, moves }), [stage, orders, board, moves])
  const drop = useDrop(stage)
  const isTarget = carry?.over === stage.id
  const element = useDropTarget(stage.id)
  const name = nameOf(stage)
  return (
    <section
      ref={element}
      className={classes.column}
      data-stage={stage.id}
      data-drop={drop?.kind}
      data-target={isTarget || undefined}
      aria-label={name}
      aria-disabled={drop?.kind === 'closed' || undefined}
    >
      <ColumnHead view={view} digit={drop?.kind === 'open' && place <= 10 ? place % 10 : null} />
      {drop && <DropWord drop={drop} stage={stage} isTarget={isTarget} />}
      {query.isPending && view.cards.length === 0 && <CardSkeletons label={t('board.loading', { stage: name })} />}
      {query.isError && (
        <ErrorState
          title={t('board.unread', { stage: name })}
          code={problemCode(query.error)}
          actions={<Button onClick={() => void query.refetch()}>{t('board.readAgain')}</Button>}
        >
          {problemText(query.error)}
        </ErrorState>
      )}
      {query.isSuccess && view.cards.length === 0 && <p className={classes.nobody}>{t('board.emptyColumn')}</p>}
      <ColumnCards
        view={view}
        hasMore={query.hasNextPage && !query.isFetchingNextPage}
        onMore={() => void query.fetchNextPage()}
      />
    </section>
  )
}
