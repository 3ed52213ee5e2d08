import type { ImportOutcome } from '@sendocki/domain/imports/import'
import { and, asc, desc, eq, gt, gte, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { type CustomerTrace, importRows, type OrderTrace } from '../../db/schema/imports.ts'
import { rawStatement } from '../../db/statement.ts'

export type StoredRow = typeof importRows.$inferSelect

const value = (name: string) => sql.placeholder(name)
const ofImport = (tx: MerchantTx, importId: string) =>
  and(eq(importRows.merchantId, tx.merchantId), eq(importRows.importId, importId))

const insertStatement = rawStatement<{ row: number }>(
  'import_rows_insert',
  sql`insert into import_rows (merchant_id, import_id, row, cells)
    select ${value('merchantId')}::uuid, ${value('importId')}::uuid, ${value('first')}::int + r.ordinality - 1, r.cells
    from jsonb_array_elements(${value('rows')}::jsonb) with ordinality as r (cells)`,
  [],
)

/** Keeps rows as they came, from this number on. */
export const insertRows = async (
  tx: MerchantTx,
  importId: string,
  first: number,
  rows: readonly (readonly string[])[],
): Promise<void> => {
  await tx.run(insertStatement, { merchantId: tx.merchantId, importId, first, rows: JSON.stringify(rows) })
}

/** Takes away the last rows of an import, at most so many; answers whether any were there. */
export const deleteSomeRows = async (tx: MerchantTx, importId: string, limit: number): Promise<boolean> => {
  const some = tx.db
    .select({ row: importRows.row })
    .from(importRows)
    .where(ofImport(tx, importId))
    .orderBy(desc(importRows.row))
    .limit(limit)
  const gone = await tx.db
    .delete(importRows)
    .where(and(ofImport(tx, importId), inArray(importRows.row, some)))
    .returning({ row: importRows.row })
  return gone.length > 0
}

/** The next rows, by primary key. */
export const nextRows = (tx: MerchantTx, importId: string, from: number, limit: number): Promise<StoredRow[]> =>
  tx.db
    .select()
    .from(importRows)
    .where(and(ofImport(tx, importId), gte(importRows.row, from)))
    .orderBy(asc(importRows.row))
    .limit(limit)

export const findRow = async (tx: MerchantTx, importId: string, row: number): Promise<StoredRow | undefined> =>
  (
    await tx.db
      .select()
      .from(importRows)
      .where(and(ofImport(tx, importId), eq(importRows.row, row)))
      .for('update')
  )[0]

export const saveRow = async (
  tx: MerchantTx,
  importId: string,
  row: number,
  change: Partial<Pick<StoredRow, 'cells' | 'choice'>>,
): Promise<void> => {
  await tx.db
    .update(importRows)
    .set(change)
    .where(and(ofImport(tx, importId), eq(importRows.row, row)))
}

/** The last rows before this one that did something and are not taken back yet. */
export const doneRowsBefore = (tx: MerchantTx, importId: string, before: number, limit: number): Promise<StoredRow[]> =>
  tx.db
    .select()
    .from(importRows)
    .where(
      and(
        ofImport(tx, importId),
        lt(importRows.row, before),
        inArray(importRows.outcome, ['created', 'updated']),
        eq(importRows.done, true),
        isNull(importRows.undo),
      ),
    )
    .orderBy(desc(importRows.row))
    .limit(limit)

export interface EarlierRow {
  readonly row: number
  readonly customerId: string
  readonly trace: CustomerTrace
}

/** What the last row before this one with each phone or e-mail made of its customer, by `import_rows_phone` and `_email`. */
const earlierStatement = rawStatement<EarlierRow>(
  'import_rows_earlier',
  sql`select r.row, r.customer_id, r.trace from unnest(${value('phones')}::text[]) as p (phone) cross join lateral (
      select customer_id, trace, row from import_rows where merchant_id = ${value('merchantId')}
        and import_id = ${value('importId')} and phone = p.phone and row < ${value('before')} order by row desc limit 1) r
    union all
    select r.row, r.customer_id, r.trace from unnest(${value('emails')}::text[]) as p (email) cross join lateral (
      select customer_id, trace, row from import_rows where merchant_id = ${value('merchantId')}
        and import_id = ${value('importId')} and email = p.email collate "C" and row < ${value('before')} order by row desc limit 1) r`,
  ['row', 'customerId', 'trace'],
)

export const earlierRows = (
  tx: MerchantTx,
  importId: string,
  before: number,
  { phones, emails }: { readonly phones: readonly string[]; readonly emails: readonly string[] },
): Promise<EarlierRow[]> =>
  tx.run(earlierStatement, { merchantId: tx.merchantId, importId, before, phones: [...phones], emails: [...emails] })

export interface EarlierOrder {
  readonly orderKey: string
  readonly orderId: string
  readonly trace: OrderTrace
}

/** What the last row before this one with each key made of its order, by `import_rows_order`. */
const earlierOrdersStatement = rawStatement<EarlierOrder>(
  'import_rows_earlier_orders',
  sql`select k.key, r.order_id, r.trace from unnest(${value('keys')}::text[]) as k (key) cross join lateral (
      select order_id, trace from import_rows where merchant_id = ${value('merchantId')}
        and import_id = ${value('importId')} and order_key = k.key collate "C" and row < ${value('before')}
        order by row desc limit 1) r`,
  ['orderKey', 'orderId', 'trace'],
)

export const earlierOrders = (
  tx: MerchantTx,
  importId: string,
  before: number,
  keys: readonly string[],
): Promise<EarlierOrder[]> =>
  tx.run(earlierOrdersStatement, { merchantId: tx.merchantId, importId, before, keys: [...keys] })

export type SettledRow = Pick<
  StoredRow,
  'row' | 'outcome' | 'reasons' | 'done' | 'customerId' | 'phone' | 'email' | 'orderId' | 'orderKey' | 'trace'
>

const settleStatement = rawStatement<{ row: number }>(
  'import_rows_settle',
  sql`update import_rows r set outcome = s.outcome, reasons = s.reasons, done = s.done, customer_id = s."customerId",
      phone = s.phone, email = s.email, order_id = s."orderId", order_key = s."orderKey", trace = s.trace, undo = null
    from jsonb_to_recordset(${value('rows')}::jsonb) as s (row int, outcome text, reasons jsonb, done boolean,
      "customerId" uuid, phone text, email text, "orderId" uuid, "orderKey" text, trace jsonb)
    where r.merchant_id = ${value('merchantId')} and r.import_id = ${value('importId')} and r.row = s.row`,
  [],
)

/** Writes what became of rows, hundreds in one statement. */
export const settleRows = async (tx: MerchantTx, importId: string, rows: readonly SettledRow[]): Promise<void> => {
  if (rows.length > 0)
    await tx.run(settleStatement, { merchantId: tx.merchantId, importId, rows: JSON.stringify(rows) })
}

const undoneStatement = rawStatement<{ row: number }>(
  'import_rows_undone',
  sql`update import_rows r set undo = s.undo from jsonb_to_recordset(${value('rows')}::jsonb) as s (row int, undo text)
    where r.merchant_id = ${value('merchantId')} and r.import_id = ${value('importId')} and r.row = s.row`,
  [],
)

export const markUndone = async (
  tx: MerchantTx,
  importId: string,
  rows: readonly Pick<StoredRow, 'row' | 'undo'>[],
): Promise<void> => {
  if (rows.length > 0)
    await tx.run(undoneStatement, { merchantId: tx.merchantId, importId, rows: JSON.stringify(rows) })
}

/** Rows in the order of the file, by primary key, or of one outcome by `import_rows_outcome`. */
export const listRows = (
  tx: MerchantTx,
  importId: string,
  {
    outcome,
    first,
    after,
    settledBefore,
    limit,
  }: {
    readonly outcome: ImportOutcome | undefined
    /** Where the rows begin: after the names of the columns, if there are any. */
    readonly first: number
    readonly after: number | null
    /** Outcomes beyond belong to an earlier pass. */
    readonly settledBefore: number
    readonly limit: number
  },
): Promise<StoredRow[]> =>
  tx.db
    .select()
    .from(importRows)
    .where(
      and(
        ofImport(tx, importId),
        gte(importRows.row, first),
        after === null ? undefined : gt(importRows.row, after),
        ...(outcome ? [eq(importRows.outcome, outcome), lt(importRows.row, settledBefore)] : []),
      ),
    )
    .orderBy(asc(importRows.row))
    .limit(limit)
