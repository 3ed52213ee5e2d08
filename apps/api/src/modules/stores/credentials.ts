import type { HookKeys, StoreCredentials, StoreMap } from '../../adapters/stores/port.ts'
import type { Ctx, PublicCtx } from '../../context.ts'
import type { StoreRow } from './stores.queries.ts'

const place = (merchantId: string, storeId: string) => `${merchantId}/stores.credentials/${storeId}`

/** Encrypted for one store of one merchant: moved to another row it does not open. */
export const sealCredentials = (ctx: Ctx, storeId: string, credentials: StoreCredentials): Buffer =>
  ctx.secrets.seal(JSON.stringify(credentials), place(ctx.merchantId, storeId))

export const openCredentials = (
  ctx: PublicCtx,
  { merchantId, id, credentials }: Pick<StoreRow, 'merchantId' | 'id' | 'credentials'>,
): StoreCredentials =>
  credentials === null
    ? {}
    : (JSON.parse(ctx.secrets.open(credentials, place(merchantId, id)).toString('utf8')) as StoreCredentials)

/** Whether a shop can be called with these: tokens, or keys, that were proved. */
export const opensShop = ({ accessToken, consumerKey, unproved }: StoreCredentials): boolean =>
  unproved !== true && (accessToken !== undefined || consumerKey !== undefined)

/** The secrets that a delivery may be signed with now: the store's own, else those of our app. */
export const hookKeysOf = (map: StoreMap, credentials: StoreCredentials, unsigned: boolean, now: Date): HookKeys => {
  const { webhookSecret, previousWebhookSecret, previousWebhookSecretUntil = '' } = credentials
  if (webhookSecret === undefined) return { secrets: map.appSecrets, unsigned: false }
  const previous =
    previousWebhookSecret !== undefined && previousWebhookSecretUntil > now.toISOString() ? [previousWebhookSecret] : []
  return { secrets: [webhookSecret, ...previous], unsigned }
}
