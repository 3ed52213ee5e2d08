import type { Trust } from '@sendocki/domain/inbound/inbound'
import { Refused } from '@sendocki/domain/result'
import { type StorePlatform, storePlatforms } from '@sendocki/domain/stores/store'
import type {
  DeliveryHead,
  HookKeys,
  RawDelivery,
  StoreCredentials,
  StoreMap,
  Verdict,
} from '../../adapters/stores/port.ts'
import { type PublicCtx, systemActor } from '../../context.ts'
import { randomToken } from '../../secrets.ts'
import { createGathering, type Delivery, type Gathering, storeAllInbound } from '../inbound/index.ts'
import { hookKeysOf, openCredentials } from './credentials.ts'
import { findTarget, findTargetsOfShop, type TargetRow, versionsOf } from './stores.queries.ts'

/** A store with its secrets opened: opening them for every delivery would cost more than checking its signature. */
interface Target extends TargetRow {
  readonly opened: StoreCredentials
}

/** Where deliveries go, remembered per process. What is remembered is never believed: each use checks its version. */
export interface HookMemory {
  readonly targets: Map<string, Target>
  /** What an unknown store's signature is checked against, so that it takes the same work as a known one's. */
  readonly nobody: HookKeys
  /** Stores deliveries of one merchant together: in a rush most of the cost is the transaction's. */
  readonly gather: Gathering<Arrival>
}
/** Deliveries in one transaction; each may be a megabyte. */
const together = 50

export const createHookMemory = (): HookMemory => ({
  targets: new Map(),
  nobody: { secrets: [randomToken()], unsigned: true },
  gather: createGathering(storeTogether, together),
})

const rememberedMax = 20_000
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Stores of these statuses take deliveries; an uninstalled one still hears of its own end. */
const listening: readonly TargetRow['status'][] = ['connected', 'webhook_only', 'reconnect', 'uninstalled']

/**
 * Stores one delivery of a shop. A store remembered from an earlier delivery costs one trip to the database: its
 * version is checked in the transaction that stores. Whatever is wrong is answered with one and the same refusal.
 */
export const receiveDelivery = async (
  ctx: PublicCtx,
  memory: HookMemory,
  {
    platform,
    storeId,
    delivery,
  }: { readonly platform: string; readonly storeId: string; readonly delivery: RawDelivery },
): Promise<void> => {
  const map = mapOf(ctx, platform)
  if (!map) throw new Refused('hook.refused')
  if (map.isGreeting?.(delivery)) return
  const head = map.head(delivery)
  const known = memory.targets.get(storeId)
  if (known) {
    const verdict = judge(ctx, map, known, head, delivery, memory)
    if (
      verdict.ok &&
      (await store(memory, { ctx, target: known, delivery: deliveryOf(known, head, delivery, verdict.trust) }))
    )
      return
    memory.targets.delete(storeId)
  }
  const target = await loadTarget(ctx, map, storeId)
  const verdict = judge(ctx, map, target, head, delivery, memory)
  if (!target || !verdict.ok) throw new Refused('hook.refused')
  if (memory.targets.size >= rememberedMax) memory.targets.clear()
  memory.targets.set(storeId, target)
  // Changed again in between: the sender tries again and then meets the new state.
  if (!(await store(memory, { ctx, target, delivery: deliveryOf(target, head, delivery, verdict.trust) })))
    throw new Refused('server.unavailable')
}

const mapOf = (ctx: PublicCtx, platform: string): StoreMap | undefined => {
  const known = storePlatforms.find((one) => one === platform)
  return known && ctx.maps.stores[known]
}

const loadTarget = async (ctx: PublicCtx, map: StoreMap, storeId: string): Promise<Target | undefined> => {
  if (!uuid.test(storeId)) return undefined
  const row = await ctx.platform((tx) => findTarget(tx, storeId))
  if (row?.platform !== map.platform || !listening.includes(row.status)) return undefined
  return { ...row, opened: openCredentials(ctx, row) }
}

const judge = (
  ctx: PublicCtx,
  map: StoreMap,
  target: Target | undefined,
  head: DeliveryHead,
  delivery: RawDelivery,
  memory: HookMemory,
): Verdict => {
  const keys = target ? hookKeysOf(map, target.opened, target.unsigned, ctx.now) : memory.nobody
  const verdict = map.verify(delivery, keys, ctx.now)
  if (verdict.ok && verdict.matched) ctx.log.info({ storeId: target?.id, matched: verdict.matched }, 'signature')
  const otherShop = target?.shop && head.shop && target.shop !== head.shop
  return target && !otherShop ? verdict : { ok: false }
}

interface Arrival {
  readonly ctx: PublicCtx
  readonly target: TargetRow
  readonly delivery: Delivery
}

/** False when the store is no longer as it was remembered: nothing was stored then. */
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

/** Deliveries of one merchant in one transaction, with a look whether their stores are still as they were remembered. */
const storeTogether = async (merchantId: string, arrivals: readonly Arrival[]): Promise<void> => {
  const [first] = arrivals
  if (!first) return
  const ctx = first.ctx.inMerchant(merchantId, systemActor('shop', first.target.id, first.target.name))
  await ctx.transaction(async (tx) => {
    const [versions] = await Promise.all([
      versionsOf(tx, [...new Set(arrivals.map(({ target }) => target.id))]),
      storeAllInbound(
        ctx,
        tx,
        arrivals.map(({ delivery }) => delivery),
      ),
    ])
    if (arrivals.some(({ target }) => versions.get(target.id) !== target.version)) throw new Outdated()
  })
}

const deliveryOf = (target: TargetRow, head: DeliveryHead, { body }: RawDelivery, trust: Trust): Delivery => ({
  connectionKind: 'store',
  connectionId: target.id,
  deliveryKey: head.key,
  kind: 'hook',
  topic: head.topic,
  trust,
  subject: head.subject,
  subjectVersion: null,
  sentAt: head.sentAt,
  body,
})

class Outdated extends Error {}

/**
 * Deliveries for the whole app, by the shop's name, which is believed only after the signature: every connection of
 * that shop, of whatever merchant, hears of it.
 */
export const receiveAppDelivery = async (
  ctx: PublicCtx,
  memory: HookMemory,
  platform: string,
  delivery: RawDelivery,
): Promise<void> => {
  const map = mapOf(ctx, platform)
  const keys = map && map.appSecrets.length > 0 ? { secrets: map.appSecrets, unsigned: false } : memory.nobody
  const verdict = map?.verify(delivery, keys, ctx.now)
  if (!map || !verdict?.ok || map.appSecrets.length === 0) throw new Refused('hook.refused')
  const head = map.head(delivery)
  if (head.shop === null) return
  const { shop } = head
  const targets = await ctx.platform((tx) => findTargetsOfShop(tx, map.platform as StorePlatform, shop))
  for (const target of targets)
    if (!(await store(memory, { ctx, target, delivery: deliveryOf(target, head, delivery, verdict.trust) })))
      throw new Refused('server.unavailable')
}
