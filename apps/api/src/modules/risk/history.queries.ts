import type { PhoneVerdictWord } from '@sendocki/domain/orders/states'
import { repeatHours } from '@sendocki/domain/risk/score'
import type { RiskSettings } from '@sendocki/domain/risk/settings'
import { type SQL, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import type { RiskRateKind } from '../../db/schema/risk.ts'
import { rawStatement } from '../../db/statement.ts'

/*
 * What the merchant's own past says around orders. Every look goes by an index and reads some dozens of rows an order:
 * `orders_customer`, `orders_address`, and the primary key of the rates that are counted at night.
 */

const value = (name: string) => sql.placeholder(name)

/** An order whose past is looked up. */
export interface RiskSubject {
  readonly id: string
  readonly customerId: string
  readonly addressKey: string | null
  readonly cityId: string | null
  readonly productIds: readonly string[]
  readonly totalCentimes: number
  readonly phoneVerdict: PhoneVerdictWord | null
  readonly placedAt: string
  /** What ended later is not known yet. */
  readonly until: string
}

export interface Rate {
  readonly kind: RiskRateKind
  readonly key: string
  readonly delivered: number
  readonly returned: number
}

export interface HistoryRow {
  readonly id: string
  readonly delivered: number
  readonly returned: number
  readonly cancelled: number
  readonly unreached: number
  readonly earlier: number
  readonly recent: number
  readonly addressDelivered: number
  readonly addressReturned: number
  readonly addressCustomers: number
}
const historyKeys = [
  'id',
  'delivered',
  'returned',
  'cancelled',
  'unreached',
  'earlier',
  'recent',
  'addressDelivered',
  'addressReturned',
  'addressCustomers',
] as const satisfies readonly (keyof HistoryRow)[]

/** More orders of one customer or address than these say nothing new. */
const mostLookedAt = 50

const subjects = sql`jsonb_to_recordset(${value('subjects')}::jsonb) as s (id uuid, "customerId" uuid,
  "addressKey" text, "cityId" text, "productIds" jsonb, "placedAt" timestamptz, until timestamptz)`

const pastOrders = (days: SQL, which: SQL): SQL => sql`(select e.* from orders e
  where e.merchant_id = ${value('merchantId')}::uuid and ${which} and e.id <> s.id and not e.is_sample
    and e.created_at < s.until and e.created_at >= s.until - make_interval(days => ${days})
  order by e.created_at desc limit ${mostLookedAt}) p`

const delivered = sql`count(*) filter (where p.state = 'delivered' and p.first_delivered_at < s.until)`
const returned = sql`count(*) filter (where p.state = 'returned' and p.first_returned_at < s.until)`

const historyColumns = sql`s.id, own.delivered, own.returned, own.cancelled, own.unreached, own.earlier, own.recent,
  coalesce(near.delivered, 0), coalesce(near.returned, 0), coalesce(near.customers, 0)`

/** The other orders of the customer, and those of others at the address, of each subject. */
const history = (days: SQL): SQL => sql`
  cross join lateral (select ${delivered} as delivered, ${returned} as returned,
    count(*) filter (where p.state = 'cancelled' and p.first_confirmed_at is not null and p.first_cancelled_at < s.until) as cancelled,
    count(*) filter (where p.first_unreachable_at < s.until) as unreached,
    count(*) filter (where p.placed_at <= s."placedAt") as earlier,
    count(*) filter (where p.placed_at <= s."placedAt" and p.placed_at > s."placedAt" - make_interval(hours => ${repeatHours})) as recent
    from ${pastOrders(days, sql`e.customer_id = s."customerId"`)}) own
  left join lateral (select ${delivered} as delivered, ${returned} as returned, count(distinct p.customer_id) as customers
    from ${pastOrders(days, sql`e.address_key = s."addressKey" and e.customer_id <> s."customerId"`)})
    near on s."addressKey" is not null`

export interface LookRow extends HistoryRow {
  readonly settings: RiskSettings
  readonly usualCentimes: number | null
  readonly usualOrders: number
  readonly rates: readonly Rate[]
}

/** Nothing but the key of `risk_settings` is looked at while the merchant does not read its past. */
const look = rawStatement<LookRow>(
  'risk_look',
  sql`select ${historyColumns}, r.settings, r.usual_centimes, r.usual_orders, rates.list
    from risk_settings r cross join ${subjects} ${history(sql`(r.settings ->> 'windowDays')::int`)}
    cross join lateral (
      select coalesce(json_agg(json_build_object('kind', t.kind, 'key', t.key, 'delivered', t.delivered, 'returned', t.returned)), '[]') as list
      from (select 'all' as kind, '' as key union all select 'city', s."cityId" where s."cityId" is not null
        union all select 'product', jsonb_array_elements_text(s."productIds")) k
      join risk_rates t on t.merchant_id = r.merchant_id and t.kind = k.kind and t.key = k.key
    ) rates
    where r.merchant_id = ${value('merchantId')} and (r.settings ->> 'enabled')::boolean`,
  [...historyKeys, 'settings', 'usualCentimes', 'usualOrders', 'rates'],
)

/** What is known around orders, with the settings to judge it by; none while the merchant does not read its past. */
export const lookAround = (tx: MerchantTx, around: readonly RiskSubject[]): Promise<LookRow[]> =>
  tx.run(look, { merchantId: tx.merchantId, subjects: JSON.stringify(around) })

const looked = rawStatement<HistoryRow>(
  'risk_history',
  sql`select ${historyColumns} from ${subjects} ${history(sql`${value('days')}::int`)}`,
  historyKeys,
)

/** The same for a trial, whatever the merchant's settings. */
export const historyOf = (tx: MerchantTx, around: readonly RiskSubject[], days: number): Promise<HistoryRow[]> =>
  tx.run(looked, { merchantId: tx.merchantId, subjects: JSON.stringify(around), days })
