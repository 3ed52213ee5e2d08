import type { DuplicateList } from '@sendocki/domain/orders/duplicate-schema'
import {
  type ComparableOrder,
  compareOrders,
  duplicateVerdict,
  duplicateWindowDays,
  type FacedOrder,
  fullerOf,
  isIdentical,
} from '@sendocki/domain/orders/duplicates'
import { type DuplicateVerdict, isSettled } from '@sendocki/domain/orders/states'
import type { Ctx, MerchantTx } from '../../context.ts'
import {
  countShippedTwice,
  findTwins,
  linesOf,
  listPairs,
  mergesIdentical,
  type PairRow,
  replacePairs,
} from './duplicates.queries.ts'
import { loadOrder, viewerOf } from './orders.commands.ts'
import { findOrders } from './orders.queries.ts'

const dayMillis = 86_400_000

interface Compared extends ComparableOrder {
  readonly id: string
  readonly createdAt: string
}
export interface Pair {
  readonly otherId: string
  readonly verdict: DuplicateVerdict
}

/**
 * Compares an order with those of the same phone or address within a week of it. The others stay locked, so that their
 * counts can follow: ask before taking a number, which every order of the merchant waits for.
 */
export const findPairs = async (tx: MerchantTx, order: Compared): Promise<Pair[]> => {
  const created = Date.parse(order.createdAt)
  const twins = await findTwins(tx, order, {
    from: new Date(created - duplicateWindowDays * dayMillis).toISOString(),
    to: new Date(created + duplicateWindowDays * dayMillis).toISOString(),
  })
  const lines = await linesOf(
    tx,
    twins.map(({ id }) => id),
  )
  return twins.flatMap((twin) => {
    const verdict = duplicateVerdict(order, {
      phones: phonesOf(twin),
      addressKey: twin.addressKey,
      lines: lines.get(twin.id) ?? [],
    })
    return verdict === null ? [] : [{ otherId: twin.id, verdict }]
  })
}

export const phonesOf = (order: { readonly phone: string | null; readonly alternatePhone: string | null }): string[] =>
  [order.phone, order.alternatePhone].filter((phone) => phone !== null)

/** Keeps the verdicts and says so in the history. */
export const keepPairs = async (ctx: Ctx, tx: MerchantTx, orderId: string, pairs: readonly Pair[]): Promise<void> => {
  await replacePairs(tx, orderId, pairs, ctx.now.toISOString())
  if (pairs.length === 0) return
  ctx.record(tx, {
    type: 'order.duplicates_found',
    subject: { kind: 'order', id: orderId },
    data: { duplicates: pairs.map(({ otherId, verdict }) => ({ orderId: otherId, verdict })) },
    touches: pairs.map(({ otherId }) => ({ noun: 'order', id: otherId })),
  })
}

/** An order as it stands beside another. */
export const facedOf = (
  row: Pick<
    PairRow,
    | 'contactName'
    | 'phone'
    | 'alternatePhone'
    | 'addressKey'
    | 'cityId'
    | 'totalCentimes'
    | 'storeId'
    | 'source'
    | 'createdAt'
  >,
  id: string,
  lines: FacedOrder['lines'],
): FacedOrder => ({
  id,
  lines,
  phones: phonesOf(row),
  name: row.contactName,
  addressKey: row.addressKey,
  cityId: row.cityId,
  totalCentimes: row.totalCentimes,
  storeId: row.storeId,
  source: row.source,
  createdAt: row.createdAt,
})

/** What an order may be a duplicate of, side by side with it; an order out of the actor's sight is not named. */
export const listDuplicates = (ctx: Ctx, orderId: string): Promise<DuplicateList> =>
  ctx.read(async (tx) => {
    const row = await loadOrder(ctx, tx, orderId)
    const pairs = await listPairs(tx, viewerOf(ctx), orderId)
    const lines = await linesOf(tx, [orderId, ...pairs.map((pair) => pair.orderId)])
    const own = facedOf(row, orderId, lines.get(orderId) ?? [])
    const items = pairs.map((pair) => {
      const other = facedOf(pair, pair.orderId, lines.get(pair.orderId) ?? [])
      const open = !isSettled(pair.fate) && pair.state !== 'cancelled' && row.state !== 'cancelled'
      const {
        orderId: otherId,
        number,
        verdict,
        stageId,
        state,
        totalCentimes,
        createdAt,
        version,
        fate,
        decidedAt,
      } = pair
      return {
        item: {
          orderId: otherId,
          number,
          verdict,
          stageId,
          state,
          totalCentimes,
          createdAt,
          version,
          comparison: compareOrders(own, other),
          open,
          fate,
          decidedAt,
        },
        other,
      }
    })
    const undecided = items.filter(({ item }) => item.open).map(({ other }) => other)
    return {
      items: items.map(({ item }) => item),
      proposedOrderId: undecided.length === 0 ? null : fullerOf(own, ...undecided).id,
    }
  })

/** The order just brought in is the same click as one of these; the older one is the order. */
export const findSameClick = async (
  tx: MerchantTx,
  order: FacedOrder,
  pairs: readonly Pair[],
): Promise<string | undefined> => {
  const certain = pairs.filter(({ verdict }) => verdict === 'certain').map(({ otherId }) => otherId)
  if (order.storeId === null || certain.length === 0 || !(await mergesIdentical(tx))) return undefined
  const [rows, lines] = await Promise.all([findOrders(tx, certain), linesOf(tx, certain)])
  return rows.find((row) => isIdentical(order, facedOf(row, row.id, lines.get(row.id) ?? [])))?.id
}

/** How many duplicates were shipped in a period, for whoever answers for the work. */
export const readShippedTwice = (ctx: Ctx, period: { readonly from: string; readonly to: string }) =>
  ctx.read(async (tx) => ({ count: await countShippedTwice(tx, period) }))
