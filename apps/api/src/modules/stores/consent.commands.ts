import { Refused } from '@sendocki/domain/result'
import type { StorePlatform } from '@sendocki/domain/stores/store'
import { type Ctx, type MerchantTx, type PublicCtx, systemActor } from '../../context.ts'
import { randomToken, sameBytes } from '../../secrets.ts'
import { sealCredentials } from './credentials.ts'
import { changeStore, lockStore, type StoreRow } from './stores.queries.ts'

export const consentMillis = 10 * 60_000

/**
 * Sends the browser to the platform's consent page. The state is random, kept as a hash, good once and for ten minutes,
 * and bound to this browser by a cookie: a consent begun elsewhere cannot be finished here.
 */
export const beginConsent = async (
  ctx: Ctx,
  tx: MerchantTx,
  store: StoreRow,
): Promise<{ row: StoreRow; authorizeUrl: string }> => {
  const oauth = ctx.maps.stores[store.platform]?.oauth
  if (!oauth || store.shop === null) throw new Refused('store.platform_unavailable')
  const state = randomToken()
  const consentUntil = new Date(ctx.now.getTime() + consentMillis).toISOString()
  const row = (await changeStore(tx, store.id, { consentHash: ctx.secrets.hashToken(state), consentUntil })) ?? store
  return {
    row,
    authorizeUrl: oauth.authorizeUrl({ shop: store.shop, state, redirectUrl: redirectUrlOf(ctx, store.platform) }),
  }
}

const redirectUrlOf = (ctx: PublicCtx, platform: StorePlatform): string =>
  `${ctx.config.appUrl}/api/v1/stores/oauth/${platform}/callback`

/** What the cookie holds: which store of which merchant this browser is connecting, and the state it was sent off with. */
export const consentCookie = (ctx: Ctx, storeId: string, authorizeUrl: string): string =>
  `${ctx.merchantId}.${storeId}.${new URL(authorizeUrl).searchParams.get('state') ?? ''}`

export interface ConsentReturn {
  readonly platform: StorePlatform
  readonly query: Readonly<Record<string, string | undefined>>
  readonly cookie: string | undefined
}

export type ConsentResult = 'connecting' | 'refused' | 'expired'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The platform sends the browser back: the code is kept and exchanged by a job. Says what the screen should tell. */
export const finishConsent = async (
  ctx: PublicCtx,
  { platform, query, cookie = '' }: ConsentReturn,
): Promise<{ result: ConsentResult; storeId: string | null }> => {
  const [merchantId = '', storeId = '', state = ''] = cookie.split('.')
  const given = query.state ?? ''
  if (
    !uuid.test(merchantId) ||
    !uuid.test(storeId) ||
    state === '' ||
    !sameBytes(Buffer.from(state), Buffer.from(given))
  )
    return { result: 'expired', storeId: null }
  const scoped = ctx.inMerchant(merchantId, systemActor())
  const result = await scoped.transaction(async (tx): Promise<ConsentResult> => {
    const store = await lockStore(tx, storeId)
    if (!store || store.platform !== platform || !isAwaited(scoped, store, state)) return 'expired'
    await changeStore(tx, storeId, { consentHash: null, consentUntil: null })
    return takeCode(scoped, tx, store, query)
  })
  return { result, storeId }
}

const isAwaited = (ctx: Ctx, store: StoreRow, state: string): boolean =>
  store.consentHash !== null &&
  Date.parse(store.consentUntil ?? '') > ctx.now.getTime() &&
  sameBytes(store.consentHash, ctx.secrets.hashToken(state))

const takeCode = async (
  ctx: Ctx,
  tx: MerchantTx,
  store: StoreRow,
  query: ConsentReturn['query'],
): Promise<ConsentResult> => {
  const map = ctx.maps.stores[store.platform]
  const { code } = query
  const genuine = map?.oauth?.verifyCallback(query) && map.shopOf?.(query.shop ?? '') === store.shop
  if (!genuine || !code) {
    await changeStore(tx, store.id, { problem: 'oauth_refused' })
    ctx.record(tx, { type: 'store.consent_refused', subject: { kind: 'store', id: store.id } })
    return 'refused'
  }
  await changeStore(tx, store.id, {
    credentials: sealCredentials(ctx, store.id, { authorizationCode: code }),
    problem: null,
  })
  ctx.record(tx, { type: 'store.consent_given', subject: { kind: 'store', id: store.id } })
  ctx.enqueue(
    tx,
    'stores.connect',
    { merchantId: ctx.merchantId, storeId: store.id },
    { key: `stores.connect:${store.id}`, queue: `store:${store.id}` },
  )
  return 'connecting'
}
