import type { AssignOrder, Order } from '@sendocki/domain/orders/order'
import type { Placement } from '@sendocki/domain/orders/pipeline'
import { Refused } from '@sendocki/domain/result'
import type { Static } from 'typebox'
import type { Ctx, MerchantTx } from '../../context.ts'
import { entryColumnsOf } from './moves.commands.ts'
import { changedMeanwhile, loadVersion, readBack } from './orders.commands.ts'
import { findMember, openOrdersOf, placeOrder } from './orders.queries.ts'
import { movableOf, type OrderRow } from './rows.queries.ts'

/** Gives an order to a member, or to nobody. Can be undone like a move. */
export const assignOrder = (
  ctx: Ctx,
  { id, memberId, version }: Static<typeof AssignOrder> & { id: string },
): Promise<Order> =>
  ctx.transaction(async (tx) => {
    const row = await loadVersion(ctx, tx, { id, version })
    if (memberId !== null) await assertMember(tx, memberId)
    if (row.assigneeId === memberId) return readBack(ctx, tx, id)
    if (!(await saveAssignment(ctx, tx, row, memberId, true))) throw await changedMeanwhile(ctx, tx, id)
    return readBack(ctx, tx, id)
  })

/** Refuses to give an order to somebody who is not there, or not any more. */
export const assertMember = async (tx: MerchantTx, id: string): Promise<void> => {
  const member = await findMember(tx, id)
  if (!member || member.disabledAt) throw new Refused('member.not_found')
}

const saveAssignment = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: OrderRow,
  assigneeId: string | null,
  undoable: boolean,
): Promise<boolean> => {
  const eventId = ctx.newId()
  const { stageId, state, stateSince, lateAt, endedAt, reasonId } = row
  const before: Placement = { stageId, state, stateSince, lateAt, endedAt, assigneeId: row.assigneeId }
  const after = { ...before, assigneeId }
  const stored = await placeOrder(tx, row, {
    ...after,
    ...entryColumnsOf(movableOf(row).firstEntries),
    reasonId,
    undoEventId: undoable ? eventId : null,
    updatedAt: ctx.now.toISOString(),
  })
  if (!stored) return false
  ctx.record(tx, {
    id: eventId,
    type: 'order.assigned',
    subject: { kind: 'order', id: row.id },
    before: { ...before, reasonId },
    after: { ...after, reasonId },
    data: { previousUndoId: row.undoEventId },
    undoable,
  })
  return true
}

/** How many orders change hands in one transaction. */
const atOnce = 100

/**
 * Gives the open orders of a member to another, or to nobody: up to a hundred a call, so that the caller commits in
 * between. Returns how many it gave; 0 when none is left.
 */
export const reassignOrders = async (
  ctx: Ctx,
  tx: MerchantTx,
  fromMemberId: string,
  toMemberId: string | null,
): Promise<number> => {
  if (toMemberId !== null) await assertMember(tx, toMemberId)
  const rows = await openOrdersOf(tx, fromMemberId, atOnce)
  for (const row of rows) await saveAssignment(ctx, tx, row, toMemberId, false)
  return rows.length
}
