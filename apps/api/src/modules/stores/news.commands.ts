import { Refused } from '@sendocki/domain/result'
import type { ShopOrder, StoreNews } from '../../adapters/stores/port.ts'
import { type Ctx, type MerchantTx, systemActor } from '../../context.ts'
import { GiveUp } from '../../jobs/engine.ts'
import { failInbound, findInbound, finishInbound, lockInbound, type StoredInbound } from '../inbound/index.ts'
import { receiveShopDeletion, receiveShopOrder } from '../orders/index.ts'
import { answerDataRequest, endByShop, redactCustomer, redactShop } from './privacy.commands.ts'
import { findStore, noteDelivery, type StoreRow } from './stores.queries.ts'

/** What came of one piece of news. */
interface Outcome {
  readonly outcome: string
  readonly orderId: string | null
}

/**
 * Reads one stored delivery and brings us up to what it tells, in one transaction with the mark that it was read: run
 * again, or by two jobs at once, it changes nothing more. What cannot be read waits for a person, with its bytes.
 */
export const processDelivery = async (ctx: Ctx, inboundId: string, lastAttempt: boolean): Promise<void> => {
  const loaded = await ctx.read(async (tx) => {
    const inbound = await findInbound(tx, inboundId)
    return inbound && { inbound, store: await findStore(tx, inbound.connectionId) }
  })
  if (!loaded?.store || loaded.inbound.processedAt !== null) return
  const { inbound, store } = loaded
  const news = await readNews(ctx, inbound, store)
  const shop = ctx.inMerchant(ctx.merchantId, systemActor('shop', store.id, store.name))
  try {
    await shop.transaction((tx) => apply(shop, tx, inbound, store, news))
  } catch (error) {
    if (lastAttempt) await fail(ctx, inbound.id, error instanceof Refused ? error.refusal.code : 'failed')
    throw error
  }
}

const readNews = async (ctx: Ctx, inbound: StoredInbound, store: StoreRow): Promise<readonly StoreNews[]> => {
  const { topic, deliveryKey: key, sentAt, receivedAt, body } = inbound
  const map = ctx.maps.stores[store.platform]
  const parsed = !map
    ? { ok: false as const, why: 'Nobody reads this platform any more.' }
    : body === null
      ? { ok: false as const, why: 'The body was erased.' }
      : map.parse({ topic, key, sentAt, receivedAt, body }, store.settings)
  if (parsed.ok) return parsed.news
  await fail(ctx, inbound.id, 'unreadable')
  throw new GiveUp('inbound.unreadable', parsed.why)
}

const fail = (ctx: Ctx, id: string, outcome: string): Promise<void> =>
  ctx.transaction((tx) => failInbound(tx, id, outcome, ctx.now.toISOString()))

const apply = async (
  ctx: Ctx,
  tx: MerchantTx,
  inbound: StoredInbound,
  store: StoreRow,
  news: readonly StoreNews[],
): Promise<void> => {
  if (!(await lockInbound(tx, inbound.id))) return
  const at = ctx.now.toISOString()
  let last: Outcome = { outcome: 'ignored', orderId: null }
  for (const piece of news) last = await applyOne(ctx, tx, inbound, store, piece)
  const order = news.find((piece) => piece.kind === 'order')?.order
  await finishInbound(tx, inbound.id, {
    at,
    ...last,
    subject: order?.externalId ?? null,
    subjectVersion: order?.updatedAt ?? null,
  })
  if (inbound.kind === 'hook') await noteDelivery(tx, store.id, at)
}

const applyOne = (
  ctx: Ctx,
  tx: MerchantTx,
  inbound: StoredInbound,
  store: StoreRow,
  news: StoreNews,
): Promise<Outcome> | Outcome => {
  switch (news.kind) {
    case 'order':
      return applyOrder(ctx, tx, inbound, store, news.order)
    case 'uninstalled':
      return endByShop(ctx, tx, store.id, inbound.sentAt ?? inbound.receivedAt)
    case 'privacy':
      if (news.topic === 'customer_data') return answerDataRequest(ctx, tx, store, news.orderIds)
      if (news.topic === 'customer_redact')
        return redactCustomer(ctx, tx, { store, inboundId: inbound.id, orderIds: news.orderIds })
      return redactShop(ctx, tx, store)
    case 'order_deleted':
      return applyDeletion(ctx, tx, store, news.externalId)
    case 'ignored':
      return { outcome: 'ignored', orderId: null }
    case 'unknown':
      return { outcome: 'unknown_topic', orderId: null }
  }
}

const applyOrder = async (
  ctx: Ctx,
  tx: MerchantTx,
  { trust }: StoredInbound,
  store: StoreRow,
  order: ShopOrder,
): Promise<Outcome> => {
  // A late order of a shop that left would bring back what is about to be erased.
  if (store.status === 'uninstalled' || store.status === 'disconnected')
    return { outcome: 'store_ended', orderId: null }
  return receiveShopOrder(ctx, tx, { storeId: store.id, storeName: store.name, order, trust })
}

const applyDeletion = async (ctx: Ctx, tx: MerchantTx, store: StoreRow, externalId: string): Promise<Outcome> => {
  const known = await receiveShopDeletion(ctx, tx, { storeId: store.id, externalId })
  return { outcome: known ? 'updated' : 'ignored', orderId: known?.orderId ?? null }
}
