/** Does something for many at once. What comes while a turn is under way waits together for the next one. */
export type Gathering<Item> = (lane: string, item: Item) => Promise<void>

interface Turn<Item> {
  readonly items: Item[]
  readonly done: Promise<void>
}

/**
 * Turns of a lane follow one another, so that nobody waits for company: alone an item goes at once, in a rush the turns
 * grow. A turn that fails, fails for all of its items; their callers try them alone.
 */
export const createGathering = <Item>(
  work: (lane: string, items: readonly Item[]) => Promise<void>,
  most: number,
): Gathering<Item> => {
  /** The last turn of each lane that has one; the next items join it until it begins. */
  const last = new Map<string, Turn<Item>>()
  const begun = new WeakSet<Turn<Item>>()
  const newTurn = (lane: string, before: Promise<void> | undefined): Turn<Item> => {
    const items: Item[] = []
    const done = (before ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        begun.add(turn)
        return work(lane, items)
      })
      .finally(() => {
        if (last.get(lane) === turn) last.delete(lane)
      })
    const turn = { items, done }
    return turn
  }
  return (lane, item) => {
    const open = last.get(lane)
    const turn = open && !begun.has(open) && open.items.length < most ? open : newTurn(lane, open?.done)
    last.set(lane, turn)
    turn.items.push(item)
    return turn.done
  }
}
