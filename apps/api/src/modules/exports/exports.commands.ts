import type { Readable } from 'node:stream'
import type { CustomerFilters } from '@sendocki/domain/customers/customer'
import { type ExportKind, exportHours, mostXlsxRows } from '@sendocki/domain/exports/export'
import type { CreateExport, Export } from '@sendocki/domain/exports/export-schema'
import type { Language } from '@sendocki/domain/language'
import { Refused } from '@sendocki/domain/result'
import { type Actor, type Ctx, type MerchantTx, memberOf } from '../../context.ts'
import { countSelected, selectCustomers } from '../customers/index.ts'
import { chooseOrders, type SelectionFilters, selectionOf } from '../orders/index.ts'
import { countRunning, type ExportRow, findExport, insertExport } from './exports.queries.ts'
import { exportWords } from './words.ts'

/** One person's files under way at once. */
const mostRunning = 3

const viewOf = (row: ExportRow): Export => ({
  id: row.id,
  kind: row.kind,
  format: row.format,
  status: row.status,
  rows: row.rowCount,
  bytes: row.bytes,
  problem: row.problem,
  createdAt: row.createdAt,
  expiresAt: row.expiresAt,
})

/** The name under which the file is kept. */
export const keptName = ({ merchantId, id, format }: Pick<ExportRow, 'merchantId' | 'id' | 'format'>): string =>
  `exports/${merchantId}/${id}.${format}`

/** What a role lets its holder see in a file. */
export const rightsOf = ({ role }: Actor): string =>
  role === null
    ? 'all'
    : JSON.stringify([[...role.masks].sort(), [...role.scope].sort(), role.permissions.has('phones.reveal')])

/** Each list is a right of its own. */
export const mayExport = ({ role }: Actor, kind: ExportKind): boolean =>
  role === null || role.permissions.has(kind === 'orders' ? 'orders.export' : 'customers.export')

/** How many rows a file would have, at most one more than a workbook takes. */
const countOrders = async (ctx: Ctx, tx: MerchantTx, filter: object): Promise<number> =>
  (await chooseOrders(tx, await selectionOf(ctx, tx, filter as SelectionFilters), mostXlsxRows + 1)).length
const countCustomers = async (ctx: Ctx, tx: MerchantTx, filter: CustomerFilters): Promise<number> =>
  countSelected(tx, await selectCustomers(ctx, tx, filter), mostXlsxRows)

/** Asks for a list as a file; the filters are read once here, so that a wrong one is refused at once. */
export const askExport = (ctx: Ctx, input: CreateExport, language: Language): Promise<Export> =>
  ctx.transaction(async (tx) => {
    const memberId = memberOf(ctx)
    if ((await countRunning(tx, memberId)) >= mostRunning)
      throw new Refused('export.too_many_open', { most: mostRunning })
    const { kind, filter = {}, columns, format } = input
    if (!mayExport(ctx.actor, kind)) throw new Refused('auth.forbidden')
    const rows = await (kind === 'orders' ? countOrders(ctx, tx, filter) : countCustomers(ctx, tx, filter))
    if (format === 'xlsx' && rows > mostXlsxRows) throw new Refused('export.too_many_rows', { most: mostXlsxRows })
    const row: ExportRow = {
      merchantId: tx.merchantId,
      id: ctx.newId(),
      memberId,
      kind,
      filter,
      columns,
      format,
      language: input.language ?? language,
      status: 'running',
      rowCount: 0,
      bytes: null,
      rights: null,
      problem: null,
      createdAt: ctx.now.toISOString(),
      expiresAt: null,
    }
    await insertExport(tx, row)
    ctx.enqueue(tx, 'exports.run', { merchantId: ctx.merchantId, exportId: row.id }, { key: `exports.run:${row.id}` })
    ctx.record(tx, {
      type: 'export.asked',
      subject: { kind: 'export', id: row.id },
      data: { kind, format, columns },
    })
    return viewOf(row)
  })

/** An export belongs to whoever asked for it. */
const found = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<ExportRow> => {
  const row = await findExport(tx, id)
  if (row?.memberId !== ctx.actor.memberId || !row) throw new Refused('export.not_found')
  return row
}

export const readExport = (ctx: Ctx, id: string): Promise<Export> =>
  ctx.read(async (tx) => viewOf(await found(ctx, tx, id)))

export interface ExportFile {
  readonly stream: Readable
  readonly bytes: number
  readonly name: string
  readonly type: string
}

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** The file, for its day, and only while its reader may still see all that is in it. Each download is journalled. */
export const openExport = async (ctx: Ctx, id: string): Promise<ExportFile> => {
  const row = await ctx.read((tx) => found(ctx, tx, id))
  if (row.status !== 'ready' || (row.expiresAt !== null && row.expiresAt <= ctx.now.toISOString()))
    throw new Refused('export.not_ready', { status: row.status === 'ready' ? 'expired' : row.status })
  if (row.rights !== rightsOf(ctx.actor)) throw new Refused('export.rights_changed')
  const file = await ctx.files.read(keptName(row))
  if (!file) throw new Refused('export.not_ready', { status: 'expired' })
  await ctx.transaction(async (tx) => {
    ctx.record(tx, { type: 'export.downloaded', subject: { kind: 'export', id }, quiet: true })
  })
  const day = row.createdAt.slice(0, 10)
  return { ...file, type: types[row.format], name: `${exportWords[row.language].file[row.kind]}-${day}.${row.format}` }
}

/** How long a finished file is kept from an instant on. */
export const expiryFrom = (now: Date): string => new Date(now.getTime() + exportHours * 3_600_000).toISOString()
