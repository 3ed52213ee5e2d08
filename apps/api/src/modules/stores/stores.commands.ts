import { Refused } from '@sendocki/domain/result'
import {
  type CreateStore,
  defaultStoreSettings,
  type EditStore,
  type ReconnectStore,
  type RotateSecret,
  type Store,
  type StoreCreated,
} from '@sendocki/domain/stores/store'
import type { StoreCredentials, StoreMap } from '../../adapters/stores/port.ts'
import type { Ctx, MerchantTx } from '../../context.ts'
import { randomToken } from '../../secrets.ts'
import { beginConsent, beginWith, enqueueConnect } from './consent.commands.ts'
import { openCredentials, opensShop, sealCredentials } from './credentials.ts'
import {
  changeStore,
  findStore,
  insertStore,
  listStores,
  lockStore,
  lockStoreOfShop,
  type StoreChanges,
  type StoreRow,
  toStore,
} from './stores.queries.ts'

/** How long credentials, raw deliveries and personal data outlive a connection. Source: product.md 1, S9. */
const eraseAfterMillis = 48 * 60 * 60_000
/** Shopify gives orders older than 60 days only to apps that ask for all of them. */
const oldestSyncMillis = 60 * 24 * 60 * 60_000

export const storeOf = (ctx: Ctx, row: StoreRow): Store => toStore(row, { now: ctx.now, appUrl: ctx.config.appUrl })

export const readStores = (ctx: Ctx, query: { limit?: number; cursor?: string }) =>
  ctx.read(async (tx) => {
    const { items, nextCursor } = await listStores(tx, query)
    return { items: items.map((row) => storeOf(ctx, row)), nextCursor }
  })

export const readStore = (ctx: Ctx, id: string): Promise<Store> =>
  ctx.read(async (tx) => storeOf(ctx, found(await findStore(tx, id))))

export const found = (row: StoreRow | undefined): StoreRow => {
  if (!row) throw new Refused('store.not_found')
  return row
}

/** Connects a shop, or comes back to one that was connected before: its orders are then recognised. */
export const createStore = (ctx: Ctx, input: CreateStore): Promise<StoreCreated> =>
  ctx.transaction(async (tx) => {
    const plan = planOf(ctx, input)
    const known = plan.shop === null ? undefined : await lockStoreOfShop(tx, input.platform, plan.shop)
    if (known && (known.status === 'connected' || known.status === 'webhook_only'))
      throw new Refused('store.shop_taken')
    return known ? comeBack(ctx, tx, known, plan, input.name) : begin(ctx, tx, plan, input)
  })

type Plan = { readonly shop: string | null; readonly unsigned: boolean } & (
  | { readonly kind: 'consent' | 'none' }
  | { readonly kind: 'keys'; readonly keys: StoreCredentials }
  | { readonly kind: 'secret'; readonly secret: string; readonly secretIsOurs: boolean }
)

/** How this platform is connected with what was given, or why it cannot be. */
const planOf = (ctx: Ctx, { platform, shop: typed, credentials = {}, unsigned = false }: CreateStore): Plan => {
  const map = ctx.maps.stores[platform]
  if (unsigned && platform !== 'generic') throw new Refused('store.platform_unavailable')
  if (platform === 'manual') return { kind: 'none', shop: null, unsigned }
  if (!map) throw new Refused('store.platform_unavailable')
  const { webhookSecret } = credentials
  const shop = typed === undefined ? null : shopOf(map, typed)
  if (webhookSecret !== undefined) return { kind: 'secret', shop, secret: webhookSecret, secretIsOurs: false, unsigned }
  if (platform === 'generic') return { kind: 'secret', shop: null, secret: randomToken(), secretIsOurs: true, unsigned }
  if (!map.consent) throw new Refused('store.platform_unavailable')
  if (map.shopOf && shop === null) throw new Refused('store.shop_invalid')
  const keys = keysIn(map, credentials)
  return keys ? { kind: 'keys', shop, unsigned, keys } : { kind: 'consent', shop, unsigned }
}

/** Both keys or none, and only on a platform that has them. */
const keysIn = (
  map: StoreMap,
  { consumerKey, consumerSecret }: NonNullable<CreateStore['credentials']>,
): StoreCredentials | null => {
  if (consumerKey === undefined && consumerSecret === undefined) return null
  if (map.consent?.gives !== 'keys') throw new Refused('store.platform_unavailable')
  if (consumerKey === undefined || consumerSecret === undefined) throw new Refused('store.credentials_refused')
  return beginWith({ consumerKey, consumerSecret })
}

const shopOf = (map: StoreMap, typed: string): string | null => {
  const shop = map.shopOf?.(typed) ?? null
  if (map.shopOf && shop === null) throw new Refused('store.shop_invalid')
  return shop
}

const begin = async (ctx: Ctx, tx: MerchantTx, plan: Plan, { platform, name }: CreateStore): Promise<StoreCreated> => {
  const id = ctx.newId()
  const at = ctx.now.toISOString()
  const base = { id, platform, name, shop: plan.shop, settings: defaultStoreSettings, createdAt: at }
  const row = await insertStore(tx, {
    ...base,
    ...(waits(plan) ? { status: 'connecting' as const } : openNow(ctx, id, plan)),
    unsigned: plan.unsigned,
  })
  ctx.record(tx, {
    type: 'store.created',
    subject: { kind: 'store', id },
    after: { platform, name, shop: plan.shop, status: row.status },
  })
  return answerOf(ctx, tx, row, plan)
}

const comeBack = async (ctx: Ctx, tx: MerchantTx, known: StoreRow, plan: Plan, name: string): Promise<StoreCreated> => {
  const { id } = known
  const row = found(await changeStore(tx, id, { name, ...(waits(plan) ? {} : openNow(ctx, id, plan)) }))
  ctx.record(tx, {
    type: 'store.reconnecting',
    subject: { kind: 'store', id },
    before: { status: known.status },
    after: { status: row.status },
  })
  return answerOf(ctx, tx, row, plan)
}

/** Whether the shop must be asked before the connection works. */
const waits = ({ kind }: Plan): boolean => kind === 'consent' || kind === 'keys'

/** A connection that needs nobody's consent works from this moment. A secret made by us and shown once is a whole one. */
const openNow = (ctx: Ctx, id: string, plan: Plan) =>
  ({
    status: plan.kind === 'secret' && !plan.secretIsOurs ? 'webhook_only' : 'connected',
    credentials: plan.kind === 'secret' ? sealCredentials(ctx, id, { webhookSecret: plan.secret }) : null,
    connectedAt: ctx.now.toISOString(),
    problem: null,
    eraseAfter: null,
    erasedAt: null,
  }) satisfies StoreChanges

const answerOf = async (ctx: Ctx, tx: MerchantTx, row: StoreRow, plan: Plan): Promise<StoreCreated> => {
  if (plan.kind === 'consent') {
    const { row: waiting, authorizeUrl } = await beginConsent(ctx, tx, row)
    return { ...storeOf(ctx, waiting), authorizeUrl }
  }
  if (plan.kind === 'keys') return tryKeys(ctx, tx, row, plan.keys)
  return {
    ...storeOf(ctx, row),
    ...(plan.kind === 'secret' && plan.secretIsOurs ? { webhookSecret: plan.secret } : {}),
  }
}

/** The keys that a merchant pasted are tried by a job; the screen shows what comes of it. */
const tryKeys = async (ctx: Ctx, tx: MerchantTx, { id }: StoreRow, keys: StoreCredentials): Promise<Store> => {
  const credentials = sealCredentials(ctx, id, keys)
  const row = found(await changeStore(tx, id, { credentials, problem: null, consentHash: null, consentUntil: null }))
  enqueueConnect(ctx, tx, id)
  return storeOf(ctx, row)
}

export const editStore = (ctx: Ctx, id: string, { version, ...changes }: EditStore): Promise<Store> =>
  ctx.transaction(async (tx) => {
    const before = found(await findStore(tx, id))
    const settings = changes.settings && { ...before.settings, ...changes.settings }
    const row = await changeStore(tx, id, { ...changes, ...(settings ? { settings } : {}) }, version)
    if (!row) throw new Refused('store.changed_meanwhile', { current: storeOf(ctx, before) })
    const told = ({ name, settings }: StoreRow) => ({ name, settings })
    ctx.record(tx, { type: 'store.edited', subject: { kind: 'store', id }, before: told(before), after: told(row) })
    return storeOf(ctx, row)
  })

/**
 * A new signing secret. The old one ends at once unless it is asked to overlap. Where we make the hooks ourselves, we
 * tell the shop the new one, and nobody else needs to see it.
 */
export const rotateSecret = (
  ctx: Ctx,
  id: string,
  { webhookSecret: given, keepOldForMinutes = 0 }: RotateSecret,
): Promise<StoreCreated> =>
  ctx.transaction(async (tx) => {
    const store = found(await lockStore(tx, id))
    const { webhookSecret: old, ...others } = openCredentials(ctx, store)
    if (old === undefined || !isLive(store)) throw new Refused('store.not_connected')
    const { previousWebhookSecret: _secret, previousWebhookSecretUntil: _until, ...kept } = others
    const webhookSecret = given ?? randomToken()
    const until = new Date(ctx.now.getTime() + keepOldForMinutes * 60_000).toISOString()
    const overlap = keepOldForMinutes > 0 ? { previousWebhookSecret: old, previousWebhookSecretUntil: until } : {}
    const credentials = sealCredentials(ctx, id, { ...kept, webhookSecret, ...overlap })
    const row = found(await changeStore(tx, id, { credentials }))
    ctx.record(tx, { type: 'store.secret_rotated', subject: { kind: 'store', id }, data: { keepOldForMinutes } })
    const told = opensShop(kept)
    if (told) enqueueSubscribe(ctx, tx, id)
    return { ...storeOf(ctx, row), ...(given === undefined && !told ? { webhookSecret } : {}) }
  })

const enqueueSubscribe = (ctx: Ctx, tx: MerchantTx, storeId: string): void =>
  ctx.enqueue(
    tx,
    'stores.subscribe',
    { merchantId: ctx.merchantId, storeId },
    { key: `stores.subscribe:${storeId}`, queue: `store:${storeId}` },
  )

const isLive = ({ status }: StoreRow): boolean => status === 'connected' || status === 'webhook_only'

/** Reads the shop's changes now; `since` goes back in time, up to 60 days. */
export const syncStore = (ctx: Ctx, id: string, since: string | undefined): Promise<Store> =>
  ctx.transaction(async (tx) => {
    const store = callable(ctx, found(await lockStore(tx, id)))
    const oldest = new Date(ctx.now.getTime() - oldestSyncMillis).toISOString()
    const asked = since === undefined ? undefined : new Date(since).toISOString()
    const from = asked !== undefined && asked < oldest ? oldest : asked
    const row = from === undefined ? store : found(await changeStore(tx, id, { readUntil: from }))
    ctx.record(tx, { type: 'store.sync_asked', subject: { kind: 'store', id }, data: { since: from ?? null } })
    ctx.enqueue(
      tx,
      'stores.poll',
      { merchantId: ctx.merchantId, storeId: id },
      { key: `stores.poll:${id}`, queue: `store:${id}` },
    )
    return storeOf(ctx, row)
  })

/** Looks whether the shop answers and sends; the light and the problem tell what came of it. */
export const testStore = (ctx: Ctx, id: string): Promise<Store> =>
  ctx.transaction(async (tx) => {
    const store = found(await findStore(tx, id))
    if (store.status === 'connecting' || store.status === 'disconnected' || store.status === 'uninstalled')
      throw new Refused('store.not_connected')
    if (store.status !== 'webhook_only' && ctx.maps.stores[store.platform]?.consent) enqueueSubscribe(ctx, tx, id)
    return storeOf(ctx, store)
  })

const callable = (ctx: Ctx, store: StoreRow): StoreRow => {
  if (store.status !== 'connected' || !ctx.maps.stores[store.platform]?.consent)
    throw new Refused('store.not_connected')
  return store
}

/** Ends a connection: no delivery is taken any more, and what came through it goes within 48 hours. */
export const disconnectStore = (ctx: Ctx, id: string): Promise<Store> =>
  ctx.transaction(async (tx) => {
    const store = found(await lockStore(tx, id))
    if (store.status === 'disconnected') return storeOf(ctx, store)
    const callsShop = opensShop(openCredentials(ctx, store))
    const row = await endStore(ctx, tx, store, 'disconnected', callsShop ? store.credentials : null)
    ctx.record(tx, {
      type: 'store.disconnected',
      subject: { kind: 'store', id },
      before: { status: store.status },
      after: { status: row.status, eraseAfter: row.eraseAfter },
    })
    if (callsShop)
      ctx.enqueue(tx, 'stores.disconnect', { merchantId: ctx.merchantId, storeId: id }, { queue: `store:${id}` })
    return storeOf(ctx, row)
  })

/** The same end for a merchant who leaves and for a shop that uninstalls us; a date once set is not pushed back. */
export const endStore = async (
  ctx: Ctx,
  tx: MerchantTx,
  store: StoreRow,
  status: 'disconnected' | 'uninstalled',
  credentials: Buffer | null,
): Promise<StoreRow> => {
  const eraseAfter = store.eraseAfter ?? new Date(ctx.now.getTime() + eraseAfterMillis).toISOString()
  ctx.enqueue(
    tx,
    'stores.erase',
    { merchantId: ctx.merchantId, storeId: store.id },
    { key: `stores.erase:${store.id}`, queue: `store:${store.id}`, runAt: new Date(eraseAfter) },
  )
  const ended = {
    status,
    credentials,
    eraseAfter,
    consentHash: null,
    consentUntil: null,
    subscribedAt: null,
    problem: null,
  }
  return found(await changeStore(tx, store.id, ended))
}

/** Begins again with a store that ended or whose consent is gone; what was to be erased stays. */
export const reconnectStore = (ctx: Ctx, id: string, { credentials }: ReconnectStore): Promise<StoreCreated> =>
  ctx.transaction(async (tx) => {
    const store = found(await lockStore(tx, id))
    if (isLive(store)) throw new Refused('store.shop_taken')
    const { platform, shop, unsigned, name } = store
    const plan = planOf(ctx, {
      platform,
      name,
      unsigned,
      ...(shop === null ? {} : { shop }),
      ...(credentials ? { credentials } : {}),
    })
    return comeBack(ctx, tx, store, plan, name)
  })
