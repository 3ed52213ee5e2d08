import { type CarrierCode, carrierCodes } from '@sendocki/domain/parcels/carrier'
import { Refused } from '@sendocki/domain/result'
import type { RawDelivery } from '../../adapters/carriers/port.ts'
import { type PublicCtx, systemActor } from '../../context.ts'
import { randomToken } from '../../secrets.ts'
import { findHookAccount, openCredentials, settingsOf } from '../carriers/index.ts'
import { storeInbound } from '../inbound/index.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** What the signature of a delivery to nobody is checked against, so that it takes the work of a real one. */
const nobody = randomToken()

/** Carriers that can tell by themselves. */
export const hookCarriers = carrierCodes.filter((carrier) => carrier !== 'manual')

/**
 * Stores a carrier's delivery before anything is made of it. A wrong signature, a missing one where the account is
 * signed, and an unknown account get one and the same refusal.
 */
export const receiveCarrierDelivery = async (
  ctx: PublicCtx,
  carrier: CarrierCode,
  accountId: string,
  delivery: RawDelivery,
): Promise<void> => {
  const map = ctx.maps.carriers[carrier]
  if (!map) throw new Refused('hook.refused')
  const account = uuid.test(accountId) ? await ctx.platform((tx) => findHookAccount(tx, accountId)) : undefined
  const target = account?.carrier === carrier ? account : undefined
  const secrets = target
    ? map.secretsOf(openCredentials(ctx, target.merchantId, accountId, target.credentials))
    : [nobody]
  const verdict = map.verify(delivery, secrets, ctx.now)
  if (!target || !verdict.ok) throw new Refused('hook.refused')
  if (verdict.trust === 'unsigned' && settingsOf(target.settings).signedWebhook) throw new Refused('hook.refused')
  const parsed = map.parse(delivery.body)
  const scoped = ctx.inMerchant(target.merchantId, systemActor('carrier', accountId))
  await scoped.transaction((tx) =>
    storeInbound(scoped, tx, {
      connectionKind: 'carrier_account',
      connectionId: accountId,
      deliveryKey: map.key(delivery),
      kind: 'hook',
      topic: 'parcel.status',
      trust: verdict.trust,
      subject: parsed.ok ? (parsed.news[0]?.trackingNumber ?? null) : null,
      subjectVersion: null,
      sentAt: parsed.ok ? (parsed.news[0]?.at ?? null) : null,
      body: delivery.body,
    }),
  )
}
