import type { CarrierFile, CarrierFileRow, CarrierFileRowQuery } from '@sendocki/domain/carrier-files/carrier-file'
import type { ColumnMapping } from '@sendocki/domain/carrier-files/columns'
import { suggestedMeaning, wordKey } from '@sendocki/domain/carrier-files/words'
import { readRow } from '@sendocki/domain/columns'
import { cityById } from '@sendocki/domain/places/cities'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { meaningsOf } from '../parcels/index.ts'
import {
  cellsOf,
  countOutcomes,
  everyRow,
  type FileRow,
  findFile,
  listRows,
  type ShownRow,
  sumMatched,
} from './carrier-files.queries.ts'
import { findMapping } from './mappings.queries.ts'

/** Rows that are looked at to tell the columns apart. */
const sampled = 20
const shownSamples = 3

export const readFile = (ctx: Ctx, id: string): Promise<CarrierFile> => ctx.read((tx) => viewIn(tx, id))

/** A file as it is shown: its columns and words while it is read, its outcomes once it is tried. */
export const viewIn = async (tx: MerchantTx, id: string): Promise<CarrierFile> => {
  const file = await findFile(tx, id)
  if (!file) throw new Refused('carrier_file.not_found')
  const { kind, mapping, carrierAccountId, undone } = file
  const outcomes = await countOutcomes(tx, id)
  const sums = kind === 'payout' && file.triedAt ? await sumMatched(tx, id) : undefined
  const sample = await cellsOf(tx, id, sampled)
  const remembered = (await findMapping(tx, carrierAccountId, kind, file.shape)) !== undefined
  const gross = Number(sums?.gross ?? 0)
  const fees = Number(sums?.fees ?? 0)
  return {
    id,
    carrierAccountId,
    kind,
    name: file.name,
    status: undone ? 'undone' : file.status,
    columns: columnsOf(sample, mapping),
    mapping: { columns: [...mapping.columns], hasHeader: mapping.hasHeader },
    remembered,
    rowCount: file.rowCount,
    outcomes: outcomes.map(({ outcome, count }) => ({ outcome, count })),
    doneCount: outcomes.reduce((sum, { done }) => sum + done, 0),
    words: kind === 'tracking' && file.status === 'read' ? await wordsOf(tx, file) : [],
    sums: sums
      ? {
          count: sums.count,
          grossCentimes: gross,
          feesCentimes: fees,
          netCentimes: gross - fees,
          feeUnknownCount: sums.feeUnknown,
        }
      : null,
    operationId: file.operationId,
    createdAt: file.createdAt,
    doneAt: file.doneAt,
  }
}

const columnsOf = (
  sample: readonly (readonly string[])[],
  { columns, hasHeader }: ColumnMapping,
): CarrierFile['columns'] => {
  const body = sample.slice(hasHeader ? 1 : 0)
  return columns.map((_field, index) => ({
    name: hasHeader ? (sample[0]?.[index] ?? null) : null,
    samples: body.flatMap((cells) => cells[index] || []).slice(0, shownSamples),
  }))
}

/** How many different words one file is asked about; a column of comments is no column of statuses. */
const wordsMax = 100

const wordsOf = async (tx: MerchantTx, { id, carrierAccountId, mapping }: FileRow): Promise<CarrierFile['words']> => {
  if (!mapping.columns.includes('status')) return []
  const cells = await cellsOf(tx, id, everyRow)
  const meanings = new Map((await meaningsOf(tx, carrierAccountId)).map(([word, status]) => [wordKey(word), status]))
  const words = new Map<string, { word: string; count: number }>()
  for (const row of cells.slice(mapping.hasHeader ? 1 : 0)) {
    const word = readRow(row, mapping).status
    if (word === undefined) continue
    const known = words.get(wordKey(word))
    if (known) known.count += 1
    else words.set(wordKey(word), { word: word.slice(0, 120), count: 1 })
  }
  return [...words]
    .map(([key, seen]) => ({ ...seen, status: meanings.get(key) ?? null, suggestion: suggestedMeaning(seen.word) }))
    .sort((one, other) => other.count - one.count)
    .slice(0, wordsMax)
}

const rowView = ({ row, orderId, orderNumber, ...parcel }: ShownRow, mapping: ColumnMapping): CarrierFileRow => {
  const fields = readRow(row.cells, mapping)
  return {
    row: row.row + (mapping.hasHeader ? 0 : 1),
    label: fields.tracking ?? fields.reference ?? fields.orderNumber ?? fields.phone ?? fields.city ?? '',
    word: fields.status ?? null,
    outcome: row.outcome,
    reason: row.reason,
    done: row.doneAt !== null,
    parcel:
      row.parcelId && orderId && orderNumber !== null && parcel.status && parcel.codAmountCentimes !== null
        ? {
            id: row.parcelId,
            orderId,
            orderNumber,
            customerName: parcel.customerName,
            city: (parcel.cityId && cityById.get(parcel.cityId)?.fr) ?? parcel.cityText,
            trackingNumber: parcel.trackingNumber,
            status: parcel.status,
            codAmountCentimes: parcel.codAmountCentimes,
            feeCentimes: parcel.feeCentimes,
          }
        : null,
  }
}

/** What became of each row, in the order of the file. */
export const readRows = (ctx: Ctx, id: string, { outcome, limit = 50, cursor }: CarrierFileRowQuery) =>
  ctx.read(async (tx) => {
    const file = await findFile(tx, id)
    if (!file) throw new Refused('carrier_file.not_found')
    const [after = null] = decodeCursor(`carrier-file:${id}`, cursor, 1) ?? []
    const rows = await listRows(tx, id, {
      ...(outcome === undefined ? {} : { outcome }),
      after: typeof after === 'number' ? after : null,
      limit: limit + 1,
    })
    return pageOf(
      rows,
      limit,
      `carrier-file:${id}`,
      ({ row }) => [row.row],
      (row) => rowView(row, file.mapping),
    )
  })
