/** Which rows are ticked, and from where a range starts. Pure, so that the keyboard's promises can be tested. */
export interface GridSelection {
  readonly ids: ReadonlySet<string>
  /** The row ticked last; `Shift` ticks from it to the next one. */
  readonly anchor: string | null
}

export const noSelection: GridSelection = { ids: new Set(), anchor: null }

export const toggleRow = ({ ids }: GridSelection, id: string): GridSelection => {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, anchor: id }
}

/** Ticks every row between the anchor and this one, both included; without an anchor in the list only this one. */
export const selectRange = ({ ids, anchor }: GridSelection, id: string, order: readonly string[]): GridSelection => {
  const from = anchor === null ? -1 : order.indexOf(anchor)
  const to = order.indexOf(id)
  if (from === -1 || to === -1) return { ids: new Set([...ids, id]), anchor: id }
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1)
  return { ids: new Set([...ids, ...range]), anchor }
}

/** Ticks all loaded rows, or none when all are. */
export const toggleAll = ({ ids }: GridSelection, order: readonly string[]): GridSelection =>
  order.length > 0 && order.every((id) => ids.has(id)) ? noSelection : { ids: new Set(order), anchor: null }

/** Where a key leads from a row; null when it leads nowhere. `page` is how many rows are in view. */
export const rowAfterKey = (key: string, at: number, count: number, page: number): number | null => {
  if (count === 0) return null
  const steps: Record<string, number> = {
    ArrowDown: at + 1,
    j: at + 1,
    ArrowUp: at - 1,
    k: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: count - 1,
  }
  const next = steps[key]
  return next === undefined ? null : Math.max(0, Math.min(count - 1, next))
}
