import {
  type Collection,
  type CollectionOperation,
  type CollectionQuery,
  type CollectionSummary,
  type MarkCollections,
  mayMark,
} from '@sendocki/domain/cash/collection'
import { collectedEntry, holderIn, holderLedgerAccount } from '@sendocki/domain/cash/ledger'
import { expectedPayoutDay } from '@sendocki/domain/cash/payout'
import { sumCentimes } from '@sendocki/domain/money'
import { cityById } from '@sendocki/domain/places/cities'
import { Refused } from '@sendocki/domain/result'
import { type AgeBucket, addDays, ageBuckets, dayOf, startOfDay } from '@sendocki/domain/time'
import type { Ctx, MerchantTx } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { setOrdersCash } from '../orders/index.ts'
import {
  type CollectionRow,
  insertOperation,
  linesOfOperation,
  listCollections,
  lockCollections,
  lockOperation,
  markUndone,
  type OperationLine,
  type ShownCollection,
  saveMarks,
  sumCollections,
  type Window,
} from './collections.queries.ts'
import { post, reverse } from './ledger.commands.ts'
import { linesOf } from './ledger.queries.ts'

/** Marks collections by hand, one or hundreds: all of them or none, and one operation to undo. */
export const markCollections = (ctx: Ctx, input: MarkCollections): Promise<CollectionOperation> =>
  ctx.transaction((tx) => markIn(ctx, tx, input))

/** The same inside a transaction of somebody else's: a list of a carrier's marks all its parcels at once. */
export const markIn = async (ctx: Ctx, tx: MerchantTx, input: MarkCollections): Promise<CollectionOperation> => {
  const rows = await lockCollections(tx, input.parcelIds)
  assertMarkable(rows, input)
  const operationId = ctx.newId()
  const collectedAt = input.status === 'collected' ? receivedAt(ctx, input.date) : null
  const entries = await settle(ctx, tx, rows, collectedAt)
  const lines = parcelsOf(rows).map(
    ({ parcelId, status, collectedAt: before, note, operationId: previousOperationId }): OperationLine => ({
      parcelId,
      status,
      collectedAt: before,
      note,
      previousOperationId,
    }),
  )
  const sum = sumCentimes(rows.map(({ amountCentimes }) => amountCentimes))
  const operation = {
    id: operationId,
    status: input.status,
    count: lines.length,
    sumCentimes: sum,
    note: input.note ?? null,
    mode: input.mode ?? null,
    reference: input.reference ?? null,
    createdAt: ctx.now.toISOString(),
  }
  await insertOperation(tx, operation, lines)
  await applyMarks(
    ctx,
    tx,
    rows.map((row) => ({
      row,
      mark: {
        status: input.status,
        collectedAt,
        note: input.note ?? row.note,
        operationId,
        settledEntryId: entries.get(row) ?? null,
      },
    })),
  )
  return {
    operationId,
    status: input.status,
    count: lines.length,
    sumCentimes: sum,
    createdAt: operation.createdAt,
    undoneAt: null,
  }
}

/** One row for each parcel: its orders' cash is marked together, so that any of its rows says how it stands. */
const parcelsOf = (rows: readonly CollectionRow[]): CollectionRow[] => [
  ...new Map(rows.map((row) => [row.parcelId, row])).values(),
]

const assertMarkable = (rows: readonly CollectionRow[], { parcelIds, status }: MarkCollections): void => {
  const known = new Set(rows.map(({ parcelId }) => parcelId))
  const missing = parcelIds.filter((id) => !known.has(id))
  if (missing.length > 0) throw new Refused('collection.not_due', { parcelIds: missing })
  const stuck = rows.filter((row) => !mayMark(row.status, status))
  if (stuck.length > 0)
    throw new Refused('collection.status_not_allowed', {
      status,
      parcels: parcelsOf(stuck).map((row) => ({ parcelId: row.parcelId, status: row.status })),
    })
}

/** Noon of a day given by hand, so that it is that day on every clock of the country; never in the future. */
const receivedAt = (ctx: Ctx, date: string | undefined): string => {
  const now = ctx.now.toISOString()
  if (date === undefined || date === dayOf(now)) return now
  if (date > dayOf(now)) throw new Refused('request.invalid', undefined, [{ path: 'date', code: 'too_large' }])
  return new Date(Date.parse(startOfDay(date)) + 12 * 3_600_000).toISOString()
}

const settle = async (ctx: Ctx, tx: MerchantTx, rows: readonly CollectionRow[], collectedAt: string | null) => {
  if (collectedAt === null) return new Map<CollectionRow, string>()
  const due = await linesOf(
    tx,
    rows.map(({ dueEntryId }) => dueEntryId),
  )
  const ids = await post(
    ctx,
    tx,
    rows.map(({ parcelId, carrierAccountId, dueEntryId, amountCentimes }) => ({
      kind: 'collected' as const,
      parcelId,
      at: collectedAt,
      lines: collectedEntry(
        holderIn(due.get(dueEntryId) ?? []) ?? holderLedgerAccount({ carrierAccountId, driverMemberId: null }),
        amountCentimes,
      ),
    })),
  )
  return new Map(rows.map((row, index) => [row, ids[index] ?? '']))
}

type Mark = Pick<CollectionRow, 'status' | 'collectedAt' | 'note' | 'operationId' | 'settledEntryId'>

/** Writes marks of many collections in a few statements: the orders follow in groups that say the same. */
const applyMarks = async (
  ctx: Ctx,
  tx: MerchantTx,
  marks: readonly { readonly row: CollectionRow; readonly mark: Mark }[],
): Promise<void> => {
  await saveMarks(
    tx,
    marks.map(({ row: { parcelId, orderId }, mark }) => ({ parcelId, orderId, ...mark })),
  )
  const now = ctx.now.toISOString()
  const groups = Map.groupBy(marks, ({ mark }) => `${mark.status} ${mark.collectedAt ?? now}`)
  for (const group of groups.values()) {
    const [first] = group
    if (!first) continue
    const orderIds = group.map(({ row }) => row.orderId)
    await setOrdersCash(tx, orderIds, { status: first.mark.status, since: first.mark.collectedAt ?? now })
  }
  for (const { row, mark } of marks)
    ctx.record(tx, {
      type: 'collection.marked',
      subject: { kind: 'collection', id: row.parcelId },
      orderId: row.orderId,
      before: { status: row.status },
      after: { status: mark.status, operationId: mark.operationId },
    })
}

/** Takes a whole marking back. Refused when any of its parcels was marked again since, or its delivery taken back. */
export const undoOperation = (ctx: Ctx, id: string): Promise<CollectionOperation> =>
  ctx.transaction(async (tx) => {
    const operation = await lockOperation(tx, id)
    if (!operation) throw new Refused('collection.operation_not_found')
    if (operation.undoneAt) throw new Refused('collection.already_undone')
    const lines = await linesOfOperation(tx, id)
    const rows = await lockCollections(
      tx,
      lines.map(({ parcelId }) => parcelId),
    )
    const current = Map.groupBy(rows, ({ parcelId }) => parcelId)
    const changed = lines.filter(({ parcelId }) => current.get(parcelId)?.[0]?.operationId !== id)
    if (changed.length > 0)
      throw new Refused('collection.changed_meanwhile', { parcelIds: changed.map(({ parcelId }) => parcelId) })
    await reverse(
      ctx,
      tx,
      rows.flatMap(({ settledEntryId: entryId, parcelId }) => (entryId ? [{ entryId, parcelId }] : [])),
    )
    await applyMarks(
      ctx,
      tx,
      lines.flatMap(({ parcelId, status, collectedAt, note, previousOperationId: operationId }) =>
        (current.get(parcelId) ?? []).map((row) => ({
          row,
          mark: { status, collectedAt, note, operationId, settledEntryId: null },
        })),
      ),
    )
    const undoneAt = ctx.now.toISOString()
    await markUndone(tx, id, undoneAt)
    const { status, count, sumCentimes: sum, createdAt } = operation
    return { operationId: id, status, count, sumCentimes: sum, createdAt, undoneAt }
  })

/** The oldest day of each bucket but the last, counted back from today: as `ageBucketOf` counts. */
const oldestDays: Record<Exclude<AgeBucket, 'days_over_30'>, number> = {
  days_0_2: 2,
  days_3_7: 7,
  days_8_14: 14,
  days_15_30: 30,
}

/** The first instants of the buckets, youngest first. */
const bucketStarts = (now: Date): string[] =>
  Object.values(oldestDays).map((days) => startOfDay(addDays(dayOf(now), -days)))

const windowOf = (age: AgeBucket | undefined, now: Date): Window => {
  if (age === undefined) return { from: null, until: null }
  const starts = bucketStarts(now)
  const index = ageBuckets.indexOf(age)
  return { from: starts[index] ?? null, until: index === 0 ? null : (starts[index - 1] ?? null) }
}

const viewOf = (row: ShownCollection): Collection => {
  const { collection, settings } = row
  return {
    parcelId: collection.parcelId,
    orderId: collection.orderId,
    orderNumber: row.orderNumber,
    customerName: row.customerName,
    city: (row.cityId && cityById.get(row.cityId)?.fr) ?? row.cityText,
    cityId: row.cityId,
    trackingNumber: row.trackingNumber,
    codAmountCentimes: collection.amountCentimes,
    deliveredAt: collection.deliveredAt,
    status: collection.status,
    collectedAt: collection.collectedAt,
    expectedPayoutAt: expectedPayoutDay(collection.deliveredAt, {
      payoutDays: settings.payoutDays ?? null,
      payoutRhythm: settings.payoutRhythm ?? null,
    }),
    carrierAccountId: collection.carrierAccountId,
    note: collection.note,
  }
}

export const readCollections = (ctx: Ctx, query: CollectionQuery) =>
  ctx.read(async (tx) => {
    const { limit = 50, cursor, age, sort = '-deliveredAt' } = query
    const list = `collections ${sort}`
    const after = decodeCursor(list, cursor, 3) as readonly [string, string, string] | null
    const rows = await listCollections(tx, query, windowOf(age, ctx.now), { after, limit: limit + 1 })
    return pageOf(
      rows,
      limit,
      list,
      ({ collection: { deliveredAt, parcelId, orderId } }) => [deliveredAt, parcelId, orderId],
      viewOf,
    )
  })

export const readSummary = (ctx: Ctx): Promise<CollectionSummary> =>
  ctx.read(async (tx) => {
    const rows = await sumCollections(tx, bucketStarts(ctx.now))
    return {
      items: rows.map(({ carrierAccountId, carrierName, status, bucket, count, sum }) => ({
        carrierAccountId,
        carrierName,
        status,
        age: ageBuckets[bucket] ?? 'days_over_30',
        count,
        sumCentimes: Number(sum),
      })),
    }
  })
