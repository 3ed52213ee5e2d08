import type { Ctx, MerchantTx } from '../../context.ts'
import { eraseBodiesAbout, eraseBody, eraseConnectionBodies } from '../inbound/index.ts'
import { eraseShopOrders, eraseStorePersonalData, findShopOrders } from '../orders/index.ts'
import { endStore } from './stores.commands.ts'
import { changeStore, lockStore, type StoreRow } from './stores.queries.ts'

const bodiesAtOnce = 500

type Outcome = { readonly outcome: string; readonly orderId: null }

/**
 * The shop uninstalled us: its tokens are dead already. Data stays for 48 hours, for a merchant who comes back. A word
 * from before the present connection is an old one that came late.
 */
export const endByShop = async (ctx: Ctx, tx: MerchantTx, storeId: string, at: string): Promise<Outcome> => {
  const store = await lockStore(tx, storeId)
  if (!store || store.status === 'uninstalled' || store.status === 'disconnected')
    return { outcome: 'unchanged', orderId: null }
  if (store.connectedAt !== null && Date.parse(at) < Date.parse(store.connectedAt))
    return { outcome: 'ignored_older', orderId: null }
  const row = await endStore(ctx, tx, store, 'uninstalled', null)
  ctx.record(tx, {
    type: 'store.uninstalled',
    subject: { kind: 'store', id: storeId },
    before: { status: store.status },
    after: { status: row.status, eraseAfter: row.eraseAfter },
  })
  return { outcome: 'uninstalled', orderId: null }
}

/** A buyer asks the shop what is known of them: the merchant finds their orders in the journal and can answer. */
export const answerDataRequest = async (
  ctx: Ctx,
  tx: MerchantTx,
  store: StoreRow,
  externalIds: readonly string[],
): Promise<Outcome> => {
  const orders = await findShopOrders(tx, store.id, externalIds)
  ctx.record(tx, {
    type: 'store.customer_data_requested',
    subject: { kind: 'store', id: store.id },
    data: {
      orderIds: orders.map(({ id }) => id),
      customerIds: [...new Set(orders.map(({ customerId }) => customerId))],
    },
  })
  return { outcome: 'data_requested', orderId: null }
}

/** A buyer is to be forgotten: their orders of this shop lose the person, and so does every delivery that named them. */
export const redactCustomer = async (
  ctx: Ctx,
  tx: MerchantTx,
  {
    store,
    inboundId,
    orderIds: externalIds,
  }: { readonly store: StoreRow; readonly inboundId: string; readonly orderIds: readonly string[] },
): Promise<Outcome> => {
  const orders = await findShopOrders(tx, store.id, externalIds)
  await eraseShopOrders(ctx, tx, store.id, externalIds)
  await eraseBodiesAbout(
    tx,
    store.id,
    externalIds,
    orders.map(({ id }) => id),
  )
  await eraseBody(tx, inboundId)
  ctx.record(tx, {
    type: 'store.customer_redacted',
    subject: { kind: 'store', id: store.id },
    data: { orderIds: orders.map(({ id }) => id) },
  })
  return { outcome: 'redacted', orderId: null }
}

/** Two days after an uninstall the shop's data is to be gone; not so when the merchant has come back meanwhile. */
export const redactShop = async (ctx: Ctx, tx: MerchantTx, { id }: StoreRow): Promise<Outcome> => {
  const store = await lockStore(tx, id)
  if (!hasEnded(store)) return { outcome: 'reinstalled', orderId: null }
  if (store.erasedAt !== null) return { outcome: 'unchanged', orderId: null }
  const eraseAfter = ctx.now.toISOString()
  await changeStore(tx, id, { eraseAfter })
  ctx.record(tx, {
    type: 'store.erasure_asked',
    subject: { kind: 'store', id },
    before: { eraseAfter: store.eraseAfter },
    after: { eraseAfter },
  })
  ctx.enqueue(
    tx,
    'stores.erase',
    { merchantId: ctx.merchantId, storeId: id },
    { key: `stores.erase:${id}`, queue: `store:${id}` },
  )
  return { outcome: 'erasing', orderId: null }
}

/**
 * Erases what came through a store that ended: raw deliveries, personal data of customers known only from it,
 * credentials. Order rows stay, anonymised. In small transactions, each of which looks again whether the shop has come
 * back; a run that was cut short goes on where it stopped.
 */
export const eraseStore = async (ctx: Ctx, storeId: string): Promise<void> => {
  const some = (erase: (tx: MerchantTx) => Promise<number>): Promise<boolean> =>
    ctx.transaction(async (tx) => {
      const store = await lockStore(tx, storeId)
      return hasEnded(store) && store.erasedAt === null && (await erase(tx)) > 0
    })
  while (await some((tx) => eraseConnectionBodies(tx, storeId, bodiesAtOnce)));
  while (await some((tx) => eraseStorePersonalData(ctx, tx, storeId)));
  await some(async (tx) => {
    const at = ctx.now.toISOString()
    await changeStore(tx, storeId, {
      credentials: null,
      consentHash: null,
      consentUntil: null,
      eraseAfter: null,
      erasedAt: at,
    })
    ctx.record(tx, { type: 'store.erased', subject: { kind: 'store', id: storeId } })
    return 0
  })
}

const hasEnded = (store: StoreRow | undefined): store is StoreRow =>
  store?.status === 'uninstalled' || store?.status === 'disconnected'
