import type { OrderMarks } from '@sendocki/domain/orders/marks'
import type { OrderSummary } from '@sendocki/domain/orders/order'
import type { IncompleteReason, OrderFlag } from '@sendocki/domain/orders/states'
import type { ParcelStatus } from '@sendocki/domain/parcels/parcel'

/** Something to do or to know about an order, as the foot of a card says it. */
export type Note =
  | { readonly kind: 'flag'; readonly flag: OrderFlag }
  | { readonly kind: 'unread'; readonly count: number; readonly conversationId: string | null }
  | { readonly kind: 'incomplete'; readonly reason: IncompleteReason }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'phone_doubtful' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'call'; readonly at: string }
  | { readonly kind: 'risk'; readonly level: 'medium' | 'high' }
  | { readonly kind: 'parcel'; readonly status: ParcelStatus; readonly carrierAccountId: string | null }
  | { readonly kind: 'record'; readonly deliveredCount: number; readonly returnedCount: number }

const phoneAndCity: readonly IncompleteReason[] = [
  'phone_missing',
  'phone_impossible',
  'phone_wrong',
  'city_missing',
  'city_unknown',
  'city_ambiguous',
]

/** What keeps people from calling or shipping comes before the rest of what is missing. */
const firstReason = (reasons: readonly IncompleteReason[]): IncompleteReason | undefined =>
  phoneAndCity.find((reason) => reasons.includes(reason)) ?? reasons[0]

const settled: readonly OrderSummary['state'][] = ['delivered', 'returned', 'cancelled']

/** A risk is something to do as long as the parcel can still come back; a low one is nothing to do. */
const riskOf = ({ risk, state }: OrderSummary): 'medium' | 'high' | null =>
  risk === null || risk.level === 'low' || settled.includes(state) ? null : risk.level

const unconfirmed: readonly OrderSummary['state'][] = ['new', 'unreachable', 'to_confirm']

/** What became of earlier orders helps whoever is about to call; later it is nothing to do. */
const recordOf = ({ state }: OrderSummary, marks: OrderMarks | undefined): OrderMarks['record'] =>
  marks?.record && unconfirmed.includes(state) && marks.record.deliveredCount + marks.record.returnedCount > 0
    ? marks.record
    : null

/** At most two notes, the most pressing first; none for an order on which there is nothing to do. */
export const notesOf = (order: OrderSummary, marks?: OrderMarks): Note[] => {
  const notes: Note[] = []
  if (order.flag !== null) notes.push({ kind: 'flag', flag: order.flag })
  if (order.blocked !== null) notes.push({ kind: 'blocked' })
  const unread = marks?.unreadCount ?? 0
  if (unread > 0) notes.push({ kind: 'unread', count: unread, conversationId: marks?.conversationId ?? null })
  const reason = firstReason(order.toComplete)
  if (reason) notes.push({ kind: 'incomplete', reason })
  if (order.customer.phoneVerdict === 'doubtful') notes.push({ kind: 'phone_doubtful' })
  if (order.duplicateCount > 0) notes.push({ kind: 'duplicate' })
  if (order.nextAttemptAt !== null) notes.push({ kind: 'call', at: order.nextAttemptAt })
  const risk = riskOf(order)
  if (risk) notes.push({ kind: 'risk', level: risk })
  if (order.parcel) {
    const { status, carrierAccountId } = order.parcel
    notes.push({ kind: 'parcel', status, carrierAccountId })
  }
  const record = recordOf(order, marks)
  if (record) notes.push({ kind: 'record', ...record })
  return notes.slice(0, 2)
}

/** Heights of a card in pixels. Known beforehand, so that a column of thousands scrolls without measuring. */
const heights = { plain: 88, noted: 120, refused: 156 } as const
const linesOf = { plain: 3, noted: 4, refused: 5 } as const
export const cardGap = 6

export interface CardLook {
  /** Cards without a foot. */
  readonly compact: boolean
  /** Pixels that each line is taller in this language. */
  readonly lineMore: number
}

export const cardHeight = (card: { readonly notes: number; readonly refused: boolean }, look: CardLook): number => {
  const kind = card.refused ? 'refused' : card.notes > 0 && !look.compact ? 'noted' : 'plain'
  return heights[kind] + linesOf[kind] * look.lineMore
}
