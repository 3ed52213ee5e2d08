import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './api.ts'
import { type Me, openMembership } from './me.ts'

/** Types of events that a person has to act on. */
const types = [
  'order.flagged',
  'order.assigned',
  'parcel.rejected',
  'parcel.outcome_unknown',
  'parcel.cancel_refused',
  'carrier_account.refused',
  'store.reconnect_needed',
  'store.uninstalled',
  'store.consent_failed',
  'effect.failed',
  'member.unusual_viewing',
]
/** How far back the list looks, in events of the merchant, and how many it shows at most. */
const lookBack = 2000
const mostShown = 30
/** Past the end of every feed: asked from there, it answers only where the end is. */
const beyond = '999999999999999'

export interface Notice {
  readonly id: string
  readonly type: string
  readonly at: string
  readonly sequence: number
  /** Where it can be dealt with. */
  readonly path: string
  /** The order that it is about; null for a shop or a carrier. */
  readonly orderId: string | null
}

/** What a notice says of its order, so that it is known before it is followed. */
export interface NoticeOrder {
  readonly number: number
  readonly customerName: string
}

interface FeedEvent {
  readonly id: string
  readonly type: string
  readonly occurredAt: string
  readonly sequence: number
  readonly subject: { readonly kind: string; readonly id: string }
  readonly data: Readonly<Record<string, unknown>>
}

const roots: Readonly<Record<string, string>> = {
  store: '/settings/stores',
  carrier_account: '/settings/carriers',
  parcel: '/parcels',
}

/** What a person did is looked at in the audit log. */
const rootOf = ({ subject: { kind, id } }: FeedEvent): string =>
  kind === 'member' ? `/settings/audit?actorId=${id}` : (roots[kind] ?? '/')

const orderOf = ({ subject, data }: FeedEvent): string | null => {
  const orderId = subject.kind === 'order' ? subject.id : data['orderId']
  return typeof orderId === 'string' ? orderId : null
}

/** An assignment concerns only the one who gets the order, and a flag that is taken off asks for nothing. */
const concerns = ({ type, data }: FeedEvent, memberId: string | null): boolean => {
  const { after } = data as { after?: { assigneeId?: unknown; flag?: unknown } }
  if (type === 'order.flagged') return after?.flag !== null
  return type !== 'order.assigned' || (after?.assigneeId === memberId && memberId !== null)
}

/** The newest events first, those of others left out. Pure, for the test. */
export const noticesIn = (events: readonly FeedEvent[], memberId: string | null): readonly Notice[] =>
  events
    .filter((event) => concerns(event, memberId))
    .toSorted((one, other) => other.sequence - one.sequence)
    .slice(0, mostShown)
    .map((event) => {
      const orderId = orderOf(event)
      const path = orderId === null ? rootOf(event) : `/orders/${orderId}`
      return { id: event.id, type: event.type, at: event.occurredAt, sequence: event.sequence, path, orderId }
    })

const readFeed = (query: { cursor: string; limit: number; types?: string }, signal: AbortSignal) =>
  bodyOf(api.GET('/api/v1/events', { signal, params: { query } }))

/** What waits for the person who is signed in. */
export const noticesQuery = (me: Me) =>
  queryOptions({
    queryKey: ['notice', me.merchant?.id],
    queryFn: async ({ signal }) => {
      const { lastSequence } = await readFeed({ cursor: beyond, limit: 1 }, signal)
      const cursor = String(Math.max(0, lastSequence - lookBack))
      const { items } = await readFeed({ cursor, limit: 200, types: types.join(',') }, signal)
      return noticesIn(items, openMembership(me)?.memberId ?? null)
    },
  })

/** The orders that notices are about, by id; those that the role does not see are left out. */
export const noticeOrdersQuery = (notices: readonly Notice[]) => {
  const ids = [...new Set(notices.flatMap(({ orderId }) => orderId ?? []))]
  return queryOptions({
    queryKey: ['notice', 'orders', ids],
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, NoticeOrder>> => {
      if (ids.length === 0) return new Map()
      const { items } = await bodyOf(
        api.GET('/api/v1/orders', { signal, params: { query: { ids, limit: mostShown } } }),
      )
      return new Map(items.map(({ id, number, customer }) => [id, { number, customerName: customer.name }]))
    },
  })
}

const seenKey = (me: Me): string => `sendocki.notices.${openMembership(me)?.memberId ?? 'none'}`

/** The sequence up to which the person has seen the list, in this browser. */
export const seenSequence = (me: Me): number => {
  try {
    return Number(localStorage.getItem(seenKey(me)) ?? 0)
  } catch {
    return 0
  }
}

export const markSeen = (me: Me, sequence: number): void => {
  try {
    localStorage.setItem(seenKey(me), String(sequence))
  } catch {
    return
  }
}
