/*
 * What to fetch from the shelves for many orders at once.
 */

export interface PickedLine {
  readonly orderNumber: number
  readonly sku: string | null
  readonly name: string
  readonly quantity: number
}

export interface PickingRow {
  readonly sku: string | null
  readonly name: string
  readonly quantity: number
  /** The orders that want it, each once, in running order. */
  readonly orderNumbers: readonly number[]
}

const folded = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()

/** One article is one SKU; without a SKU, one name. The same words with and without a SKU are two articles. */
const keyOf = ({ sku, name }: PickedLine): string =>
  sku !== null && sku.trim() !== '' ? `sku ${folded(sku)}` : `name ${folded(name)}`

/**
 * The lines of all orders, one row an article with its whole quantity, sorted by SKU and then by name as shelves are; what
 * has no SKU comes last. An article that goes by several names is shown under the one that it has most often.
 */
export const pickingOf = (lines: readonly PickedLine[]): PickingRow[] => {
  const articles = new Map<string, PickedLine[]>()
  for (const line of lines) articles.set(keyOf(line), [...(articles.get(keyOf(line)) ?? []), line])
  return [...articles.values()].map(rowOf).sort(inShelfOrder)
}

const rowOf = (lines: readonly PickedLine[]): PickingRow => {
  const names = new Map<string, number>()
  for (const name of lines.map((line) => line.name.trim())) names.set(name, (names.get(name) ?? 0) + 1)
  const [name = ''] = [...names].sort(([a, times], [b, others]) => others - times || compare(a, b)).map(([one]) => one)
  return {
    sku: lines[0]?.sku?.trim() || null,
    name,
    quantity: lines.reduce((sum, line) => sum + line.quantity, 0),
    orderNumbers: [...new Set(lines.map(({ orderNumber }) => orderNumber))].sort((a, b) => a - b),
  }
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

const inShelfOrder = (one: PickingRow, other: PickingRow): number => {
  if ((one.sku === null) !== (other.sku === null)) return one.sku === null ? 1 : -1
  return compare(folded(one.sku ?? ''), folded(other.sku ?? '')) || compare(folded(one.name), folded(other.name))
}
