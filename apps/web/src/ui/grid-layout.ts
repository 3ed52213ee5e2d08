import type { ReactNode } from 'react'
import type { GridSelection } from './grid-selection.ts'

export interface GridColumn<Row> {
  readonly id: string
  readonly header: ReactNode
  readonly cell: (row: Row) => ReactNode
  /** Pixels; `grow` columns share what is left. */
  readonly width: number
  readonly grow?: boolean
  /** Figures: their right edges meet in both directions. */
  readonly figure?: boolean
  /** Stays at the start while the others scroll. */
  readonly frozen?: boolean
  /** Sort keys of the API for both directions. */
  readonly sort?: { readonly ascending?: string; readonly descending?: string }
}

export interface DataGridProps<Row> {
  readonly label: string
  readonly rows: readonly Row[]
  readonly rowId: (row: Row) => string
  readonly rowLabel: (row: Row) => string
  readonly columns: readonly GridColumn<Row>[]
  readonly hiddenColumns?: readonly string[]
  /** The row under the keyboard; kept by the page, in its address if it likes. */
  readonly activeId: string | null
  readonly onActive: (id: string) => void
  /** `Enter`, and a click. */
  readonly onOpen: (row: Row) => void
  /** `Space`. */
  readonly onPreview?: (row: Row) => void
  readonly selection?: GridSelection
  readonly onSelection?: (selection: GridSelection) => void
  readonly sort?: string
  readonly onSort?: (sort: string) => void
  /** More rows can be fetched; asked for when the end comes near. */
  readonly hasMore?: boolean
  readonly onMore?: () => void
  /** The row's answer from the server is still awaited. */
  readonly pending?: (row: Row) => boolean
  /** On a phone the grid is a list of cards with the same facts. */
  readonly card?: (row: Row) => ReactNode
  readonly cardHeight?: number
  /** Takes the focus when it appears. */
  readonly autoFocus?: boolean
}

const tickWidth = 44

export interface Layout {
  readonly template: string
  readonly width: number
  /** Where each frozen column sticks, in pixels from the start. */
  readonly starts: ReadonlyMap<string, number>
}

/** Widths of the columns, and where the frozen ones stick. */
export const layoutOf = <Row>(columns: readonly GridColumn<Row>[], ticks: boolean): Layout => {
  const starts = new Map<string, number>()
  let frozen = ticks ? tickWidth : 0
  for (const { id, width, frozen: sticks } of columns) {
    if (!sticks) break
    starts.set(id, frozen)
    frozen += width
  }
  const sizes = columns.map(({ width, grow }) => (grow ? `minmax(${width}px, 1fr)` : `${width}px`))
  return {
    template: [...(ticks ? [`${tickWidth}px`] : []), ...sizes].join(' '),
    width: columns.reduce((sum, { width }) => sum + width, ticks ? tickWidth : 0),
    starts,
  }
}
