import { StoreCallFailed, type StoreConnection, type StorePort } from '../../adapters/stores/port.ts'
import type { JobCtx } from '../../context.ts'
import { TryLater } from '../../jobs/engine.ts'
import { openCredentials, sealCredentials } from './credentials.ts'
import {
  changeStore,
  findStore,
  lockStore,
  noteStore,
  type StoreRow,
  takeRefresh,
  webhookUrlOf,
} from './stores.queries.ts'

/** Tokens this near to their end are renewed before they are used. */
const renewBeforeMillis = 5 * 60_000
const refreshSeconds = 60

/** The store of a job and the port that talks to it; null when nobody talks to its platform. */
export const loadStore = async (ctx: JobCtx, storeId: string): Promise<{ store: StoreRow; port: StorePort } | null> => {
  const store = await ctx.read((tx) => findStore(tx, storeId))
  const port = store && ctx.ports.stores[store.platform]
  return store && port ? { store, port } : null
}

export const connectionOf = (ctx: JobCtx, store: StoreRow): StoreConnection => ({
  shop: store.shop ?? '',
  credentials: openCredentials(ctx, store),
  webhookUrl: webhookUrlOf(store, ctx.config.appUrl) ?? '',
})

/** What came of a call: its answer, or that the consent is gone and calling has stopped, or that the shop is away. */
export type CallOutcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'revoked' }
  | { readonly kind: 'away' }

/**
 * Calls a shop with living tokens. A refusal of the tokens renews them once and asks once more; a second one marks the
 * store for reconnection, which stops every call. A shop that is away, or frozen, is noted, and the clock asks again.
 */
export const callStore = async <T>(
  ctx: JobCtx,
  { store, port }: { readonly store: StoreRow; readonly port: StorePort },
  work: (connection: StoreConnection) => Promise<T>,
): Promise<CallOutcome<T>> => {
  try {
    const connection = connectionOf(ctx, store)
    const { accessTokenExpiresAt = '9999' } = connection.credentials
    const soon = new Date(ctx.now.getTime() + renewBeforeMillis).toISOString()
    const fresh = accessTokenExpiresAt > soon
    const value = fresh
      ? await withOneRenewal(ctx, store, port, connection, work)
      : await work(await renew(ctx, store, port))
    return { kind: 'done', value }
  } catch (error) {
    if (!(error instanceof StoreCallFailed)) throw error
    return settle(ctx, store, error)
  }
}

const withOneRenewal = async <T>(
  ctx: JobCtx,
  store: StoreRow,
  port: StorePort,
  connection: StoreConnection,
  work: (connection: StoreConnection) => Promise<T>,
): Promise<T> => {
  try {
    return await work(connection)
  } catch (error) {
    const renewable =
      error instanceof StoreCallFailed && error.kind === 'credentials' && connection.credentials.refreshToken
    if (!renewable) throw error
    return work(await renew(ctx, store, port))
  }
}

/**
 * New tokens: one job of a shop at a time, because the refresh token rotates and its second use would end the consent.
 * The call is made outside any transaction; both new tokens are stored by one statement.
 */
const renew = async (ctx: JobCtx, store: StoreRow, port: StorePort): Promise<StoreConnection> => {
  const taken = await ctx.transaction((tx) => takeRefresh(tx, store.id, refreshSeconds))
  if (!taken) throw new TryLater(5, 'The tokens are being renewed by another job.')
  const current = await ctx.read((tx) => findStore(tx, store.id))
  const credentials = current ? openCredentials(ctx, current) : {}
  try {
    if (!port.refresh || !credentials.refreshToken)
      throw new StoreCallFailed('credentials', 'There is nothing to renew the tokens with.')
    const tokens = await port.refresh(store.shop ?? '', credentials.refreshToken, ctx.now)
    const renewed = { ...credentials, ...tokens }
    const sealed = sealCredentials(ctx, store.id, renewed)
    await ctx.transaction((tx) => noteStore(tx, store.id, { credentials: sealed, refreshingUntil: null }))
    return { ...connectionOf(ctx, store), credentials: renewed }
  } catch (error) {
    await ctx.transaction((tx) => noteStore(tx, store.id, { refreshingUntil: null }))
    throw error
  }
}

const settle = async (ctx: JobCtx, store: StoreRow, error: StoreCallFailed): Promise<CallOutcome<never>> => {
  if (error.kind === 'busy') throw new TryLater(error.retryAfterSeconds ?? 10, error.message, `store:${store.id}`)
  if (error.kind === 'credentials') {
    await revoke(ctx, store)
    return { kind: 'revoked' }
  }
  const failedChecks = store.failedChecks + 1
  await ctx.transaction((tx) => noteStore(tx, store.id, { failedChecks, problem: 'shop_unreachable' }))
  ctx.log.warn({ storeId: store.id, cause: error.message }, 'shop away')
  return { kind: 'away' }
}

/** The consent is gone: the owner is told once, and nothing calls until it is given again. */
const revoke = (ctx: JobCtx, { id }: StoreRow): Promise<void> =>
  ctx.transaction(async (tx) => {
    const store = await lockStore(tx, id)
    if (store?.status !== 'connected') return
    await changeStore(tx, id, { status: 'reconnect', problem: 'credentials_refused' })
    ctx.record(tx, {
      type: 'store.reconnect_needed',
      subject: { kind: 'store', id },
      before: { status: 'connected' },
      after: { status: 'reconnect' },
    })
  })
