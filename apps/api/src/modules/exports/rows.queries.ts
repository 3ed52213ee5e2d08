import type { ExportColumn } from '@sendocki/domain/exports/export'
import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { carrierAccounts } from '../../db/schema/carriers.ts'
import { members } from '../../db/schema/members.ts'
import { orderLines, orders } from '../../db/schema/orders.ts'
import { stores } from '../../db/schema/stores.ts'
import { rawStatement } from '../../db/statement.ts'
import { pageTail, type Selection } from '../orders/index.ts'

/** Where each column of a file comes from. What is a name elsewhere is an id here: there are few names and many rows. */
const sources: Readonly<Record<ExportColumn, SQL>> = {
  number: sql`${orders.number}`,
  reference: sql`${orders.sourceReference}`,
  placedAt: sql`${orders.placedAt}`,
  customer: sql`${orders.contactName}`,
  phone: sql`coalesce(${orders.phone}, ${orders.phoneText})`,
  alternatePhone: sql`${orders.alternatePhone}`,
  city: sql`coalesce('#' || ${orders.cityId}, ${orders.cityText})`,
  district: sql`${orders.district}`,
  address: sql`concat_ws(', ', ${orders.addressLine}, ${orders.landmark})`,
  products: sql`(select string_agg(${orderLines.quantity} || ' × ' || ${orderLines.name}, ' + ' order by ${orderLines.position})
    from ${orderLines} where ${orderLines.merchantId} = ${orders.merchantId} and ${orderLines.orderId} = ${orders.id})`,
  total: sql`${orders.totalCentimes}`,
  codAmount: sql`${orders.codAmountCentimes}`,
  stage: sql`${orders.stageId}`,
  stateSince: sql`${orders.stateSince}`,
  assignee: sql`${orders.assigneeId}`,
  tags: sql`${orders.tags}`,
  carrier: sql`${orders.carrierAccountId}`,
  trackingNumber: sql`${orders.trackingNumber}`,
  parcel: sql`${orders.parcelStatus}`,
  cash: sql`${orders.cashStatus}`,
  risk: sql`${orders.riskLevel}`,
  store: sql`${orders.storeId}`,
  note: sql`${orders.note}`,
}

/** A row as it leaves the database: when it was created and its id, the end of its life, then the columns asked for. */
export type RawRow = readonly unknown[]

/** The next orders of a selection, newest first, as lists of values. */
export const readRows = (
  tx: MerchantTx,
  selection: Selection,
  columns: readonly ExportColumn[],
  { after, limit }: { readonly after: { readonly key: string; readonly id: string } | null; readonly limit: number },
): Promise<RawRow[]> => {
  const cells = [
    sql`${orders.createdAt}`,
    sql`${orders.id}`,
    sql`${orders.endedAt}`,
    ...columns.map((column) => sources[column]),
  ]
  const tail = pageTail(selection, { sort: '-createdAt', after: after !== null, limit: 'limit' })
  const rows = rawStatement<Record<string, unknown>>(
    '',
    sql`select ${sql.join(cells, sql`, `)} from ${orders} ${tail}`,
    [],
  )
  return tx.run(
    { ...rows, rowOf: (values) => values },
    { ...selection.args, merchantId: tx.merchantId, limit, afterKey: after?.key, afterId: after?.id },
  )
}

/** The name of a member, for the line under a file. */
export const memberName = async (tx: MerchantTx, id: string): Promise<string | undefined> =>
  (
    await tx.db
      .select({ name: members.fullName })
      .from(members)
      .where(and(eq(members.merchantId, tx.merchantId), eq(members.id, id)))
  )[0]?.name

export interface Names {
  readonly stores: ReadonlyMap<string, string>
  readonly members: ReadonlyMap<string, string>
  readonly carriers: ReadonlyMap<string, string>
}

/** The names that rows refer to: some hundreds of them at most, each by its primary key. */
export const readNames = async (tx: MerchantTx): Promise<Names> => {
  const [storeRows, memberRows, carrierRows] = await Promise.all([
    tx.db
      .select({ id: stores.id, name: stores.name })
      .from(stores)
      .where(eq(stores.merchantId, tx.merchantId))
      .orderBy(asc(stores.id)),
    tx.db
      .select({ id: members.id, name: members.fullName })
      .from(members)
      .where(eq(members.merchantId, tx.merchantId))
      .orderBy(asc(members.id)),
    tx.db
      .select({ id: carrierAccounts.id, name: carrierAccounts.name })
      .from(carrierAccounts)
      .where(eq(carrierAccounts.merchantId, tx.merchantId))
      .orderBy(asc(carrierAccounts.id)),
  ])
  const byId = (rows: readonly { id: string; name: string }[]) => new Map(rows.map(({ id, name }) => [id, name]))
  return { stores: byId(storeRows), members: byId(memberRows), carriers: byId(carrierRows) }
}
