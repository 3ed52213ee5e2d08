import { Checkbox } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { CSSProperties, MouseEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './data-grid.module.css'
import type { DataGridProps, GridColumn, Layout } from './grid-layout.ts'
import { selectRange, toggleAll, toggleRow } from './grid-selection.ts'

/** Where a frozen cell sticks; nothing for the others. */
const sticking = (start: number | undefined): { style?: CSSProperties; 'data-frozen'?: true } =>
  start === undefined ? {} : { style: { insetInlineStart: start }, 'data-frozen': true }

interface GridHeaderProps<Row> extends DataGridProps<Row> {
  readonly starts: Layout['starts']
}

export const GridHeader = <Row,>(props: GridHeaderProps<Row>) => {
  const { columns, rows, rowId, selection, onSelection, sort, onSort, starts } = props
  const { t } = useTranslation('common')
  const order = rows.map(rowId)
  const ticked = selection ? order.filter((id) => selection.ids.has(id)).length : 0
  return (
    <div role="row" aria-rowindex={1} className={classes.header}>
      {selection && onSelection && (
        <div role="columnheader" className={classes.cell} {...sticking(0)}>
          <Checkbox
            aria-label={t('ui.selectAll')}
            checked={ticked > 0 && ticked === order.length}
            indeterminate={ticked > 0 && ticked < order.length}
            onChange={() => onSelection(toggleAll(selection, order))}
          />
        </div>
      )}
      {columns.map((column) => (
        <HeaderCell key={column.id} column={column} start={starts.get(column.id)} sort={sort} onSort={onSort} />
      ))}
    </div>
  )
}

interface HeaderCellProps<Row> {
  readonly column: GridColumn<Row>
  readonly start: number | undefined
  readonly sort: string | undefined
  readonly onSort: ((sort: string) => void) | undefined
}

const HeaderCell = <Row,>({ column: { header, figure, sort: keys }, start, sort, onSort }: HeaderCellProps<Row>) => {
  const down = keys?.descending !== undefined && sort === keys.descending
  const up = keys?.ascending !== undefined && sort === keys.ascending
  const next = down ? (keys?.ascending ?? keys?.descending) : (keys?.descending ?? keys?.ascending)
  return (
    <div
      role="columnheader"
      className={classes.cell}
      data-figure={figure || undefined}
      data-sorted={down || up || undefined}
      {...(down ? { 'aria-sort': 'descending' as const } : up ? { 'aria-sort': 'ascending' as const } : {})}
      {...sticking(start)}
    >
      {next && onSort ? (
        <button type="button" className={classes.sort} onClick={() => onSort(next)}>
          {header}
          {down && <IconArrowDown size={14} stroke={1.75} aria-hidden />}
          {up && <IconArrowUp size={14} stroke={1.75} aria-hidden />}
        </button>
      ) : (
        header
      )}
    </div>
  )
}

interface GridRowProps<Row> extends DataGridProps<Row> {
  readonly row: Row
  readonly id: string
  readonly index: number
  /** Pixels from the top of the list. */
  readonly start: number
  readonly starts: Layout['starts']
  readonly asCard: boolean
  readonly focusable: boolean
}

export const GridRow = <Row,>(props: GridRowProps<Row>) => {
  const { row, id, index, start, selection, onSelection, activeId, onActive, onOpen, rows, rowId } = props
  const ticked = selection?.ids.has(id) ?? false
  const onClick = (event: MouseEvent<HTMLDivElement>): void => {
    if ((event.target as HTMLElement).closest('button, a, input, label')) return
    onActive(id)
    if (event.shiftKey && selection && onSelection) onSelection(selectRange(selection, id, rows.map(rowId)))
    else onOpen(row)
  }
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      {...(selection ? { 'aria-selected': ticked } : {})}
      tabIndex={props.focusable ? 0 : -1}
      className={classes.row}
      data-active={activeId === id || undefined}
      data-ticked={ticked || undefined}
      data-pending={props.pending?.(row) || undefined}
      style={{ transform: `translateY(${start}px)` }}
      onClick={onClick}
    >
      {props.asCard && props.card ? (
        <div role="gridcell" className={classes.card}>
          {props.card(row)}
        </div>
      ) : (
        <Cells {...props} ticked={ticked} />
      )}
    </div>
  )
}

const Cells = <Row,>({
  row,
  id,
  columns,
  starts,
  selection,
  onSelection,
  rowLabel,
  ticked,
}: GridRowProps<Row> & { ticked: boolean }): ReactNode => {
  const { t } = useTranslation('common')
  return (
    <>
      {selection && onSelection && (
        <div role="gridcell" className={classes.cell} {...sticking(0)}>
          <Checkbox
            aria-label={t('ui.select', { name: rowLabel(row) })}
            tabIndex={-1}
            checked={ticked}
            onChange={() => onSelection(toggleRow(selection, id))}
          />
        </div>
      )}
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={classes.cell}
          data-figure={column.figure || undefined}
          {...sticking(starts.get(column.id))}
        >
          {column.cell(row)}
        </div>
      ))}
    </>
  )
}
