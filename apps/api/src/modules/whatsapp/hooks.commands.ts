import { Refused } from '@sendocki/domain/result'
import type { RawDelivery } from '../../adapters/messaging/port.ts'
import { type PublicCtx, systemActor } from '../../context.ts'
import { randomToken, sameBytes } from '../../secrets.ts'
import { createGathering, type Gathering, storeAllInbound } from '../inbound/index.ts'
import { type NumberSecrets, openSecrets } from './numbers.commands.ts'
import { findHookNumber, saveNumberState, versionsOf } from './numbers.queries.ts'

/** A number with its secrets opened: opening them for every delivery would cost more than checking its signature. */
interface Target {
  readonly id: string
  readonly merchantId: string
  readonly version: number
  readonly secrets: NumberSecrets
}

interface Arrival {
  readonly ctx: PublicCtx
  readonly target: Target
  readonly delivery: RawDelivery
}

/** Where deliveries go, remembered per process. What is remembered is never believed: each use checks its version. */
export interface HookMemory {
  readonly targets: Map<string, Target>
  /** Stores deliveries of one merchant together: in a rush most of the cost is the transaction's. */
  readonly gather: Gathering<Arrival>
}
/** Deliveries in one transaction; each may be three megabytes, and is some hundred bytes. */
const together = 50
const rememberedMax = 20_000

export const createHookMemory = (): HookMemory => ({
  targets: new Map(),
  gather: createGathering(storeTogether, together),
})

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** What a delivery to nobody is checked against, so that it takes the work of a real one. */
const nobody: NumberSecrets = { accessToken: '', appSecret: randomToken(), verifyToken: randomToken() }

const loadTarget = async (ctx: PublicCtx, id: string): Promise<Target | undefined> => {
  const found = uuid.test(id) ? await ctx.platform((tx) => findHookNumber(tx, id)) : undefined
  if (!found || found.status === 'disconnected') return undefined
  const { merchantId, version, credentials } = found
  return { id, merchantId, version, secrets: openSecrets(ctx, merchantId, id, credentials) }
}

/** Answers Meta's question whether the address is the merchant's: the challenge, for who knows the verify token. */
export const confirmHook = async (ctx: PublicCtx, id: string, query: RawDelivery['query']): Promise<string> => {
  const target = await loadTarget(ctx, id)
  const { 'hub.mode': mode, 'hub.verify_token': token = '', 'hub.challenge': challenge } = query
  const right = sameBytes(Buffer.from(token), Buffer.from((target?.secrets ?? nobody).verifyToken))
  if (!target || !right || mode !== 'subscribe' || !challenge || !/^[\w-]{1,200}$/.test(challenge))
    throw new Refused('auth.forbidden')
  const scoped = ctx.inMerchant(target.merchantId, systemActor('system', id, 'Meta'))
  await scoped.transaction(async (tx) => {
    await saveNumberState(tx, id, { webhookVerifiedAt: ctx.now.toISOString() })
    scoped.record(tx, { type: 'whatsapp_number.webhook_verified', subject: { kind: 'whatsapp_number', id } })
  })
  return challenge
}

const isSigned = (ctx: PublicCtx, target: Target | undefined, delivery: RawDelivery): boolean =>
  ctx.maps.messaging.verify(delivery, [(target?.secrets ?? nobody).appSecret]) && target !== undefined

/**
 * Stores a delivery before anything is made of it; one to a number that is remembered costs one trip to the database. A
 * wrong signature and an unknown number get one and the same refusal.
 */
export const receiveDelivery = async (
  ctx: PublicCtx,
  memory: HookMemory,
  id: string,
  delivery: RawDelivery,
): Promise<void> => {
  const known = memory.targets.get(id)
  if (known && isSigned(ctx, known, delivery) && (await store(memory, { ctx, target: known, delivery }))) return
  memory.targets.delete(id)
  const target = await loadTarget(ctx, id)
  if (!isSigned(ctx, target, delivery) || !target) throw new Refused('hook.refused')
  if (memory.targets.size >= rememberedMax) memory.targets.clear()
  memory.targets.set(id, target)
  // Changed again in between: the sender tries again and then meets the new state.
  if (!(await store(memory, { ctx, target, delivery }))) throw new Refused('server.unavailable')
}

class Outdated extends Error {}

/** False when the number is no longer as it was remembered: nothing was stored then. */
const store = async (memory: HookMemory, arrival: Arrival): Promise<boolean> => {
  const { merchantId } = arrival.target
  try {
    await memory.gather(merchantId, arrival)
    return true
  } catch (error) {
    if (error instanceof Refused) throw error
  }
  // Whatever went wrong may have been a neighbour's fault.
  try {
    await storeTogether(merchantId, [arrival])
    return true
  } catch (error) {
    if (error instanceof Outdated) return false
    throw error
  }
}

/** Deliveries of one merchant in one transaction, with a look whether their numbers are still as they were remembered. */
const storeTogether = async (merchantId: string, arrivals: readonly Arrival[]): Promise<void> => {
  const [first] = arrivals
  if (!first) return
  const scoped = first.ctx.inMerchant(merchantId, systemActor('system', first.target.id, 'Meta'))
  await scoped.transaction(async (tx) => {
    const [versions] = await Promise.all([
      versionsOf(tx, [...new Set(arrivals.map(({ target }) => target.id))]),
      storeAllInbound(
        scoped,
        tx,
        arrivals.map(({ ctx, target, delivery }) => ({
          connectionKind: 'whatsapp_number',
          connectionId: target.id,
          deliveryKey: ctx.maps.messaging.key(delivery),
          kind: 'hook',
          topic: 'whatsapp',
          trust: 'signed',
          subject: null,
          subjectVersion: null,
          sentAt: null,
          body: delivery.body,
        })),
      ),
    ])
    if (arrivals.some(({ target }) => versions.get(target.id) !== target.version)) throw new Outdated()
  })
}
