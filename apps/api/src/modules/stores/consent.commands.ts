import { Refused } from '@sendocki/domain/result'
import {
  type ConsentReturnTo,
  consentReturns,
  type Store,
  type StorePlatform,
  storePlatforms,
} from '@sendocki/domain/stores/store'
import type { RawDelivery, StoreCredentials } from '../../adapters/stores/port.ts'
import { type Ctx, type MerchantTx, type PublicCtx, systemActor } from '../../context.ts'
import { randomToken, sameBytes } from '../../secrets.ts'
import { sealCredentials } from './credentials.ts'
import { changeStore, findTarget, lockStore, type StoreRow, webhookUrlOf } from './stores.queries.ts'

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
  const consent = ctx.maps.stores[store.platform]?.consent
  if (!consent) throw new Refused('store.platform_unavailable')
  const state = randomToken()
  const consentUntil = new Date(ctx.now.getTime() + consentMillis).toISOString()
  const row = (await changeStore(tx, store.id, { consentHash: ctx.secrets.hashToken(state), consentUntil })) ?? store
  const redirectUrl = redirectUrlOf(ctx, store.platform)
  const keysUrl = `${webhookUrlOf(store, ctx.config.appUrl) ?? ''}/keys`
  return { row, authorizeUrl: consent.authorizeUrl({ shop: store.shop ?? '', state, redirectUrl, keysUrl }) }
}

export const redirectUrlOf = (ctx: PublicCtx, platform: StorePlatform): string =>
  `${ctx.config.appUrl}/api/v1/stores/oauth/${platform}/callback`

/**
 * What the cookie holds: which store of which merchant this browser is connecting, the state it was sent off with, and
 * the screen from which it left.
 */
export const consentCookie = (
  ctx: Ctx,
  { id, platform }: Store,
  { authorizeUrl, returnTo = 'settings' }: { readonly authorizeUrl: string; readonly returnTo?: ConsentReturnTo },
): string => {
  const asked = Object.fromEntries(new URL(authorizeUrl).searchParams)
  return `${ctx.merchantId}.${id}.${ctx.maps.stores[platform]?.consent?.stateOf(asked) ?? ''}.${returnTo}`
}

export interface ConsentReturn {
  readonly platform: StorePlatform
  readonly query: Readonly<Record<string, string | undefined>>
  readonly cookie: string | undefined
}

export type ConsentResult = 'connecting' | 'refused' | 'expired'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The platform sends the browser back: the code is kept and exchanged by a job, keys are there already. Says what the
 * screen should tell.
 */
export const finishConsent = async (
  ctx: PublicCtx,
  { platform, query, cookie = '' }: ConsentReturn,
): Promise<{ result: ConsentResult; storeId: string | null; returnTo: ConsentReturnTo }> => {
  const consent = ctx.maps.stores[platform]?.consent
  const [merchantId = '', storeId = '', state = '', from] = cookie.split('.')
  const returnTo = consentReturns.find((screen) => screen === from) ?? 'settings'
  const given = consent?.stateOf(query) ?? ''
  if (!consent || !uuid.test(merchantId) || !uuid.test(storeId) || state === '' || !isSame(state, given))
    return { result: 'expired', storeId: null, returnTo }
  const scoped = ctx.inMerchant(merchantId, systemActor())
  const result = await scoped.transaction(async (tx): Promise<ConsentResult> => {
    const store = await lockStore(tx, storeId)
    if (!store || store.platform !== platform) return 'expired'
    const granted = consent.isGranted(query, store.shop)
    if (consent.gives === 'keys' && granted) return keysCame(scoped, store, state)
    if (!isAwaited(scoped, store, state)) return 'expired'
    await changeStore(tx, storeId, { consentHash: null, consentUntil: null })
    const { code } = query
    return granted && code ? takeCode(scoped, tx, store, code) : refuse(scoped, tx, store)
  })
  return { result, storeId, returnTo }
}

const isSame = (one: string, other: string): boolean => sameBytes(Buffer.from(one), Buffer.from(other))

/** The shop's server posts the keys before the browser comes back; a slow one may still be about to. */
const keysCame = (ctx: Ctx, store: StoreRow, state: string): ConsentResult =>
  isAwaited(ctx, store, state) || store.credentials !== null ? 'connecting' : 'expired'

const isAwaited = (ctx: Ctx, store: StoreRow, state: string): boolean =>
  store.consentHash !== null &&
  Date.parse(store.consentUntil ?? '') > ctx.now.getTime() &&
  sameBytes(store.consentHash, ctx.secrets.hashToken(state))

const refuse = async (ctx: Ctx, tx: MerchantTx, { id }: StoreRow): Promise<ConsentResult> => {
  await changeStore(tx, id, { problem: 'oauth_refused' })
  ctx.record(tx, { type: 'store.consent_refused', subject: { kind: 'store', id } })
  return 'refused'
}

const takeCode = async (ctx: Ctx, tx: MerchantTx, { id }: StoreRow, code: string): Promise<ConsentResult> => {
  await changeStore(tx, id, { credentials: sealCredentials(ctx, id, { authorizationCode: code }), problem: null })
  ctx.record(tx, { type: 'store.consent_given', subject: { kind: 'store', id } })
  enqueueConnect(ctx, tx, id)
  return 'connecting'
}

/** Has the connection tried with what was given for it. */
export const enqueueConnect = (ctx: Ctx, tx: MerchantTx, storeId: string): void =>
  ctx.enqueue(
    tx,
    'stores.connect',
    { merchantId: ctx.merchantId, storeId },
    { key: `stores.connect:${storeId}`, queue: `store:${storeId}` },
  )

/**
 * The shop's own server hands over the keys that its owner granted. Unsigned: the state that it brings along was made
 * for this store alone, is good once and for ten minutes. Whatever is wrong is answered like a wrong delivery.
 */
export const takeKeys = async (
  ctx: PublicCtx,
  {
    platform,
    storeId,
    delivery,
  }: { readonly platform: string; readonly storeId: string; readonly delivery: RawDelivery },
): Promise<void> => {
  const known = storePlatforms.find((one) => one === platform)
  const given = known && ctx.maps.stores[known]?.consent?.keysOf?.(delivery)
  const target = given && uuid.test(storeId) ? await ctx.platform((tx) => findTarget(tx, storeId)) : undefined
  if (!given || target?.platform !== known) throw new Refused('hook.refused')
  const scoped = ctx.inMerchant(target.merchantId, systemActor())
  await scoped.transaction(async (tx) => {
    const store = await lockStore(tx, storeId)
    if (!store || !isAwaited(scoped, store, given.state)) throw new Refused('hook.refused')
    const credentials = sealCredentials(scoped, storeId, beginWith(given.credentials))
    await changeStore(tx, storeId, { consentHash: null, consentUntil: null, credentials, problem: null })
    scoped.record(tx, { type: 'store.consent_given', subject: { kind: 'store', id: storeId } })
    enqueueConnect(scoped, tx, storeId)
  })
}

/** Keys as they are kept until they were tried, with the secret that the hooks we shall make will sign with. */
export const beginWith = (keys: StoreCredentials): StoreCredentials => ({
  ...keys,
  webhookSecret: randomToken(),
  unproved: true,
})
