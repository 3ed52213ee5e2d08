import { type ComparableOrder, duplicateVerdict, duplicateWindowDays } from '@sendocki/domain/orders/duplicates'
import type { DuplicateVerdict } from '@sendocki/domain/orders/states'
import type { Ctx, MerchantTx } from '../../context.ts'
import { findTwins, linesOf, listPairs, replacePairs } from './duplicates.queries.ts'
import { loadOrder, viewerOf } from './orders.commands.ts'

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

/** What an order may be a duplicate of; an order out of the actor's sight is not named. */
export const listDuplicates = (ctx: Ctx, orderId: string) =>
  ctx.read(async (tx) => {
    await loadOrder(ctx, tx, orderId)
    return { items: await listPairs(tx, viewerOf(ctx), orderId) }
  })
