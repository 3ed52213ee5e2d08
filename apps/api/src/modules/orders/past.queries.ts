import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { orderLines, orders } from '../../db/schema/orders.ts'
import { rawStatement } from '../../db/statement.ts'
import type { LineRow } from './rows.queries.ts'

const value = (name: string) => sql.placeholder(name)

const turnStatement = rawStatement<{ locked: unknown }>(
  'past_orders_turn',
  sql`select pg_advisory_xact_lock(hashtextextended(${value('key')}, 0)) is null as locked`,
  ['locked'],
)

/** Lists of past orders take turns, so that two rows of two lists never make one order twice. */
export const takeTurn = async (tx: MerchantTx): Promise<void> => {
  await tx.run(turnStatement, { key: `past orders/${tx.merchantId}` })
}

interface LivingRow {
  readonly term: string
  readonly id: string
  readonly customerId: string
  readonly updatedAt: string
  readonly phone: string | null
  readonly alternatePhone: string | null
}

const livingStatement = rawStatement<LivingRow>(
  'orders_by_reference',
  sql`select s.term, o.id, o.customer_id, o.updated_at, o.phone, o.alternate_phone from search_terms s
    join orders o on o.merchant_id = s.merchant_id and o.id = s.subject_id
    where s.merchant_id = ${value('merchantId')} and s.term = any(${value('terms')}::text[] collate "C")
      and s.kind = 'reference' and (o.store_id is not null or o.external_id is null)`,
  ['term', 'id', 'customerId', 'updatedAt', 'phone', 'alternatePhone'],
)

/** Orders that live here under these references, by the primary key of the search terms. */
export const livingByReference = (tx: MerchantTx, terms: readonly string[]): Promise<LivingRow[]> =>
  tx.run(livingStatement, { merchantId: tx.merchantId, terms: [...terms] })

const pastColumns = {
  id: orders.id,
  externalId: orders.externalId,
  version: orders.version,
  updatedAt: orders.updatedAt,
  erasedAt: orders.erasedAt,
  parcelId: orders.parcelId,
  customerId: orders.customerId,
  sourceReference: orders.sourceReference,
  placedAt: orders.placedAt,
  state: orders.state,
  stateSince: orders.stateSince,
  firstConfirmedAt: orders.firstConfirmedAt,
  firstShippedAt: orders.firstShippedAt,
  contactName: orders.contactName,
  phone: orders.phone,
  alternatePhone: orders.alternatePhone,
  email: orders.email,
  addressLine: orders.addressLine,
  district: orders.district,
  landmark: orders.landmark,
  cityText: orders.cityText,
  cityId: orders.cityId,
  regionCode: orders.regionCode,
  shippingFeeCentimes: orders.shippingFeeCentimes,
  totalCentimes: orders.totalCentimes,
  trackingNumber: orders.trackingNumber,
  note: orders.note,
} as const

const lockPast = (tx: MerchantTx, which: SQL) =>
  tx.db
    .select(pastColumns)
    .from(orders)
    .where(and(eq(orders.merchantId, tx.merchantId), which))
    .orderBy(asc(orders.id))
    .for('update')
export type PastRow = Awaited<ReturnType<typeof lockPast>>[number]

/** Orders that lists have brought in, by the keys of their rows and `orders_external`, locked. */
export const lockPastByKeys = (tx: MerchantTx, keys: readonly string[]): Promise<PastRow[]> =>
  lockPast(tx, sql`${orders.storeId} is null and ${inArray(orders.externalId, [...keys])}`)

export const lockPastByIds = (tx: MerchantTx, ids: readonly string[]): Promise<PastRow[]> =>
  lockPast(tx, sql`${inArray(orders.id, [...ids])}`)

export const linesOfMany = (tx: MerchantTx, ids: readonly string[]): Promise<LineRow[]> =>
  tx.db
    .select()
    .from(orderLines)
    .where(and(eq(orderLines.merchantId, tx.merchantId), inArray(orderLines.orderId, [...ids])))
    .orderBy(asc(orderLines.orderId), asc(orderLines.position))

/** What a list writes of an order; all the rest stays as it is for a new one. */
export interface WrittenPast {
  readonly id: string
  readonly number: number
  readonly created_at: string
  readonly updated_at: string
  readonly placed_at: string
  readonly external_id: string
  readonly source: string
  readonly source_reference: string | null
  readonly stage_id: string
  readonly state: string
  readonly state_since: string
  readonly ended_at: string | null
  readonly first_new_at: string
  readonly first_unreachable_at: string | null
  readonly first_confirmed_at: string | null
  readonly first_shipped_at: string | null
  readonly first_delivered_at: string | null
  readonly first_delivery_failed_at: string | null
  readonly first_returned_at: string | null
  readonly first_cancelled_at: string | null
  readonly customer_id: string
  readonly contact_name: string
  readonly phone: string | null
  readonly phone_verdict: string | null
  readonly alternate_phone: string | null
  readonly email: string | null
  readonly address_line: string | null
  readonly district: string | null
  readonly landmark: string | null
  readonly city_text: string | null
  readonly city_id: string | null
  readonly city_key: string | null
  readonly region_code: string | null
  readonly address_key: string | null
  readonly subtotal_centimes: number
  readonly shipping_fee_centimes: number
  readonly discount_centimes: number
  readonly deposit_centimes: number
  readonly adjustment_centimes: number
  readonly total_centimes: number
  readonly cod_amount_centimes: number
  readonly tracking_number: string | null
  readonly note: string | null
}

const asRows = sql`jsonb_populate_recordset(null::orders, ${value('rows')}::jsonb) r`

const insertStatement = rawStatement<{ id: string }>(
  'past_orders_insert',
  sql`insert into orders (merchant_id,
      id, number, created_at, updated_at, placed_at, external_id, source, source_reference, stage_id, state,
      state_since, ended_at, first_new_at, first_unreachable_at, first_confirmed_at, first_shipped_at,
      first_delivered_at, first_delivery_failed_at, first_returned_at, first_cancelled_at, customer_id,
      contact_name, phone, phone_verdict, alternate_phone, email, address_line, district, landmark, city_text,
      city_id, city_key, region_code, address_key, subtotal_centimes, shipping_fee_centimes, discount_centimes,
      deposit_centimes, adjustment_centimes, total_centimes, cod_amount_centimes, tracking_number, note)
    select ${value('merchantId')}::uuid,
      r.id, r.number, r.created_at, r.updated_at, r.placed_at, r.external_id, r.source, r.source_reference,
      r.stage_id, r.state, r.state_since, r.ended_at, r.first_new_at, r.first_unreachable_at, r.first_confirmed_at,
      r.first_shipped_at, r.first_delivered_at, r.first_delivery_failed_at, r.first_returned_at,
      r.first_cancelled_at, r.customer_id, r.contact_name, r.phone, r.phone_verdict, r.alternate_phone, r.email,
      r.address_line, r.district, r.landmark, r.city_text, r.city_id, r.city_key, r.region_code, r.address_key,
      r.subtotal_centimes, r.shipping_fee_centimes, r.discount_centimes, r.deposit_centimes, r.adjustment_centimes,
      r.total_centimes, r.cod_amount_centimes, r.tracking_number, r.note
    from ${asRows}`,
  [],
)

const updateStatement = rawStatement<{ id: string }>(
  'past_orders_update',
  sql`update orders o set
      created_at = r.created_at, updated_at = r.updated_at, placed_at = r.placed_at, external_id = r.external_id,
      source = r.source, source_reference = r.source_reference, stage_id = r.stage_id, state = r.state, state_since
      = r.state_since, ended_at = r.ended_at, first_new_at = r.first_new_at, first_unreachable_at =
      r.first_unreachable_at, first_confirmed_at = r.first_confirmed_at, first_shipped_at = r.first_shipped_at,
      first_delivered_at = r.first_delivered_at, first_delivery_failed_at = r.first_delivery_failed_at,
      first_returned_at = r.first_returned_at, first_cancelled_at = r.first_cancelled_at, customer_id =
      r.customer_id, contact_name = r.contact_name, phone = r.phone, phone_verdict = r.phone_verdict,
      alternate_phone = r.alternate_phone, email = r.email, address_line = r.address_line, district = r.district,
      landmark = r.landmark, city_text = r.city_text, city_id = r.city_id, city_key = r.city_key, region_code =
      r.region_code, address_key = r.address_key, subtotal_centimes = r.subtotal_centimes, shipping_fee_centimes =
      r.shipping_fee_centimes, discount_centimes = r.discount_centimes, deposit_centimes = r.deposit_centimes,
      adjustment_centimes = r.adjustment_centimes, total_centimes = r.total_centimes, cod_amount_centimes =
      r.cod_amount_centimes, tracking_number = r.tracking_number, note = r.note
    from ${asRows} where o.merchant_id = ${value('merchantId')} and o.id = r.id`,
  [],
)

export const insertPast = async (tx: MerchantTx, rows: readonly WrittenPast[]): Promise<void> => {
  if (rows.length > 0) await tx.run(insertStatement, { merchantId: tx.merchantId, rows: JSON.stringify(rows) })
}

export const updatePast = async (tx: MerchantTx, rows: readonly WrittenPast[]): Promise<void> => {
  if (rows.length > 0) await tx.run(updateStatement, { merchantId: tx.merchantId, rows: JSON.stringify(rows) })
}

const linesStatement = rawStatement<{ id: string }>(
  'past_orders_lines',
  sql`insert into order_lines (merchant_id, order_id, position, id, product_id, variant_id, sku, name, quantity, unit_price_centimes)
    select ${value('merchantId')}::uuid, r.order_id, r.position, r.id, r.product_id, r.variant_id, r.sku, r.name, r.quantity,
      r.unit_price_centimes
    from jsonb_populate_recordset(null::order_lines, ${value('rows')}::jsonb) r`,
  [],
)

export interface WrittenLine {
  readonly order_id: string
  readonly position: number
  readonly id: string
  readonly product_id: string | null
  readonly variant_id: string | null
  readonly sku: string | null
  readonly name: string
  readonly quantity: number
  readonly unit_price_centimes: number
}

/** The lines of these orders, instead of those that they had. */
export const replaceLinesOfMany = async (
  tx: MerchantTx,
  hadLines: readonly string[],
  rows: readonly WrittenLine[],
): Promise<void> => {
  if (hadLines.length > 0)
    await tx.db
      .delete(orderLines)
      .where(and(eq(orderLines.merchantId, tx.merchantId), inArray(orderLines.orderId, [...hadLines])))
  if (rows.length > 0) await tx.run(linesStatement, { merchantId: tx.merchantId, rows: JSON.stringify(rows) })
}

/** What the journal says of an order when a list brings it in, and says anew when the list is changed or taken back. */
export const pastEvents = ['order.imported', 'order.state_imported'] as const

const touchedStatement = rawStatement<{ id: string }>(
  'past_orders_touched',
  sql`select i.id from unnest(${value('ids')}::uuid[]) as i (id) where
    exists (select 1 from events e where e.merchant_id = ${value('merchantId')} and e.order_id = i.id
      and e.type <> all(${value('own')}::text[]))
    or exists (select 1 from parcels p where p.merchant_id = ${value('merchantId')} and p.order_id = i.id)
    or exists (select 1 from collections c where c.merchant_id = ${value('merchantId')} and c.order_id = i.id)
    or exists (select 1 from effects f where f.merchant_id = ${value('merchantId')} and f.order_id = i.id)
    or exists (select 1 from orders o where o.merchant_id = ${value('merchantId')} and o.exchange_of_order_id = i.id)`,
  ['id'],
)

/** Of these orders, those of which anything else is told, or on which something hangs: somebody has worked on them here. */
export const whichAreTouched = async (tx: MerchantTx, ids: readonly string[]): Promise<Set<string>> =>
  new Set(
    (await tx.run(touchedStatement, { merchantId: tx.merchantId, ids: [...ids], own: [...pastEvents] })).map(
      ({ id }) => id,
    ),
  )
