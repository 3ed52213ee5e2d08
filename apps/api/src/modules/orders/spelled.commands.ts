import { readAddress } from '@sendocki/domain/orders/arrival'
import type { IncompleteReason } from '@sendocki/domain/orders/states'
import type { Ctx, MerchantTx } from '../../context.ts'
import { compareAnew } from './edits.commands.ts'
import { editOrderRow, type NewOrderRow } from './orders.queries.ts'
import { factsOf, type OrderRow } from './rows.queries.ts'
import { linesOfOrders, lockOfSpelling, lockSpelledSo } from './spelled.queries.ts'

/** How many orders follow a spelling in one transaction. */
export const spelledAtOnce = 50

const cityReasons: readonly IncompleteReason[] = ['city_missing', 'city_unknown', 'city_ambiguous']

export interface Spelling {
  readonly id: string
  readonly key: string
  readonly cityId: string
}

/**
 * Reads the city of the orders that wait under a spelling, the oldest first, as if they had come so. Returns how many;
 * fewer than at once means that none is left.
 */
export const readBySpelling = async (ctx: Ctx, tx: MerchantTx, { id, key, cityId }: Spelling): Promise<number> => {
  const rows = await lockSpelledSo(tx, key, spelledAtOnce)
  await follow(ctx, tx, rows, id, ({ addressLine: line, district, landmark, cityText, toComplete }) => {
    const { doubt: _doubt, ...address } = readAddress({ line, city: cityId, district, landmark })
    const left = toComplete.filter((reason) => !cityReasons.includes(reason))
    return { ...address, cityText, citySpellingId: id, toComplete: left }
  })
  return rows.length
}

/**
 * Opens the city again of the orders that were read by a spelling, but of those that have a parcel or are over. Returns
 * how many; fewer than at once means that none is left.
 */
export const unreadSpelling = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<number> => {
  const rows = await lockOfSpelling(tx, id, spelledAtOnce)
  await follow(ctx, tx, rows, id, (row) => {
    if (row.parcelId !== null || row.endedAt !== null) return { citySpellingId: null }
    const { addressLine: line, district, landmark, cityText, toComplete } = row
    const { doubt, ...address } = readAddress({ line, city: cityText, district, landmark })
    return { ...address, citySpellingId: null, toComplete: doubt === null ? toComplete : [...toComplete, doubt] }
  })
  return rows.length
}

const follow = async (
  ctx: Ctx,
  tx: MerchantTx,
  rows: readonly OrderRow[],
  spellingId: string,
  change: (row: OrderRow) => Partial<NewOrderRow>,
): Promise<void> => {
  const lines = await linesOfOrders(
    tx,
    rows.map(({ id }) => id),
  )
  for (const row of rows) {
    const set = change(row)
    if (!(await editOrderRow(tx, row, { ...set, updatedAt: ctx.now.toISOString() })))
      throw new Error('A locked order changed.')
    await compareAnew(ctx, tx, row, set, lines.get(row.id) ?? [], { shippingAddress: {} })
    ctx.record(tx, {
      type: 'order.city_read',
      subject: { kind: 'order', id: row.id },
      before: factsOf(row),
      after: factsOf({ ...row, ...set } as OrderRow),
      data: { spellingId, left: set.toComplete ?? row.toComplete },
    })
  }
}
