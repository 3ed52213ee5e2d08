import { Menu } from '@mantine/core'
import { mayBeginIn } from '@sendocki/domain/orders/pipeline'
import { IconDots, IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createSearchParams, useNavigate } from 'react-router'
import { problemText } from '../../../lib/problem.ts'
import { writeState } from '../../../lib/url-state.ts'
import { useNow } from '../../../ui/clock.ts'
import { useFormats } from '../../../ui/formats.ts'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Key } from '../../../ui/key.tsx'
import { Amount, Count } from '../../../ui/numbers.tsx'
import { StageGlyph } from '../../../ui/states.tsx'
import { showToast } from '../../../ui/toast.tsx'
import { type ListState, listShape } from '../filters.ts'
import { boardQuery } from '../orders.api.ts'
import { paths } from '../paths.ts'
import { nameOf } from '../words.tsx'
import classes from './board.module.css'
import { useBoardWorld } from './board-context.ts'
import type { ColumnView } from './columns.ts'

/** The exact figures of a capped column, once they have been asked for; when its orders change they are hidden again. */
const useExact = (view: ColumnView) => {
  const { filters } = useBoardWorld()
  const queries = useQueryClient()
  const stageId = view.stage.id
  const [exact, setExact] = useState<{
    readonly of: ColumnView
    readonly count: number
    readonly sum: number | null
  } | null>(null)
  const ask = async (): Promise<void> => {
    try {
      const { columns } = await queries.fetchQuery(boardQuery({ ...filters, stageId }, true))
      const column = columns.find((one) => one.stageId === stageId)
      if (column) setExact({ of: view, count: column.count, sum: column.sumCentimes })
    } catch (problem) {
      showToast({ tone: 'refused', message: problemText(problem) })
    }
  }
  const known = view.capped && exact?.of === view
  return known ? { count: exact.count, capped: false, sumCentimes: exact.sum, ask } : { ...view, ask }
}

const ColumnMenu = ({ view, onCount }: { view: ColumnView; onCount: () => void }) => {
  const { filters, sort } = useBoardWorld()
  const { t } = useTranslation('orders')
  const navigate = useNavigate()
  const stage = nameOf(view.stage)
  const inTable = (): void => {
    const state = { ...filters, sort, stageId: view.stage.id }
    const search = writeState<ListState>(listShape, new URLSearchParams(), state)
    void navigate({ pathname: paths.table, search: search.toString() })
  }
  return (
    <Menu>
      <Menu.Target>
        <IconButton size="small" label={t('board.columnMenu', { stage })}>
          <IconDots size={16} stroke={1.75} aria-hidden />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={inTable}>{t('board.openInTable')}</Menu.Item>
        {view.capped && <Menu.Item onClick={onCount}>{t('board.countExactly')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Oldest age and, for roles that see money, the sum; known from the board's own question before any card is. */
const ColumnFacts = ({ sumCentimes, oldestSince }: Pick<ColumnView, 'sumCentimes' | 'oldestSince'>) => {
  const { t } = useTranslation('orders')
  const { age } = useFormats()
  const now = useNow()
  return (
    <p className={classes.facts}>
      {sumCentimes !== null && <Amount centimes={sumCentimes} />}
      {sumCentimes !== null && oldestSince !== null && <span aria-hidden> · </span>}
      {oldestSince !== null && <span>{t('board.oldest', { age: age(oldestSince, now) })}</span>}
    </p>
  )
}

export const ColumnHead = ({ view, digit }: { view: ColumnView; digit: number | null }) => {
  const { rights, carry } = useBoardWorld()
  const { t } = useTranslation('orders')
  const navigate = useNavigate()
  const { count, capped, sumCentimes, ask } = useExact(view)
  const { stage } = view
  const name = nameOf(stage)
  const create = (): void =>
    void navigate({ pathname: paths.create, search: createSearchParams({ stageId: stage.id }).toString() })
  return (
    <header className={classes.head}>
      <div className={classes.title}>
        <StageGlyph name={name} state={stage.state} colour={stage.colour} silent />
        <h2 className="truncate">{name}</h2>
        {count !== null && !capped && (
          <span className={classes.count}>
            <Count count={count} />
          </span>
        )}
        {count !== null && capped && (
          <button type="button" className={classes.count} title={t('board.countExactly')} onClick={() => void ask()}>
            <Count count={count} capped />
          </button>
        )}
        <span className={classes.controls}>
          {digit !== null && <Key keys={String(digit)} />}
          {!carry && rights.can('orders.create') && mayBeginIn(stage, rights.mover) && (
            <IconButton size="small" label={t('board.createIn', { stage: name })} onClick={create}>
              <IconPlus size={16} stroke={1.75} aria-hidden />
            </IconButton>
          )}
          {!carry && <ColumnMenu view={view} onCount={() => void ask()} />}
        </span>
      </div>
      <ColumnFacts sumCentimes={sumCentimes} oldestSince={view.oldestSince} />
    </header>
  )
}
