import type { PastLine, PastOrder } from '@sendocki/domain/imports/orders'
import { type PastState, pastStates } from '@sendocki/domain/imports/status-words'
import { cityKeyOf } from '@sendocki/domain/orders/arrival'
import { addressKey } from '@sendocki/domain/orders/duplicates'
import { defaultStageOf, placementIn } from '@sendocki/domain/orders/pipeline'
import type { Pipeline, Stage } from '@sendocki/domain/orders/pipeline-schema'
import { shopTotalsOf } from '@sendocki/domain/orders/totals'
import { parsePhone } from '@sendocki/domain/phone'
import { codeTerm } from '@sendocki/domain/search/query'
import type { Ctx, MerchantTx } from '../../context.ts'
import { pipelineOf } from '../pipeline/index.ts'
import { linkLines } from '../products/index.ts'
import { addManyTerms, removeManyTerms, removeTerms, type SubjectTerm } from '../search/index.ts'
import { recountAll } from './duplicates.queries.ts'
import { destroySealedOf } from './erasure.queries.ts'
import { takeOrderNumbers } from './orders.queries.ts'
import {
  insertPast,
  linesOfMany,
  livingByReference,
  lockPastByIds,
  lockPastByKeys,
  type PastRow,
  pastEvents,
  replaceLinesOfMany,
  takeTurn,
  updatePast,
  type WrittenLine,
  type WrittenPast,
  whichAreTouched,
} from './past.queries.ts'
import type { LineRow } from './rows.queries.ts'
import { deleteOrders, pairedWith } from './samples.queries.ts'

/*
 * Orders that have happened elsewhere, brought in by lists. They enter no stage: nothing is triggered, nobody is called,
 * no time runs. They count where and when they happened.
 */

/** The states for which the pipeline has a stage. */
export const pastStatesOf = async (tx: MerchantTx): Promise<ReadonlySet<PastState>> => {
  const pipeline = await pipelineOf(tx)
  return new Set(pastStates.filter((state) => defaultStageOf(pipeline, state) !== undefined))
}

export interface HeldOrder {
  readonly id: string
  /** As the list that brought it said it; null for one that lives here. */
  readonly order: PastOrder | null
  readonly phones: readonly (string | null)[]
  readonly customerId: string
  readonly updatedAt: string
}

const isPastState = (state: string | null): state is PastState => pastStates.some((one) => one === state)

const lineOf = ({ sku, name, quantity, unitPriceCentimes }: LineRow): PastLine => ({
  ...{ sku, name, quantity, unitPriceCentimes },
})

/** Null once it is more than a list said of it: edited, moved, shipped from here or forgotten. */
const pastOrderOf = (row: PastRow, lines: readonly PastLine[]): PastOrder | null => {
  const { version, parcelId, erasedAt, state } = row
  if (version > 1 || parcelId !== null || erasedAt !== null || !isPastState(state)) return null
  return {
    ...{ name: row.contactName, phone: row.phone, alternatePhone: row.alternatePhone, email: row.email },
    ...{ addressLine: row.addressLine, district: row.district, landmark: row.landmark },
    ...{ cityText: row.cityText, cityId: row.cityId, regionCode: row.regionCode },
    ...{ reference: row.sourceReference, placedAt: row.placedAt, state, stateSince: row.stateSince },
    ...{ confirmedAt: row.firstConfirmedAt, shippedAt: row.firstShippedAt, lines },
    ...{ shippingFeeCentimes: row.shippingFeeCentimes, totalCentimes: row.totalCentimes },
    ...{ trackingNumber: row.trackingNumber, note: row.note },
  }
}

const heldOf = async (tx: MerchantTx, rows: readonly PastRow[]): Promise<Map<string, HeldOrder & PastRow>> => {
  const lines = Map.groupBy(
    rows.length === 0
      ? []
      : await linesOfMany(
          tx,
          rows.map(({ id }) => id),
        ),
    ({ orderId }) => orderId,
  )
  return new Map(
    rows.map((row) => {
      const order = pastOrderOf(row, (lines.get(row.id) ?? []).map(lineOf))
      return [row.id, { ...row, order, phones: [row.phone, row.alternatePhone] }]
    }),
  )
}

/**
 * Orders of former lists by the keys of their rows, and those that live here by the terms of their references; held until
 * the transaction ends, in which no other list is worked on.
 */
export const holdPastOrders = async (
  tx: MerchantTx,
  keys: readonly string[],
  terms: readonly string[],
): Promise<{ byKey: ReadonlyMap<string, HeldOrder>; byTerm: ReadonlyMap<string, HeldOrder> }> => {
  await takeTurn(tx)
  const [past, living] = await Promise.all([
    keys.length === 0 ? [] : lockPastByKeys(tx, keys),
    terms.length === 0 ? [] : livingByReference(tx, terms),
  ])
  const held = await heldOf(tx, past)
  return {
    byKey: new Map([...held.values()].map((one) => [one.externalId ?? '', one])),
    byTerm: new Map(
      living.map(({ term, phone, alternatePhone, ...one }) => [
        term,
        { ...one, order: null, phones: [phone, alternatePhone] },
      ]),
    ),
  }
}

/** What becomes of one past order; `before` null makes a new one. */
export interface PastChange {
  readonly id: string
  /** By which its row is known again. */
  readonly key: string
  readonly before: PastOrder | null
  readonly after: PastOrder
  readonly customerId: string
  readonly updatedAt: string
}

/** Writes past orders hundreds at once, with their lines and what makes them findable. */
export const writePastOrders = async (
  ctx: Ctx,
  tx: MerchantTx,
  changes: readonly PastChange[],
  cause: object,
): Promise<void> => {
  if (changes.length === 0) return
  const pipeline = await pipelineOf(tx)
  const made = changes.filter(({ before }) => before === null)
  const changed = changes.filter(({ before }) => before !== null)
  const first = made.length === 0 ? 0 : await takeOrderNumbers(tx, made.length)
  const numbers = new Map(made.map(({ id }, index) => [id, first + index]))
  const written = (change: PastChange): WrittenPast => writtenOf(change, pipeline, numbers.get(change.id) ?? 0)
  await insertPast(tx, made.map(written))
  await updatePast(tx, changed.map(written))
  await replaceLinesOfMany(
    tx,
    changed.map(({ id }) => id),
    await linesWritten(ctx, tx, changes),
  )
  await addManyTerms(tx, [
    ...made.map(({ id }) => ({ subjectId: id, kind: 'number' as const, term: String(numbers.get(id)) })),
    ...changes.flatMap(({ id, after }) => codesOf(id, after)),
  ])
  await removeManyTerms(tx, changed.flatMap(codesGone))
  for (const change of changes) tell(ctx, tx, change, stageFor(pipeline, change.after.state), numbers, cause)
}

const stageFor = (pipeline: Pipeline, state: PastState): Stage => {
  const stage = defaultStageOf(pipeline, state)
  if (!stage) throw new Error('A past order was planned into a state without a stage.')
  return stage
}

const writtenOf = ({ id, key, after, customerId, updatedAt }: PastChange, pipeline: Pipeline, number: number) => {
  const { state, stateSince, placedAt } = after
  const { stageId, endedAt } = placementIn(stageFor(pipeline, state), stateSince, null)
  const totals = shopTotalsOf(after.lines, { ...after, discountCentimes: 0, outstandingCentimes: null })
  const entered = (one: PastState): string | null => (state === one ? stateSince : null)
  return {
    ...{ id, number, created_at: placedAt, updated_at: updatedAt, placed_at: placedAt, external_id: key },
    ...{ source: 'import', source_reference: after.reference, stage_id: stageId, state, state_since: stateSince },
    ...{ ended_at: endedAt, first_new_at: placedAt, first_unreachable_at: entered('unreachable') },
    ...{ first_confirmed_at: after.confirmedAt, first_shipped_at: after.shippedAt },
    ...{ first_delivered_at: entered('delivered'), first_delivery_failed_at: entered('delivery_failed') },
    ...{ first_returned_at: entered('returned'), first_cancelled_at: entered('cancelled'), customer_id: customerId },
    ...{ contact_name: after.name, phone: after.phone, alternate_phone: after.alternatePhone, email: after.email },
    phone_verdict: after.phone === null ? null : parsePhone(after.phone).verdict,
    ...{ address_line: after.addressLine, district: after.district, landmark: after.landmark },
    ...{ city_text: after.cityText, city_id: after.cityId, region_code: after.regionCode },
    city_key: after.cityId === null && after.cityText !== null ? cityKeyOf(after.cityText) : null,
    address_key: addressKey(after.cityId, after.addressLine),
    ...{ subtotal_centimes: totals.subtotalCentimes, shipping_fee_centimes: totals.shippingFeeCentimes },
    ...{ discount_centimes: 0, deposit_centimes: 0, adjustment_centimes: totals.adjustmentCentimes },
    ...{ total_centimes: totals.totalCentimes, cod_amount_centimes: totals.codAmountCentimes },
    ...{ tracking_number: after.trackingNumber, note: after.note },
  }
}

const linesWritten = async (ctx: Ctx, tx: MerchantTx, changes: readonly PastChange[]): Promise<WrittenLine[]> => {
  const lines = changes.flatMap(({ id, after }) =>
    after.lines.map((line, index) => ({ ...line, orderId: id, position: index + 1 })),
  )
  const linked = lines.length === 0 ? [] : await linkLines(ctx, tx, { storeId: null, lines, review: false })
  return lines.map(({ orderId, position, sku, name, quantity, unitPriceCentimes }, index) => ({
    ...{ order_id: orderId, position, id: ctx.newId(), sku, name, quantity, unit_price_centimes: unitPriceCentimes },
    product_id: linked[index]?.link.productId ?? null,
    variant_id: linked[index]?.link.variantId ?? null,
  }))
}

const codesOf = (subjectId: string, { reference, trackingNumber }: PastOrder): SubjectTerm[] =>
  ([reference, trackingNumber] as const).flatMap((text, index) => {
    const term = text === null ? '' : codeTerm(text)
    return term === '' ? [] : [{ subjectId, kind: index === 0 ? 'reference' : 'tracking', term } as const]
  })

const codesGone = ({ id, before, after }: PastChange): SubjectTerm[] => {
  const still = new Set(codesOf(id, after).map(({ kind, term }) => `${kind} ${term}`))
  return before === null ? [] : codesOf(id, before).filter(({ kind, term }) => !still.has(`${kind} ${term}`))
}

/** What the history says: when it was placed and when it came into its state, as the list dates them. */
const tell = (
  ctx: Ctx,
  tx: MerchantTx,
  { id, before, after }: PastChange,
  stage: Stage,
  numbers: ReadonlyMap<string, number>,
  data: object,
): void => {
  const { placedAt, state, stateSince, totalCentimes } = after
  const subject = { kind: 'order', id }
  const [imported, stateImported] = pastEvents
  const number = numbers.get(id)
  if (before === null)
    ctx.record(tx, {
      ...{ type: imported, subject, at: placedAt, data, quiet: true },
      after: { number, state: 'new', totalCentimes },
    })
  if (before === null || before.state !== state || before.stateSince !== stateSince)
    ctx.record(tx, {
      ...{ type: stateImported, subject, at: stateSince, data, quiet: true },
      before: { state: before?.state ?? 'new' },
      after: { stageId: stage.id, state },
    })
}

/** A past order to take away or to bring back, if nobody has worked on it since. */
export interface PastReturn {
  readonly id: string
  readonly writtenAt: string
  /** What it goes back to; null for one that was not there. */
  readonly before: { readonly order: PastOrder; readonly customerId: string; readonly updatedAt: string } | null
}

/** Takes back what lists wrote, hundreds at once. Answers what it left alone, because somebody has worked on it since. */
export const returnPastOrders = async (
  ctx: Ctx,
  tx: MerchantTx,
  returns: readonly PastReturn[],
  cause: object,
): Promise<Set<string>> => {
  const ids = returns.map(({ id }) => id)
  await takeTurn(tx)
  const held = await heldOf(tx, ids.length === 0 ? [] : await lockPastByIds(tx, ids))
  const touched = await whichAreTouched(tx, ids)
  const free = returns.filter(({ id, writtenAt }) => {
    const now = held.get(id)
    return now?.order != null && !touched.has(id) && Date.parse(now.updatedAt) === Date.parse(writtenAt)
  })
  const back = free.flatMap(({ id, before }): PastChange[] => {
    const now = held.get(id)
    if (before === null || !now?.order) return []
    const { order: after, customerId, updatedAt } = before
    return [{ id, key: now.externalId ?? '', before: now.order, after, customerId, updatedAt }]
  })
  await writePastOrders(ctx, tx, back, cause)
  await removePastOrders(
    tx,
    free.filter(({ before }) => before === null).map(({ id }) => id),
  )
  const settled = new Set(free.map(({ id }) => id))
  return new Set(ids.filter((id) => !settled.has(id)))
}

const removePastOrders = async (tx: MerchantTx, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  const others = await pairedWith(tx, ids)
  await removeTerms(tx, ids)
  await destroySealedOf(tx, ids)
  await deleteOrders(tx, ids)
  await recountAll(tx, others)
  for (const id of others) tx.outbox.changes.push({ noun: 'order', id })
}
