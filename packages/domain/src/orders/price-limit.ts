import { ok, type Result, refuse } from '../result.ts'

/*
 * How far whoever talks to a buyer may move a price. A limit is held against what a line cost before anybody changed it,
 * so that many small steps are no way around it. Source: product.md 6.
 */

interface Line {
  readonly variantId?: string | null
  readonly name: string
  readonly unitPriceCentimes: number
}

interface KeptLine extends Line {
  /** What it cost before somebody changed its price; null while nobody did. */
  readonly firstPriceCentimes: number | null
}

export interface PriceEdit {
  readonly before: readonly KeptLine[]
  readonly after: readonly Line[]
  /** What variants cost, by their id. */
  readonly catalogue: ReadonlyMap<string, number>
  /** How far a price may go from its first one, in percent; null for no limit. */
  readonly limitPercent: number | null
}

const isSame = (one: Line, other: Line): boolean =>
  one.variantId || other.variantId ? one.variantId === other.variantId : one.name === other.name

/** What the line was before: with its price unchanged if there is one like that. */
const lineBefore = (before: readonly KeptLine[], line: Line): KeptLine | undefined => {
  const same = before.filter((kept) => isSame(kept, line))
  return same.find(({ unitPriceCentimes }) => unitPriceCentimes === line.unitPriceCentimes) ?? same[0]
}

const isWithin = (price: number, first: number, percent: number): boolean =>
  Math.abs(price - first) * 100 <= first * percent

/**
 * The first price of each line, null where it has it still; or `order.price_limit` { name, percent } for a price beyond
 * the limit, and `order.line_unpriced` { name } for a line under a limit of which no price is known. A price that somebody
 * else gave stays allowed as it is.
 */
export const firstPrices = ({ before, after, catalogue, limitPercent }: PriceEdit): Result<(number | null)[]> => {
  const firsts: (number | null)[] = []
  for (const [index, line] of after.entries()) {
    const { name, variantId, unitPriceCentimes: price } = line
    const kept = lineBefore(before, line)
    const listed = variantId ? catalogue.get(variantId) : undefined
    const first = kept ? (kept.firstPriceCentimes ?? kept.unitPriceCentimes) : listed
    const isChanged = kept?.unitPriceCentimes !== price
    if (limitPercent !== null && isChanged) {
      if (first === undefined)
        return refuse('order.line_unpriced', { name }, [{ path: `lines.${index}.variantId`, code: 'needed' }])
      if (!isWithin(price, first, limitPercent))
        return refuse('order.price_limit', { name, percent: limitPercent }, [
          { path: `lines.${index}.unitPriceCentimes`, code: 'beyond_limit' },
        ])
    }
    firsts.push(first === undefined || first === price ? null : first)
  }
  return ok(firsts)
}
