import { orderBlock } from '@sendocki/domain/customers/block'
import type { Order, OrderLine, OrderSummary } from '@sendocki/domain/orders/order'
import type { FirstEntries, MovableOrder } from '@sendocki/domain/orders/pipeline'
import { type OrderState, orderStates } from '@sendocki/domain/orders/states'
import { lineTotal } from '@sendocki/domain/orders/totals'
import type { PhoneSight } from '@sendocki/domain/orders/visibility'
import { maskPhone } from '@sendocki/domain/phone-format'
import { cityById } from '@sendocki/domain/places/cities'
import { and, eq } from 'drizzle-orm'
import type { QueryBuilder } from 'drizzle-orm/pg-core'
import { members } from '../../db/schema/members.ts'
import { type orderLines, orders } from '../../db/schema/orders.ts'

/** What a list shows of an order. */
export const summaryColumns = {
  id: orders.id,
  number: orders.number,
  version: orders.version,
  createdAt: orders.createdAt,
  updatedAt: orders.updatedAt,
  placedAt: orders.placedAt,
  storeId: orders.storeId,
  source: orders.source,
  sourceReference: orders.sourceReference,
  sourceCurrency: orders.sourceCurrency,
  stageId: orders.stageId,
  state: orders.state,
  stateSince: orders.stateSince,
  lateAt: orders.lateAt,
  endedAt: orders.endedAt,
  assigneeId: orders.assigneeId,
  assigneeName: members.fullName,
  customerId: orders.customerId,
  contactName: orders.contactName,
  phone: orders.phone,
  phoneVerdict: orders.phoneVerdict,
  phoneText: orders.phoneText,
  alternatePhone: orders.alternatePhone,
  email: orders.email,
  addressLine: orders.addressLine,
  district: orders.district,
  landmark: orders.landmark,
  cityText: orders.cityText,
  cityId: orders.cityId,
  regionCode: orders.regionCode,
  totalCentimes: orders.totalCentimes,
  codAmountCentimes: orders.codAmountCentimes,
  paymentMethod: orders.paymentMethod,
  tags: orders.tags,
  toComplete: orders.toComplete,
  isSample: orders.isSample,
  duplicateCount: orders.duplicateCount,
  flag: orders.flag,
  blockMode: orders.blockMode,
  blockedUntil: orders.blockedUntil,
  riskLevel: orders.riskLevel,
  riskScore: orders.riskScore,
  riskReasons: orders.riskReasons,
  attemptCount: orders.attemptCount,
  nextAttemptAt: orders.nextAttemptAt,
  callAt: orders.callAt,
  parcelId: orders.parcelId,
  parcelStatus: orders.parcelStatus,
  parcelSince: orders.parcelSince,
  trackingNumber: orders.trackingNumber,
  carrierAccountId: orders.carrierAccountId,
  cashStatus: orders.cashStatus,
  cashSince: orders.cashSince,
  returnStatus: orders.returnStatus,
  returnSince: orders.returnSince,
  allowOpen: orders.allowOpen,
  allowTry: orders.allowTry,
  fragile: orders.fragile,
  exchangeOfOrderId: orders.exchangeOfOrderId,
  shipWithOrderId: orders.shipWithOrderId,
  shipNotBefore: orders.shipNotBefore,
  deliverTo: orders.deliverTo,
} as const

/** The whole order but its lines. */
export const orderColumns = {
  ...summaryColumns,
  externalId: orders.externalId,
  shopUpdatedAt: orders.shopUpdatedAt,
  shopMarks: orders.shopMarks,
  shopChangedAfterwards: orders.shopChangedAfterwards,
  utm: orders.utm,
  reasonId: orders.reasonId,
  callKind: orders.callKind,
  callMemberId: orders.callMemberId,
  firstNewAt: orders.firstNewAt,
  firstUnreachableAt: orders.firstUnreachableAt,
  firstToConfirmAt: orders.firstToConfirmAt,
  firstConfirmedAt: orders.firstConfirmedAt,
  firstShippedAt: orders.firstShippedAt,
  firstDeliveredAt: orders.firstDeliveredAt,
  firstDeliveryFailedAt: orders.firstDeliveryFailedAt,
  firstReturnedAt: orders.firstReturnedAt,
  firstCancelledAt: orders.firstCancelledAt,
  undoEventId: orders.undoEventId,
  addressKey: orders.addressKey,
  cityKey: orders.cityKey,
  citySpellingId: orders.citySpellingId,
  subtotalCentimes: orders.subtotalCentimes,
  shippingFeeCentimes: orders.shippingFeeCentimes,
  discountCentimes: orders.discountCentimes,
  depositCentimes: orders.depositCentimes,
  adjustmentCentimes: orders.adjustmentCentimes,
  paymentStatus: orders.paymentStatus,
  note: orders.note,
  erasedAt: orders.erasedAt,
} as const

type Data<C> = {
  readonly [K in keyof C]: C[K] extends { _: { data: infer D; notNull: infer N } }
    ? N extends true
      ? D
      : D | null
    : never
}
export type SummaryRow = Omit<Data<typeof summaryColumns>, 'assigneeName'> & { readonly assigneeName: string | null }
export type OrderRow = Omit<Data<typeof orderColumns>, 'assigneeName'> & { readonly assigneeName: string | null }
export type LineRow = typeof orderLines.$inferSelect
export type LineShown = LineRow & { readonly photoId: string | null }

/** Orders with the name of whoever they are given to. */
export const selectOrders = (qb: QueryBuilder, columns: typeof summaryColumns | typeof orderColumns) =>
  qb
    .select(columns)
    .from(orders)
    .leftJoin(members, and(eq(members.merchantId, orders.merchantId), eq(members.id, orders.assigneeId)))

/**
 * What the reader may see of a phone in these rows; `since` is the end of an order's life before which it is not, `held`
 * the customer on whom the reader has the hand.
 */
export interface RowSight {
  readonly phones: PhoneSight
  readonly since: string
  readonly now: string
  readonly held?: string | null
}

/** The same for a whole order, with the addresses of its products' photos. */
export interface OrderSight extends RowSight {
  readonly photoUrl: (photo: { readonly productId: string; readonly photoId: string }) => string
}

const isPhoneHidden = (row: SummaryRow, { phones, since, held }: RowSight): boolean => {
  if (phones === 'held') return row.customerId !== held
  return phones === 'until_settled' && row.endedAt !== null && row.endedAt < since
}

const riskOf = ({ riskLevel, riskScore, riskReasons }: SummaryRow): OrderSummary['risk'] =>
  riskLevel === null
    ? null
    : {
        level: riskLevel,
        score: riskScore ?? 0,
        reasons: (riskReasons ?? []).map((reason) => ({ ...reason, counts: { ...reason.counts } })),
      }

export const summaryOf = (row: SummaryRow, sight: RowSight): OrderSummary => {
  const isHidden = isPhoneHidden(row, sight)
  const shown = (phone: string | null) => (isHidden && phone !== null ? maskPhone(phone) : phone)
  const city = row.cityId === null ? undefined : cityById.get(row.cityId)
  return {
    id: row.id,
    number: row.number,
    storeId: row.storeId,
    source: row.source,
    sourceReference: row.sourceReference,
    placedAt: row.placedAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    stageId: row.stageId,
    state: row.state,
    stateSince: row.stateSince,
    lateAt: row.lateAt,
    version: row.version,
    customer: {
      id: row.customerId,
      name: row.contactName,
      phone: shown(row.phone),
      phoneMasked: isHidden,
      phoneVerdict: row.phoneVerdict,
      phoneText: shown(row.phoneText),
      alternatePhone: shown(row.alternatePhone),
      email: row.email,
    },
    shippingAddress: {
      line: row.addressLine,
      district: row.district,
      landmark: row.landmark,
      cityText: row.cityText,
      city: city ? { id: city.id, name: city.fr } : null,
      regionCode: row.regionCode,
    },
    totalCentimes: row.totalCentimes,
    codAmountCentimes: row.codAmountCentimes,
    sourceCurrency: row.sourceCurrency,
    paymentMethod: row.paymentMethod,
    assignee: row.assigneeId === null ? null : { id: row.assigneeId, name: row.assigneeName ?? '' },
    teamId: null,
    tags: [...row.tags],
    toComplete: [...row.toComplete],
    risk: riskOf(row),
    allowOpen: row.allowOpen,
    allowTry: row.allowTry,
    fragile: row.fragile,
    exchangeOfOrderId: row.exchangeOfOrderId,
    shipWithOrderId: row.shipWithOrderId,
    shipNotBefore: row.shipNotBefore,
    deliverTo: row.deliverTo,
    isSample: row.isSample,
    duplicateCount: row.duplicateCount,
    attemptCount: row.attemptCount,
    nextAttemptAt: row.callAt === null ? null : row.nextAttemptAt,
    parcel:
      row.parcelId === null || row.parcelStatus === null || row.parcelSince === null
        ? null
        : {
            id: row.parcelId,
            status: row.parcelStatus,
            since: row.parcelSince,
            trackingNumber: row.trackingNumber,
            carrierAccountId: row.carrierAccountId,
          },
    cash: { status: row.cashStatus, since: row.cashSince },
    return:
      row.returnStatus === null || row.returnSince === null
        ? null
        : { status: row.returnStatus, since: row.returnSince },
    flag: row.flag,
    blocked: orderBlock(row, sight.now),
  }
}

const lineOf = (row: LineShown, { photoUrl }: OrderSight): OrderLine => ({
  id: row.id,
  productId: row.productId,
  variantId: row.variantId,
  sku: row.sku,
  name: row.name,
  quantity: row.quantity,
  unitPriceCentimes: row.unitPriceCentimes,
  totalCentimes: lineTotal(row),
  photoUrl:
    row.productId === null || row.photoId === null
      ? null
      : photoUrl({ productId: row.productId, photoId: row.photoId }),
})

export const orderOf = (row: OrderRow, lines: readonly LineShown[], sight: OrderSight): Order => ({
  ...summaryOf(row, sight),
  lines: lines.map((line) => lineOf(line, sight)),
  subtotalCentimes: row.subtotalCentimes,
  shippingFeeCentimes: row.shippingFeeCentimes,
  discountCentimes: row.discountCentimes,
  depositCentimes: row.depositCentimes,
  adjustmentCentimes: row.adjustmentCentimes,
  paymentStatus: row.paymentStatus,
  utm: row.utm,
  note: row.note,
  reasonId: row.reasonId,
  trackingNumber: row.trackingNumber,
  undoEventId: row.undoEventId,
  shopChangedAfterwards: row.shopChangedAfterwards,
})

/** What of an order an edit is told by without naming a person. */
export const factsOf = ({
  totalCentimes,
  codAmountCentimes,
  cityId,
  tags,
}: Pick<OrderRow, 'totalCentimes' | 'codAmountCentimes' | 'cityId' | 'tags'>) => ({
  totalCentimes,
  codAmountCentimes,
  cityId,
  tags,
})

/** The column that keeps when an order first entered each state. */
export const firstEntryColumns = {
  new: 'firstNewAt',
  unreachable: 'firstUnreachableAt',
  to_confirm: 'firstToConfirmAt',
  confirmed: 'firstConfirmedAt',
  shipped: 'firstShippedAt',
  delivered: 'firstDeliveredAt',
  delivery_failed: 'firstDeliveryFailedAt',
  returned: 'firstReturnedAt',
  cancelled: 'firstCancelledAt',
} as const satisfies Record<OrderState, keyof OrderRow>

const firstEntriesOf = (row: OrderRow): FirstEntries =>
  Object.fromEntries(
    orderStates.flatMap((state) => {
      const at = row[firstEntryColumns[state]]
      return at === null ? [] : [[state, at]]
    }),
  )

/** The order as the domain's moves see it. */
export const movableOf = (row: OrderRow): MovableOrder => ({
  stageId: row.stageId,
  state: row.state,
  stateSince: row.stateSince,
  lateAt: row.lateAt,
  endedAt: row.endedAt,
  assigneeId: row.assigneeId,
  version: row.version,
  firstEntries: firstEntriesOf(row),
  phone: row.phone,
  cityId: row.cityId,
  addressLine: row.addressLine,
  codAmountCentimes: row.codAmountCentimes,
  toComplete: row.toComplete,
  parcelStatus: row.parcelStatus,
  undoEventId: row.undoEventId,
  isSample: row.isSample,
})
