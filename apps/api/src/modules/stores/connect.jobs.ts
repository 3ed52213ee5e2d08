import type { StoreProblem } from '@sendocki/domain/stores/store'
import { type ShopSeen, StoreCallFailed, type StoreCredentials } from '../../adapters/stores/port.ts'
import type { JobCtx, MerchantTx } from '../../context.ts'
import { connectionOf, loadStore } from './calls.jobs.ts'
import { redirectUrlOf } from './consent.commands.ts'
import { openCredentials, sealCredentials } from './credentials.ts'
import { changeStore, lockStore, lockStoreOfShop, noteStore, type StoreRow } from './stores.queries.ts'

type Loaded = NonNullable<Awaited<ReturnType<typeof loadStore>>>

/** Why a connection did not come about; nothing of what was given for it is kept. */
class NotConnected extends Error {
  readonly problem: StoreProblem
  constructor(problem: StoreProblem) {
    super(problem)
    this.problem = problem
  }
}

/** Tries what was given for a connection, a code or keys: the moment in which a shop becomes connected. */
export const connect = async (ctx: JobCtx, { storeId }: { readonly storeId: string }): Promise<void> => {
  const loaded = await loadStore(ctx, storeId)
  if (!loaded) return
  const given = openCredentials(ctx, loaded.store)
  if (given.authorizationCode === undefined && given.unproved !== true) return
  const byKeys = given.consumerKey !== undefined
  try {
    const proved = await obtain(ctx, loaded, given)
    const seen = await prove(ctx, loaded, proved)
    await ctx.transaction(async (tx) => markConnected(ctx, tx, await lockStore(tx, storeId), proved, seen))
  } catch (error) {
    const problem = problemOf(error, byKeys)
    if (problem !== null) return failConsent(ctx, loaded.store, problem)
    if (ctx.job.lastAttempt) await failConsent(ctx, loaded.store, byKeys ? 'shop_unreachable' : 'oauth_refused')
    else if (error instanceof StoreCallFailed)
      await ctx.transaction((tx) => noteStore(tx, storeId, { problem: 'shop_unreachable' }))
    throw error
  }
}

/** Null while trying again may help. */
const problemOf = (error: unknown, byKeys: boolean): StoreProblem | null => {
  if (error instanceof NotConnected) return error.problem
  if (!(error instanceof StoreCallFailed) || error.kind === 'busy' || error.kind === 'unavailable') return null
  if (!byKeys) return 'oauth_refused'
  return error.kind === 'credentials' ? 'credentials_refused' : 'shop_not_found'
}

/** Tokens for the code, kept before anything is done with them, because a code is good once; or the keys as they are. */
const obtain = async (ctx: JobCtx, { store, port }: Loaded, given: StoreCredentials): Promise<StoreCredentials> => {
  const { authorizationCode: code, unproved: _unproved, ...proved } = given
  if (code === undefined) return proved
  if (!port.exchangeCode) throw new NotConnected('oauth_refused')
  const redirectUrl = redirectUrlOf(ctx, store.platform)
  const { scopes, ...tokens } = await port.exchangeCode({ shop: store.shop ?? '', code, redirectUrl }, ctx.now)
  if (scopes && port.neededScopes.some((scope) => !scopes.includes(scope))) throw new NotConnected('scope_missing')
  const credentials = sealCredentials(ctx, store.id, { ...tokens, unproved: true })
  await ctx.transaction((tx) => noteStore(tx, store.id, { credentials }))
  return tokens
}

/** Looks which shop it is where the consent did not say so, and whether keys open it for making webhooks. */
const prove = async (ctx: JobCtx, { store, port }: Loaded, credentials: StoreCredentials): Promise<ShopSeen | null> => {
  const map = ctx.maps.stores[store.platform]
  if (map?.shopOf && map.consent?.gives === 'code') return null
  const connection = { ...connectionOf(ctx, store), credentials }
  const seen = await port.look(connection)
  if (store.shop !== null && store.shop !== seen.shop) throw new NotConnected('other_shop')
  if (map?.consent?.gives === 'keys')
    await port.ensureSubscriptions(connection).catch((error: unknown) => {
      const readsOnly = error instanceof StoreCallFailed && error.kind === 'credentials'
      throw readsOnly ? new NotConnected('scope_missing') : error
    })
  return seen
}

const failConsent = (ctx: JobCtx, { id }: StoreRow, problem: StoreProblem): Promise<void> =>
  ctx.transaction(async (tx) => {
    await changeStore(tx, id, { credentials: null, problem })
    ctx.record(tx, { type: 'store.consent_failed', subject: { kind: 'store', id }, data: { problem } })
  })

const markConnected = async (
  ctx: JobCtx,
  tx: MerchantTx,
  store: StoreRow | undefined,
  credentials: StoreCredentials,
  seen: ShopSeen | null,
): Promise<void> => {
  if (!store) return
  const shop = seen?.shop ?? store.shop
  const known = shop === null ? undefined : await lockStoreOfShop(tx, store.platform, shop)
  if (known && known.id !== store.id) throw new NotConnected('shop_known')
  const at = ctx.now.toISOString()
  const resumed = store.readUntil !== null && store.erasedAt === null
  await changeStore(tx, store.id, {
    credentials: sealCredentials(ctx, store.id, credentials),
    shop,
    status: 'connected',
    problem: null,
    connectedAt: at,
    eraseAfter: null,
    erasedAt: null,
    failedChecks: 0,
    subscribedAt: null,
    lastCheckedAt: null,
    // A shop that comes back is read from where we had stopped, a new one from now on.
    readUntil: resumed ? store.readUntil : at,
  })
  ctx.record(tx, {
    type: 'store.connected',
    subject: { kind: 'store', id: store.id },
    before: { status: store.status },
    after: { status: 'connected', shop },
  })
  const job = { merchantId: ctx.merchantId, storeId: store.id }
  ctx.enqueue(tx, 'stores.subscribe', job, { key: `stores.subscribe:${store.id}`, queue: `store:${store.id}` })
  ctx.enqueue(tx, 'stores.poll', job, { key: `stores.poll:${store.id}`, queue: `store:${store.id}` })
}
