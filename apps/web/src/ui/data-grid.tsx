import { columnVisibilityFeature, tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import classes from './data-grid.module.css'
import { type DataGridProps, layoutOf } from './grid-layout.ts'
import { GridHeader, GridRow } from './grid-rows.tsx'
import { rowAfterKey, selectRange, toggleRow } from './grid-selection.ts'
import { useWindow } from './use-window.ts'

const features = tableFeatures({ columnVisibilityFeature })

/**
 * Windowed rows with a sticky header and frozen first columns: only what is in view is in the page. One row is in the
 * order of focus; arrows or `J K` walk, `Space` previews, `Enter` opens, `X` ticks, `Shift` ticks a range.
 */
export const DataGrid = <Row,>(props: DataGridProps<Row>) => {
  const { rows, rowId, columns, hiddenColumns = [], selection, hasMore = false, onMore, card, cardHeight = 96 } = props
  const phone = useWindow('phone')
  const asCards = phone && card !== undefined
  const scroller = useRef<HTMLDivElement>(null)

  const table = useTable({
    features,
    data: rows as Row[] & object[],
    columns: useMemo(() => columns.map(({ id }) => ({ id })), [columns]),
    state: { columnVisibility: Object.fromEntries(hiddenColumns.map((id) => [id, false])) },
  })
  const visible = table.getVisibleLeafColumns().map(({ id }) => id)
  const shown = asCards ? [] : columns.filter(({ id }) => visible.includes(id))
  const layout = layoutOf(shown, selection !== undefined)

  const rowHeight = useRowHeight(scroller)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (asCards ? cardHeight : rowHeight),
    getItemKey: (index) => rowId(rows[index] as Row),
    overscan: 8,
    scrollPaddingStart: asCards ? 0 : rowHeight,
  })
  useEffect(() => virtual.measure(), [virtual, asCards, rowHeight])
  const items = virtual.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && lastShown >= rows.length - 20) onMore?.()
  }, [hasMore, lastShown, rows.length, onMore])

  const keyboard = useGridKeys(props, scroller, (index) => virtual.scrollToIndex(index))

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      aria-multiselectable={selection !== undefined}
      tabIndex={rows.length === 0 ? 0 : -1}
      className={classes.grid}
      data-cards={asCards || undefined}
      style={{ '--columns': layout.template, '--width': `${layout.width}px` } as CSSProperties}
      onKeyDown={keyboard}
    >
      {!asCards && <GridHeader {...props} columns={shown} starts={layout.starts} />}
      <div className={classes.rows} style={{ height: virtual.getTotalSize() }} role="presentation">
        {items.map(({ index, start, key }) => {
          const row = rows[index] as Row
          const id = rowId(row)
          return (
            <GridRow
              {...props}
              key={key}
              row={row}
              id={id}
              index={index}
              start={start}
              columns={shown}
              starts={layout.starts}
              asCard={asCards}
              focusable={props.activeId === null ? index === 0 : props.activeId === id}
            />
          )
        })}
      </div>
    </div>
  )
}

/** Height of a row in the chosen density, read from the tokens once the grid is on the page. */
const useRowHeight = (scroller: React.RefObject<HTMLDivElement | null>): number => {
  const [height, setHeight] = useState(40)
  useEffect(() => {
    if (!scroller.current) return
    const value = Number.parseInt(getComputedStyle(scroller.current).getPropertyValue('--height-row'), 10)
    if (Number.isFinite(value)) setHeight(value)
  }, [scroller])
  return height
}

const useGridKeys = <Row,>(
  { rows, rowId, activeId, onActive, onOpen, onPreview, selection, onSelection, autoFocus = false }: DataGridProps<Row>,
  scroller: React.RefObject<HTMLDivElement | null>,
  reveal: (index: number) => void,
) => {
  const at = rows.findIndex((row) => rowId(row) === activeId)
  const wantsFocus = useRef(autoFocus)

  // The row to focus may only appear after the windowed list has scrolled to it.
  useEffect(() => {
    if (!wantsFocus.current) return
    const row = scroller.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')
    if (!row) return
    row.focus({ preventScroll: true })
    wantsFocus.current = false
  })

  return (event: KeyboardEvent<HTMLDivElement>): void => {
    const inControl = (event.target as HTMLElement).closest('button, a, input, select, textarea')
    const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event
    if (inControl || ctrlKey || metaKey || altKey) return
    const letter = /^[a-z]$/i.test(key)
      ? key.toLowerCase()
      : /^Key[JKX]$/.test(code)
        ? code.slice(3).toLowerCase()
        : key
    const current = rows[at === -1 ? 0 : at]
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / 40) - 1)
    const next = rowAfterKey(letter, at, rows.length, page)
    const act = (): boolean => {
      if (next !== null) {
        onActive(rowId(rows[next] as Row))
        reveal(next)
        wantsFocus.current = true
      } else if (!current) return false
      else if (key === 'Enter') onOpen(current)
      else if (code === 'Space' && onPreview) onPreview(current)
      else if (letter === 'x' && selection && onSelection) {
        const id = rowId(current)
        onSelection(shiftKey ? selectRange(selection, id, rows.map(rowId)) : toggleRow(selection, id))
      } else return false
      return true
    }
    if (act()) event.preventDefault()
  }
}
