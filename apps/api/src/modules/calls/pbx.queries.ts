import { type PbxEvent, pbxLiveMinutes } from '@sendocki/domain/calls/pbx'
import { and, desc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { MerchantTx, PlatformTx } from '../../context.ts'
import { pbxCalls, pbxHooks } from '../../db/schema/calls.ts'
import { customers } from '../../db/schema/customers.ts'
import { members } from '../../db/schema/members.ts'
import { statement } from '../../db/statement.ts'

type HookRow = Omit<typeof pbxHooks.$inferSelect, 'merchantId'>

export const findPbxHook = async (tx: MerchantTx): Promise<HookRow | undefined> =>
  (await tx.db.select().from(pbxHooks).where(eq(pbxHooks.merchantId, tx.merchantId)))[0]

/** Stores the merchant's hook in the place of the one there was. */
export const putPbxHook = async (tx: MerchantTx, row: HookRow): Promise<void> => {
  await tx.db
    .insert(pbxHooks)
    .values({ ...row, merchantId: tx.merchantId })
    .onConflictDoUpdate({ target: pbxHooks.merchantId, set: row })
}

export const removePbxHook = async (tx: MerchantTx): Promise<string | undefined> =>
  (await tx.db.delete(pbxHooks).where(eq(pbxHooks.merchantId, tx.merchantId)).returning({ id: pbxHooks.id }))[0]?.id

export const notePbxEvent = async (tx: MerchantTx, at: string): Promise<void> => {
  await tx.db.update(pbxHooks).set({ lastEventAt: at }).where(eq(pbxHooks.merchantId, tx.merchantId))
}

const hookOfId = statement('pbx_hook', (qb) =>
  qb
    .select({ merchantId: pbxHooks.merchantId, secret: pbxHooks.secret })
    .from(pbxHooks)
    .where(eq(pbxHooks.id, sql.placeholder('id'))),
)
/** Whose hook it is, by `pbx_hooks_by_id`. */
export const findHookOwner = async (tx: PlatformTx, id: string) => (await tx.run(hookOfId, { id }))[0]

type PbxCallRow = Omit<typeof pbxCalls.$inferSelect, 'merchantId'>

/** A call by what the exchange calls it, held until the end of the transaction. */
export const lockPbxCall = async (tx: MerchantTx, callId: string): Promise<PbxCallRow | undefined> =>
  (
    await tx.db
      .select()
      .from(pbxCalls)
      .where(and(eq(pbxCalls.merchantId, tx.merchantId), eq(pbxCalls.callId, callId)))
      .for('update')
  )[0]

export const savePbxCall = async (tx: MerchantTx, row: PbxCallRow): Promise<void> => {
  await tx.db
    .insert(pbxCalls)
    .values({ ...row, merchantId: tx.merchantId })
    .onConflictDoUpdate({ target: [pbxCalls.merchantId, pbxCalls.id], set: row })
}

/** Who signs in by this address and is let in. */
export const memberByEmail = async (tx: MerchantTx, email: string): Promise<string | null> =>
  (
    await tx.db
      .select({ id: members.id })
      .from(members)
      .where(and(eq(members.merchantId, tx.merchantId), eq(members.email, email), isNull(members.disabledAt)))
  )[0]?.id ?? null

const heardLately = (now: Date, status: Exclude<PbxEvent, 'ended'>) =>
  and(
    eq(pbxCalls.status, status),
    gt(pbxCalls.heardAt, new Date(now.getTime() - pbxLiveMinutes[status] * 60_000).toISOString()),
  )
const isLive = (tx: MerchantTx, now: Date) =>
  and(
    eq(pbxCalls.merchantId, tx.merchantId),
    isNull(pbxCalls.endedAt),
    isNull(pbxCalls.openedAt),
    or(heardLately(now, 'started'), heardLately(now, 'answered')),
  )

/** Nobody will tell any more that these ended. */
export const endUnopened = async (tx: MerchantTx, at: string): Promise<void> => {
  await tx.db
    .update(pbxCalls)
    .set({ status: 'ended', endedAt: at })
    .where(and(eq(pbxCalls.merchantId, tx.merchantId), isNull(pbxCalls.endedAt), isNull(pbxCalls.openedAt)))
}

const mostLive = 20
/** Calls that come in now and that nobody opened, the newest first, by `pbx_calls_live`. */
export const livePbxCalls = (tx: MerchantTx, now: Date) =>
  tx.db
    .select({
      id: pbxCalls.id,
      status: pbxCalls.status,
      startedAt: pbxCalls.startedAt,
      memberId: pbxCalls.memberId,
      customerId: pbxCalls.customerId,
      customerName: customers.name,
      orderCount: customers.ordersCount,
    })
    .from(pbxCalls)
    .leftJoin(customers, and(eq(customers.merchantId, pbxCalls.merchantId), eq(customers.id, pbxCalls.customerId)))
    .where(isLive(tx, now))
    .orderBy(desc(pbxCalls.heardAt))
    .limit(mostLive)

/** Takes a live call for whoever opens it; undefined when it is over, or somebody was quicker. */
export const openPbxCall = async (
  tx: MerchantTx,
  { id, memberId, now }: { readonly id: string; readonly memberId: string; readonly now: Date },
) =>
  (
    await tx.db
      .update(pbxCalls)
      .set({ openedBy: memberId, openedAt: now.toISOString() })
      .where(and(isLive(tx, now), eq(pbxCalls.id, id)))
      .returning({ customerId: pbxCalls.customerId })
  )[0]
