import { type CallKind, callKinds } from '@sendocki/domain/calls/call'
import { type BlockMode, blockModes } from '@sendocki/domain/customers/block'
import { type EffectKind, effectKinds } from '@sendocki/domain/orders/pipeline-schema'
import type { ShopMarks } from '@sendocki/domain/orders/shop-changes'
import {
  type CashStatus,
  cashStatuses,
  type DuplicateFate,
  type DuplicateVerdict,
  duplicateFates,
  duplicateVerdicts,
  type IncompleteReason,
  type OrderFlag,
  type OrderState,
  orderStates,
  type PhoneVerdictWord,
  phoneVerdicts,
  type ReturnStatus,
  returnStatuses,
} from '@sendocki/domain/orders/states'
import { type EffectStatus, effectStatuses } from '@sendocki/domain/orders/undo'
import { type ParcelStatus, parcelStatuses } from '@sendocki/domain/parcels/parcel'
import type { RiskReason } from '@sendocki/domain/risk/score'
import { type RiskLevel, riskLevels } from '@sendocki/domain/risk/settings'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { byteText, centimes, checkOneOf, id, instant, optionalCentimes } from '../columns.ts'
import { customers } from './customers.ts'
import { members } from './members.ts'
import { reasons, stages } from './pipeline.ts'
import { merchantId } from './platform.ts'
import { shopProducts, variants } from './products.ts'
import { citySpellings } from './spellings.ts'
import { stores } from './stores.ts'

/**
 * An order and its four axes. It carries its own contact and address, as they were for this order; the customer is who
 * that phone belongs to. The axes of parcel, cash and return are kept here for lists, their owners write them by the door.
 */
export const orders = pgTable(
  'orders',
  {
    merchantId: merchantId(),
    id: id(),
    number: bigint({ mode: 'number' }).notNull(),
    /** Counts what people edit; facts derived by machines never raise it. */
    version: integer().notNull().default(1),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
    placedAt: instant().notNull(),

    storeId: uuid(),
    externalId: text(),
    source: text(),
    sourceReference: text(),
    sourceCurrency: text().notNull().default('MAD'),
    shopUpdatedAt: instant(),
    shopMarks: jsonb().$type<ShopMarks>(),
    shopChangedAfterwards: boolean().notNull().default(false),
    utm: jsonb().$type<Record<string, string>>().notNull().default({}),

    stageId: uuid().notNull(),
    state: text().$type<OrderState>(),
    stateSince: instant().notNull(),
    lateAt: instant(),
    endedAt: instant(),
    reasonId: uuid(),
    firstNewAt: instant(),
    firstUnreachableAt: instant(),
    firstToConfirmAt: instant(),
    firstConfirmedAt: instant(),
    firstShippedAt: instant(),
    firstDeliveredAt: instant(),
    firstDeliveryFailedAt: instant(),
    firstReturnedAt: instant(),
    firstCancelledAt: instant(),
    undoEventId: uuid(),
    assigneeId: uuid(),

    /** How often somebody tried to reach the buyer for this order, and when the next try was set; null for no time set. */
    attemptCount: integer().notNull().default(0),
    nextAttemptAt: instant(),
    /** Why it waits for a call; what comes first in the queue follows from it. */
    callKind: text().$type<CallKind>().notNull().default('new'),
    /** The place of that reason among the others, for the index of the queue. */
    callRank: smallint().generatedAlwaysAs(
      // eslint-disable-next-line no-restricted-syntax -- the words are constants of the domain, never data
      sql.raw(`case call_kind ${callKinds.map((kind, rank) => `when '${kind}' then ${rank}`).join(' ')} end`),
    ),
    /** By what it is sorted among those of its reason: new ones by what was promised for them, the rest by when they are due. */
    callSort: instant().generatedAlwaysAs(
      sql`case when call_kind = 'new' then coalesce(late_at, 'infinity'::timestamptz)
        else coalesce(next_attempt_at, state_since) end`,
    ),
    /** Who promised to call back. */
    callMemberId: uuid(),
    /**
     * From when a call is due: kept by the database itself, so that no move, rule, bulk action or undo can leave an order
     * in the queue or out of it. Null for whatever waits for no call.
     */
    callAt: instant().generatedAlwaysAs(
      sql`case when phone is null or ended_at is not null or to_complete @> '["test_order"]'::jsonb
          or to_complete @> '["phone_wrong"]'::jsonb then null
        when state in ('new', 'to_confirm') then coalesce(next_attempt_at, state_since)
        when state = 'unreachable' then next_attempt_at end`,
    ),

    customerId: uuid().notNull(),
    contactName: text().notNull(),
    phone: text(),
    phoneVerdict: text().$type<PhoneVerdictWord>(),
    /** As it was written, kept while no phone could be read in it. */
    phoneText: text(),
    alternatePhone: text(),
    email: text(),
    addressLine: text(),
    district: text(),
    landmark: text(),
    cityText: text(),
    cityId: text(),
    /** One key for the spellings of a city, while it is not known which one is meant. */
    cityKey: byteText(),
    /** The merchant's own spelling by which the city was read. */
    citySpellingId: uuid(),
    regionCode: text(),
    addressKey: text(),

    subtotalCentimes: centimes(),
    shippingFeeCentimes: centimes(),
    discountCentimes: centimes(),
    depositCentimes: centimes(),
    adjustmentCentimes: centimes(),
    totalCentimes: centimes(),
    codAmountCentimes: optionalCentimes(),
    paymentMethod: text(),
    paymentStatus: text(),

    tags: jsonb().$type<readonly string[]>().notNull().default([]),
    toComplete: jsonb().$type<readonly IncompleteReason[]>().notNull().default([]),
    isIncomplete: boolean().notNull().generatedAlwaysAs(sql`to_complete <> '[]'::jsonb`),
    /** An example: removed without a trace among the orders, and nothing it does reaches the outside. */
    isSample: boolean().notNull().default(false),
    duplicateCount: integer().notNull().default(0),
    flag: text().$type<OrderFlag>(),
    /** The customer's block as it concerns this order; nothing of it moves the order. */
    blockMode: text().$type<BlockMode>(),
    blockedUntil: instant(),
    /** What the merchant's own past says of it; null while too little is known. Codes and counts, never words. */
    riskLevel: text().$type<RiskLevel>(),
    riskScore: integer(),
    riskReasons: jsonb().$type<readonly RiskReason[]>(),
    note: text(),
    allowOpen: boolean(),
    allowTry: boolean(),
    fragile: boolean(),
    exchangeOfOrderId: uuid(),
    /** Whose parcel it travels in, by a decision about duplicates: the lead's, which names itself; null when alone. */
    shipWithOrderId: uuid(),
    shipNotBefore: date({ mode: 'string' }),
    deliverTo: text().$type<'home' | 'agency'>().notNull().default('home'),

    parcelId: uuid(),
    parcelStatus: text().$type<ParcelStatus>(),
    parcelSince: instant(),
    trackingNumber: text(),
    carrierAccountId: uuid(),
    cashStatus: text().$type<CashStatus>().notNull().default('not_due'),
    cashSince: instant(),
    returnStatus: text().$type<ReturnStatus>(),
    returnSince: instant(),
    erasedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('orders_number').on(t.merchantId, t.number),
    /** Law 1: one order for one order of a shop. */
    uniqueIndex('orders_external').on(t.merchantId, t.storeId, t.externalId),
    index('orders_created').on(t.merchantId, t.createdAt, t.id),
    index('orders_total').on(t.merchantId, t.totalCentimes, t.id),
    index('orders_since').on(t.merchantId, t.stateSince, t.id),
    index('orders_stage').on(t.merchantId, t.stageId, t.createdAt, t.id),
    index('orders_stage_since').on(t.merchantId, t.stageId, t.stateSince, t.id),
    index('orders_state').on(t.merchantId, t.state, t.createdAt, t.id),
    index('orders_assignee').on(t.merchantId, t.assigneeId, t.createdAt, t.id),
    index('orders_customer').on(t.merchantId, t.customerId, t.createdAt, t.id),
    index('orders_store').on(t.merchantId, t.storeId, t.createdAt, t.id),
    index('orders_city').on(t.merchantId, t.cityId, t.createdAt, t.id),
    index('orders_region').on(t.merchantId, t.regionCode, t.createdAt, t.id),
    index('orders_cash').on(t.merchantId, t.cashStatus, t.createdAt, t.id),
    index('orders_return').on(t.merchantId, t.returnStatus, t.createdAt, t.id),
    index('orders_parcel').on(t.merchantId, t.parcelStatus, t.createdAt, t.id),
    index('orders_carrier').on(t.merchantId, t.carrierAccountId, t.createdAt, t.id),
    index('orders_phone_verdict').on(t.merchantId, t.phoneVerdict, t.createdAt, t.id),
    index('orders_placed').on(t.merchantId, t.placedAt, t.id),
    index('orders_updated').on(t.merchantId, t.updatedAt, t.id),
    index('orders_first_confirmed')
      .on(t.merchantId, t.firstConfirmedAt, t.id)
      .where(sql`first_confirmed_at is not null`),
    index('orders_first_shipped').on(t.merchantId, t.firstShippedAt, t.id).where(sql`first_shipped_at is not null`),
    index('orders_first_delivered')
      .on(t.merchantId, t.firstDeliveredAt, t.id)
      .where(sql`first_delivered_at is not null`),
    index('orders_late').on(t.merchantId, t.lateAt).where(sql`late_at is not null`),
    index('orders_incomplete').on(t.merchantId, t.createdAt, t.id).where(sql`is_incomplete`),
    index('orders_sample').on(t.merchantId, t.createdAt, t.id).where(sql`is_sample`),
    index('orders_duplicate').on(t.merchantId, t.createdAt, t.id).where(sql`duplicate_count > 0`),
    index('orders_calls').on(t.merchantId, t.callRank, t.callSort, t.callAt, t.id).where(sql`call_at is not null`),
    index('orders_call_member').on(t.merchantId, t.callMemberId).where(sql`call_member_id is not null`),
    index('orders_address').on(t.merchantId, t.addressKey, t.createdAt).where(sql`address_key is not null`),
    index('orders_alternate').on(t.merchantId, t.alternatePhone, t.createdAt).where(sql`alternate_phone is not null`),
    index('orders_city_key').on(t.merchantId, t.cityKey, t.id).where(sql`city_key is not null`),
    index('orders_city_spelling').on(t.merchantId, t.citySpellingId, t.id).where(sql`city_spelling_id is not null`),
    index('orders_blocked').on(t.merchantId, t.createdAt, t.id).where(sql`block_mode is not null`),
    index('orders_risk').on(t.merchantId, t.riskLevel, t.createdAt, t.id).where(sql`risk_level is not null`),
    index('orders_exchange').on(t.merchantId, t.exchangeOfOrderId),
    index('orders_ship_with').on(t.merchantId, t.shipWithOrderId).where(sql`ship_with_order_id is not null`),
    index('orders_reason').on(t.merchantId, t.reasonId),
    foreignKey({ columns: [t.merchantId, t.storeId], foreignColumns: [stores.merchantId, stores.id] }),
    foreignKey({ columns: [t.merchantId, t.stageId], foreignColumns: [stages.merchantId, stages.id] }),
    foreignKey({ columns: [t.merchantId, t.reasonId], foreignColumns: [reasons.merchantId, reasons.id] }),
    foreignKey({ columns: [t.merchantId, t.customerId], foreignColumns: [customers.merchantId, customers.id] }),
    foreignKey({ columns: [t.merchantId, t.assigneeId], foreignColumns: [members.merchantId, members.id] }),
    foreignKey({ columns: [t.merchantId, t.callMemberId], foreignColumns: [members.merchantId, members.id] }),
    foreignKey({ columns: [t.merchantId, t.exchangeOfOrderId], foreignColumns: [t.merchantId, t.id] }),
    foreignKey({ columns: [t.merchantId, t.shipWithOrderId], foreignColumns: [t.merchantId, t.id] }),
    foreignKey({
      columns: [t.merchantId, t.citySpellingId],
      foreignColumns: [citySpellings.merchantId, citySpellings.id],
    }),
    checkOneOf('orders_call_kind_known', t.callKind, callKinds),
    checkOneOf('orders_state_known', t.state, orderStates),
    checkOneOf('orders_phone_verdict_known', t.phoneVerdict, phoneVerdicts),
    checkOneOf('orders_parcel_known', t.parcelStatus, parcelStatuses),
    checkOneOf('orders_cash_known', t.cashStatus, cashStatuses),
    checkOneOf('orders_return_known', t.returnStatus, returnStatuses),
    checkOneOf('orders_block_known', t.blockMode, blockModes),
    checkOneOf('orders_risk_known', t.riskLevel, riskLevels),
    checkOneOf('orders_deliver_to_known', t.deliverTo, ['home', 'agency']),
  ],
)

export const orderLines = pgTable(
  'order_lines',
  {
    merchantId: merchantId(),
    orderId: uuid().notNull(),
    position: integer().notNull(),
    id: id(),
    externalId: text(),
    productId: uuid(),
    variantId: uuid(),
    /** What the shop calls it, where no SKU of ours said what it is. */
    shopProductId: uuid(),
    sku: text(),
    name: text().notNull(),
    quantity: integer().notNull(),
    unitPriceCentimes: centimes(),
    /** What it cost before somebody changed its price; null while nobody did. */
    firstPriceCentimes: optionalCentimes(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.orderId, t.position] }),
    uniqueIndex('order_lines_id').on(t.merchantId, t.id),
    index('order_lines_variant').on(t.merchantId, t.variantId).where(sql`variant_id is not null`),
    index('order_lines_shop_product').on(t.merchantId, t.shopProductId, t.id).where(sql`shop_product_id is not null`),
    foreignKey({ columns: [t.merchantId, t.variantId], foreignColumns: [variants.merchantId, variants.id] }),
    foreignKey({
      columns: [t.merchantId, t.shopProductId],
      foreignColumns: [shopProducts.merchantId, shopProducts.id],
    }),
    foreignKey({ columns: [t.merchantId, t.orderId], foreignColumns: [orders.merchantId, orders.id] }),
  ],
)

/** By which tag an order is found; what is shown is the order's own list. */
export const orderTags = pgTable(
  'order_tags',
  { merchantId: merchantId(), tag: text().notNull(), orderId: uuid().notNull() },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.tag, t.orderId] }),
    index('order_tags_order').on(t.merchantId, t.orderId),
    foreignKey({ columns: [t.merchantId, t.orderId], foreignColumns: [orders.merchantId, orders.id] }),
  ],
)

/** Pairs of orders that may be one wish, written from both sides. */
export const orderDuplicates = pgTable(
  'order_duplicates',
  {
    merchantId: merchantId(),
    orderId: uuid().notNull(),
    otherId: uuid().notNull(),
    verdict: text().$type<DuplicateVerdict>().notNull(),
    foundAt: instant().notNull(),
    /** What became of `orderId` when somebody decided about the two. */
    fate: text().$type<DuplicateFate>(),
    decidedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.orderId, t.otherId] }),
    index('order_duplicates_other').on(t.merchantId, t.otherId),
    foreignKey({ columns: [t.merchantId, t.orderId], foreignColumns: [orders.merchantId, orders.id] }),
    foreignKey({ columns: [t.merchantId, t.otherId], foreignColumns: [orders.merchantId, orders.id] }),
    checkOneOf('order_duplicates_verdict_known', t.verdict, duplicateVerdicts),
    checkOneOf('order_duplicates_fate_known', t.fate, duplicateFates),
  ],
)

/** What a move triggered: one row each, run once by a job, cancelled or reversed by an undo. */
export const effects = pgTable(
  'effects',
  {
    merchantId: merchantId(),
    id: id(),
    orderId: uuid().notNull(),
    eventId: uuid().notNull(),
    kind: text().$type<EffectKind>().notNull(),
    carrierAccountId: uuid(),
    status: text().$type<EffectStatus>().notNull(),
    /** Why it failed: a refusal's code. */
    problem: text(),
    createdAt: instant().notNull(),
    settledAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('effects_event').on(t.merchantId, t.eventId),
    index('effects_order').on(t.merchantId, t.orderId, t.id),
    foreignKey({ columns: [t.merchantId, t.orderId], foreignColumns: [orders.merchantId, orders.id] }),
    checkOneOf('effects_kind_known', t.kind, effectKinds),
    checkOneOf('effects_status_known', t.status, effectStatuses),
  ],
)
