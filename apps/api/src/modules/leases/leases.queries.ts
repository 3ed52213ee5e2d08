import { type ClaimWay, leaseSeconds, onCallSeconds } from '@sendocki/domain/calls/call'
import { riskLookahead } from '@sendocki/domain/calls/queue'
import { and, eq, inArray, ne, or, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { callLeases } from '../../db/schema/calls.ts'
import { customers } from '../../db/schema/customers.ts'
import { members } from '../../db/schema/members.ts'
import { orders } from '../../db/schema/orders.ts'
import { rawStatement } from '../../db/statement.ts'

const value = (name: string) => sql.placeholder(name)

export type LeaseRow = Omit<typeof callLeases.$inferSelect, 'merchantId'>
const leaseKeys = [
  'id',
  'customerId',
  'memberId',
  'orderId',
  'way',
  'claimedAt',
  'expiresAt',
  'dialledAt',
] as const satisfies readonly (keyof LeaseRow)[]
const leaseColumns = sql`id, customer_id, member_id, order_id, way, claimed_at, expires_at, dialled_at`

/** The end of a lease that is claimed or renewed now, by the server's clock. */
const newEnd = sql`clock_timestamp() + make_interval(secs => ${leaseSeconds})`

/** One member asks for one thing at a time: two of their tabs take turns. */
const memberLock = rawStatement<{ locked: unknown }>(
  'lease_member_lock',
  sql`select pg_advisory_xact_lock(hashtextextended(${value('key')}, 0)) is null as locked`,
  ['locked'],
)
const freeStale = rawStatement<{ id: string }>(
  'lease_free_stale',
  sql`delete from call_leases where merchant_id = ${value('merchantId')} and member_id = ${value('memberId')}
    and expires_at <= clock_timestamp() returning id`,
  ['id'],
)
const resume = rawStatement<LeaseRow>(
  'lease_resume',
  sql`update call_leases set expires_at = greatest(expires_at, ${newEnd})
    where merchant_id = ${value('merchantId')} and member_id = ${value('memberId')} and expires_at > clock_timestamp()
    returning ${leaseColumns}`,
  leaseKeys,
)

/**
 * Law 3 in one statement: the row of the customer is written if there is none or the one there has ended, and the claim
 * with it. Whoever comes second waits for the first to commit and then finds the row taken.
 */
const taking = (chosen: ReturnType<typeof sql>) => sql`
  with chosen as (${chosen}), lease as (
    insert into call_leases as l (merchant_id, customer_id, id, member_id, order_id, way, claimed_at, expires_at)
    select ${value('merchantId')}::uuid, chosen.customer_id, ${value('id')}::uuid, ${value('memberId')}::uuid,
      chosen.order_id, ${value('way')}::text, clock_timestamp(), ${newEnd} from chosen
    on conflict (merchant_id, customer_id) do update set id = excluded.id, member_id = excluded.member_id,
      order_id = excluded.order_id, way = excluded.way, claimed_at = excluded.claimed_at,
      expires_at = excluded.expires_at, dialled_at = null
      where l.expires_at <= clock_timestamp()
    returning ${leaseColumns}
  ), written as (
    insert into call_claims (merchant_id, id, customer_id, member_id, order_id, way, claimed_at)
    select ${value('merchantId')}::uuid, id, customer_id, member_id, order_id, way, claimed_at from lease
  )
  select (select count(*) from chosen)::int as chosen, lease.* from (select) as one left join lease on true`

interface Taken extends Partial<LeaseRow> {
  /** How many orders were there to be taken: none means that the queue is empty, not that somebody was quicker. */
  readonly chosen: number
}

/** What a member may be given now. */
const waiting = sql`o.merchant_id = ${value('merchantId')}
  and o.call_at is not null and o.call_at <= ${value('now')}::timestamptz
  and (o.assignee_id = ${value('memberId')}::uuid or (${value('seesQueue')}::boolean
    and (o.assignee_id is null or o.call_at <= ${value('assignedSince')}::timestamptz)))
  and (o.call_member_id is null or o.call_member_id = ${value('memberId')}::uuid
    or o.call_at <= ${value('lateSince')}::timestamptz)
  and not exists (select from call_leases held where held.merchant_id = o.merchant_id
    and held.customer_id = o.customer_id and held.expires_at > clock_timestamp())`
const inQueueOrder = sql`o.call_sort, o.call_at, o.id`
// eslint-disable-next-line no-restricted-syntax -- a constant of the domain: planned as the number it is
const lookahead = sql.raw(String(riskLookahead))

const takeNext = rawStatement<Taken>(
  'lease_next',
  taking(sql`
    select o.id as order_id, o.customer_id from orders o where ${waiting}
    order by o.call_rank, ${inQueueOrder} limit 1 for no key update of o skip locked`),
  ['chosen', ...leaseKeys],
)
/** What one customer still waits for, by `orders_customer`. */
const takeNextOf = rawStatement<Taken>(
  'lease_next_of',
  taking(sql`
    select o.id as order_id, o.customer_id from orders o where ${waiting} and o.customer_id = ${value('customerId')}::uuid
    order by o.call_rank, ${inQueueOrder} limit 1 for no key update of o skip locked`),
  ['chosen', ...leaseKeys],
)
/**
 * What is next in the queue, of its next hundred, by `inRiskOrder`. The index gives the hundred, which are read again by
 * their key: only the one that is taken is locked, and what somebody else changed meanwhile is asked of it once more.
 */
const takeByRisk = rawStatement<Taken>(
  'lease_by_risk',
  taking(sql`
    select o.id as order_id, o.customer_id from (
      select o.id from orders o where ${waiting} order by o.call_rank, ${inQueueOrder} limit ${lookahead}
    ) next join orders o on o.merchant_id = ${value('merchantId')} and o.id = next.id
    where ${waiting}
    order by o.call_rank, ${value('riskStep')}::int * (case when o.call_kind = 'callback' then 0
      when o.risk_level = 'high' then 2 when o.risk_level = 'medium' then 1 else 0 end), ${inQueueOrder}
    limit 1 for no key update of o skip locked`),
  ['chosen', ...leaseKeys],
)
const takeOne = rawStatement<Taken>(
  'lease_one',
  taking(sql`select ${value('orderId')}::uuid as order_id, ${value('customerId')}::uuid as customer_id`),
  ['chosen', ...leaseKeys],
)

const given = (row: Taken | undefined): LeaseRow | undefined => (row?.id ? (row as LeaseRow) : undefined)

interface Claimer {
  readonly memberId: string
  readonly id: string
}
interface NextClaim extends Claimer {
  /** Whether anything may be offered now; what is held already comes back at any hour. */
  readonly open: boolean
  readonly now: string
  /** Promised call-backs that are due since then are anybody's. */
  readonly lateSince: string
  /** Orders of others that are due since then are theirs as well; null for never. */
  readonly assignedSince: string | null
  /** Whether their role sees orders that are not their own. */
  readonly seesQueue: boolean
  /** Who is on the line: what else they wait for comes before the queue. */
  readonly customerId: string | null
  /** By how much risk moves an order back; see `queueStep`. */
  readonly riskStep: -1 | 0 | 1
}

/** What the member holds already, or the next order of the queue by `orders_calls`; and whether there was one. */
export const claimNext = async (
  tx: MerchantTx,
  { open, customerId, ...claim }: NextClaim,
): Promise<{ lease: LeaseRow | undefined; resumed: boolean; empty: boolean }> => {
  const { merchantId } = tx
  const mine = { merchantId, memberId: claim.memberId }
  const [, , [held]] = await Promise.all([
    tx.run(memberLock, { key: `${merchantId}/${claim.memberId}` }),
    tx.run(freeStale, mine),
    tx.run(resume, mine),
  ])
  if (held) return { lease: held, resumed: true, empty: false }
  if (!open) return { lease: undefined, resumed: false, empty: true }
  const asked = { ...claim, merchantId, way: 'next' }
  const [more] = customerId === null ? [] : await tx.run(takeNextOf, { ...asked, customerId })
  if (given(more)) return { lease: given(more), resumed: false, empty: false }
  const [byRisk] = claim.riskStep === 0 ? [] : await tx.run(takeByRisk, asked)
  // Others may be taking the whole hundred at this moment: the queue may go on behind it.
  const [taken] = byRisk && byRisk.chosen > 0 ? [byRisk] : await tx.run(takeNext, asked)
  return { lease: given(taken), resumed: false, empty: taken?.chosen === 0 }
}

/** The hand on one customer; undefined when somebody else has it. Whatever the member held before is let go. */
export const claimCustomer = async (
  tx: MerchantTx,
  claim: Claimer & { readonly customerId: string; readonly orderId: string | null; readonly way: 'order' | 'phone' },
): Promise<LeaseRow | undefined> => {
  const { merchantId } = tx
  const [, [held]] = await Promise.all([
    tx.run(memberLock, { key: `${merchantId}/${claim.memberId}` }),
    tx.run(resume, { merchantId, memberId: claim.memberId }),
  ])
  if (held?.customerId === claim.customerId && held.orderId === claim.orderId) return held
  await freeMember(tx, claim.memberId)
  const [taken] = await tx.run(takeOne, { ...claim, merchantId })
  return given(taken)
}

const ofMember = (tx: MerchantTx, memberId: string) =>
  and(eq(callLeases.merchantId, tx.merchantId), eq(callLeases.memberId, memberId))

/** Lets go of whatever a member holds; returns the customers. */
export const freeMember = async (tx: MerchantTx, memberId: string): Promise<string[]> =>
  (await tx.db.delete(callLeases).where(ofMember(tx, memberId)).returning({ id: callLeases.customerId })).map(
    ({ id }) => id,
  )

const freeOne = rawStatement<LeaseRow>(
  'lease_free',
  sql`delete from call_leases where merchant_id = ${value('merchantId')} and member_id = ${value('memberId')}
    and id = ${value('id')} returning ${leaseColumns}`,
  leaseKeys,
)
/** Lets go of one lease; undefined when it is no longer the member's. */
export const freeLease = async (tx: MerchantTx, id: string, memberId: string): Promise<LeaseRow | undefined> =>
  (await tx.run(freeOne, { merchantId: tx.merchantId, memberId, id }))[0]

/** Keeps a lease that nobody else took for its minute, or for the minutes of a call; one that ended is taken up again. */
const keeping = (name: string, set: ReturnType<typeof sql>) =>
  rawStatement<LeaseRow>(
    name,
    sql`update call_leases set ${set} where merchant_id = ${value('merchantId')} and id = ${value('id')}
      and member_id = ${value('memberId')} returning ${leaseColumns}`,
    leaseKeys,
  )
const renewal = keeping('lease_renew', sql`expires_at = greatest(expires_at, ${newEnd})`)
const dialling = keeping(
  'lease_dial',
  sql`dialled_at = coalesce(dialled_at, clock_timestamp()),
    expires_at = clock_timestamp() + make_interval(secs => ${onCallSeconds})`,
)
export const renewLease = async (tx: MerchantTx, id: string, memberId: string): Promise<LeaseRow | undefined> =>
  (await tx.run(renewal, { merchantId: tx.merchantId, id, memberId }))[0]
export const dialLease = async (tx: MerchantTx, id: string, memberId: string): Promise<LeaseRow | undefined> =>
  (await tx.run(dialling, { merchantId: tx.merchantId, id, memberId }))[0]

const takingOver = rawStatement<LeaseRow>(
  'lease_take_over',
  sql`with lease as (
    update call_leases set id = ${value('newId')}, member_id = ${value('memberId')}, way = ${value('way')}::text,
      claimed_at = clock_timestamp(), expires_at = ${newEnd}, dialled_at = null
    where merchant_id = ${value('merchantId')} and id = ${value('id')} returning ${leaseColumns}
  ), written as (
    insert into call_claims (merchant_id, id, customer_id, member_id, order_id, way, claimed_at)
    select ${value('merchantId')}::uuid, id, customer_id, member_id, order_id, way, claimed_at from lease
  )
  select lease.* from lease`,
  leaseKeys,
)
/** The same row in another hand: nobody can come between. What that hand held before is let go. */
export const takeLease = async (
  tx: MerchantTx,
  to: { readonly id: string; readonly newId: string; readonly memberId: string; readonly way: ClaimWay },
): Promise<LeaseRow | undefined> => {
  await tx.db.delete(callLeases).where(and(ofMember(tx, to.memberId), ne(callLeases.id, to.id)))
  return (await tx.run(takingOver, { ...to, merchantId: tx.merchantId }))[0]
}

export interface HolderRow extends LeaseRow {
  readonly memberName: string
}
const holderKeys = [...leaseKeys, 'memberName'] as const
const holderColumns = sql`l.id, l.customer_id, l.member_id, l.order_id, l.way, l.claimed_at, l.expires_at, l.dialled_at,
  m.full_name from call_leases l join members m on m.merchant_id = l.merchant_id and m.id = l.member_id`
const holderOfCustomer = rawStatement<HolderRow>(
  'lease_of_customer',
  sql`select ${holderColumns} where l.merchant_id = ${value('merchantId')} and l.customer_id = ${value('id')}
    and l.expires_at > clock_timestamp()`,
  holderKeys,
)
const holderOfOrder = rawStatement<HolderRow>(
  'lease_of_order',
  sql`select ${holderColumns} join orders o on o.merchant_id = l.merchant_id and o.customer_id = l.customer_id
    where o.merchant_id = ${value('merchantId')} and o.id = ${value('id')} and l.expires_at > clock_timestamp()`,
  holderKeys,
)
const leaseOfMember = rawStatement<HolderRow>(
  'lease_of_member',
  sql`select ${holderColumns} where l.merchant_id = ${value('merchantId')} and l.member_id = ${value('id')}
    and l.expires_at > clock_timestamp()`,
  holderKeys,
)
/** Who has the hand on a customer now, by primary key. */
export const findHolder = async (tx: MerchantTx, customerId: string): Promise<HolderRow | undefined> =>
  (await tx.run(holderOfCustomer, { merchantId: tx.merchantId, id: customerId }))[0]
/** The same for the customer of an order. */
export const findHolderOfOrder = async (tx: MerchantTx, orderId: string): Promise<HolderRow | undefined> =>
  (await tx.run(holderOfOrder, { merchantId: tx.merchantId, id: orderId }))[0]
/** What a member holds now. */
export const findLeaseOf = async (tx: MerchantTx, memberId: string): Promise<HolderRow | undefined> =>
  (await tx.run(leaseOfMember, { merchantId: tx.merchantId, id: memberId }))[0]

const leaseById = rawStatement<LeaseRow>(
  'lease_by_id',
  sql`select ${leaseColumns} from call_leases where merchant_id = ${value('merchantId')} and id = ${value('id')}`,
  leaseKeys,
)
/** A lease by its own id, whatever its age. */
export const findLease = async (tx: MerchantTx, id: string): Promise<LeaseRow | undefined> =>
  (await tx.run(leaseById, { merchantId: tx.merchantId, id }))[0]

/** Every live lease with its order's number and its customer's name, for the floor and the queue. */
export const liveLeases = (tx: MerchantTx) =>
  tx.db
    .select({
      lease: callLeases,
      memberName: members.fullName,
      orderNumber: orders.number,
      customerName: customers.name,
    })
    .from(callLeases)
    .innerJoin(members, and(eq(members.merchantId, callLeases.merchantId), eq(members.id, callLeases.memberId)))
    .leftJoin(orders, and(eq(orders.merchantId, callLeases.merchantId), eq(orders.id, callLeases.orderId)))
    .leftJoin(customers, and(eq(customers.merchantId, callLeases.merchantId), eq(customers.id, callLeases.customerId)))
    .where(and(eq(callLeases.merchantId, tx.merchantId), sql`${callLeases.expiresAt} > clock_timestamp()`))

interface ClaimRow {
  readonly customerId: string
  readonly memberId: string
  readonly orderId: string | null
  readonly claimedAt: string
  readonly superseded: boolean
}
const claimOf = rawStatement<ClaimRow>(
  'lease_claim',
  sql`select c.customer_id, c.member_id, c.order_id, c.claimed_at, exists (select from call_claims later
      where later.merchant_id = c.merchant_id and later.customer_id = c.customer_id
      and later.claimed_at > c.claimed_at and later.member_id <> c.member_id)
    from call_claims c where c.merchant_id = ${value('merchantId')} and c.id = ${value('id')}`,
  ['customerId', 'memberId', 'orderId', 'claimedAt', 'superseded'],
)
/** The claim behind a lease, and whether somebody else came to the customer after it. */
export const findClaim = async (tx: MerchantTx, id: string): Promise<ClaimRow | undefined> =>
  (await tx.run(claimOf, { merchantId: tx.merchantId, id }))[0]

/** Frees a customer's row if it has ended, so that a lease may come to stand there. */
export const freeEnded = async (tx: MerchantTx, customerId: string): Promise<void> => {
  await tx.db
    .delete(callLeases)
    .where(
      and(
        eq(callLeases.merchantId, tx.merchantId),
        eq(callLeases.customerId, customerId),
        sql`${callLeases.expiresAt} <= clock_timestamp()`,
      ),
    )
}

/** The lease on an order goes with it to another customer. */
export const setLeaseCustomer = async (
  tx: MerchantTx,
  { memberId, orderId, customerId }: { memberId: string; orderId: string; customerId: string },
): Promise<void> => {
  await tx.db
    .update(callLeases)
    .set({ customerId })
    .where(and(ofMember(tx, memberId), eq(callLeases.orderId, orderId)))
}

/** The lease on a customer, if it is this one or about one of these orders, becomes one on another customer. */
export const moveLeases = async (
  tx: MerchantTx,
  move: {
    readonly fromId: string
    readonly toId: string
    readonly leaseId: string | null
    readonly orderIds: readonly string[]
  },
): Promise<void> => {
  const which = or(
    ...(move.leaseId === null ? [] : [eq(callLeases.id, move.leaseId)]),
    ...(move.orderIds.length === 0 ? [] : [inArray(callLeases.orderId, [...move.orderIds])]),
  )
  if (!which) return
  await tx.db
    .update(callLeases)
    .set({ customerId: move.toId })
    .where(and(eq(callLeases.merchantId, tx.merchantId), eq(callLeases.customerId, move.fromId), which))
}
