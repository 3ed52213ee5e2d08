import { createHash } from 'node:crypto'
import { readRow } from '@sendocki/domain/columns'
import { type CustomerValues, KnownCustomers } from '@sendocki/domain/imports/customers'
import {
  type KnownOrder,
  type OrderPlan,
  orderKeyOf,
  type PastOrder,
  planOrderRow,
  type ReadPastOrder,
  readOrderRow,
} from '@sendocki/domain/imports/orders'
import type { Ctx, MerchantTx } from '../../context.ts'
import type { OrderTrace } from '../../db/schema/imports.ts'
import { type CustomerChange, changeCustomers, holdByContacts, returnCustomers } from '../customers/index.ts'
import {
  type HeldOrder,
  holdPastOrders,
  type PastChange,
  type PastReturn,
  pastStatesOf,
  returnPastOrders,
  writePastOrders,
} from '../orders/index.ts'
import type { StoredImport } from './imports.queries.ts'
import { afterAll, type RowKind } from './row-kind.ts'
import { earlierOrders, type SettledRow, type StoredRow } from './rows.queries.ts'
import { saidWords } from './words.queries.ts'

/** Under what a row is kept and found again: nothing of a buyer can be read in it. */
const hashOf = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, 22)

const byReference = 'r:'

type Read = ReadonlyMap<number, ReadPastOrder>

/** Reads rows of a list by its columns and its words. */
const readAll = async (ctx: Ctx, tx: MerchantTx, of: StoredImport, rows: readonly StoredRow[]): Promise<Read> => {
  const [words, states] = await Promise.all([saidWords(tx), pastStatesOf(tx)])
  const facts = { now: ctx.now.toISOString(), words, states }
  return new Map(rows.map(({ row, cells }) => [row, readOrderRow(readRow(cells, of.mapping), facts)]))
}

/** Whose an order is: the phone decides; only without one the e-mail does. */
const buyerOf = (order: PastOrder): CustomerValues => {
  const { name, phone, alternatePhone, email } = order
  const { addressLine, district, landmark, cityText, cityId, regionCode } = order
  return {
    ...{ name, phone, alternatePhone, email, addressLine, district, landmark, cityText, cityId, regionCode },
    ...{ tags: [], marketingConsent: null },
  }
}
const contactOf = (buyer: CustomerValues): CustomerValues => (buyer.phone === null ? buyer : { ...buyer, email: null })

const knownBuyers = async (tx: MerchantTx, read: Read): Promise<KnownCustomers> => {
  const contacts = [...read.values()].flatMap(({ order }) => (order === null ? [] : contactOf(buyerOf(order))))
  const phones = new Set(contacts.flatMap(({ phone }) => phone ?? []))
  const emails = new Set(contacts.flatMap(({ email }) => email ?? []))
  const known = new KnownCustomers([])
  for (const { id, values, phones: found } of await holdByContacts(tx, [...phones], [...emails]))
    known.put({ id, values, inFile: false }, found)
  return known
}

/** A row whose e-mail several customers have is for a person to say. */
const withBuyer = (read: ReadPastOrder, buyers: KnownCustomers): ReadPastOrder =>
  read.order !== null && buyers.find(contactOf(buyerOf(read.order))) === 'several'
    ? { ...read, order: null, refused: 'email_ambiguous' }
    : read

interface Known {
  readonly orders: Map<string, KnownOrder>
  readonly held: ReadonlyMap<string, HeldOrder>
}

const knownOrders = async (tx: MerchantTx, of: StoredImport, read: Read, before: number): Promise<Known> => {
  const keys = [...new Set([...read.values()].flatMap((one) => orderKeyOf(one) ?? []))]
  const rawOf = new Map(keys.map((key) => [hashOf(key), key]))
  const terms = keys.flatMap((key) => (key.startsWith(byReference) ? key.slice(byReference.length) : []))
  const { byKey, byTerm } = await holdPastOrders(tx, [...rawOf.keys()], terms)
  const earlier = await earlierOrders(tx, of.id, before, [...rawOf.keys()])
  const inFile = new Set(earlier.map(({ orderId }) => orderId))
  const orders = new Map<string, KnownOrder>()
  for (const [term, one] of byTerm) orders.set(`${byReference}${term}`, { ...one, inFile: false })
  for (const [hash, one] of byKey) orders.set(rawOf.get(hash) ?? '', { ...one, inFile: inFile.has(one.id) })
  // A run finds in the base what earlier rows made of it; a trial finds it in what they left.
  if (!of.carriesOut)
    for (const { orderKey, orderId, trace } of earlier) {
      const { after } = trace
      const phones = [after.phone, after.alternatePhone]
      orders.set(rawOf.get(orderKey) ?? '', { id: orderId, order: after, phones, inFile: true })
    }
  return { orders, held: new Map([...byKey.values(), ...byTerm.values()].map((one) => [one.id, one])) }
}

/** The customer of each order that changes, made where nobody has its phone. */
class Buyers {
  readonly made: CustomerChange[] = []
  private readonly ctx: Ctx
  private readonly known: KnownCustomers
  constructor(ctx: Ctx, known: KnownCustomers) {
    this.ctx = ctx
    this.known = known
  }

  of(order: PastOrder): { id: string; made: boolean } {
    const after = buyerOf(order)
    const found = this.known.find(contactOf(after))
    if (found === 'several') throw new Error('An order was planned for one of several customers.')
    if (found !== null) return { id: found.known.id, made: false }
    const id = this.ctx.newId()
    this.known.put({ id, values: after, inFile: true })
    this.made.push({ id, before: null, after, updatedAt: this.ctx.now.toISOString() })
    return { id, made: true }
  }
}

const workOff: RowKind['workOff'] = async (ctx, tx, of, rows, { alone = false } = {}) => {
  const read = await readAll(ctx, tx, of, rows)
  const buyers = await knownBuyers(tx, read)
  const { orders, held } = await knownOrders(tx, of, read, alone ? afterAll : (rows[0]?.row ?? 0))
  const plans = rows.map((row) => {
    const one = withBuyer(read.get(row.row) as ReadPastOrder, buyers)
    const plan = planOrderRow({ row: row.row, read: one, choice: row.choice ?? of.duplicates }, orders, ctx.newId())
    const key = orderKeyOf(one)
    return { plan, key: key === null ? null : hashOf(key) }
  })
  return of.carriesOut ? carryOut(ctx, tx, of, { plans, held, buyers }) : plans.map((one) => settledOf(one, null))
}

interface Planned {
  readonly plan: OrderPlan
  readonly key: string | null
}

/** Rows about one order are one change: from what was before the first to what is after the last. */
const carryOut = async (
  ctx: Ctx,
  tx: MerchantTx,
  of: StoredImport,
  { plans, held, buyers }: { plans: readonly Planned[]; held: Known['held']; buyers: KnownCustomers },
): Promise<SettledRow[]> => {
  const people = new Buyers(ctx, buyers)
  const changes = new Map<string, PastChange>()
  const now = ctx.now.toISOString()
  const settled = plans.map((one): SettledRow => {
    const { orderId, before, after } = one.plan
    if (orderId === null || after === null) return settledOf(one, null)
    const first = changes.get(orderId)
    const was = first ?? held.get(orderId)
    // A further row of an order names no buyer: it stays whose it is.
    const same = before !== null && before.phone === after.phone && before.email === after.email
    const customer = same && was ? { id: was.customerId, made: false } : people.of(after)
    changes.set(orderId, {
      ...{ id: orderId, key: one.key ?? '', before: first ? first.before : before, after },
      ...{ customerId: customer.id, updatedAt: now },
    })
    return settledOf(one, {
      customerId: customer.id,
      beforeAt: before === null ? null : (was?.updatedAt ?? null),
      customerBefore: before === null ? null : (was?.customerId ?? null),
      ...{ writtenAt: now, madeCustomer: customer.made },
    })
  })
  const cause = { importId: of.id }
  await changeCustomers(ctx, tx, people.made, cause)
  await writePastOrders(ctx, tx, [...changes.values()], cause)
  return settled
}

type Written = Pick<OrderTrace, 'beforeAt' | 'writtenAt' | 'customerBefore' | 'madeCustomer'> & {
  readonly customerId: string
}

/** Of a row that was only tried, or that changes nothing. */
const untouched = { customerId: null, beforeAt: null, writtenAt: null, customerBefore: null, madeCustomer: false }

const settledOf = ({ plan, key }: Planned, written: Written | null): SettledRow => {
  const { row, outcome, reasons, orderId, before, after } = plan
  const { customerId, ...rest } = written ?? untouched
  return {
    ...{ row, outcome, reasons, done: written !== null, customerId, orderId, phone: null, email: null },
    orderKey: after === null ? null : key,
    trace: after === null ? null : { before, after, ...rest },
  }
}

const takeBack: RowKind['takeBack'] = async (ctx, tx, rows, cause) => {
  const left = await returnPastOrders(ctx, tx, returnsOf(rows), cause)
  const people = rows.flatMap(({ customerId, trace }) => {
    const { madeCustomer = false, writtenAt = null } = (trace ?? {}) as Partial<OrderTrace>
    return madeCustomer && writtenAt !== null && customerId !== null
      ? [{ id: customerId, writtenAt, before: null }]
      : []
  })
  // Whoever has other orders since, or was changed, stays.
  if (people.length > 0) await returnCustomers(ctx, tx, people, cause)
  return rows.map(({ orderId, trace }) => orderId !== null && trace !== null && !left.has(orderId))
}

/** Newest row first: an order goes back to what was before the oldest of them, if nobody has touched the newest. */
const returnsOf = (rows: readonly StoredRow[]): PastReturn[] => {
  const returns = new Map<string, PastReturn>()
  for (const { orderId, trace } of rows) {
    const { before, beforeAt, writtenAt, customerBefore } = (trace ?? {}) as Partial<OrderTrace>
    if (orderId === null || writtenAt == null) continue
    const last = returns.get(orderId)?.writtenAt ?? writtenAt
    const earlier =
      before == null || customerBefore == null
        ? null
        : { order: before, customerId: customerBefore, updatedAt: beforeAt ?? writtenAt }
    returns.set(orderId, { id: orderId, writtenAt: last, before: earlier })
  }
  return [...returns.values()]
}

export const orderRows: RowKind = { workOff, takeBack }
