import { Menu } from '@mantine/core'
import type { OrderSummary } from '@sendocki/domain/orders/order'
import { IconAdjustmentsHorizontal, IconArrowUp, IconPlayerPause } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFreshFigures } from '../../lib/fresh-figures.ts'
import { type Density, keepPreference, keptDensity, preferenceKeys } from '../../lib/preferences.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/screen-states.tsx'
import { Board } from './board/board.tsx'
import type { Carry, ColumnHandle } from './board/board-context.ts'
import { useMoves } from './board/use-moves.ts'
import { BulkDialog } from './bulk/bulk-dialog.tsx'
import { type Asked, useBulk } from './bulk/use-bulk.tsx'
import { OrdersChrome } from './chrome.tsx'
import { filtersOf, type ListFilters, type ListState, listShape } from './filters.ts'
import { useLiveLists } from './live-lists.ts'
import type { MoveAnswer } from './move-menu.tsx'
import { activeStages } from './moves.ts'
import { NoRows } from './no-rows.tsx'
import { boardQuery, pipelineQuery } from './orders.api.ts'
import classes from './orders.module.css'
import { orderSorts } from './pages.ts'
import { OrderPanel } from './panel/order-panel.tsx'
import { useRights } from './rights.ts'
import { Sentence } from './sentence/sentence.tsx'
import { AssigneePill, CityPill, QuickFilters, SearchField, StorePill } from './toolbar.tsx'
import { useFreshMarks } from './use-marks.ts'

/** Sort and density of the cards. */
const Display = ({
  sort,
  onSort,
  density,
  onDensity,
}: {
  readonly sort: ListState['sort']
  readonly onSort: (sort: ListState['sort']) => void
  readonly density: Density
  readonly onDensity: (density: Density) => void
}) => {
  const { t } = useTranslation('orders')
  return (
    <Menu closeOnItemClick={false}>
      <Menu.Target>
        <Button variant="quiet" icon={<IconAdjustmentsHorizontal size={16} stroke={1.75} aria-hidden />}>
          {t('display.title')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('display.sort')}</Menu.Label>
        {orderSorts.map((one) => (
          <Menu.RadioItem key={one} value={one} checked={one === sort} onChange={() => onSort(one)}>
            {t(`sort.${one}`)}
          </Menu.RadioItem>
        ))}
        <Menu.Label>{t('display.cards')}</Menu.Label>
        {(['comfortable', 'compact'] as const).map((one) => (
          <Menu.RadioItem key={one} value={one} checked={one === density} onChange={() => onDensity(one)}>
            {t(`display.${one}`)}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** What waits because something is under the pointer or in hand. */
const News = ({ arrivals, carrying, onShow }: { arrivals: number; carrying: boolean; onShow: () => void }) => {
  const { t } = useTranslation('orders')
  if (carrying)
    return (
      <span className={classes.waiting}>
        {t('news.waiting')}
        <IconPlayerPause size={14} stroke={1.75} aria-hidden />
      </span>
    )
  if (arrivals === 0) return null
  return (
    <button type="button" className={classes.news} onClick={onShow}>
      <IconArrowUp size={14} stroke={1.75} aria-hidden />
      {t('news.orders', { count: arrivals })}
    </button>
  )
}

/** The lists of the board by stage, each with the filters that it is read with. */
const useColumnsOfBoard = (stageIds: readonly string[], filters: ListFilters) =>
  useMemo(() => new Map(stageIds.map((stageId) => [stageId, { ...filters, stageId }])), [stageIds, filters])

export const BoardPage = () => {
  const { t } = useTranslation('orders')
  const [state, change] = useUrlState<ListState>(listShape)
  const filters = useMemo(() => filtersOf(state), [state])
  const pipeline = useQuery(pipelineQuery)
  const rights = useRights()
  const { data: board } = useQuery(boardQuery(filters))
  const isEmpty = board?.columns.every(({ count }) => count === 0) ?? false
  const moving = useMoves()
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const onTick = useCallback(
    (id: string) =>
      setTicked((before) => {
        const after = new Set(before)
        if (!after.delete(id)) after.add(id)
        return after
      }),
    [],
  )
  const { letGo } = moving
  const bulk = useBulk(useCallback(({ chosen }: Asked) => letGo(new Set('ids' in chosen ? chosen.ids : [])), [letGo]))
  const moveMany = async (orders: readonly OrderSummary[], answer: MoveAnswer): Promise<void> => {
    const ids = orders.map(({ id }) => id)
    moving.hold(orders, answer.stageId)
    setTicked(new Set())
    const started = await bulk.start({ ids }, { action: 'move', params: answer }, { dryRun: false, quietly: true })
    if (!started) letGo(new Set(ids))
  }
  useShortcuts([{ keys: 'Escape', run: () => setTicked(new Set()) }], { on: ticked.size > 0 })
  useFreshFigures()
  useFreshMarks()
  const [carry, setCarry] = useState<Carry | null>(null)
  const [completing, setCompleting] = useState(false)
  const [density, setDensity] = useState(keptDensity)
  const [columns] = useState(() => new Map<string, ColumnHandle>())
  const stageIds = useMemo(
    () => (pipeline.data ? activeStages(pipeline.data).map(({ id }) => id) : []),
    [pipeline.data],
  )

  const isHeld = (stageId: string): boolean => {
    const column = columns.get(stageId)
    return carry !== null || (column !== undefined && (column.isUnderPointer() || !column.isAtTop()))
  }
  const { arrivals, release } = useLiveLists({
    filters,
    sort: state.sort,
    lists: useColumnsOfBoard(stageIds, filters),
    belongs: (order, stageId) => order.stageId === stageId,
    isHeld,
  })

  const onOpen = useCallback((order: string) => change({ order }), [change])
  const onComplete = useCallback(
    (order: string) => {
      setCompleting(true)
      change({ order })
    },
    [change],
  )
  const close = useCallback(() => {
    setCompleting(false)
    change({ order: null })
  }, [change])

  return (
    <OrdersChrome
      layout="board"
      actions={
        <>
          <span className={classes.newsPlace} aria-live="polite">
            <News arrivals={arrivals} carrying={carry?.by === 'pointer'} onShow={() => release()} />
          </span>
          <Display
            sort={state.sort}
            onSort={(sort) => change({ sort })}
            density={density}
            onDensity={(next) => {
              keepPreference(preferenceKeys.density, next)
              setDensity(next)
            }}
          />
        </>
      }
      toolbar={
        <>
          <SearchField filters={filters} onFilters={change} label={t('filter.board')} />
          {rights.can('stores.read') && <StorePill filters={filters} onFilters={change} />}
          <CityPill filters={filters} onFilters={change} />
          <AssigneePill filters={filters} onFilters={change} rights={rights} />
          {filters.where !== null && <Sentence where={filters.where} onWhere={(where) => change({ where })} />}
          <span className={classes.divider} aria-hidden />
          <QuickFilters filters={filters} onFilters={change} />
        </>
      }
      panel={
        state.order !== null && (
          <OrderPanel key={state.order} id={state.order} onClose={close} startEditing={completing} />
        )
      }
    >
      {pipeline.isError && (
        <ErrorState
          title={t('board.unreadWhole')}
          code={problemCode(pipeline.error)}
          actions={<Button onClick={() => void pipeline.refetch()}>{t('board.readAgain')}</Button>}
        >
          {problemText(pipeline.error)}
        </ErrorState>
      )}
      {isEmpty && <NoRows filters={filters} onFilters={change} />}
      {pipeline.data && !isEmpty && (
        <Board
          pipeline={pipeline.data}
          rights={rights}
          filters={filters}
          sort={state.sort}
          compact={density === 'compact'}
          openId={state.order}
          onOpen={onOpen}
          onComplete={onComplete}
          carry={carry}
          onCarry={setCarry}
          moving={moving}
          ticked={ticked}
          onTick={onTick}
          onMoveMany={(orders, answer) => void moveMany(orders, answer)}
          columns={columns}
        />
      )}
      <BulkDialog bulk={bulk} />
    </OrdersChrome>
  )
}
