import pg from 'pg'
import type { Log } from '../log.ts'
import { changesChannel, sessionsChannel } from './outbox.ts'

/** What changed in a merchant: nouns and ids; a null id means "any of them". */
export interface Change {
  readonly merchantId: string
  readonly subjects: readonly (readonly [noun: string, id: string | null])[]
}

export interface Listener {
  onChange(hear: (change: Change) => void): () => void
  onSession(hear: (id: string) => void): () => void
  /** Told true when notices flow, false when they may be missed. */
  onState(hear: (listening: boolean) => void): () => void
  close(): Promise<void>
}

const beatMillis = 10_000
const silenceMillis = 5_000

/**
 * The process's one direct connection that listens; it comes back by itself after a cut. A connection can also die
 * without a word, and would then be listened to for ever: it is asked now and then whether somebody is still there.
 */
export const openListener = async (ownerUrl: string, log: Log): Promise<Listener> => {
  const hearers = {
    change: new Set<(c: Change) => void>(),
    session: new Set<(id: string) => void>(),
    state: new Set<(l: boolean) => void>(),
  }
  let client: pg.Client | undefined
  let closed = false
  let listening = false
  const tell = (now: boolean) => {
    listening = now
    for (const hear of hearers.state) hear(now)
  }
  const connect = async (): Promise<void> => {
    // With pipelining a query that runs out of time takes its connection with it.
    const patience = { connectionTimeoutMillis: silenceMillis, query_timeout: silenceMillis, pipeline: true }
    const next = new pg.Client({ connectionString: ownerUrl, keepAlive: true, ...patience } as pg.ClientConfig)
    next.on('notification', ({ channel, payload = '' }) => {
      if (channel === sessionsChannel) for (const hear of hearers.session) hear(payload)
      else for (const hear of hearers.change) hear(JSON.parse(payload) as Change)
    })
    next.on('error', () => undefined)
    next.on('end', () => {
      if (closed || client !== next) return
      log.warn('listening connection lost')
      tell(false)
      retry(250)
    })
    await next.connect()
    await next.query(`listen ${changesChannel}; listen ${sessionsChannel}`)
    client = next
    tell(true)
  }
  const retry = (wait: number) =>
    setTimeout(() => {
      if (!closed) connect().catch(() => retry(Math.min(wait * 2, 5_000)))
    }, wait).unref()
  await connect()
  const beat = setInterval(() => void client?.query('select 1').catch(() => undefined), beatMillis)
  const add = <T>(set: Set<T>, hear: T) => {
    set.add(hear)
    return () => void set.delete(hear)
  }
  return {
    onChange: (hear) => add(hearers.change, hear),
    onSession: (hear) => add(hearers.session, hear),
    onState: (hear) => {
      hear(listening)
      return add(hearers.state, hear)
    },
    close: async () => {
      closed = true
      clearInterval(beat)
      await client?.end()
    },
  }
}
