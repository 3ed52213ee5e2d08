import {
  type Contact,
  incompleteReasonsOf,
  isMaskedInput,
  readAddress,
  settledByEdit,
} from '@sendocki/domain/orders/arrival'
import { orderOptionNames } from '@sendocki/domain/orders/options'
import type { EditOrder, Order } from '@sendocki/domain/orders/order'
import type { IncompleteReason } from '@sendocki/domain/orders/states'
import { totalsOf } from '@sendocki/domain/orders/totals'
import { phoneSightOf } from '@sendocki/domain/orders/visibility'
import { orRefuse, Refused } from '@sendocki/domain/result'
import { type Ctx, hides, type MerchantTx } from '../../context.ts'
import { sealPersonal } from '../../db/sealed.ts'
import { customerOf } from '../customers/index.ts'
import { followCustomer, refuseIfOrderHeld } from '../leases/index.ts'
import { nameLines } from '../products/index.ts'
import { judgeAnew } from '../risk/index.ts'
import { readSpelledAddress } from '../spellings/index.ts'
import { findPairs, keepPairs, phonesOf } from './duplicates.commands.ts'
import { isUnderWay, optionsChanged, recordOptions } from './options.commands.ts'
import { changedMeanwhile, loadOrder, loadVersion, readBack } from './orders.commands.ts'
import { editOrderRow, findLines, type NewOrderRow, replaceLines, replaceTags } from './orders.queries.ts'
import { contactTyped, type DraftLine, linesTyped, newLines } from './placing.commands.ts'
import { assertPrices } from './pricing.commands.ts'
import { factsOf, type LineRow, type OrderRow } from './rows.queries.ts'

export type Edit = Omit<EditOrder, 'version'>
/** What a carrier was told of an order; with a parcel under way it no longer changes here. */
const toldToCarrier = [
  'customer',
  'shippingAddress',
  'lines',
  'shippingFeeCentimes',
  'discountCentimes',
  'depositCentimes',
  'allowOpen',
  'allowTry',
  'fragile',
  'exchangeOfOrderId',
  'deliverTo',
] as const
const amounts = ['shippingFeeCentimes', 'discountCentimes', 'depositCentimes'] as const
const simple = ['note', ...orderOptionNames] as const

/** Changes an order in the version that the person saw; the server reads phone and city anew and computes the totals. */
export const editOrder = (ctx: Ctx, { id, version, ...edit }: EditOrder & { id: string }): Promise<Order> =>
  ctx.transaction(async (tx) => {
    const [row, lines] = await Promise.all([loadVersion(ctx, tx, { id, version }), findLines(tx, id)])
    await refuseIfOrderHeld(ctx, tx, id)
    assertEditable(ctx, row, edit)
    if (edit.exchangeOfOrderId) await assertExchange(ctx, tx, row, edit.exchangeOfOrderId)
    const typed = edit.lines ? await nameLines(tx, linesTyped(edit.lines)) : undefined
    const firsts = await assertPrices(ctx, tx, {
      ...{ row, before: lines, after: typed },
      discountCentimes: edit.discountCentimes,
    })
    const set = await changesOf(ctx, tx, row, typed ?? lines, edit)
    const changed = changedNames(row, set, edit)
    const after = { ...row, ...set } as OrderRow
    const optionsEventId = optionsChanged(row, after).length > 0 ? ctx.newId() : null
    if (changed.length === 0 && optionsEventId === null) return readBack(ctx, tx, id)
    const undo = optionsEventId === null ? {} : { undoEventId: optionsEventId }
    const stored = await editOrderRow(tx, row, { ...set, ...undo, updatedAt: ctx.now.toISOString() })
    if (!stored) throw await changedMeanwhile(ctx, tx, id)
    if (typed) {
      const fresh = await newLines(ctx, tx, { storeId: row.storeId, byShop: false }, typed)
      await replaceLines(
        tx,
        id,
        fresh.map((line, index) => ({ ...line, firstPriceCentimes: firsts[index] ?? null })),
      )
    }
    if (edit.tags) await replaceTags(tx, id, edit.tags)
    if (after.customerId !== row.customerId) await followCustomer(ctx, tx, id, after.customerId)
    await compareAnew(ctx, tx, row, set, typed ?? lines, edit)
    if (changed.length > 0) await recordEdit(ctx, tx, row, after, changed)
    if (optionsEventId !== null) recordOptions(ctx, optionsEventId, tx, row, after)
    return readBack(ctx, tx, id)
  })

export const assertEditable = (ctx: Ctx, row: OrderRow, edit: Edit): void => {
  if (isUnderWay(row) && toldToCarrier.some((name) => edit[name] !== undefined))
    throw new Refused('order.locked_by_parcel')
  if (row.erasedAt !== null) throw new Refused('customer.not_found')
  const typed = [edit.customer?.phone, edit.customer?.alternatePhone]
  if (typed.some(isMaskedInput))
    throw new Refused('order.masked_value', undefined, [{ path: 'customer.phone', code: 'masked' }])
  const hiddenPhone = ctx.actor.role !== null && phoneSightOf(ctx.actor.role) === 'never'
  if (hiddenPhone && typed.some((phone) => phone !== undefined)) throw new Refused('auth.forbidden')
  const { city: _city, ...hidden } = edit.shippingAddress ?? {}
  if (hides(ctx, 'address') && Object.keys(hidden).length > 0) throw new Refused('auth.forbidden')
}

/** Goods are swapped for those of another order, which whoever edits can see; nothing real hangs on an example. */
const assertExchange = async (ctx: Ctx, tx: MerchantTx, { id }: OrderRow, otherId: string): Promise<void> => {
  if (otherId === id) throw new Refused('request.invalid', undefined, [{ path: 'exchangeOfOrderId', code: 'invalid' }])
  if ((await loadOrder(ctx, tx, otherId)).isSample) throw new Refused('order.sample')
}

/** The columns that an edit changes; `lines` are those that the order has afterwards. */
export const changesOf = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: OrderRow,
  lines: readonly (DraftLine | LineRow)[],
  edit: Edit,
): Promise<Partial<NewOrderRow>> => {
  const set: Partial<NewOrderRow> = {}
  for (const name of simple) if (edit[name] !== undefined) Object.assign(set, { [name]: edit[name] })
  if (edit.tags) set.tags = edit.tags
  if (edit.customer) Object.assign(set, await contactChange(ctx, tx, row, edit.customer))
  if (edit.shippingAddress) Object.assign(set, await addressChange(tx, row, edit.shippingAddress))
  if (edit.lines || amounts.some((name) => edit[name] !== undefined)) {
    const totals = orRefuse(
      totalsOf(lines, {
        shippingFeeCentimes: edit.shippingFeeCentimes ?? row.shippingFeeCentimes,
        discountCentimes: edit.discountCentimes ?? row.discountCentimes,
        depositCentimes: edit.depositCentimes ?? row.depositCentimes,
        adjustmentCentimes: row.adjustmentCentimes,
      }),
    )
    Object.assign(set, totals, { codAmountCentimes: row.sourceCurrency === 'MAD' ? totals.codAmountCentimes : null })
  }
  const toComplete = incompleteAfter({ ...row, ...set } as OrderRow, lines.length)
  set.toComplete = edit.customer?.phone ? toComplete.filter((reason) => reason !== 'phone_wrong') : toComplete
  return set
}

const contactChange = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: OrderRow,
  edit: NonNullable<Edit['customer']>,
): Promise<Partial<NewOrderRow>> => {
  const kept: Contact = {
    name: row.contactName,
    phone: row.phone,
    phoneVerdict: row.phoneVerdict,
    phoneText: row.phoneText,
    alternatePhone: row.alternatePhone,
    email: row.email,
  }
  const typed = contactTyped(
    {
      name: edit.name ?? kept.name,
      phone: edit.phone ?? kept.phone ?? '',
      alternatePhone: edit.alternatePhone === undefined ? kept.alternatePhone : edit.alternatePhone,
      email: edit.email === undefined ? kept.email : edit.email,
    },
    { phoneNeeded: edit.phone !== undefined },
  )
  // A verdict is about what was typed; what was not typed again keeps its own.
  const { phoneVerdict, phoneText } = edit.phone === undefined ? kept : typed
  const contact = { ...typed, phoneVerdict, phoneText }
  const { name, ...reached } = contact
  const previous = { id: row.customerId, hadPhone: row.phone !== null }
  return {
    ...reached,
    contactName: name,
    ...(await customerOf(ctx, tx, { ...contact, isSample: row.isSample }, previous)),
  }
}

const addressChange = async (
  tx: MerchantTx,
  row: OrderRow,
  edit: NonNullable<Edit['shippingAddress']>,
): Promise<Partial<NewOrderRow>> => {
  const cityGiven = edit.city !== undefined
  const { doubt: _doubt, ...address } = await readSpelledAddress(tx, {
    line: edit.line === undefined ? row.addressLine : edit.line,
    // What was resolved once is not asked again because somebody corrects the street.
    city: edit.city ?? row.cityId ?? row.cityText,
    district: edit.district === undefined ? (cityGiven ? null : row.district) : edit.district,
    landmark: edit.landmark === undefined ? row.landmark : edit.landmark,
  })
  const spelling = cityGiven ? {} : { citySpellingId: row.citySpellingId }
  return { ...address, ...spelling, cityText: edit.city ?? row.cityText }
}

const incompleteAfter = (after: OrderRow, lineCount: number): IncompleteReason[] => {
  const cityDoubt =
    after.cityId !== null
      ? null
      : readAddress({ line: null, city: after.cityText, district: null, landmark: null }).doubt
  const now = incompleteReasonsOf({
    contact: after,
    cityDoubt,
    currency: after.sourceCurrency,
    test: false,
    signed: true,
    lineCount,
  })
  return [
    ...now.filter((reason) => settledByEdit.includes(reason)),
    ...after.toComplete.filter((reason) => !settledByEdit.includes(reason)),
  ]
}

/** The names of what changed, in the words of the edit; derived columns do not count. */
const changedNames = (row: OrderRow, set: Partial<NewOrderRow>, edit: Edit): string[] => {
  const differs = (name: string) =>
    name in set && JSON.stringify(row[name as keyof OrderRow]) !== JSON.stringify(set[name as keyof NewOrderRow])
  const parts = {
    name: ['contactName'],
    phone: ['phone', 'phoneText'],
    alternatePhone: ['alternatePhone'],
    email: ['email'],
    address: ['addressLine', 'landmark', 'district'],
    city: ['cityText', 'cityId'],
    amounts: ['subtotalCentimes', 'shippingFeeCentimes', 'discountCentimes', 'depositCentimes', 'totalCentimes'],
    tags: ['tags'],
    note: ['note'],
  }
  const names = Object.entries(parts).flatMap(([name, columns]) => (columns.some(differs) ? [name] : []))
  return edit.lines ? ['lines', ...names] : names
}

/** What an order is compared with and judged by is looked up again after a change. */
export const compareAnew = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: OrderRow,
  set: Partial<NewOrderRow>,
  lines: readonly (DraftLine | LineRow)[],
  edit: Pick<Edit, 'customer' | 'shippingAddress' | 'lines'>,
): Promise<void> => {
  await judgeAnew(ctx, tx, [row.id])
  if (!edit.customer && !edit.shippingAddress && !edit.lines) return
  const { id, createdAt, phone, alternatePhone, addressKey } = { ...row, ...set } as OrderRow
  const pairs = await findPairs(tx, { id, createdAt, phones: phonesOf({ phone, alternatePhone }), addressKey, lines })
  if (pairs.length > 0 || row.duplicateCount > 0) await keepPairs(ctx, tx, id, pairs)
}

const personal = ['name', 'phone', 'alternatePhone', 'email', 'address', 'city', 'note']

/** What of an order is personal, as the history keeps it under the customer's key. */
export const personalOf = (row: OrderRow) => ({
  name: row.contactName,
  phone: row.phone ?? row.phoneText,
  alternatePhone: row.alternatePhone,
  email: row.email,
  addressLine: row.addressLine,
  district: row.district,
  landmark: row.landmark,
  cityText: row.cityText,
  note: row.note,
})

const recordEdit = async (
  ctx: Ctx,
  tx: MerchantTx,
  before: OrderRow,
  after: OrderRow,
  changed: readonly string[],
): Promise<void> => {
  const eventId = ctx.newId()
  ctx.record(tx, {
    id: eventId,
    type: 'order.edited',
    subject: { kind: 'order', id: before.id },
    before: factsOf(before),
    after: factsOf(after),
    data: { changed },
  })
  if (!changed.some((name) => personal.includes(name))) return
  await sealDifference(ctx, tx, eventId, before, after)
}

/** Keeps the personal values that differ, under the key of the customer whose order it is now. */
export const sealDifference = async (
  ctx: Ctx,
  tx: MerchantTx,
  eventId: string,
  before: OrderRow,
  after: OrderRow,
): Promise<void> => {
  const [old, fresh] = [personalOf(before), personalOf(after)] as Record<string, unknown>[]
  const names = Object.keys(fresh ?? {}).filter((name) => old?.[name] !== fresh?.[name])
  const pick = (values: Record<string, unknown> | undefined) =>
    Object.fromEntries(names.map((name) => [name, values?.[name] ?? null]))
  await sealPersonal(tx, ctx.secrets, {
    eventId,
    customerId: after.customerId,
    values: { before: pick(old), after: pick(fresh) },
  })
}
