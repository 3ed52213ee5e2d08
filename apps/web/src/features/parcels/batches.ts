import type { OrderParcel } from '@sendocki/domain/orders/order'
import { liveParcelStatuses } from '@sendocki/domain/parcels/parcel'
import type { IntentResult, Parcel } from '@sendocki/domain/parcels/parcel-schema'
import type { Static } from 'typebox'

/** How many parcels one sheet of labels or one pick-up may hold. */
export const papersAtOnce = 200

/** Why papers cannot be asked for these parcels; null when they can. The API refuses the same. */
export type PaperIssue = 'too_many' | 'not_booked' | 'several_carriers' | 'picked_up'

type OnPaper = Pick<Parcel, 'trackingNumber' | 'status' | 'carrierAccountId'>

export const labelIssue = (parcels: readonly OnPaper[]): PaperIssue | null => {
  if (parcels.length > papersAtOnce) return 'too_many'
  if (parcels.some(({ trackingNumber, status }) => trackingNumber === null || status === 'cancelled'))
    return 'not_booked'
  return new Set(parcels.map(({ carrierAccountId }) => carrierAccountId)).size > 1 ? 'several_carriers' : null
}

const waiting: readonly Parcel['status'][] = ['draft', 'created', 'awaiting_pickup', 'action_needed', 'unknown']

/** The same as for labels; and a parcel that has left cannot be fetched again. */
export const pickupIssue = (parcels: readonly OnPaper[]): PaperIssue | null =>
  labelIssue(parcels) ?? (parcels.some(({ status }) => !waiting.includes(status)) ? 'picked_up' : null)

/** Whether an order still waits for a parcel: one that ended before the pick-up does not count. */
export const waitsForParcel = ({ parcel }: { parcel: Static<typeof OrderParcel> | null }): boolean =>
  parcel === null || !liveParcelStatuses.includes(parcel.status)

export interface RefusedGroup {
  readonly text: string
  readonly code: string
  readonly orderIds: readonly string[]
}

/** The refused orders by the sentence that says why, the most frequent first. */
export const refusedGroups = (
  items: readonly IntentResult[],
  textOf: (refusal: NonNullable<IntentResult['refusal']>) => string,
): RefusedGroup[] => {
  const groups = new Map<string, { text: string; code: string; orderIds: string[] }>()
  for (const { orderId, refusal } of items) {
    if (refusal === null) continue
    const text = textOf(refusal)
    const group = groups.get(text) ?? { text, code: refusal.code, orderIds: [] }
    group.orderIds.push(orderId)
    groups.set(text, group)
  }
  return [...groups.values()].sort((one, other) => other.orderIds.length - one.orderIds.length)
}
