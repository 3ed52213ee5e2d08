import type { Socket } from 'node:net'
import type { MerchantId } from '@sendocki/domain/ids'
import { Refused } from '@sendocki/domain/result'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { promiseAnswers } from './answers.ts'
import { flushStatement, type Outbox } from './outbox.ts'
import { rowTypes, type Statement } from './statement.ts'

declare const scope: unique symbol

interface Handle {
  /** For queries files only. */
  readonly db: NodePgDatabase
  /** Runs a compiled statement. */
  run<Row>(statement: Statement<Row>, args: Readonly<Record<string, unknown>>): Promise<Row[]>
}

/** A transaction that sees one merchant's rows. Every query takes one first, so that an unscoped query does not compile. */
export interface MerchantTx extends Handle {
  readonly [scope]: 'merchant'
  readonly merchantId: MerchantId
  /** What the transaction leaves behind on commit: journal entries, jobs, notices to open screens. */
  readonly outbox: Outbox
}

/** The one other door: rows of no merchant (people, sessions), or of all of them in the platform's own jobs. */
export interface PlatformTx extends Handle {
  readonly [scope]: 'platform'
  readonly outbox: Outbox
  /** The same transaction seen as one merchant's: a sign-up writes a person and the first rows of a merchant at once. */
  inMerchant(merchantId: MerchantId): Promise<MerchantTx>
}

export interface ReadOptions {
  /**
   * The work asks all its questions at once, with compiled statements, and needs no answer to ask another: commit then
   * leaves with them, and the whole read is one trip.
   */
  readonly oneFlight?: boolean
}

export interface Database {
  read<T>(merchantId: MerchantId, work: (tx: MerchantTx) => Promise<T>, options?: ReadOptions): Promise<T>
  transaction<T>(merchantId: MerchantId, work: (tx: MerchantTx) => Promise<T>): Promise<T>
  /** A job may be patient with its statements; a request is not. */
  platform<T>(work: (tx: PlatformTx) => Promise<T>, options?: { patient?: boolean }): Promise<T>
  /** Hears, before the command's caller does, which sessions, keys, users, members or roles a commit has made out of date. */
  onDropped(hear: (id: string) => void): void
  /** Answers when the server does; refuses with `server.unavailable` otherwise. */
  ping(): Promise<void>
  readonly waiting: () => { total: number; idle: number; waiting: number }
  close(): Promise<void>
}

const settingOf = (merchantId: MerchantId): string =>
  `select set_config('app.merchant_id', ${pg.escapeLiteral(merchantId)}, true), set_config('statement_timeout', '${applicationTimeout}', true)`
const retries = 3
const applicationTimeout = '5s'
/**
 * How long the server may say nothing while it is asked: its own limit on a statement, and a little. After that it is
 * away, whatever the socket pretends.
 */
const silenceMillis = 5_500
const patientSilenceMillis = 60_500

export const openDatabase = (urls: { app: string; platform: string }, poolSize: number): Database => {
  const options = { connectionTimeoutMillis: 5_000, idleTimeoutMillis: 30_000, pipeline: true, keepAlive: true }
  const app = new pg.Pool({ ...options, connectionString: urls.app, max: poolSize } as pg.PoolConfig)
  const platform = new pg.Pool({
    ...options,
    connectionString: urls.platform,
    max: Math.max(2, poolSize / 2),
  } as pg.PoolConfig)
  for (const pool of [app, platform]) {
    pool.on('connect', promiseAnswers)
    surviveCuts(pool)
  }

  const hearers: ((id: string) => void)[] = []
  const committed = async (client: pg.PoolClient, parts: readonly Part[]): Promise<void> => {
    await commit(client, parts)
    for (const id of parts.flatMap(({ outbox }) => outbox.dropped)) for (const hear of hearers) hear(id)
  }

  const merchantTx = (client: pg.PoolClient, life: Life, merchantId: MerchantId): MerchantTx =>
    Object.assign(handleOf(client, life), { merchantId, outbox: emptyOutbox() }) as unknown as MerchantTx

  return {
    read: (merchantId, work, { oneFlight = false } = {}) =>
      withClient(app, silenceMillis, async (client) => {
        // In one flight the commit leaves with the rest, in the same write.
        if (oneFlight) streamOf(client).cork()
        const opened = open(client, `begin read only; ${settingOf(merchantId)}`)
        const life: Life = { over: false }
        const tx = merchantTx(client, life, merchantId)
        if (!oneFlight) {
          const result = await settle(client, life, opened, () => work(tx))
          return { result, end: client.query('commit') }
        }
        const flight = closingHandle(tx)
        const answers = settle(client, life, opened, () => work(flight.tx))
        const end = flight.leave(() => {
          const committed = client.query('commit')
          streamOf(client).uncork()
          return committed
        })
        end.catch(() => undefined)
        return { result: await answers, end }
      }),
    transaction: (merchantId, work) =>
      again(() =>
        withClient(app, silenceMillis, async (client) => {
          const opened = open(client, `begin; ${settingOf(merchantId)}`)
          const life: Life = { over: false }
          const tx = merchantTx(client, life, merchantId)
          const result = await settle(client, life, opened, async () => {
            const value = await work(tx)
            await committed(client, [tx])
            return value
          })
          return { result, end: undefined }
        }),
      ),
    platform: (work, { patient = false } = {}) =>
      again(() =>
        withClient(platform, patient ? patientSilenceMillis : silenceMillis, async (client) => {
          const opened = open(client, 'begin')
          const life: Life = { over: false }
          const merchantTxs: MerchantTx[] = []
          const tx = Object.assign(handleOf(client, life), {
            outbox: emptyOutbox(),
            inMerchant: async (merchantId: MerchantId) => {
              await client.query(settingOf(merchantId))
              const inner = merchantTx(client, life, merchantId)
              merchantTxs.push(inner)
              return inner
            },
          }) as unknown as PlatformTx
          const result = await settle(client, life, opened, async () => {
            const value = await work(tx)
            await committed(client, [{ merchantId: null, outbox: tx.outbox }, ...merchantTxs])
            return value
          })
          return { result, end: undefined }
        }),
      ),
    onDropped: (hear) => void hearers.push(hear),
    ping: () =>
      withClient(app, silenceMillis, async (client) => ({
        result: void (await client.query('select 1')),
        end: undefined,
      })),
    waiting: () => ({ total: app.totalCount, idle: app.idleCount, waiting: app.waitingCount }),
    close: async () => {
      await Promise.all([app.end(), platform.end()])
    },
  }
}

/**
 * A connection that dies, idle or at work, must not take the process with it: what it was asked fails, and the next
 * request opens another. When one has fallen silent it is cut, and the idle ones with it: they are as old as it is.
 */
const surviveCuts = (pool: pg.Pool): void => {
  const streams = new Set<Socket>()
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    const stream = streamOf(client)
    streams.add(stream)
    stream.on('close', () => streams.delete(stream))
    stream.on('timeout', () => {
      const error = new Error('Connection terminated: the database fell silent')
      for (const one of streams) if (one === stream || !one.timeout) one.destroy(error)
    })
  })
}

const streamOf = (client: pg.PoolClient): Socket =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream

const emptyOutbox = (): Outbox => ({ entries: [], jobs: [], changes: [], dropped: [] })

/** What fails together with others leaves them on their way: none of them may ask in a transaction that is no longer theirs. */
interface Life {
  over: boolean
}
const assertOpen = ({ over }: Life): void => {
  if (over) throw new Error('A question came after the end of its transaction.')
}

const drizzles = new WeakMap<pg.PoolClient, NodePgDatabase>()
const drizzleOf = (client: pg.PoolClient): NodePgDatabase => {
  const known = drizzles.get(client)
  if (known) return known
  const db = drizzle(client, { casing: 'snake_case' })
  drizzles.set(client, db)
  return db
}
const handleOf = (client: pg.PoolClient, life: Life): Handle => ({
  get db() {
    assertOpen(life)
    return drizzleOf(client)
  },
  run: async (statement, args) => {
    assertOpen(life)
    const { rows } = await client.query({
      name: statement.name,
      text: statement.text,
      values: statement.bind(args),
      rowMode: 'array',
      types: rowTypes,
    })
    return rows.map(statement.rowOf)
  },
})

/** Sends the opening statements without waiting: with pipelining they travel in the same flight as the first query. */
const open = (client: pg.PoolClient, begin: string): Promise<unknown> => {
  inOneWrite(client)
  const opened = client.query(begin)
  opened.catch(() => undefined)
  return opened
}

/** Whatever is sent until this turn of the process ends leaves in one write: a system call each would cost more than the query. */
const inOneWrite = (client: pg.PoolClient): void => {
  const stream = streamOf(client)
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/** A handle that hears no question after the flight has left: it would be asked outside the transaction. */
const closingHandle = (tx: MerchantTx) => {
  let left = false
  const closing: MerchantTx = {
    ...tx,
    get db(): never {
      throw new Error('A read in one flight uses compiled statements only.')
    },
    run: (statement, args) => {
      if (left) throw new Error(`${statement.name} was asked after the flight had left.`)
      return tx.run(statement, args)
    },
  }
  const leave = (commit: () => Promise<unknown>): Promise<unknown> =>
    new Promise((resolve, reject) => {
      process.nextTick(() => {
        left = true
        commit().then(resolve, reject)
      })
    })
  return { tx: closing, leave }
}

const settle = async <T>(
  client: pg.PoolClient,
  life: Life,
  opened: Promise<unknown>,
  work: () => Promise<T>,
): Promise<T> => {
  try {
    const result = await work()
    await opened
    return result
  } catch (error) {
    client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    life.over = true
  }
}

interface Part {
  readonly merchantId: MerchantId | null
  readonly outbox: Outbox
}

const commit = async (client: pg.PoolClient, parts: readonly Part[]): Promise<void> => {
  inOneWrite(client)
  const flushes = parts.flatMap(({ merchantId, outbox }) => flushStatement(merchantId, outbox) ?? [])
  // Commit follows in the same flight: after a failed flush the server turns it into a rollback, and we throw.
  await Promise.all([...flushes.map((flush) => client.query(flush)), client.query('commit')])
}

const withClient = async <T>(
  pool: pg.Pool,
  silence: number,
  work: (client: pg.PoolClient) => Promise<{ result: T; end: Promise<unknown> | undefined }>,
): Promise<T> => {
  const client = await pool.connect().catch((error: unknown) => {
    throw unavailable(error)
  })
  const stream = streamOf(client).setTimeout(silence)
  const release = (error?: Error) => {
    stream.setTimeout(0)
    client.release(error)
  }
  try {
    const { result, end } = await work(client)
    if (end) end.then(() => release(), release)
    else release()
    return result
  } catch (error) {
    // A refused statement leaves the connection usable; a broken connection is thrown away.
    release(isConnectionError(error) ? (error as Error) : undefined)
    throw isConnectionError(error) || isOverload(error) ? unavailable(error) : error
  }
}

const again = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= retries || !isSerialisationFailure(error)) throw error
    }
  }
}

const causeOf = (error: unknown): unknown => (error instanceof Error && error.cause ? error.cause : error)
const isSerialisationFailure = (error: unknown): boolean => {
  const cause = causeOf(error)
  return cause instanceof pg.DatabaseError && (cause.code === '40001' || cause.code === '40P01')
}
/** A statement that took too long, and a server without room, connections or disk: asking again later makes sense. */
const isOverload = (error: unknown): boolean => {
  const cause = causeOf(error)
  return cause instanceof pg.DatabaseError && /^(57014|53)/.test(cause.code ?? '')
}
/** Admin shutdown, crash and start-up codes count as the server being away, like a broken socket. */
const isConnectionError = (error: unknown): boolean => {
  if (error instanceof Refused) return false
  const cause = causeOf(error)
  if (cause instanceof pg.DatabaseError) return /^(57P0[1-5]|25P0[34]|08|53300)/.test(cause.code ?? '')
  if (!(cause instanceof Error)) return false
  const { code } = cause as { code?: string }
  return (
    /ECONN|EPIPE|ETIMEDOUT|ERR_STREAM/.test(code ?? '') ||
    /Connection terminated|connection timeout|Client (has encountered|was closed)/i.test(cause.message)
  )
}
const unavailable = (cause: unknown): Refused => Object.assign(new Refused('server.unavailable'), { cause })

/** True when a write broke the named unique constraint: how a command learns that another was first. */
export const brokeUnique = (error: unknown, constraint: string): boolean => {
  const cause = causeOf(error)
  return cause instanceof pg.DatabaseError && cause.code === '23505' && cause.constraint === constraint
}

/** True when a write named a row that is no more: how a command learns that another has just removed it. */
export const brokeReference = (error: unknown, constraint: string): boolean => {
  const cause = causeOf(error)
  return cause instanceof pg.DatabaseError && cause.code === '23503' && cause.constraint === constraint
}
