import { readRow } from '@sendocki/domain/columns'
import {
  type CustomerPlan,
  type KnownCustomer,
  KnownCustomers,
  planCustomerRow,
  type ReadCustomer,
  readCustomerRow,
} from '@sendocki/domain/imports/customers'
import type { MerchantTx } from '../../context.ts'
import type { CustomerTrace } from '../../db/schema/imports.ts'
import {
  type CustomerChange,
  type CustomerReturn,
  changeCustomers,
  type HeldCustomer,
  holdByContacts,
  returnCustomers,
} from '../customers/index.ts'
import type { StoredImport } from './imports.queries.ts'
import { afterAll, type RowKind } from './row-kind.ts'
import { earlierRows, type SettledRow, type StoredRow } from './rows.queries.ts'

const workOff: RowKind['workOff'] = async (ctx, tx, of, rows, { alone = false } = {}) => {
  const read = new Map(rows.map(({ row, cells }) => [row, readCustomerRow(readRow(cells, of.mapping))]))
  const held = await holdByContacts(tx, phonesIn(read), emailsIn(read))
  const before = alone ? afterAll : (rows[0]?.row ?? 0)
  const known = await knownTo(tx, of, held, before, read)
  const plans = rows.map((row) =>
    planCustomerRow(
      { row: row.row, read: read.get(row.row) as ReadCustomer, choice: row.choice ?? of.duplicates },
      known,
      ctx.newId(),
    ),
  )
  const now = ctx.now.toISOString()
  if (of.carriesOut) await changeCustomers(ctx, tx, changesOf(plans, now), { importId: of.id })
  const heldAt = new Map(held.map(({ id, updatedAt }) => [id, updatedAt]))
  return plans.map((plan) => settledOf(plan, traceOf(plan, heldAt, of.carriesOut ? now : null), of.carriesOut))
}

const phonesIn = (read: ReadonlyMap<number, ReadCustomer>): string[] => [
  ...new Set([...read.values()].flatMap(({ values }) => values.phone ?? [])),
]
const emailsIn = (read: ReadonlyMap<number, ReadCustomer>): string[] => [
  ...new Set([...read.values()].flatMap(({ values }) => values.email ?? [])),
]

const knownTo = async (
  tx: MerchantTx,
  of: StoredImport,
  held: readonly HeldCustomer[],
  before: number,
  read: ReadonlyMap<number, ReadCustomer>,
): Promise<KnownCustomers> => {
  const earlier = await earlierRows(tx, of.id, before, { phones: phonesIn(read), emails: emailsIn(read) })
  const inFile = new Set(earlier.map(({ customerId }) => customerId))
  const known = new KnownCustomers([])
  for (const { id, values, phones } of held) known.put({ id, values, inFile: inFile.has(id) }, phones)
  if (of.carriesOut) return known
  const latest = earlier.toSorted((one, other) => one.row - other.row)
  for (const { customerId, trace } of latest)
    known.put({ id: customerId, values: trace.after, inFile: true } satisfies KnownCustomer)
  return known
}

/** Rows about one customer are one change: from what was before the first to what is after the last. */
const changesOf = (plans: readonly CustomerPlan[], updatedAt: string): CustomerChange[] => {
  const changes = new Map<string, CustomerChange>()
  for (const { customerId, before, after } of plans) {
    if (customerId === null || after === null) continue
    const first = changes.get(customerId)
    changes.set(customerId, { id: customerId, before: first ? first.before : before, after, updatedAt })
  }
  return [...changes.values()]
}

/** What a row of this chunk changed that another of it had changed before goes back to what that one wrote. */
const traceOf = (plan: CustomerPlan, heldAt: Map<string, string>, writtenAt: string | null): CustomerTrace | null => {
  const { customerId, before, after } = plan
  if (customerId === null || after === null) return null
  const beforeAt = before === null ? null : (heldAt.get(customerId) ?? null)
  if (writtenAt !== null) heldAt.set(customerId, writtenAt)
  return { before, beforeAt, after, writtenAt }
}

const settledOf = (
  { row, outcome, reasons, customerId, after }: CustomerPlan,
  trace: CustomerTrace | null,
  done: boolean,
): SettledRow => ({
  ...{ row, outcome, reasons, done, customerId, trace, orderId: null, orderKey: null },
  phone: after?.phone ?? null,
  email: after?.email ?? null,
})

const takeBack: RowKind['takeBack'] = async (ctx, tx, rows, cause) => {
  const left = await returnCustomers(ctx, tx, returnsOf(rows), cause)
  return rows.map(({ customerId }) => customerId !== null && !left.has(customerId))
}

/** Newest row first: a customer goes back to what was before the oldest of them, if nobody has touched the newest. */
const returnsOf = (rows: readonly StoredRow[]): CustomerReturn[] => {
  const returns = new Map<string, CustomerReturn>()
  for (const { customerId, trace } of rows) {
    const { before = null, beforeAt, writtenAt } = (trace ?? {}) as Partial<CustomerTrace>
    if (customerId === null || writtenAt == null) continue
    const last = returns.get(customerId)?.writtenAt ?? writtenAt
    const earlier = before === null ? null : { values: before, updatedAt: beforeAt ?? writtenAt }
    returns.set(customerId, { id: customerId, writtenAt: last, before: earlier })
  }
  return [...returns.values()]
}

export const customerRows: RowKind = { workOff, takeBack }
