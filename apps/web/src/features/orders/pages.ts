import type { OrderQuery, OrderSummary } from '@sendocki/domain/orders/order'

export interface OrderPage {
  readonly items: OrderSummary[]
  readonly nextCursor: string | null
}
type Pages = readonly OrderPage[]
export type OrderSort = NonNullable<OrderQuery['sort']>

/** The orders of the pages, each once: a row that moved between two reads can be on both pages. */
export const ordersIn = (pages: Pages): OrderSummary[] => {
  const seen = new Map<string, OrderSummary>()
  for (const order of pages.flatMap(({ items }) => items)) if (!seen.has(order.id)) seen.set(order.id, order)
  return [...seen.values()]
}

const holds = (pages: Pages, id: string): boolean => pages.some(({ items }) => items.some((order) => order.id === id))

/** The loaded pages of a list without one order. */
const withoutOrder = (pages: Pages, id: string): OrderPage[] =>
  pages.map((page) => ({ ...page, items: page.items.filter((order) => order.id !== id) }))

/** The same with the order on top, and nowhere else: where a person has just put it. */
export const withOrderFirst = (pages: Pages, first: OrderSummary): OrderPage[] =>
  withoutOrder(pages, first.id).map((page, index) => (index === 0 ? { ...page, items: [first, ...page.items] } : page))

const withNewer = (pages: Pages, newer: OrderSummary): OrderPage[] =>
  pages.map((page) => ({ ...page, items: page.items.map((order) => (order.id === newer.id ? newer : order)) }))

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** The order of rows that the server uses for each sort, ids included. */
const comparisons: Record<OrderSort, (one: OrderSummary, other: OrderSummary) => number> = {
  '-createdAt': (one, other) => byText(other.createdAt, one.createdAt) || byText(other.id, one.id),
  createdAt: (one, other) => byText(one.createdAt, other.createdAt) || byText(one.id, other.id),
  '-totalCentimes': (one, other) => other.totalCentimes - one.totalCentimes || byText(other.id, one.id),
  stateSince: (one, other) => byText(one.stateSince, other.stateSince) || byText(one.id, other.id),
}

/** Every sort of the API. Taken from here rather than from the schemas, which weigh more than the board. */
export const orderSorts = Object.keys(comparisons) as readonly OrderSort[]

/** The pages with the order where its sort puts it; unchanged when that lies past what is loaded. */
const withOrderPlaced = (pages: Pages, placed: OrderSummary, sort: OrderSort): OrderPage[] => {
  const comesBefore = (order: OrderSummary): boolean => comparisons[sort](placed, order) < 0
  const pageAt = pages.findIndex(({ items }) => items.some(comesBefore))
  const complete = pages.at(-1)?.nextCursor === null
  const target = pageAt === -1 && complete ? pages.length - 1 : pageAt
  return pages.map((page, index) => {
    if (index !== target) return page
    const at = page.items.findIndex(comesBefore)
    return { ...page, items: page.items.toSpliced(at === -1 ? page.items.length : at, 0, placed) }
  })
}

/** What a list has to take over: orders with newer facts, some of them new to it, and those that left it. */
export interface Changes {
  readonly newer: readonly OrderSummary[]
  readonly gone: readonly string[]
}

/** The pages after the changes. A card that stays keeps its place; a new one goes where the sort puts it. */
export const withChanges = (pages: Pages, { newer, gone }: Changes, sort: OrderSort): OrderPage[] => {
  const left = gone.reduce<Pages>((rest, id) => withoutOrder(rest, id), pages)
  return [
    ...newer.reduce<Pages>(
      (rest, order) => (holds(rest, order.id) ? withNewer(rest, order) : withOrderPlaced(rest, order, sort)),
      left,
    ),
  ]
}

/**
 * A list after a person's own change to an order: where it was moved it stands on top, where it stays it keeps its
 * place, and it is gone from the stage that it left. `stageId` is the stage that the list is about, null for any.
 */
export const afterOwnChange = (pages: Pages, stageId: string | null, order: OrderSummary): OrderPage[] => {
  if (stageId !== null && stageId !== order.stageId) return withoutOrder(pages, order.id)
  if (stageId === null || holds(pages, order.id)) return withNewer(pages, order)
  return withOrderFirst(pages, order)
}

/**
 * News sorted by list. `asked` are the ids that changed, `answered` those that still match the filters: one that was
 * asked for and not answered left every list. `belongs` tells in which lists an order stands.
 */
export const changesByList = (
  lists: ReadonlyMap<string, Pages>,
  belongs: (order: OrderSummary, list: string) => boolean,
  asked: readonly string[],
  answered: readonly OrderSummary[],
): Map<string, Changes> => {
  const ids = new Set([...asked, ...answered.map(({ id }) => id)])
  const changes = new Map<string, Changes>()
  for (const [list, pages] of lists) {
    const newer = answered.filter((order) => belongs(order, list))
    const staying = new Set(newer.map(({ id }) => id))
    const gone = [...ids].filter((id) => !staying.has(id) && holds(pages, id))
    if (newer.length > 0 || gone.length > 0) changes.set(list, { newer, gone })
  }
  return changes
}

/** Two sets of changes to one column as one; of two facts about an order the later wins. */
export const joinChanges = (earlier: Changes | undefined, later: Changes): Changes => {
  if (!earlier) return later
  const replaced = new Set([...later.newer.map(({ id }) => id), ...later.gone])
  const returned = new Set(later.newer.map(({ id }) => id))
  return {
    newer: [...earlier.newer.filter(({ id }) => !replaced.has(id)), ...later.newer],
    gone: [...new Set([...earlier.gone.filter((id) => !returned.has(id)), ...later.gone])],
  }
}

/** How many of the changes are orders that the list does not show yet. */
export const arrivalsIn = (pages: Pages, { newer }: Changes): number =>
  newer.filter(({ id }) => !holds(pages, id)).length
