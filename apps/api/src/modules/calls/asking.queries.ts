import { and, eq, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { members } from '../../db/schema/members.ts'
import { rawStatement } from '../../db/statement.ts'

const value = (name: string) => sql.placeholder(name)

export interface AskRow {
  readonly type: 'customer.asked_for' | 'customer.kept'
  readonly memberId: string
  readonly name: string
  readonly at: string
}

/** Of a customer's events the newest that asks for them, or the answer to it, along `events_subject`. */
const newestAsk = rawStatement<AskRow>(
  'call_ask_newest',
  sql`select e.type, m.id, m.full_name, e.occurred_at from events e
    join members m on m.merchant_id = e.merchant_id and m.id = (e.data ->> 'askedById')::uuid
    where e.merchant_id = ${value('merchantId')} and e.subject_kind = 'customer' and e.subject_id = ${value('customerId')}
      and e.type in ('customer.asked_for', 'customer.kept') and e.data ->> 'leaseId' = ${value('leaseId')}::text
      and e.occurred_at > ${value('since')}::timestamptz
    order by e.sequence desc limit 1`,
  ['type', 'memberId', 'name', 'at'],
)

export const findAsk = async (
  tx: MerchantTx,
  asked: { readonly customerId: string; readonly leaseId: string; readonly since: string },
): Promise<AskRow | undefined> => (await tx.run(newestAsk, { ...asked, merchantId: tx.merchantId }))[0]

export const findMemberName = async (tx: MerchantTx, memberId: string): Promise<string> =>
  (
    await tx.db
      .select({ name: members.fullName })
      .from(members)
      .where(and(eq(members.merchantId, tx.merchantId), eq(members.id, memberId)))
  )[0]?.name ?? ''
