import type { StoreHealth, StorePlatform, StoreStatus } from './store.ts'

export interface StoreFacts {
  readonly platform: StorePlatform
  readonly status: StoreStatus
  readonly connectedAt: string | null
  /** The last delivery of the shop that was read. */
  readonly lastEventAt: string | null
  /** The last time our own reading of the shop's changes succeeded. */
  readonly lastCheckedAt: string | null
  /** The last time that reading found an order of which the shop had not told us. */
  readonly lastMissedAt: string | null
  /** Readings that failed since the last good one. */
  readonly failedChecks: number
}

const hour = 60 * 60_000
const day = 24 * hour
/** We read every ten minutes; two turns missed are late, an hour without an answer is a failure. */
const lateAfter = 25 * 60_000

const age = (at: string, now: Date): number => now.getTime() - Date.parse(at)

/**
 * The light beside a store. `late`: orders come, but later than the shop's own word would bring them. `quiet`: nothing
 * came for a day from a shop that we cannot ask. `unknown`: nothing can be said yet, or any more.
 */
export const storeHealth = (store: StoreFacts, now: Date): StoreHealth => {
  if (store.status === 'reconnect') return 'failing'
  if (store.status === 'webhook_only' || (store.status === 'connected' && store.platform === 'generic'))
    return listeningHealth(store, now)
  if (store.status !== 'connected') return 'unknown'
  return store.platform === 'manual' ? 'ok' : readingHealth(store, now)
}

const listeningHealth = ({ lastEventAt }: StoreFacts, now: Date): StoreHealth => {
  if (lastEventAt === null) return 'unknown'
  return age(lastEventAt, now) > day ? 'quiet' : 'ok'
}

const readingHealth = (store: StoreFacts, now: Date): StoreHealth => {
  const since = store.lastCheckedAt ?? store.connectedAt
  if (since === null) return 'unknown'
  if (age(since, now) > hour || store.failedChecks >= 3) return 'failing'
  if (store.lastCheckedAt === null) return 'unknown'
  if (age(since, now) > lateAfter || store.failedChecks > 0) return 'late'
  return store.lastMissedAt !== null && age(store.lastMissedAt, now) < hour ? 'late' : 'ok'
}
