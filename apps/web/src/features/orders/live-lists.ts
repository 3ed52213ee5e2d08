import type { OrderSummary } from '@sendocki/domain/orders/order'
import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useChanges } from '../../lib/live.ts'
import type { ListFilters } from './filters.ts'
import { maxIds, orderKeys, readOrdersOf } from './orders.api.ts'
import {
  arrivalsIn,
  type Changes,
  changesByList,
  joinChanges,
  type OrderPage,
  type OrderSort,
  withChanges,
} from './pages.ts'

type Loaded = InfiniteData<OrderPage, string | null>

/** Changes are gathered for this long, so that a burst is asked for once. */
const gatherMilliseconds = 300
/** While something waits, this often it is looked whether it still must. */
const lookMilliseconds = 400

interface LiveLists {
  readonly filters: ListFilters
  readonly sort: OrderSort
  /** The lists on screen by name, with the filters that each is read with. */
  readonly lists: ReadonlyMap<string, ListFilters>
  readonly belongs: (order: OrderSummary, list: string) => boolean
  /** A list that must not move now: under the pointer, scrolled, or while a card is carried. */
  readonly isHeld: (list: string) => boolean
}

const loadedPages = (queries: QueryClient, { lists, sort }: LiveLists): Map<string, OrderPage[]> => {
  const loaded = new Map<string, OrderPage[]>()
  for (const [list, filters] of lists) {
    const data = queries.getQueryData<Loaded>(orderKeys.list(filters, sort))
    if (data) loaded.set(list, data.pages)
  }
  return loaded
}

/**
 * Keeps lists of orders true without a jump. What the stream names is asked for once, and merged where nobody is about
 * to click; the rest waits and is counted. `release` merges what waits, for one list or for all.
 */
export const useLiveLists = (live: LiveLists) => {
  const queries = useQueryClient()
  const newest = useRef(live)
  const gathered = useRef(new Set<string>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [held, setHeld] = useState<ReadonlyMap<string, Changes>>(new Map())
  useEffect(() => {
    newest.current = live
  })

  const merge = useCallback(
    (list: string, changes: Changes) => {
      const { lists, sort } = newest.current
      const filters = lists.get(list)
      if (!filters) return
      queries.setQueryData<Loaded>(
        orderKeys.list(filters, sort),
        (data) => data && { ...data, pages: withChanges(data.pages, changes, sort) },
      )
    },
    [queries],
  )

  const readAgain = useCallback(() => {
    setHeld(new Map())
    void queries.invalidateQueries({ queryKey: orderKeys.lists })
  }, [queries])

  const ask = useCallback(async () => {
    timer.current = undefined
    const ids = [...gathered.current]
    gathered.current.clear()
    if (ids.length > maxIds) return readAgain()
    const { items } = await readOrdersOf(newest.current.filters, ids)
    const { belongs, isHeld } = newest.current
    const changes = changesByList(loadedPages(queries, newest.current), belongs, ids, items)
    const waiting = [...changes].filter(([list]) => isHeld(list))
    for (const [list, change] of changes) if (!isHeld(list)) merge(list, change)
    if (waiting.length === 0) return
    setHeld(
      (before) =>
        new Map([
          ...before,
          ...waiting.map(([list, change]) => [list, joinChanges(before.get(list), change)] as const),
        ]),
    )
  }, [merge, queries, readAgain])

  useChanges('order', (changes) => {
    if (changes.some(({ id }) => id === null)) return readAgain()
    for (const { id } of changes) if (id !== null) gathered.current.add(id)
    // When the changes cannot be asked for, the lists are read whole.
    timer.current ??= setTimeout(() => ask().catch(readAgain), gatherMilliseconds)
  })
  useEffect(() => () => clearTimeout(timer.current), [])

  // Other filters are other lists: what waited was for the former ones.
  const address = JSON.stringify([live.filters, live.sort])
  useEffect(() => setHeld(new Map()), [address])

  const release = useCallback(
    (list?: string) => {
      for (const [name, changes] of held) if (list === undefined || name === list) merge(name, changes)
      setHeld((before) => new Map([...before].filter(([name]) => list !== undefined && name !== list)))
    },
    [held, merge],
  )

  // What waits goes in as soon as nothing keeps its list.
  useEffect(() => {
    if (held.size === 0) return
    const timer = setInterval(() => {
      for (const list of held.keys()) if (!newest.current.isHeld(list)) release(list)
    }, lookMilliseconds)
    return () => clearInterval(timer)
  }, [held, release])

  const pages = held.size > 0 ? loadedPages(queries, live) : new Map<string, OrderPage[]>()
  const arrivals = [...held].reduce((sum, [list, changes]) => sum + arrivalsIn(pages.get(list) ?? [], changes), 0)
  return { arrivals, release }
}
