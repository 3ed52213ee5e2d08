import { createHash } from 'node:crypto'
import { type Contact, incompleteReasonsOf, readAddress, readContact } from '@sendocki/domain/orders/arrival'
import { beginningsIn, firstStageOf, placementIn } from '@sendocki/domain/orders/pipeline'
import {
  changedParts,
  compareVersions,
  type OrderOfShop,
  planShopChange,
  type ShopChange,
  type ShopMarks,
  type ShopPart,
  type ShopVersion,
} from '@sendocki/domain/orders/shop-changes'
import type { IncompleteReason } from '@sendocki/domain/orders/states'
import { shopTotalsOf, type Totals } from '@sendocki/domain/orders/totals'
import type { ShopOrder } from '../../adapters/stores/port.ts'
import type { Ctx, MerchantTx } from '../../context.ts'
import { customerOf } from '../customers/index.ts'
import { pipelineOf } from '../pipeline/index.ts'
import { judgeAnew } from '../risk/index.ts'
import { type SpelledAddress, withSpelling } from '../spellings/index.ts'
import { findPairs, keepPairs, phonesOf } from './duplicates.commands.ts'
import { sealDifference } from './edits.commands.ts'
import { flagOrder, moveByRule } from './moves.commands.ts'
import { editOrderRow, findShopOrder, type NewOrderRow, replaceLines, replaceTags, setFacts } from './orders.queries.ts'
import { bringIn, newLines } from './placing.commands.ts'
import type { OrderRow } from './rows.queries.ts'

const tagsMax = 20

export interface ShopDelivery {
  readonly storeId: string
  readonly storeName: string
  readonly order: ShopOrder
  readonly trust: 'signed' | 'unsigned'
}

export interface Received {
  readonly orderId: string
  /** `held`: brought in, and waiting in the tray "to complete". */
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'ignored_older' | 'held'
}

/**
 * Brings an order of a shop up to the version that arrived: once, however often and in whatever order its versions
 * come, also at the same time (law 1). An older version changes nothing; a newer one changes the parts that the shop
 * changed, until the order is confirmed; afterwards it is only said. An order that the shop cancelled before it reached
 * us is kept, cancelled.
 */
export const receiveShopOrder = async (ctx: Ctx, tx: MerchantTx, delivery: ShopDelivery): Promise<Received> => {
  const { storeId, order } = delivery
  const reading = await withKnownSpelling(tx, readShopOrder(delivery))
  const known = await findShopOrder(tx, storeId, order.externalId)
  if (!known) return createFromShop(ctx, tx, delivery, reading)
  const cancelled = order.cancelledAt !== null
  const verdict = compareVersions(versionOf(known), { updatedAt: order.updatedAt, marks: reading.marks, cancelled })
  if (verdict !== 'newer') return { orderId: known.id, outcome: verdict }
  // An erased order stays erased, whatever the shop still remembers.
  if (known.erasedAt !== null) return { orderId: known.id, outcome: 'unchanged' }
  await setFacts(tx, known.id, { shopUpdatedAt: order.updatedAt ?? known.shopUpdatedAt, shopMarks: reading.marks })
  const changed = changedParts(known.shopMarks, reading.marks)
  const plan = planShopChange(placeOf(known), changed, { cancelled })
  const parts = changed.filter((part) => part !== 'cancelled')
  if (plan.parts === 'take_over') await takeOver(ctx, tx, known, { ...delivery, reading }, parts)
  if (plan.parts === 'announce') await announce(ctx, tx, known, parts)
  await cancelByShop(ctx, tx, known, plan)
  return { orderId: known.id, outcome: 'updated' }
}

const versionOf = ({ shopUpdatedAt, shopMarks }: OrderRow): ShopVersion => ({
  updatedAt: shopUpdatedAt,
  marks: shopMarks,
  cancelled: shopMarks?.cancelled === markOf(true),
})

const placeOf = ({ state, firstConfirmedAt, parcelStatus }: OrderRow): OrderOfShop => ({
  state,
  everConfirmed: firstConfirmedAt !== null,
  parcelStatus,
})

/** The shop deleted an order: for us that is a cancellation. Undefined when it never came. */
export const receiveShopDeletion = async (
  ctx: Ctx,
  tx: MerchantTx,
  { storeId, externalId }: { readonly storeId: string; readonly externalId: string },
): Promise<{ orderId: string } | undefined> => {
  const known = await findShopOrder(tx, storeId, externalId)
  if (!known) return undefined
  await cancelByShop(ctx, tx, known, planShopChange(placeOf(known), ['cancelled'], { cancelled: true }))
  return { orderId: known.id }
}

interface ShopReading {
  readonly contact: Contact
  readonly address: SpelledAddress
  readonly lines: readonly {
    externalId: string | null
    sku: string | null
    name: string
    quantity: number
    unitPriceCentimes: number
  }[]
  readonly totals: Totals
  readonly codAmountCentimes: number | null
  readonly toComplete: readonly IncompleteReason[]
  readonly marks: ShopMarks
}

const markOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16)

const readShopOrder = ({ order, trust }: ShopDelivery): ShopReading => {
  const contact = readContact(order.customer)
  const address = { ...readAddress({ ...order.address, landmark: null }), citySpellingId: null }
  const totals = shopTotalsOf(order.lines, order)
  return {
    contact,
    address,
    lines: order.lines.map((line) => ({ ...line })),
    totals,
    codAmountCentimes: order.currency === 'MAD' ? totals.codAmountCentimes : null,
    toComplete: incompleteReasonsOf({
      contact,
      cityDoubt: address.doubt,
      currency: order.currency,
      test: order.test,
      signed: trust === 'signed',
      lineCount: order.lines.length,
    }),
    marks: {
      customer: markOf(order.customer),
      address: markOf(order.address),
      lines: markOf(order.lines),
      amounts: markOf([
        order.totalCentimes,
        order.shippingFeeCentimes,
        order.discountCentimes,
        order.outstandingCentimes,
      ]),
      note: markOf(order.note),
      tags: markOf(order.tags),
      payment: markOf([order.paymentMethod, order.paymentStatus]),
      rest: markOf([order.currency, order.test]),
      cancelled: markOf(order.cancelledAt !== null),
    },
  }
}

/** Reads a city by the merchant's own spellings where the table of cities leaves it open. */
const withKnownSpelling = async (tx: MerchantTx, reading: ShopReading): Promise<ShopReading> => {
  const address = await withSpelling(tx, reading.address)
  if (address.doubt === reading.address.doubt) return reading
  return { ...reading, address, toComplete: reading.toComplete.filter((reason) => !cityReasons.includes(reason)) }
}

const createFromShop = async (
  ctx: Ctx,
  tx: MerchantTx,
  { storeId, storeName, order }: ShopDelivery,
  reading: ShopReading,
): Promise<Received> => {
  const { doubt: _doubt, ...address } = reading.address
  const now = ctx.now.toISOString()
  const pipeline = await pipelineOf(tx)
  const stage = firstStageOf(pipeline)
  if (!stage) throw new Error('A pipeline without an active stage.')
  const orderId = await bringIn(ctx, tx, {
    shop: { storeId, externalId: order.externalId, updatedAt: order.updatedAt, marks: reading.marks },
    storeId,
    source: order.source ?? storeName,
    sourceReference: order.reference,
    sourceCurrency: order.currency,
    placedAt: order.placedAt ?? now,
    contact: reading.contact,
    address,
    lines: reading.lines,
    totals: reading.totals,
    codAmountCentimes: reading.codAmountCentimes,
    toComplete: reading.toComplete,
    place: placementIn(stage, now, null),
    begins: beginningsIn(pipeline, stage.id, now, { isSample: false }),
    paymentMethod: order.paymentMethod,
    paymentStatus: order.paymentStatus,
    utm: { ...order.utm },
    tags: [...new Set(order.tags)],
    note: order.note,
  })
  if (order.cancelledAt !== null) await moveByRule(ctx, tx, { orderId, state: 'cancelled', reason: 'shop_cancelled' })
  return { orderId, outcome: reading.toComplete.length > 0 ? 'held' : 'created' }
}

/** Before confirmation the shop's change is taken over, part by part: what it did not change stays as people left it. */
const takeOver = async (
  ctx: Ctx,
  tx: MerchantTx,
  known: OrderRow,
  { order, reading }: ShopDelivery & { readonly reading: ShopReading },
  parts: readonly ShopPart[],
): Promise<void> => {
  const has = (part: ShopPart) => parts.includes(part)
  const eventId = ctx.newId()
  const set: Partial<NewOrderRow> = { updatedAt: ctx.now.toISOString() }
  if (has('customer')) {
    const previous = { id: known.customerId, hadPhone: known.phone !== null }
    const { name, ...reached } = reading.contact
    Object.assign(set, reached, { contactName: name }, await customerOf(ctx, tx, reading.contact, previous))
  }
  const { doubt, ...address } = reading.address
  if (has('address')) Object.assign(set, address)
  if (has('lines'))
    await replaceLines(tx, known.id, await newLines(ctx, tx, { storeId: known.storeId, byShop: true }, reading.lines))
  Object.assign(set, factsTaken(known, order, reading, has))
  if (set.tags) await replaceTags(tx, known.id, set.tags)
  const toComplete = stillToComplete(known, reading, { contact: has('customer'), city: has('address'), rest: true })
  Object.assign(set, { toComplete })
  if (!(await editOrderRow(tx, known, set))) throw new Error('A locked order changed.')
  const after = { ...known, ...set }
  if (has('customer') || has('address') || has('lines'))
    await keepPairs(
      ctx,
      tx,
      known.id,
      await findPairs(tx, {
        id: known.id,
        createdAt: known.createdAt,
        phones: phonesOf({ phone: after.phone ?? null, alternatePhone: after.alternatePhone ?? null }),
        addressKey: after.addressKey ?? null,
        lines: reading.lines,
      }),
    )
  await judgeAnew(ctx, tx, [known.id])
  ctx.record(tx, {
    id: eventId,
    type: 'order.changed_by_shop',
    subject: { kind: 'order', id: known.id },
    before: { totalCentimes: known.totalCentimes },
    after: { totalCentimes: after.totalCentimes },
    data: { changed: parts, cityDoubt: doubt },
  })
  await sealDifference(ctx, tx, eventId, known, { ...known, ...set } as OrderRow)
}

/** What of the order's own columns follows the shop. */
const factsTaken = (
  known: OrderRow,
  order: ShopOrder,
  reading: ShopReading,
  has: (part: ShopPart) => boolean,
): Partial<NewOrderRow> => ({
  ...(has('lines') || has('amounts') ? reading.totals : {}),
  ...(has('lines') || has('amounts') || has('rest') ? { codAmountCentimes: reading.codAmountCentimes } : {}),
  ...(has('rest') ? { sourceCurrency: order.currency } : {}),
  ...(has('note') ? { note: order.note } : {}),
  ...(has('payment') ? { paymentMethod: order.paymentMethod, paymentStatus: order.paymentStatus } : {}),
  // Tags that people added are theirs: the shop's are put beside them.
  ...(has('tags') ? { tags: [...new Set([...known.tags, ...order.tags])].slice(0, tagsMax) } : {}),
})

const phoneReasons: readonly IncompleteReason[] = ['phone_missing', 'phone_impossible', 'phone_wrong']
const cityReasons: readonly IncompleteReason[] = ['city_missing', 'city_unknown', 'city_ambiguous']

/** Of the old reasons those of parts that did not change, of the new ones those of parts that did. */
const stillToComplete = (
  known: OrderRow,
  reading: ShopReading,
  changed: { readonly contact: boolean; readonly city: boolean; readonly rest: boolean },
): IncompleteReason[] => {
  const isNew = (reason: IncompleteReason) =>
    phoneReasons.includes(reason) ? changed.contact : cityReasons.includes(reason) ? changed.city : changed.rest
  return [...known.toComplete.filter((reason) => !isNew(reason)), ...reading.toComplete.filter(isNew)]
}

/** After confirmation people decide: the order keeps what was promised, and says that the shop changed it. */
const announce = async (ctx: Ctx, tx: MerchantTx, known: OrderRow, parts: readonly ShopPart[]): Promise<void> => {
  await setFacts(tx, known.id, { shopChangedAfterwards: true })
  await flagOrder(ctx, tx, known, 'shop_changed', { changed: parts })
}

/** Cancelled by the shop: here too while nothing was shipped or booked, else somebody must look. */
const cancelByShop = async (
  ctx: Ctx,
  tx: MerchantTx,
  known: OrderRow,
  { cancellation }: Pick<ShopChange, 'cancellation'>,
): Promise<void> => {
  if (cancellation === 'move')
    await moveByRule(ctx, tx, { orderId: known.id, state: 'cancelled', reason: 'shop_cancelled' })
  if (cancellation === 'flag') await flagOrder(ctx, tx, known, 'shop_cancelled', {})
}
