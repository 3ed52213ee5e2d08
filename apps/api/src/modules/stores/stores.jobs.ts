import { parseInstant } from '@sendocki/domain/time'
import type { ChangedOrder } from '../../adapters/stores/port.ts'
import type { JobCtx } from '../../context.ts'
import type { Handlers } from '../../jobs/engine.ts'
import { knownVersions, storeInbound } from '../inbound/index.ts'
import { callStore, loadStore } from './calls.jobs.ts'
import { connect } from './connect.jobs.ts'
import { openCredentials, opensShop } from './credentials.ts'
import { processDelivery } from './news.commands.ts'
import { eraseStore } from './privacy.commands.ts'
import { changeStore, findStore, lockStore, noteStore, type StoreRow, storesDue } from './stores.queries.ts'

const dayMillis = 24 * 60 * 60_000
/** Readings overlap, because a shop's list may show a change a little after its own date. */
const overlapMillis = 5 * 60_000
/** A delivery is given this long to arrive before our own reading counts as having found what it missed. */
const deliveryGraceMillis = 2 * 60_000
/** Pages of one job; what is left is read by the next one, so that other stores get their turn. */
const pagesMax = 20
/** Orders stored in one transaction. */
const ordersAtOnce = 50

type StoreJob = { readonly merchantId: string; readonly storeId: string }

/** Makes and repairs the subscriptions: a shop removes them for good after an outage of ours. */
const subscribe = async (ctx: JobCtx, { storeId }: StoreJob): Promise<void> => {
  const loaded = await loadStore(ctx, storeId)
  if (loaded?.store.status !== 'connected') return
  const outcome = await callStore(ctx, loaded, async (connection) => {
    const { retired } = await loaded.port.look(connection)
    await loaded.port.ensureSubscriptions(connection)
    return { retired }
  })
  if (outcome.kind !== 'done') return
  const problem = outcome.value.retired ? ('api_version_retired' as const) : null
  await ctx.transaction((tx) =>
    noteStore(tx, storeId, { subscribedAt: ctx.now.toISOString(), problem, failedChecks: 0 }),
  )
}

/** Reads what changed in the shop: the safety net under deliveries that never came. */
const poll = async (ctx: JobCtx, { storeId }: StoreJob): Promise<void> => {
  const loaded = await loadStore(ctx, storeId)
  if (loaded?.store.status !== 'connected') return
  const { store, port } = loaded
  const begun = ctx.now.toISOString()
  const since = new Date(Date.parse(store.readUntil ?? store.connectedAt ?? begun) - overlapMillis).toISOString()
  const outcome = await callStore(ctx, loaded, async (connection) => {
    let cursor: string | null = null
    let last = since
    for (let page = 0; page < pagesMax; page += 1) {
      const { orders, next, upTo } = await port.listChanged(connection, since, cursor)
      for (let from = 0; from < orders.length; from += ordersAtOnce)
        await storePage(ctx, store, orders.slice(from, from + ordersAtOnce))
      last = parseInstant(upTo ?? '') ?? last
      if (next === null) return { readUntil: begun, complete: true }
      cursor = next
    }
    // Pages that lead back in time have shown the newest; going on from the same moment would only read them again.
    return last > since ? { readUntil: last, complete: false } : { readUntil: begun, complete: true }
  })
  if (outcome.kind !== 'done') return
  const { readUntil, complete } = outcome.value
  await ctx.transaction(async (tx) => {
    const problem = store.problem === 'shop_unreachable' ? null : store.problem
    await noteStore(tx, storeId, { readUntil, lastCheckedAt: begun, failedChecks: 0, problem })
    if (!complete)
      ctx.enqueue(
        tx,
        'stores.poll',
        { merchantId: ctx.merchantId, storeId },
        { key: `stores.poll:${storeId}`, queue: `store:${storeId}` },
      )
  })
}

/** Stores the versions that no delivery brought, in the inbox, from where they go the same way as deliveries. */
const storePage = (ctx: JobCtx, store: StoreRow, orders: readonly ChangedOrder[]): Promise<void> =>
  ctx.transaction(async (tx) => {
    const known = await knownVersions(
      tx,
      store.id,
      orders.map(({ externalId }) => externalId),
    )
    let missed = false
    for (const { externalId, updatedAt, topic, body } of orders) {
      const version = parseInstant(updatedAt) ?? updatedAt
      if (known.has(`${externalId}@${version}`)) continue
      const stored = await storeInbound(ctx, tx, {
        connectionKind: 'store',
        connectionId: store.id,
        deliveryKey: `listed:${externalId}:${version}`,
        kind: 'poll',
        topic,
        trust: 'signed',
        subject: externalId,
        subjectVersion: version,
        sentAt: parseInstant(updatedAt),
        body,
      })
      missed ||= stored !== null && wasMissed(ctx, store, version)
    }
    if (missed) await noteStore(tx, store.id, { lastMissedAt: ctx.now.toISOString() })
  })

/** A change made while we were subscribed, and long enough ago for its delivery to have come. */
const wasMissed = (ctx: JobCtx, { subscribedAt }: StoreRow, version: string): boolean => {
  const changedAt = Date.parse(version)
  return (
    subscribedAt !== null && changedAt > Date.parse(subscribedAt) && changedAt < ctx.now.getTime() - deliveryGraceMillis
  )
}

/** Ends our subscriptions in a shop that the merchant disconnected, then forgets its tokens. */
const disconnect = async (ctx: JobCtx, { storeId }: StoreJob): Promise<void> => {
  const loaded = await loadStore(ctx, storeId)
  if (loaded?.store.status !== 'disconnected') return
  const { store, port } = loaded
  if (!opensShop(openCredentials(ctx, store))) return
  const outcome = await callStore(ctx, loaded, (connection) => port.disconnect(connection))
  if (outcome.kind === 'away' && !ctx.job.lastAttempt)
    throw new Error('The shop is away; its subscriptions are still there.')
  await ctx.transaction(async (tx) => {
    const current = await lockStore(tx, storeId)
    if (current?.status === 'disconnected') await changeStore(tx, storeId, { credentials: null, problem: null })
  })
}

const erase = async (ctx: JobCtx, { storeId }: StoreJob): Promise<void> => {
  const store = await ctx.read((tx) => findStore(tx, storeId))
  if (store?.eraseAfter && Date.parse(store.eraseAfter) <= ctx.now.getTime()) await eraseStore(ctx, storeId)
}

/** What the clock starts, for all merchants: readings, daily subscriptions, erasures that are due. */
const schedule = async (ctx: JobCtx): Promise<void> => {
  await ctx.platform(async (tx) => {
    const due = await storesDue(tx, ctx.now, new Date(ctx.now.getTime() - dayMillis))
    const jobs = { 'stores.subscribe': due.subscribe, 'stores.poll': due.read, 'stores.erase': due.erase } as const
    for (const [name, stores] of Object.entries(jobs) as [keyof typeof jobs, typeof due.read][])
      for (const { merchantId, id } of stores)
        ctx.enqueue(tx, name, { merchantId, storeId: id }, { key: `${name}:${id}`, queue: `store:${id}` })
  })
}

export const storesJobs = {
  'inbox.process': (ctx, { inboundId }) => processDelivery(ctx, inboundId, ctx.job.lastAttempt),
  'stores.connect': connect,
  'stores.subscribe': subscribe,
  'stores.poll': poll,
  'stores.disconnect': disconnect,
  'stores.erase': erase,
  'schedule.stores': schedule,
} satisfies Partial<Handlers>
