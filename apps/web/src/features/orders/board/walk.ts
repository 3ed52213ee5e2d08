/** A card of the board by its place: which column, which card in it. */
export interface Place {
  readonly column: number
  readonly card: number
}

export type Direction = 'ltr' | 'rtl'

const sideways: Record<Direction, Record<string, number>> = {
  ltr: { ArrowLeft: -1, ArrowRight: 1 },
  rtl: { ArrowLeft: 1, ArrowRight: -1 },
}

/** Columns to go for an arrow: arrows follow the eye, so that in Arabic the left one goes to the next column. */
export const sidewaysStep = (key: string, direction: Direction): number => sideways[direction][key] ?? 0

const clamp = (value: number, last: number): number => Math.min(Math.max(value, 0), last)

/**
 * The card that a key leads to, given how many cards each column holds; null when the key does not walk or nothing is
 * there. Going sideways skips empty columns and keeps the height as far as the column reaches.
 */
export const walk = (sizes: readonly number[], from: Place | null, key: string, direction: Direction): Place | null => {
  const here = from ?? { column: 0, card: -1 }
  const size = sizes[here.column] ?? 0
  if (key === 'Home') return size > 0 ? { ...here, card: 0 } : null
  if (key === 'End') return size > 0 ? { ...here, card: size - 1 } : null
  const down = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[key]
  if (down !== undefined && size > 0) return { ...here, card: clamp(here.card + down, size - 1) }
  const step = down === undefined ? sidewaysStep(key, direction) : 1
  if (step === 0) return null
  for (let column = here.column + step; column >= 0 && column < sizes.length; column += step) {
    const cards = sizes[column] ?? 0
    if (cards > 0) return { column, card: clamp(here.card, cards - 1) }
  }
  return size > 0 && from ? from : null
}
