import { Refused } from '@sendocki/domain/result'
import type { RawDelivery } from '../../adapters/messaging/port.ts'
import { type PublicCtx, systemActor } from '../../context.ts'
import { randomToken, sameBytes } from '../../secrets.ts'
import { storeInbound } from '../inbound/index.ts'
import { type NumberSecrets, openSecrets } from './numbers.commands.ts'
import { findHookNumber, saveNumberState } from './numbers.queries.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** What a delivery to nobody is checked against, so that it takes the work of a real one. */
const nobody: NumberSecrets = { accessToken: '', appSecret: randomToken(), verifyToken: randomToken() }

const targetOf = async (ctx: PublicCtx, id: string) => {
  const found = uuid.test(id) ? await ctx.platform((tx) => findHookNumber(tx, id)) : undefined
  if (!found || found.status === 'disconnected') return { merchantId: null, secrets: nobody }
  return { merchantId: found.merchantId, secrets: openSecrets(ctx, found.merchantId, id, found.credentials) }
}

/** Answers Meta's question whether the address is the merchant's: the challenge, for who knows the verify token. */
export const confirmHook = async (ctx: PublicCtx, id: string, query: RawDelivery['query']): Promise<string> => {
  const { merchantId, secrets } = await targetOf(ctx, id)
  const { 'hub.mode': mode, 'hub.verify_token': token = '', 'hub.challenge': challenge } = query
  const right = sameBytes(Buffer.from(token), Buffer.from(secrets.verifyToken))
  if (merchantId === null || !right || mode !== 'subscribe' || !challenge || !/^[\w-]{1,200}$/.test(challenge))
    throw new Refused('auth.forbidden')
  const scoped = ctx.inMerchant(merchantId, systemActor('system', id, 'Meta'))
  await scoped.transaction(async (tx) => {
    await saveNumberState(tx, id, { webhookVerifiedAt: ctx.now.toISOString() })
    scoped.record(tx, { type: 'whatsapp_number.webhook_verified', subject: { kind: 'whatsapp_number', id } })
  })
  return challenge
}

/** Stores a delivery before anything is made of it. A wrong signature and an unknown number get one and the same refusal. */
export const receiveDelivery = async (ctx: PublicCtx, id: string, delivery: RawDelivery): Promise<void> => {
  const { merchantId, secrets } = await targetOf(ctx, id)
  const verified = ctx.maps.messaging.verify(delivery, [secrets.appSecret])
  if (merchantId === null || !verified) throw new Refused('hook.refused')
  const scoped = ctx.inMerchant(merchantId, systemActor('system', id, 'Meta'))
  await scoped.transaction((tx) =>
    storeInbound(scoped, tx, {
      connectionKind: 'whatsapp_number',
      connectionId: id,
      deliveryKey: ctx.maps.messaging.key(delivery),
      kind: 'hook',
      topic: 'whatsapp',
      trust: 'signed',
      subject: null,
      subjectVersion: null,
      sentAt: null,
      body: delivery.body,
    }),
  )
}
