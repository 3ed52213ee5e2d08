import type { Direction } from './bidi.ts'
import type { Box, Pen, TextStyle } from './pen.ts'

export interface TableColumn {
  readonly heading: string
  /** Of the width of the whole table. */
  readonly share: number
  readonly align: 'start' | 'end'
  readonly direction?: Direction
}

type Placed = TableColumn & { readonly box: Omit<Box, 'y'> }

/** The columns in their places: the first one where reading begins. */
export const columnsIn = (pen: Pen, { x, width }: Box, columns: readonly TableColumn[]): readonly Placed[] => {
  const gap = 8
  let along = 0
  return columns.map((column) => {
    const full = column.share * width
    const from = pen.direction === 'ltr' ? x + along : x + width - along - full
    along += full
    const inset = pen.direction === 'ltr' ? 0 : gap
    return { ...column, box: { x: from + inset, width: full - gap } }
  })
}

interface RowStyle extends Pick<TextStyle, 'size' | 'bold' | 'lines'> {
  /** Without them it is the row of headings. */
  readonly cells?: readonly string[]
}

/** One row with a line under it; answers where the next one begins. */
export const drawRow = (pen: Pen, columns: readonly Placed[], y: number, { cells, ...style }: RowStyle): number => {
  const ends = columns.map(({ box, heading, align, direction }, index) => {
    const text = cells ? (cells[index] ?? '') : heading
    return pen.text(text, { ...box, y: y + 3 }, { ...style, align, ...(cells && direction ? { direction } : {}) })
  })
  const end = Math.max(...ends, y + 3 + pen.lineHeight(style.size)) + 3
  const edges = columns.flatMap(({ box }) => [box.x, box.x + box.width])
  pen.rule(Math.min(...edges), end, Math.max(...edges), end, { width: cells ? 0.4 : 1 })
  return end
}
