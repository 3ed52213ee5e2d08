import { isDeepStrictEqual as same } from 'node:util'
import { addressKey } from '@sendocki/domain/orders/duplicates'
import type { Order, RepairOrder } from '@sendocki/domain/orders/order'
import type { IncompleteReason } from '@sendocki/domain/orders/states'
import { planUndoOfNewest } from '@sendocki/domain/orders/undo'
import { orRefuse, Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { openPersonal } from '../../db/sealed.ts'
import { customerOf } from '../customers/index.ts'
import { refuseIfOrderHeld } from '../leases/index.ts'
import { nameLines } from '../products/index.ts'
import { assertEditable, changesOf, compareAnew, type Edit, personalOf, sealDifference } from './edits.commands.ts'
import type { EventRow } from './history.queries.ts'
import { changedMeanwhile, loadVersion, readBack } from './orders.commands.ts'
import { editOrderRow, findLines, type NewLine, type NewOrderRow, replaceLines } from './orders.queries.ts'
import { linesTyped, newLines } from './placing.commands.ts'
import { factsOf, type LineRow, type OrderRow } from './rows.queries.ts'

type Repair = Omit<RepairOrder, 'version'>

/**
 * Completes an order that waits in the tray, in one act that can be taken back. It is read anew as if it had come so:
 * customer, city, totals, duplicates; once no reason is left it is an order like any other. What was given and repairs
 * nothing is refused, so that nobody believes it done.
 */
export const repairOrder = (ctx: Ctx, { id, version, ...repair }: RepairOrder & { id: string }): Promise<Order> =>
  ctx.transaction(async (tx) => {
    const [row, lines] = await Promise.all([loadVersion(ctx, tx, { id, version }), findLines(tx, id)])
    await refuseIfOrderHeld(ctx, tx, id)
    const edit = editOf(repair)
    assertEditable(ctx, row, edit)
    if (Object.keys(repair).length === 0 || row.toComplete.length === 0) throw new Refused('order.nothing_to_repair')
    const typed = edit.lines ? await nameLines(tx, linesTyped(edit.lines)) : undefined
    const set = await repaired(ctx, tx, row, typed ?? lines, repair)
    const eventId = ctx.newId()
    const fresh = typed && (await newLines(ctx, tx, { storeId: row.storeId, byShop: false }, typed))
    const after = { ...set, undoEventId: eventId, updatedAt: ctx.now.toISOString() }
    if (!(await editOrderRow(tx, row, after))) throw await changedMeanwhile(ctx, tx, id)
    if (fresh) await replaceLines(tx, id, fresh)
    await compareAnew(ctx, tx, row, set, typed ?? lines, edit)
    await record(
      ctx,
      tx,
      eventId,
      { row, lines },
      { row: { ...row, ...after } as OrderRow, lines: fresh ?? lines },
      repair,
    )
    return readBack(ctx, tx, id)
  })

const editOf = ({ phone, city, lines }: Repair): Edit => ({
  ...(phone === undefined ? {} : { customer: { phone } }),
  ...(city === undefined ? {} : { shippingAddress: { city } }),
  ...(lines === undefined ? {} : { lines }),
})

/** Under what a refusal of the edit is known in a repair. */
const pathOf: Readonly<Record<string, string>> = { 'customer.phone': 'phone', 'shippingAddress.city': 'city' }

const repaired = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: OrderRow,
  lines: Parameters<typeof changesOf>[3],
  repair: Repair,
): Promise<Partial<NewOrderRow>> => {
  const set = await changesOf(ctx, tx, row, lines, editOf(repair)).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error
    const { code, params, fields } = error.refusal
    throw new Refused(
      code,
      params,
      fields?.map(({ path, code: why }) => ({ path: pathOf[path] ?? path, code: why })),
    )
  })
  if (repair.city !== undefined && set.cityId === null)
    throw new Refused('order.city_unknown', undefined, [{ path: 'city', code: 'unknown_city' }])
  const left = new Set<IncompleteReason>(set.toComplete ?? row.toComplete)
  if (repair.totalCentimes !== undefined)
    Object.assign(set, inDirhams({ ...row, ...set } as OrderRow, repair.totalCentimes))
  if (repair.totalCentimes !== undefined) left.delete('currency_not_mad')
  for (const reason of repair.accept ?? []) left.delete(reason)
  return { ...set, toComplete: row.toComplete.length === 0 ? [] : [...left] }
}

/** A person says what the order is worth here: the difference to its lines is the adjustment, as with a shop's total. */
const inDirhams = (row: OrderRow, totalCentimes: number): Partial<NewOrderRow> => {
  if (row.sourceCurrency === 'MAD') throw new Refused('order.nothing_to_repair')
  if (row.depositCentimes > totalCentimes) throw new Refused('order.deposit_above_total')
  const parts = row.subtotalCentimes + row.shippingFeeCentimes - row.discountCentimes
  return {
    sourceCurrency: 'MAD',
    totalCentimes,
    adjustmentCentimes: totalCentimes - parts,
    codAmountCentimes: totalCentimes - row.depositCentimes,
  }
}

/** What of an order a repair may change and is nobody's personal value. */
const repairable = [
  'customerId',
  'phoneVerdict',
  'cityId',
  'cityKey',
  'citySpellingId',
  'regionCode',
  'toComplete',
  'sourceCurrency',
  'subtotalCentimes',
  'shippingFeeCentimes',
  'discountCentimes',
  'depositCentimes',
  'adjustmentCentimes',
  'totalCentimes',
  'codAmountCentimes',
] as const satisfies readonly (keyof OrderRow)[]
type Kept = Pick<OrderRow, (typeof repairable)[number]>

const keptOf = (row: OrderRow): Kept =>
  Object.fromEntries(repairable.map((name) => [name, row[name]])) as unknown as Kept

interface Stand {
  readonly row: OrderRow
  readonly lines: readonly (LineRow | NewLine)[]
}
const linesKept = (lines: Stand['lines']): NewLine[] =>
  lines.map(({ id, externalId = null, productId = null, variantId = null, shopProductId = null, ...line }) => {
    const { sku = null, name, quantity, unitPriceCentimes } = line
    return { id, externalId, productId, variantId, shopProductId, sku, name, quantity, unitPriceCentimes }
  })

const record = async (
  ctx: Ctx,
  tx: MerchantTx,
  eventId: string,
  before: Stand,
  after: Stand,
  repair: Repair,
): Promise<void> => {
  ctx.record(tx, {
    id: eventId,
    type: 'order.repaired',
    subject: { kind: 'order', id: before.row.id },
    before: factsOf(before.row),
    after: factsOf(after.row),
    data: {
      changed: Object.keys(repair),
      left: after.row.toComplete,
      previousUndoId: before.row.undoEventId,
      hadPhone: before.row.phone !== null,
      kept: { before: keptOf(before.row), after: keptOf(after.row) },
      ...(repair.lines ? { lines: { before: linesKept(before.lines), after: linesKept(after.lines) } } : {}),
    },
    undoable: true,
  })
  await sealDifference(ctx, tx, eventId, before.row, after.row)
}

interface Memory {
  readonly previousUndoId: string | null
  readonly hadPhone: boolean
  readonly kept: { readonly before: Kept; readonly after: Kept }
  readonly lines?: { readonly before: NewLine[]; readonly after: NewLine[] }
}

/**
 * Takes a repair back: the order waits in the tray again, with what it said then. When somebody changed the same things
 * since, or the person was erased, it stays as it is.
 */
export const takeBackRepair = async (ctx: Ctx, tx: MerchantTx, row: OrderRow, event: EventRow): Promise<Order> => {
  orRefuse(planUndoOfNewest(row, event, ctx.now))
  assertEditable(ctx, row, {})
  const { previousUndoId, hadPhone, kept, lines } = event.data as unknown as Memory
  const [personal, now] = await Promise.all([openPersonal(tx, ctx.secrets, [event.id]), findLines(tx, row.id)])
  const sealed = personal.get(event.id)
  const said = personalOf(row) as Record<string, unknown>
  const touched =
    !same(keptOf(row), kept.after) ||
    !sealed ||
    Object.entries(sealed.after ?? {}).some(([name, value]) => said[name] !== value) ||
    (lines !== undefined && !same(linesKept(now), lines.after))
  if (touched) throw new Refused('order.undo_impossible')
  const words = personalBefore(row, sealed.before ?? {}, hadPhone)
  const key = addressKey(kept.before.cityId, words.addressLine ?? row.addressLine)
  const set = { ...kept.before, ...words, addressKey: key }
  if (kept.before.customerId !== row.customerId)
    Object.assign(set, await giveBackCustomer(ctx, tx, { ...row, ...set } as OrderRow))
  const restored = lines?.before ?? now
  if (!(await editOrderRow(tx, row, { ...set, undoEventId: previousUndoId, updatedAt: ctx.now.toISOString() })))
    throw new Error('A locked order changed.')
  if (lines) await replaceLines(tx, row.id, lines.before)
  await compareAnew(ctx, tx, row, set, restored as LineRow[], { customer: {} })
  ctx.record(tx, {
    type: 'order.undone',
    subject: { kind: 'order', id: row.id },
    before: factsOf(row),
    after: factsOf({ ...row, ...set } as OrderRow),
    data: { undoes: event.id, type: event.type },
  })
  return readBack(ctx, tx, row.id)
}

/** The sealed words as columns: what stood in the place of a phone was one, or what could not be read as one. */
const personalBefore = (
  row: OrderRow,
  before: Readonly<Record<string, unknown>>,
  hadPhone: boolean,
): Partial<NewOrderRow> => {
  const { phone, name, ...columns } = before as { phone?: string | null; name?: string }
  const cityText = 'cityText' in before ? (before.cityText as string | null) : row.cityText
  return {
    ...columns,
    cityText,
    ...(name === undefined ? {} : { contactName: name }),
    ...('phone' in before
      ? { phone: hadPhone ? (phone ?? null) : null, phoneText: hadPhone ? null : (phone ?? null) }
      : {}),
  }
}

/** Whoever had no phone is found by the rest of what they said again; the order carries their block. */
const giveBackCustomer = async (ctx: Ctx, tx: MerchantTx, row: OrderRow): Promise<Partial<NewOrderRow>> => {
  const { contactName: name, phone, phoneVerdict, phoneText, alternatePhone, email, customerId } = row
  const contact = { name, phone, phoneVerdict, phoneText, alternatePhone, email }
  const { blockMode, blockedUntil } = await customerOf(ctx, tx, contact, { id: customerId, hadPhone: phone !== null })
  return { blockMode, blockedUntil }
}
