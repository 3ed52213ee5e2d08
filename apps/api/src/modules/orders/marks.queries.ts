import { sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { orders } from '../../db/schema/orders.ts'
import { rawStatement, type Statement } from '../../db/statement.ts'
import { whereOf } from './filters.queries.ts'
import type { Viewer } from './orders.queries.ts'

export interface MarksRow {
  readonly orderId: string
  readonly unreadCount: number
  readonly conversationId: string | null
  readonly deliveredCount: number
  readonly returnedCount: number
  readonly holderId: string | null
  readonly holderName: string | null
  readonly claimedAt: string | null
  readonly expiresAt: string | null
  readonly dialledAt: string | null
}
const keys = [
  'orderId',
  'unreadCount',
  'conversationId',
  'deliveredCount',
  'returnedCount',
  'holderId',
  'holderName',
  'claimedAt',
  'expiresAt',
  'dialledAt',
] as const satisfies readonly (keyof MarksRow)[]

/**
 * Each order by its key, and what is its customer's by theirs. Whoever was merged into them keeps a phone, and what is
 * written from there is theirs as well.
 */
const compile = (name: string, { scope }: Pick<Viewer, 'scope'>) =>
  rawStatement<MarksRow>(
    name,
    sql`select ${orders.id}, unread.count, unread.newest_id, c.delivered_count, c.returned_count,
        l.member_id, m.full_name, l.claimed_at, l.expires_at, l.dialled_at
      from ${orders}
      join customers c on c.merchant_id = ${orders.merchantId} and c.id = ${orders.customerId}
      cross join lateral (
        select coalesce(sum(v.unread_count), 0)::int as count, (array_agg(v.id order by v.last_at desc))[1] as newest_id
        from (select c.phone union all select merged.phone from customers merged
          where merged.merchant_id = c.merchant_id and merged.merged_into_id = c.id) as known
        join whatsapp_contacts w on w.merchant_id = c.merchant_id and w.phone = known.phone
        join conversations v on v.merchant_id = w.merchant_id and v.contact_id = w.id and v.unread_count > 0
      ) as unread
      left join call_leases l on l.merchant_id = c.merchant_id and l.customer_id = c.id and l.expires_at > clock_timestamp()
      left join members m on m.merchant_id = l.merchant_id and m.id = l.member_id
      where ${whereOf(scope, ['ids'])}`,
    keys,
  )

const compiled = new Map<string, Statement<MarksRow>>()

/** Kept by the kind of sight, of which there are few. */
const statementFor = ({ scope }: Viewer): Statement<MarksRow> => {
  const name = `order_marks ${[...scope].sort().join('+')}`
  const known = compiled.get(name) ?? compile(name, { scope })
  compiled.set(name, known)
  return known
}

/** Of these orders those in sight, in no order. */
export const listMarks = (tx: MerchantTx, viewer: Viewer, ids: readonly string[]): Promise<MarksRow[]> =>
  tx.run(statementFor(viewer), { merchantId: tx.merchantId, memberId: viewer.memberId, ids: [...ids] })
