import { leavesParcel, type Parted, planParting, planReturn, type Travel } from '@sendocki/domain/orders/parting'
import type { Placement } from '@sendocki/domain/orders/pipeline'
import { ok, type Result, refuse } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { findMany } from './many.queries.ts'
import { editOrderRow, everything, type NewOrderRow } from './orders.queries.ts'
import type { OrderRow } from './rows.queries.ts'
import type { KeptEvent } from './taking-back.commands.ts'
import { feesWaived, holdTravelling, settleTogether } from './together.queries.ts'

/*
 * An order that a move takes out of the parcel in which it was to travel with others, and its return when that move is
 * taken back: what it leaves behind is decided and told in the same transaction.
 */

/** What the event of such a move keeps of each order, so that all can stand again as they stood. */
type Kept = Parted & { readonly undoEventId: string | null }

/** The totals once the fee has changed by this much; the shop's own adjustment stays what it is. */
export const feeColumns = (row: OrderRow, byCentimes: number): Partial<NewOrderRow> =>
  byCentimes === 0
    ? {}
    : {
        shippingFeeCentimes: row.shippingFeeCentimes + byCentimes,
        totalCentimes: row.totalCentimes + byCentimes,
        codAmountCentimes: row.codAmountCentimes === null ? null : row.codAmountCentimes + byCentimes,
      }

const isSame = (one: Travel, other: Travel): boolean =>
  one.shipWithOrderId === other.shipWithOrderId && one.waivedCentimes === other.waivedCentimes

/** A move that was just stored: the order as it was before, and where it stands now. */
interface Moved {
  readonly row: OrderRow
  readonly after: Placement
}

/**
 * Takes orders that were just placed out of their parcels to be, where their moves ended them before they went out: what
 * the event of each such move keeps beside the rest. Of several in one parcel each leaves those that leave after it.
 */
export const leaveParcels = async (
  ctx: Ctx,
  tx: MerchantTx,
  moves: readonly Moved[],
): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> => {
  const kept = new Map<string, readonly Kept[]>()
  const leaving = moves
    .filter(({ row, after }) => leavesParcel(row, after))
    .toSorted((one, other) => one.row.number - other.row.number)
  const later = new Map(leaving.map(({ row }) => [row.id, row]))
  // What the history says of fees is written with the transaction, so what one leaving changes is told to the next.
  const waived = new Map<string, number>()
  for (const { row } of leaving) {
    later.delete(row.id)
    const all = await leave(ctx, tx, row, { later, waived })
    for (const { id, after } of all) waived.set(id, after.waivedCentimes)
    kept.set(row.id, all)
  }
  const touched = new Set(
    [...kept].flatMap(([id, all]) =>
      all.flatMap((one) => (one.id === id || isSame(one.before, one.after) ? [] : one.id)),
    ),
  )
  return new Map(
    [...kept].map(
      ([id, together]) => [id, { together, ...(touched.has(id) ? { previousUndoId: null } : {}) }] as const,
    ),
  )
}

/**
 * Takes one order out of its parcel to be. What those that are left did before cannot be undone any more: their fees are
 * others now. Those that leave later still stand as they stood before their own moves.
 */
const leave = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: OrderRow,
  { later, waived }: { readonly later: ReadonlyMap<string, OrderRow>; readonly waived: ReadonlyMap<string, number> },
): Promise<readonly Kept[]> => {
  const rows = await held(tx, [row.id])
  const told = await feesWaived(tx, [...rows.keys()])
  const travellers = [...rows.values()].map((one) => {
    const { state, endedAt } = later.get(one.id) ?? one
    return { ...one, state, endedAt, waivedCentimes: waived.get(one.id) ?? told.get(one.id) ?? 0 }
  })
  const kept = planParting(travellers, row.id).map((one) => ({
    ...one,
    undoEventId: (later.get(one.id) ?? rows.get(one.id))?.undoEventId ?? null,
  }))
  for (const one of kept) {
    if (one.id !== row.id && isSame(one.before, one.after)) continue
    await write(ctx, tx, rows, one, one.id === row.id || later.has(one.id) ? {} : { undoEventId: null })
    if (one.id !== row.id) tell(ctx, tx, 'order.companion_left', row, rows, one)
  }
  await settle(ctx, tx, row.id, [...rows.keys()], null)
  return kept
}

/**
 * Brings an order back to those that it left by a move that is taken back, before it is placed: the row as it is then.
 * Refused, and nothing written, when one of them stands otherwise since.
 */
export const returnToParcel = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: OrderRow,
  { data }: Pick<KeptEvent, 'data'>,
): Promise<Result<OrderRow>> => {
  const kept = data?.together as readonly Kept[] | undefined
  if (!kept) return ok(row)
  const rows = await held(
    tx,
    kept.map(({ id }) => id),
  )
  const planned = planReturn(kept, [...rows.values()])
  if (!planned.ok) return planned
  for (const { id, before: after, after: before, undoEventId } of kept) {
    const back = { id, before, after }
    if (id !== row.id && isSame(before, after)) continue
    // Whatever was done since is the newest change; else what was newest before is so again.
    const newest = rows.get(id)?.undoEventId ?? undoEventId
    await write(ctx, tx, rows, back, id === row.id ? {} : { undoEventId: newest })
    if (id !== row.id) tell(ctx, tx, 'order.companion_back', row, rows, back)
  }
  await settle(ctx, tx, row.id, [...rows.keys()], 'together')
  const stored = (await findMany(tx, everything, [row.id], { locked: true })).get(row.id)
  return stored ? ok(stored) : refuse('order.not_found')
}

/** These orders and all that travel with one of them, as they are now, locked in the order of their ids. */
const held = async (tx: MerchantTx, ids: readonly string[]): Promise<Map<string, OrderRow>> => {
  const travelling = await holdTravelling(tx, ids)
  return findMany(
    tx,
    everything,
    travelling.map(({ id }) => id),
    { locked: true },
  )
}

type Change = Pick<Parted, 'id' | 'before' | 'after'>

const write = async (
  ctx: Ctx,
  tx: MerchantTx,
  rows: ReadonlyMap<string, OrderRow>,
  { id, before, after }: Change,
  more: { readonly undoEventId?: string | null },
): Promise<void> => {
  const row = rows.get(id)
  const set = {
    ...{ shipWithOrderId: after.shipWithOrderId, updatedAt: ctx.now.toISOString() },
    ...(row ? feeColumns(row, before.waivedCentimes - after.waivedCentimes) : {}),
    ...more,
  }
  if (!row || !(await editOrderRow(tx, row, set))) throw new Error('A locked order changed.')
}

/** Tells one of those that are left who went or came back, and what that makes of its fee. */
const tell = (
  ctx: Ctx,
  tx: MerchantTx,
  type: 'order.companion_left' | 'order.companion_back',
  leaver: Pick<OrderRow, 'id' | 'number'>,
  rows: ReadonlyMap<string, OrderRow>,
  { id, before, after }: Change,
): void => {
  const fee = rows.get(id)?.shippingFeeCentimes ?? 0
  const lead = after.shipWithOrderId === null ? undefined : (rows.get(after.shipWithOrderId) ?? leaver)
  ctx.record(tx, {
    type,
    subject: { kind: 'order', id },
    before: { shippingFeeCentimes: fee },
    after: { shippingFeeCentimes: fee + before.waivedCentimes - after.waivedCentimes },
    data: {
      ...{ companionId: leaver.id, numbers: [leaver.number], waivedCentimes: after.waivedCentimes },
      leadNumber: lead?.number ?? null,
    },
  })
}

/** The question about the pairs of the order that left is open again, or settled as it was. */
const settle = (
  ctx: Ctx,
  tx: MerchantTx,
  id: string,
  group: readonly string[],
  fate: 'together' | null,
): Promise<void> => settleTogether(tx, { joining: [id], group }, fate, ctx.now.toISOString())
