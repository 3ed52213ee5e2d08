import type { OrderState } from '@sendocki/domain/orders/states'
import type { TrialEnd } from '@sendocki/domain/risk/risk'
import type { RiskScore } from '@sendocki/domain/risk/score'
import { type SQL, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { rawStatement } from '../../db/statement.ts'
import type { RiskSubject } from './history.queries.ts'

/*
 * Which orders are judged: those about which something can still be decided, by `orders_state`, and those that ended,
 * for a trial.
 */

const value = (name: string) => sql.placeholder(name)

/** Orders in these states are judged anew; what was shipped keeps what was said of it. Null: no state at all. */
export const judgedStates = ['new', 'unreachable', 'to_confirm', 'confirmed', null] as const
const judged = sql`(o.state in ('new', 'unreachable', 'to_confirm', 'confirmed') or o.state is null)`

interface SubjectRow extends Omit<RiskSubject, 'until'> {
  readonly createdAt: string
}
const subjectKeys = [
  'id',
  'customerId',
  'addressKey',
  'cityId',
  'totalCentimes',
  'phoneVerdict',
  'placedAt',
  'createdAt',
  'productIds',
] as const satisfies readonly (keyof SubjectRow)[]

const subjectColumns = sql`o.id, o.customer_id, o.address_key, o.city_id, o.total_centimes, o.phone_verdict, o.placed_at,
  o.created_at, coalesce((select json_agg(distinct l.product_id) from order_lines l where l.merchant_id = o.merchant_id
    and l.order_id = o.id and l.product_id is not null), '[]')`
const mine = sql`o.merchant_id = ${value('merchantId')} and not o.is_sample`

const asSubject = (row: SubjectRow, until: string): RiskSubject => ({ ...row, until })

const named = rawStatement<SubjectRow>(
  'risk_named',
  sql`select ${subjectColumns} from orders o where ${mine} and o.id = any(${value('ids')}::uuid[]) and ${judged}
    and o.ended_at is null and exists (select from risk_settings r where r.merchant_id = o.merchant_id)`,
  subjectKeys,
)

/** Named orders, those of them that are still judged; none of a merchant who never read its past. */
export const subjectsOf = async (tx: MerchantTx, ids: readonly string[], until: string): Promise<RiskSubject[]> =>
  (await tx.run(named, { merchantId: tx.merchantId, ids })).map((row) => asSubject(row, until))

const pageOf = (name: string, state: SQL) =>
  rawStatement<SubjectRow>(
    name,
    sql`select ${subjectColumns} from orders o where ${mine} and ${state} and o.ended_at is null
      and (o.created_at, o.id) > (${value('afterAt')}::timestamptz, ${value('afterId')}::uuid)
      order by o.created_at, o.id limit ${value('limit')}`,
    subjectKeys,
  )
const inState = pageOf('risk_in_state', sql`o.state = ${value('state')}`)
const withoutState = pageOf('risk_without_state', sql`o.state is null`)

export interface PageKey {
  readonly createdAt: string
  readonly id: string
}
export const beforeAll: PageKey = { createdAt: '-infinity', id: '00000000-0000-0000-0000-000000000000' }

/** Open orders in a state, oldest first, from after one of them; and the last of them when there may be more. */
export const judgedPage = async (
  tx: MerchantTx,
  state: (typeof judgedStates)[number],
  { after, limit, until }: { readonly after: PageKey; readonly limit: number; readonly until: string },
): Promise<{ subjects: RiskSubject[]; last: PageKey | null }> => {
  const args = { merchantId: tx.merchantId, afterAt: after.createdAt, afterId: after.id, limit }
  const rows = await (state === null ? tx.run(withoutState, args) : tx.run(inState, { ...args, state }))
  const last = rows.at(-1)
  return {
    subjects: rows.map((row) => asSubject(row, until)),
    last: last && rows.length === limit ? { createdAt: last.createdAt, id: last.id } : null,
  }
}

const touched = rawStatement<{ id: string }>(
  'risk_touched',
  sql`with changed as (select c.id, c.customer_id, c.address_key from orders c where c.merchant_id = ${value('merchantId')}
      and c.updated_at >= ${value('since')}::timestamptz and c.updated_at <> c.created_at limit ${value('limit')})
    select o.id from orders o where ${mine} and ${judged} and o.ended_at is null
      and o.customer_id in (select customer_id from changed)
    union select o.id from orders o where ${mine} and ${judged} and o.ended_at is null
      and o.address_key in (select address_key from changed)
    limit ${value('limit')}`,
  ['id'],
)

/** Open orders of customers and addresses of which an order changed since, at most so many. */
export const touchedSince = async (tx: MerchantTx, since: string, limit: number): Promise<string[]> =>
  (await tx.run(touched, { merchantId: tx.merchantId, since, limit })).map(({ id }) => id)

export interface Judged {
  readonly id: string
  readonly risk: RiskScore | null
}

const write = rawStatement<{ id: string }>(
  'risk_write',
  sql`update orders o set risk_level = j.level, risk_score = j.score, risk_reasons = j.reasons
    from jsonb_to_recordset(${value('judged')}::jsonb) as j (id uuid, level text, score int, reasons jsonb)
    where o.merchant_id = ${value('merchantId')} and o.id = j.id
      and (o.risk_level, o.risk_score, o.risk_reasons) is distinct from (j.level, j.score, j.reasons)
    returning o.id`,
  ['id'],
)

/** Keeps what is said of orders where it differs from what was; a fact derived by a machine, which raises no version. */
export const keepRisks = async (tx: MerchantTx, all: readonly Judged[]): Promise<string[]> => {
  if (all.length === 0) return []
  const judgedRows = all.map(({ id, risk }) => ({
    id,
    level: risk?.level ?? null,
    score: risk?.score ?? null,
    reasons: risk?.reasons ?? null,
  }))
  const written = await tx.run(write, { merchantId: tx.merchantId, judged: JSON.stringify(judgedRows) })
  return written.map(({ id }) => id)
}

const forget = rawStatement<{ id: string }>(
  'risk_forget',
  sql`update orders o set risk_level = null, risk_score = null, risk_reasons = null
    where o.merchant_id = ${value('merchantId')} and o.id in (select f.id from orders f
      where f.merchant_id = ${value('merchantId')} and f.risk_level is not null limit ${value('limit')})
    returning o.id`,
  ['id'],
)

/** Takes back what was said of some orders, by `orders_risk`; answers how many. */
export const forgetRisks = async (tx: MerchantTx, limit: number): Promise<number> =>
  (await tx.run(forget, { merchantId: tx.merchantId, limit })).length

interface EndedRow extends SubjectRow {
  readonly number: number
  readonly state: TrialEnd & OrderState
}

const ended = sql`o.state in ('delivered', 'returned', 'cancelled')
  and o.created_at >= ${value('from')}::timestamptz and o.created_at < ${value('to')}::timestamptz`
const countStatement = rawStatement<{ count: number }>(
  'risk_trial_count',
  sql`select count(*) from orders o where ${mine} and ${ended}`,
  ['count'],
)
/** Drawn by their ids, so that no hour of the week is looked at more than another. */
const drawn = rawStatement<EndedRow>(
  'risk_trial_orders',
  sql`select ${subjectColumns}, o.number, o.state from orders o where ${mine} and o.id in (
    select o.id from orders o where ${mine} and ${ended} order by md5(o.id::text) limit ${value('limit')})`,
  [...subjectKeys, 'number', 'state'],
)

export interface EndedOrder {
  readonly subject: RiskSubject
  readonly number: number
  readonly state: TrialEnd
}

/** Orders created in a span that have ended, at most so many of them, each judged as it was when it came. */
export const endedIn = async (
  tx: MerchantTx,
  { from, to, limit }: { readonly from: string; readonly to: string; readonly limit: number },
): Promise<{ count: number; orders: EndedOrder[] }> => {
  const span = { merchantId: tx.merchantId, from, to }
  const [[counted], rows] = await Promise.all([tx.run(countStatement, span), tx.run(drawn, { ...span, limit })])
  return {
    count: counted?.count ?? 0,
    orders: rows.map(({ number, state, ...row }) => ({ number, state, subject: asSubject(row, row.createdAt) })),
  }
}
