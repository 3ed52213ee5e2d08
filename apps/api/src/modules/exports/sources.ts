import type { CustomerFilters } from '@sendocki/domain/customers/customer'
import type { CustomerExportColumn, ExportColumn } from '@sendocki/domain/exports/export'
import { phoneSightOf } from '@sendocki/domain/orders/visibility'
import type { Cell } from '@sendocki/domain/spreadsheet'
import type { Ctx, JobCtx, MerchantTx } from '../../context.ts'
import { listCustomers, selectCustomers } from '../customers/index.ts'
import { actorOfMember } from '../members/index.ts'
import { type SelectionFilters, selectionOf } from '../orders/index.ts'
import { pipelineOf } from '../pipeline/index.ts'
import { cellReader, clockReader } from './cells.ts'
import { customerCells } from './customer-cells.ts'
import { mayExport } from './exports.commands.ts'
import type { ExportRow } from './exports.queries.ts'
import { memberName, readNames, readRows } from './rows.queries.ts'
import { exportWords } from './words.ts'

export interface PageKey {
  readonly key: string
  readonly id: string
}

/** Where the lines of a file come from: page after page, each as cells. */
export interface Source {
  readonly row: ExportRow
  readonly read: (
    tx: MerchantTx,
    page: { readonly after: PageKey | null; readonly limit: number },
  ) => Promise<{
    readonly lines: Cell[][]
    readonly last: PageKey | null
  }>
  /** The line under the rows of a file with phones; null for one without. */
  readonly taken: string | null
}

type Role = Ctx['actor']['role']

/** What the member may see now decides what the file holds, not what they could when they asked. */
export const sourceOf = async (base: JobCtx, row: ExportRow): Promise<{ acting: Ctx; source: Source } | null> => {
  const actor = await base.read((tx) => actorOfMember(tx, row.memberId))
  if (!actor || !mayExport(actor, row.kind)) return null
  const acting = base.inMerchant(base.merchantId, actor)
  const source = await acting.read(async (tx) => {
    const read = await (row.kind === 'orders' ? ordersOf : customersOf)(acting, tx, row, actor.role)
    return { row, read, taken: await takenBy(acting, tx, row) }
  })
  return { acting, source }
}

/** A file with phones says who took it out: it is shown around with that line. */
const takenBy = async (
  ctx: Ctx,
  tx: MerchantTx,
  { columns, language, memberId }: ExportRow,
): Promise<string | null> => {
  const withPhones = columns.some((column) => column === 'phone' || column === 'alternatePhone')
  if (!withPhones || phoneSightOf(ctx.actor.role) === 'never') return null
  const at = String(clockReader()(ctx.now.toISOString(), true))
  return exportWords[language].taken((await memberName(tx, memberId)) ?? '–', at)
}

const ordersOf = async (ctx: Ctx, tx: MerchantTx, row: ExportRow, role: Role): Promise<Source['read']> => {
  const columns = row.columns as readonly ExportColumn[]
  const selection = await selectionOf(ctx, tx, row.filter as SelectionFilters)
  const [names, pipeline] = await Promise.all([readNames(tx), pipelineOf(tx)])
  const cells = cellReader({ ...row, columns, role, now: ctx.now, names, pipeline })
  return async (reading, page) => {
    const rows = await readRows(reading, selection, columns, page)
    const last = rows.at(-1)
    return { lines: rows.map(cells), last: last ? { key: String(last[0]), id: String(last[1]) } : null }
  }
}

const customersOf = async (ctx: Ctx, tx: MerchantTx, row: ExportRow, role: Role): Promise<Source['read']> => {
  const columns = row.columns as readonly CustomerExportColumn[]
  const selection = await selectCustomers(ctx, tx, row.filter as CustomerFilters)
  const cells = customerCells({ ...row, columns, role, now: ctx.now })
  return async (reading, { after, limit }) => {
    const rows = (await listCustomers(reading, selection, { sort: '-lastOrderAt', after, limit })).slice(0, limit)
    const last = rows.at(-1)
    return { lines: rows.map(cells), last: last ? { key: last.activeAt, id: last.id } : null }
  }
}
