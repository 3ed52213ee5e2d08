import { readDate } from '../carrier-files/rows.ts'
import { foldText } from '../customers/names.ts'
import { plainText } from '../digits.ts'
import { parseMoney } from '../money.ts'
import { lineTotal } from '../orders/totals.ts'
import { codeTerm } from '../search/query.ts'
import { dayOf } from '../time.ts'
import { type CustomerValues, readCustomerRow, sameValues } from './customers.ts'
import type { DuplicateChoice, ImportOutcome, ImportReason, OrderField } from './import.ts'
import { meaningOf, type PastState, type SaidWords } from './status-words.ts'

/*
 * What a row of a list of past orders says, and what it does to the orders that are known. Rows with one reference are one
 * order, a line each. Nothing is guessed: what cannot be read refuses the row or is left out with a word.
 */

export interface PastLine {
  readonly sku: string | null
  readonly name: string
  readonly quantity: number
  readonly unitPriceCentimes: number
}

/** Whose order it is, as it was for this order. */
export type PastBuyer = Omit<CustomerValues, 'tags' | 'marketingConsent'>

/** An order that has happened elsewhere. Its state is kept as it was; the stage follows from the pipeline of the day. */
export interface PastOrder extends PastBuyer {
  readonly reference: string | null
  readonly placedAt: string
  readonly state: PastState
  /** Since when it is in its state: as the list says, else when it was placed. */
  readonly stateSince: string
  /** When it came into these states first; null for one that it never was in, as far as is known. */
  readonly confirmedAt: string | null
  readonly shippedAt: string | null
  readonly lines: readonly PastLine[]
  readonly shippingFeeCentimes: number
  readonly totalCentimes: number
  readonly trackingNumber: string | null
  readonly note: string | null
}

export type OrderRow = Partial<Record<OrderField, string>>

/** What a row says of an order that an earlier row has begun. */
export interface MoreOfOrder {
  readonly reference: string
  readonly phone: string | null
  readonly line: PastLine | null
  /** Whether the line has a price of its own. */
  readonly priceSaid: boolean
  readonly total: number | null
}

export interface ReadPastOrder {
  /** What the row says; null when it is refused. */
  readonly order: PastOrder | null
  /** A row that only names an order and a product may be one more line of it. */
  readonly more: MoreOfOrder | null
  readonly refused: ImportReason | null
  readonly notes: readonly ImportReason[]
  /** How the list calls its state; empty when it says nothing. */
  readonly word: string
}

const longest = { reference: 120, product: 300, sku: 80, tracking: 80, note: 1_000 } as const
const mostPieces = 999

const short = (text: string | undefined, most: number): string | null =>
  (text ?? '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, most) || null

/** An amount in centimes, null when none is written, undefined when it cannot be read or is below zero. */
const amountOf = (text: string | undefined): number | null | undefined => {
  if (text === undefined) return null
  const money = parseMoney(text)
  return money.ok && money.centimes >= 0 ? money.centimes : undefined
}

const quantityOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return 1
  const count = Number(plainText(text).trim())
  return Number.isInteger(count) && count >= 1 && count <= mostPieces ? count : undefined
}

interface Amounts {
  readonly line: PastLine | null
  readonly fee: number
  readonly total: number | null
}

/** The line and the sums of a row. Without a price of its own the line costs what the total leaves. */
const readAmounts = (row: OrderRow): Amounts | ImportReason => {
  const [price, total, fee] = [amountOf(row.price), amountOf(row.total), amountOf(row.fee)]
  const quantity = quantityOf(row.quantity)
  if (price === undefined || total === undefined || fee === undefined) return 'amount_unreadable'
  if (quantity === undefined) return 'quantity_unreadable'
  const sku = short(row.sku, longest.sku)
  const name = short(row.product, longest.product) ?? sku
  const rest = total === null ? 0 : Math.max(0, total - (fee ?? 0))
  const unitPriceCentimes = price ?? Math.floor(rest / quantity)
  return { line: name === null ? null : { sku, name, quantity, unitPriceCentimes }, fee: fee ?? 0, total }
}

interface Dates {
  readonly placedAt: string
  readonly stateSince: string
  readonly confirmedAt: string | null
  readonly shippedAt: string | null
}

/** A day without an hour is its noon, which may lie before the hour at which the order was placed that day. */
const notBefore = (at: string, placedAt: string): string =>
  at < placedAt && dayOf(at) === dayOf(placedAt) ? placedAt : at

const readDates = (row: OrderRow, now: string): Dates | ImportReason => {
  if (row.placedAt === undefined) return 'date_missing'
  const placedAt = readDate(row.placedAt)
  const read = [row.statusAt, row.confirmedAt, row.shippedAt].map((text) =>
    text === undefined ? null : readDate(text),
  )
  const written = [row.statusAt, row.confirmedAt, row.shippedAt]
  if (placedAt === null || read.some((at, index) => at === null && written[index] !== undefined))
    return 'date_unreadable'
  const [statusAt = null, confirmedAt = null, shippedAt = null] = read.map((at) => at && notBefore(at, placedAt))
  const all = [placedAt, statusAt, confirmedAt, shippedAt].filter((at) => at !== null)
  // Today's noon may be still to come.
  if (all.some((at) => at > now && dayOf(at) > dayOf(now))) return 'date_future'
  if (all.some((at) => at < placedAt)) return 'dates_reversed'
  const past = (at: string | null): string | null => (at !== null && at > now ? now : at)
  const placed = past(placedAt) ?? placedAt
  return {
    placedAt: placed,
    stateSince: past(statusAt) ?? placed,
    confirmedAt: past(confirmedAt),
    shippedAt: past(shippedAt),
  }
}

type Said = Dates & { readonly state: PastState }

/**
 * When an order was confirmed and shipped, as far as it must have been, so that it counts in the figures of its own time.
 * A step without a date of its own was taken when a neighbour was: it was confirmed when it was placed, and shipped when
 * it came to its end, so that no rate of a period counts more ends than beginnings.
 */
const stepsOf = ({ state, placedAt, stateSince, confirmedAt, shippedAt }: Said) => {
  if (state === 'unreachable') return { confirmedAt: null, shippedAt: null }
  if (state === 'cancelled') return { confirmedAt, shippedAt }
  if (state === 'confirmed') return { confirmedAt: stateSince, shippedAt: null }
  return {
    confirmedAt: confirmedAt ?? placedAt,
    shippedAt: state === 'shipped' ? stateSince : (shippedAt ?? stateSince),
  }
}

export interface OrderFacts {
  readonly now: string
  readonly words: SaidWords
  /** The states for which the pipeline has a stage. */
  readonly states: ReadonlySet<PastState>
}

/** Reads one row. */
export const readOrderRow = (row: OrderRow, { now, words, states }: OrderFacts): ReadPastOrder => {
  const { values, refused: buyerRefused, notes } = readCustomerRow(row)
  const { tags: _tags, marketingConsent: _consent, ...buyer } = values
  const reference = short(row.reference, longest.reference)
  const word = short(row.status, 120) ?? ''
  const dates = readDates(row, now)
  const amounts = readAmounts(row)
  const state = meaningOf(word, words)
  const more =
    reference === null || codeTerm(reference) === '' || typeof amounts === 'string'
      ? null
      : {
          ...{ reference, phone: values.phone, line: amounts.line },
          ...{ priceSaid: row.price !== undefined, total: amounts.total },
        }
  const no = (refused: ImportReason): ReadPastOrder => ({ order: null, more, refused, notes, word })
  if (buyerRefused !== null) return no(buyerRefused)
  if (typeof dates === 'string') return no(dates)
  if (typeof amounts === 'string') return no(amounts)
  if (amounts.total === null && row.price === undefined) return no('amount_missing')
  if (state === null) return no('status_unknown')
  if (!states.has(state)) return no('stage_missing')
  const { line, fee, total } = amounts
  const lines = line === null ? [] : [line]
  return {
    order: {
      ...buyer,
      ...{ reference, ...dates, state, lines, ...stepsOf({ ...dates, state }) },
      shippingFeeCentimes: fee,
      totalCentimes: total ?? sumOf(lines) + fee,
      trackingNumber: short(row.tracking, longest.tracking),
      note: short(row.note, longest.note),
    },
    more,
    refused: null,
    notes: line === null ? [...notes, 'product_missing'] : notes,
    word,
  }
}

const sumOf = (lines: readonly PastLine[]): number => lines.reduce((sum, line) => sum + lineTotal(line), 0)

/** By what a row and an order are known to be one: the reference, else who ordered what, when and for how much. */
export const orderKeyOf = ({ order, more }: Pick<ReadPastOrder, 'order' | 'more'>): string | null => {
  if (more !== null) return `r:${codeTerm(more.reference)}`
  if (order === null) return null
  const what = order.lines.map(({ sku, name }) => foldText(sku ?? name)).join()
  return `w:${order.phone ?? order.email}:${dayOf(order.placedAt)}:${order.totalCentimes}:${what}`
}

/** An order as known before a row: in the base, or by an earlier row of the same file. */
export interface KnownOrder {
  readonly id: string
  /** Of one that a list has brought in; null for one that lives here. */
  readonly order: PastOrder | null
  readonly phones: readonly (string | null)[]
  readonly inFile: boolean
}

export interface OrderRowToPlan {
  readonly row: number
  readonly read: ReadPastOrder
  readonly choice: DuplicateChoice
}

export interface OrderPlan {
  readonly row: number
  readonly outcome: ImportOutcome
  readonly reasons: readonly ImportReason[]
  readonly orderId: string | null
  readonly before: PastOrder | null
  readonly after: PastOrder | null
}

const has = (lines: readonly PastLine[], line: PastLine): boolean => lines.some((one) => sameValues(one, line))

/** The order with one more line. A sum grows with its lines; a total that was written stays, and says so. */
const withLine = (order: PastOrder, line: PastLine, { priceSaid, total }: MoreOfOrder) => {
  const ofLine = priceSaid && lineTotal(line) === total
  const repeated = !ofLine && total === order.totalCentimes
  const added = repeated && !priceSaid ? { ...line, unitPriceCentimes: 0 } : line
  const lines = [...order.lines, added]
  const grows = !repeated && order.totalCentimes === sumOf(order.lines) + order.shippingFeeCentimes
  const totalCentimes = grows ? sumOf(lines) + order.shippingFeeCentimes : order.totalCentimes
  const notes: ImportReason[] = grows ? ['line_added'] : ['line_added', 'total_kept']
  return { after: { ...order, lines, totalCentimes }, notes }
}

/** What one row does, given all orders known until then by their keys. */
export const planOrderRow = (
  { row, read, choice }: OrderRowToPlan,
  known: Map<string, KnownOrder>,
  id: string,
): OrderPlan => {
  const { order, more, refused, notes } = read
  const none = { row, orderId: null, before: null, after: null }
  const key = orderKeyOf(read)
  const found = key === null ? undefined : known.get(key)
  const phone = order?.phone ?? more?.phone ?? null
  const isOther = found !== undefined && phone !== null && found.phones.some(Boolean) && !found.phones.includes(phone)
  if (found?.inFile && more !== null && !isOther) return oneMore({ row, more, found, key: key ?? '' }, known)
  // A further row of an order that is left as it is names no buyer; it is left as well.
  if (found && more !== null && refused === 'contact_missing')
    return {
      ...none,
      outcome: 'unchanged',
      reasons: [found.order ? 'known_order' : 'order_lives_here'],
      orderId: found.id,
    }
  if (refused !== null || order === null) return { ...none, outcome: 'refused', reasons: refused ? [refused] : [] }
  if (isOther) return { ...none, outcome: 'refused', reasons: ['reference_of_another'] }
  if (found === undefined) {
    if (key !== null) known.set(key, { id, order, phones: phonesOf(order), inFile: true })
    return { row, outcome: 'created', reasons: notes, orderId: id, before: null, after: order }
  }
  const same = { row, outcome: 'unchanged', orderId: found.id, before: null, after: null } as const
  if (found.order === null) return { ...same, reasons: [...notes, 'order_lives_here'] }
  const reasons = [...notes, found.inFile ? ('repeated_in_file' as const) : ('known_order' as const)]
  if (choice !== 'overwrite' || found.inFile) return { ...same, reasons }
  const totalSaid = more !== null && more.total !== null
  return overwritten({ row, order, before: found.order, found, key: key ?? '', reasons, totalSaid }, known)
}

const phonesOf = ({ phone, alternatePhone }: PastOrder): (string | null)[] => [phone, alternatePhone]

/** A further row of an order that this file has brought: its product, if it names another. */
const oneMore = (
  { row, more, found, key }: { row: number; more: MoreOfOrder; found: KnownOrder; key: string },
  known: Map<string, KnownOrder>,
): OrderPlan => {
  const { order, id: orderId } = found
  const { line } = more
  const same = { row, outcome: 'unchanged', orderId, before: null, after: null } as const
  const bare = line === null || more.priceSaid ? line : { ...line, unitPriceCentimes: 0 }
  if (order === null || line === null || bare === null || has(order.lines, line) || has(order.lines, bare))
    return { ...same, reasons: ['repeated_in_file'] }
  const { after, notes } = withLine(order, line, more)
  known.set(key, { ...found, order: after })
  return { row, outcome: 'updated', reasons: notes, orderId, before: order, after }
}

interface ToOverwrite {
  readonly row: number
  readonly order: PastOrder
  readonly before: PastOrder
  readonly found: KnownOrder
  readonly key: string
  readonly reasons: readonly ImportReason[]
  readonly totalSaid: boolean
}

const overwritten = (
  { row, order, before, found, key, reasons, totalSaid }: ToOverwrite,
  known: Map<string, KnownOrder>,
): OrderPlan => {
  const orderId = found.id
  // The other lines of an order of several rows are in the rows to come.
  const [line] = order.lines
  const kept = line !== undefined && has(before.lines, line)
  const lines = kept ? before.lines : order.lines
  const totalCentimes = kept && !totalSaid ? before.totalCentimes : order.totalCentimes
  const after = { ...order, lines, totalCentimes }
  if (sameValues(before, after))
    return { row, outcome: 'unchanged', orderId, reasons: [...reasons, 'nothing_new'], before: null, after: null }
  known.set(key, { ...found, order: after, phones: phonesOf(after), inFile: true })
  return { row, outcome: 'updated', orderId, reasons, before, after }
}
