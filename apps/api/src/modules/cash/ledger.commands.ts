import {
  type EntryKind,
  type LedgerBalances,
  type LedgerLine,
  type LedgerQuery,
  reversalOf,
} from '@sendocki/domain/cash/ledger'
import { sumCentimes } from '@sendocki/domain/money'
import { orRefuse, type Result } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { insertEntries, linesOf, listBalances, listEntries, type NewEntry } from './ledger.queries.ts'

export interface Posting {
  readonly kind: Exclude<EntryKind, 'reversal'>
  readonly parcelId: string
  readonly at: string
  readonly lines: Result<readonly LedgerLine[]>
}

/** Writes balanced entries and answers their ids, in the order of the postings. */
export const post = async (ctx: Ctx, tx: MerchantTx, postings: readonly Posting[]): Promise<string[]> => {
  const entries = postings.map(
    ({ kind, parcelId, at, lines }): NewEntry => ({
      id: ctx.newId(),
      at,
      kind,
      subjectKind: 'parcel',
      subjectId: parcelId,
      reverses: null,
      lines: orRefuse(lines),
    }),
  )
  await insertEntries(tx, entries)
  return entries.map(({ id }) => id)
}

/** Takes entries back by their mirror images; the unique index refuses to take one back twice. */
export const reverse = async (
  ctx: Ctx,
  tx: MerchantTx,
  reversals: readonly { readonly entryId: string; readonly parcelId: string }[],
): Promise<void> => {
  const lines = await linesOf(
    tx,
    reversals.map(({ entryId }) => entryId),
  )
  await insertEntries(
    tx,
    reversals.map(({ entryId, parcelId }) => ({
      id: ctx.newId(),
      at: ctx.now.toISOString(),
      kind: 'reversal',
      subjectKind: 'parcel',
      subjectId: parcelId,
      reverses: entryId,
      lines: orRefuse(reversalOf(lines.get(entryId) ?? [])),
    })),
  )
}

/** Entries, newest first. */
export const readEntries = (ctx: Ctx, { account, subjectId, limit = 50, cursor }: LedgerQuery) =>
  ctx.read(async (tx) => {
    const after = decodeCursor('ledger', cursor, 1)
    const rows = await listEntries(tx, {
      ...(account === undefined ? {} : { account }),
      ...(subjectId === undefined ? {} : { subjectId }),
      before: after === null ? null : String(after[0]),
      limit: limit + 1,
    })
    const lines = await linesOf(
      tx,
      rows.map(({ id }) => id),
    )
    return pageOf(
      rows,
      limit,
      'ledger',
      ({ id }) => [id],
      (row) => ({
        id: row.id,
        at: row.at,
        kind: row.kind,
        subject: { kind: row.subjectKind, id: row.subjectId },
        lines: [...(lines.get(row.id) ?? [])],
        reverses: row.reverses,
      }),
    )
  })

export const readBalances = (ctx: Ctx): Promise<LedgerBalances> =>
  ctx.read(async (tx) => {
    const items = await listBalances(tx)
    return { items, sumCentimes: sumCentimes(items.map(({ balanceCentimes }) => balanceCentimes)) }
  })
