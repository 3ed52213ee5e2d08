import type {
  CarrierFile,
  CarrierFileQuery,
  RunCarrierFile,
  TryCarrierFile,
} from '@sendocki/domain/carrier-files/carrier-file'
import {
  type CarrierFileKind,
  type ColumnMapping,
  detectColumns,
  mappingFault,
} from '@sendocki/domain/carrier-files/columns'
import { shapeOf } from '@sendocki/domain/columns'
import type { ParcelStatus } from '@sendocki/domain/parcels/parcel'
import type { Permission } from '@sendocki/domain/permissions'
import { Refused } from '@sendocki/domain/result'
import { dayOf } from '@sendocki/domain/time'
import type { Ctx, MerchantTx } from '../../context.ts'
import { requirePermission } from '../../http/access.ts'
import { uploadedFile } from '../../http/uploads.ts'
import { addPlaces, findAccount, mapOf } from '../carriers/index.ts'
import { markIn } from '../cash/index.ts'
import { learnWord, openOperation } from '../parcels/index.ts'
import {
  everyRow,
  type FileRow,
  insertFile,
  lockFile,
  markDone,
  openRows,
  saveFile,
  saveTried,
} from './carrier-files.queries.ts'
import { findMapping, rememberMapping } from './mappings.queries.ts'
import { planRows } from './planning.commands.ts'
import { viewIn } from './views.commands.ts'

/** What a file of each kind changes, and so what it takes to load one. */
const permissionOf: Record<CarrierFileKind, Permission> = {
  places: 'carriers.edit',
  tracking: 'parcels.edit',
  payout: 'cash.edit',
}

const countOf = (lines: number, { hasHeader }: ColumnMapping): number => lines - (hasHeader ? 1 : 0)

/** Reads a file in a process of its own and keeps it as it came, with a proposal of what its columns are. */
export const receiveFile = async (
  ctx: Ctx,
  carrierAccountId: string,
  { kind = 'tracking', name }: CarrierFileQuery,
  upload: unknown,
): Promise<CarrierFile> => {
  requirePermission(ctx, permissionOf[kind])
  await ctx.read((tx) => assertFits(ctx, tx, carrierAccountId, kind))
  const reading = await ctx.tables.read(uploadedFile(upload))
  if (!reading.ok) throw new Refused('file.unreadable', { why: reading.fault })
  const { rows } = reading
  return ctx.transaction(async (tx) => {
    await assertFits(ctx, tx, carrierAccountId, kind)
    const proposal = detectColumns(rows, kind)
    const shape = shapeOf(rows[0] ?? [], proposal)
    const mapping = (await findMapping(tx, carrierAccountId, kind, shape)) ?? proposal
    const id = ctx.newId()
    await insertFile(
      tx,
      {
        id,
        carrierAccountId,
        kind,
        name: name ?? null,
        status: 'read',
        mapping,
        shape,
        rowCount: countOf(rows.length, mapping),
        triedAt: null,
        operationId: null,
        createdAt: ctx.now.toISOString(),
        doneAt: null,
      },
      rows,
    )
    ctx.record(tx, {
      type: 'carrier_file.received',
      subject: { kind: 'carrier_file', id },
      data: { carrierAccountId, kind, rows: rows.length },
    })
    return viewIn(tx, id)
  })
}

/** A carrier with an API tells its cities and its news itself; what it has paid nobody tells but people. */
const assertFits = async (ctx: Ctx, tx: MerchantTx, carrierAccountId: string, kind: CarrierFileKind): Promise<void> => {
  const account = await findAccount(tx, carrierAccountId)
  if (!account) throw new Refused('carrier_account.not_found')
  if (kind !== 'payout' && mapOf(ctx, account.carrier).capabilities.api)
    throw new Refused('carrier.capability_missing', { capability: 'manual' })
}

const lockedFile = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<FileRow> => {
  const file = await lockFile(tx, id)
  if (!file) throw new Refused('carrier_file.not_found')
  requirePermission(ctx, permissionOf[file.kind])
  if (file.status !== 'read') throw new Refused('carrier_file.already_run', { status: file.status })
  return file
}

/** Tells of every row what it would do, and does nothing. Words that are explained on the way are remembered. */
export const tryFile = (
  ctx: Ctx,
  id: string,
  { columns, hasHeader, words = [] }: TryCarrierFile,
): Promise<CarrierFile> =>
  ctx.transaction(async (tx) => {
    const file = await lockedFile(ctx, tx, id)
    const mapping = { columns, hasHeader }
    const fault = mappingFault(file.kind, mapping)
    if (fault !== null) throw new Refused('carrier_file.mapping_incomplete', { why: fault })
    for (const { word, status } of words) await explain(ctx, tx, file.carrierAccountId, word, status)
    const tried = await planRows(ctx, tx, { ...file, mapping })
    await saveTried(tx, id, tried)
    const rowCount = tried.filter(({ outcome }) => outcome !== null).length
    await saveFile(tx, id, { mapping, rowCount, triedAt: ctx.now.toISOString() })
    ctx.record(tx, { type: 'carrier_file.tried', subject: { kind: 'carrier_file', id }, quiet: true })
    return viewIn(tx, id)
  })

/** A person's word on a word of the carrier: from now on, and for everything told in it before. */
const explain = async (
  ctx: Ctx,
  tx: MerchantTx,
  carrierAccountId: string,
  carrierStatus: string,
  status: ParcelStatus,
): Promise<void> => {
  requirePermission(ctx, 'carriers.edit')
  await learnWord(tx, carrierAccountId, carrierStatus, status, ctx.now.toISOString())
  ctx.record(tx, {
    type: 'carrier_status.mapped',
    subject: { kind: 'carrier_account', id: carrierAccountId },
    after: { carrierStatus, status },
  })
  ctx.enqueue(
    tx,
    'tracking.reread',
    { merchantId: ctx.merchantId, carrierAccountId, carrierStatus },
    { key: `tracking.reread:${carrierAccountId}:${carrierStatus}` },
  )
}

/** Does what the file says: cities and payments at once, parcels row by row in the background. */
export const runFile = (ctx: Ctx, id: string, input: RunCarrierFile): Promise<CarrierFile> =>
  ctx.transaction(async (tx) => {
    const file = await lockedFile(ctx, tx, id)
    if (!file.triedAt) throw new Refused('carrier_file.not_tried')
    await rememberMapping(tx, file, ctx.now.toISOString())
    if (file.kind === 'tracking') await startRun(ctx, tx, file)
    else await runAtOnce(ctx, tx, file, input)
    return viewIn(tx, id)
  })

const startRun = async (ctx: Ctx, tx: MerchantTx, { id }: FileRow): Promise<void> => {
  const operationId = await openOperation(ctx, tx, 'file')
  await saveFile(tx, id, { status: 'running', operationId })
  ctx.record(tx, { type: 'carrier_file.started', subject: { kind: 'carrier_file', id }, data: { operationId } })
  ctx.enqueue(tx, 'carrier_files.run', { merchantId: ctx.merchantId, fileId: id }, { key: `carrier_files.run:${id}` })
}

const runAtOnce = async (ctx: Ctx, tx: MerchantTx, file: FileRow, input: RunCarrierFile): Promise<void> => {
  const rows = await openRows(tx, file.id, everyRow)
  const doneAt = ctx.now.toISOString()
  let operationId: string | null = null
  if (file.kind === 'places') {
    const places = rows.flatMap(({ place }) => place ?? [])
    if (places.length > 0) await addPlaces(ctx, tx, file.carrierAccountId, places, input.date ?? dayOf(ctx.now))
  } else {
    const parcelIds = rows.flatMap(({ parcelId }) => parcelId ?? [])
    if (parcelIds.length === 0) throw new Refused('collection.not_due')
    operationId = (await markIn(ctx, tx, { parcelIds, status: 'collected', ...input })).operationId
  }
  await markDone(
    tx,
    file.id,
    rows.map(({ row }) => row),
    doneAt,
  )
  await saveFile(tx, file.id, { status: 'done', doneAt, operationId })
  ctx.record(tx, {
    type: 'carrier_file.done',
    subject: { kind: 'carrier_file', id: file.id },
    data: { rows: rows.length, ...(operationId ? { operationId } : {}) },
  })
}
