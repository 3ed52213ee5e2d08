import { eq, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { riskRates, riskSettings } from '../../db/schema/risk.ts'
import { rawStatement } from '../../db/statement.ts'
import type { Rate } from './history.queries.ts'

const value = (name: string) => sql.placeholder(name)

/** Parcels that are counted: the newest of so many say what is usual. */
const mostCounted = 50_000
/** Cities and products that are kept, those with the most parcels. */
const mostRates = 5_000
const usualOf = 1_000

const counted = rawStatement<Rate>(
  'risk_count',
  sql`with ended as materialized (
      select o.id, o.city_id, o.state from orders o
      where o.merchant_id = ${value('merchantId')} and o.state in ('delivered', 'returned') and not o.is_sample
        and o.created_at >= ${value('from')}::timestamptz and o.created_at < ${value('until')}::timestamptz
        and case o.state when 'delivered' then o.first_delivered_at else o.first_returned_at end < ${value('until')}::timestamptz
      order by o.created_at desc limit ${mostCounted}
    ), parts as (
      select 'all' as kind, '' as key, e.state from ended e
      union all select 'city', e.city_id, e.state from ended e where e.city_id is not null
      union all select 'product', l.product_id::text, e.state from ended e join lateral (
        select distinct product_id from order_lines where merchant_id = ${value('merchantId')} and order_id = e.id
          and product_id is not null) l on true
    )
    select kind, key, count(*) filter (where state = 'delivered'), count(*) filter (where state = 'returned')
    from parts group by kind, key order by kind = 'all' desc, count(*) desc, key limit ${mostRates}`,
  ['kind', 'key', 'delivered', 'returned'],
)

/** How the parcels of a span ended, in all and by city and product. */
export const countRates = (tx: MerchantTx, span: { readonly from: string; readonly until: string }): Promise<Rate[]> =>
  tx.run(counted, { ...span, merchantId: tx.merchantId })

export interface Usual {
  readonly centimes: number
  readonly orders: number
}
const middle = rawStatement<Usual>(
  'risk_usual',
  sql`select coalesce(percentile_disc(0.5) within group (order by n.total_centimes), 0), count(*) from (
    select o.total_centimes from orders o where o.merchant_id = ${value('merchantId')} and not o.is_sample
      and o.created_at < ${value('until')}::timestamptz order by o.created_at desc limit ${usualOf}) n`,
  ['centimes', 'orders'],
)

/** What an order usually came to before an instant. */
export const usualAmount = async (tx: MerchantTx, until: string): Promise<Usual> =>
  (await tx.run(middle, { merchantId: tx.merchantId, until }))[0] ?? { centimes: 0, orders: 0 }

const replaced = rawStatement<{ count: number }>(
  'risk_replace_rates',
  sql`insert into risk_rates (merchant_id, kind, key, delivered, returned)
    select ${value('merchantId')}::uuid, r.kind, r.key, r.delivered, r.returned
    from jsonb_to_recordset(${value('rates')}::jsonb) as r (kind text, key text, delivered int, returned int)
    returning 1`,
  ['count'],
)

/** Keeps what was counted, in the place of what was. */
export const keepRates = async (
  tx: MerchantTx,
  { rates, usual, now }: { readonly rates: readonly Rate[]; readonly usual: Usual; readonly now: string },
): Promise<void> => {
  await tx.db.delete(riskRates).where(eq(riskRates.merchantId, tx.merchantId))
  if (rates.length > 0) await tx.run(replaced, { merchantId: tx.merchantId, rates: JSON.stringify(rates) })
  await tx.db
    .update(riskSettings)
    .set({ usualCentimes: usual.centimes, usualOrders: usual.orders, countedAt: now })
    .where(eq(riskSettings.merchantId, tx.merchantId))
}
