import { EventEmitter } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import {
  type JobHelpers,
  Logger,
  parseCronItems,
  type Runner,
  run,
  runOnce,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker'
import pg from 'pg'
import { Check } from 'typebox/value'
import { type JobCtx, type PlatformTx, publicContext, systemActor, type World } from '../context.ts'
import { catalogue, type JobName, type JobPayload, jobNames } from './catalogue.ts'
import { saveDeadLetter } from './engine.queries.ts'
import { freeEveryJob, type Holders, type Rhythm, startHeartbeat, usualRhythm } from './heartbeat.ts'
import { jobsOf, type Lane, laneNames, lanes } from './lanes.ts'
import { schedule } from './schedule.ts'

export type Handler<N extends JobName> = (ctx: JobCtx, payload: JobPayload<N>) => Promise<void>
/** One handler for every job of the catalogue, or it does not compile. */
export type Handlers = { readonly [N in JobName]: Handler<N> }

/** Trying again cannot help: the job becomes a dead letter at once, with this code. */
export class GiveUp extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Trying again can help, but not before the other side said so. Without a queue the job waits in one of its own. */
export class TryLater extends Error {
  readonly seconds: number
  readonly queue: string | null
  constructor(seconds: number, message: string, queue: string | null = null) {
    super(message)
    this.seconds = seconds
    this.queue = queue
  }
}

export interface JobEngine {
  stop(): Promise<void>
}

export interface EngineOptions {
  readonly world: World
  readonly ports: JobCtx['ports']
  readonly handlers: Handlers
  readonly ownerUrl: string
  readonly observe?: (job: JobName, outcome: 'done' | 'retried' | 'dead', seconds: number) => void
  /** No other process works on this database, so that whatever is held at the start is left over. */
  readonly alone?: boolean
  readonly rhythm?: Rhythm
  /** Whether this engine also enqueues what the clock asks for. Tests set it to false. */
  readonly scheduled?: boolean
}

/** Between the end of a runner that gave up and the start of the next one. */
const restartMillis = 1_000

/** One lane each keeps a connection to hear of new jobs; the rest is for heartbeats and cleaning. */
const connections = laneNames.reduce((sum, lane) => sum + lanes[lane] + 1, 3)

/** Runs jobs until stopped, in one runner for each lane. Jobs of a killed process are taken up again within seconds. */
export const startJobs = async (options: EngineOptions): Promise<JobEngine> => {
  const { world, ownerUrl, alone = false } = options
  const pool = new pg.Pool({ connectionString: ownerUrl, max: connections, keepAlive: true })
  surviveCuts(pool, world)
  if (alone) await freeEveryJob(pool)
  const holders: Holders = { running: new Set(), ended: new Set() }
  const started = await Promise.all(laneNames.map((lane) => startLane(options, pool, holders, lane)))
  const stopHeartbeat = startHeartbeat(world, holders, pool, options.rhythm ?? usualRhythm)
  return {
    stop: async () => {
      stopHeartbeat()
      await Promise.all(started.map((lane) => lane.stop()))
      await pool.end()
    },
  }
}

/**
 * A runner that could not tell the database how a job ended gives up; another takes its place as soon as the database
 * answers.
 */
const startLane = async (
  options: EngineOptions,
  pool: pg.Pool,
  holders: Holders,
  lane: Lane,
): Promise<Pick<JobEngine, 'stop'>> => {
  const { log } = options.world
  let runner = await startRunner(options, pool, holders, lane)
  const stopping = new AbortController()
  const supervise = async (): Promise<void> => {
    for (;;) {
      await runner.promise.catch(() => undefined)
      if (stopping.signal.aborted) return
      log.warn({ lane }, 'jobs stopped by themselves and start again')
      await setTimeout(restartMillis, undefined, { signal: stopping.signal }).catch(() => undefined)
      runner = await startRunner(options, pool, holders, lane).catch(() => runner)
      if (stopping.signal.aborted) await runner.stop().catch(() => undefined)
    }
  }
  const supervised = supervise()
  return {
    stop: async () => {
      stopping.abort()
      await runner.stop().catch((error: Error) => log.warn({ cause: error.message }, 'jobs stopped hard'))
      await supervised
    },
  }
}

const startRunner = async (options: EngineOptions, pgPool: pg.Pool, holders: Holders, lane: Lane): Promise<Runner> => {
  const { world, scheduled = true } = options
  // A runner holds its jobs under the name of its pool, which it tells while it starts.
  const events: WorkerEvents = new EventEmitter()
  events.on('pool:create', ({ workerPool }) => holders.running.add(workerPool.id))
  events.on('pool:release', ({ workerPool }) => {
    holders.running.delete(workerPool.id)
    holders.ended.add(workerPool.id)
  })
  return run({
    pgPool,
    events,
    concurrency: lanes[lane],
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => {
      if (level === 'error') world.log.error({ message }, 'job engine')
    }),
    parsedCronItems: parseCronItems(
      scheduled && lane === 'own' ? schedule.map((item) => ({ ...item, options: { backfillPeriod: 0 } })) : [],
    ),
    taskList: tasksOf(options, jobsOf(lane)),
    // Without batches a lost connection rejects a promise that nobody holds, which ends the process.
    preset: {
      worker: {
        sleepSchedule: [],
        gracefulShutdownAbortTimeout: 15_000,
        useNodeTime: false,
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      } as never,
    },
  })
}

/** Runs what is due now, to the end, and returns: for tests, and for a command that must not leave work behind. */
export const runDueJobs = async (options: Omit<EngineOptions, 'scheduled'>): Promise<void> => {
  const pool = new pg.Pool({ connectionString: options.ownerUrl, max: 3 })
  surviveCuts(pool, options.world)
  try {
    // A run ends when its lanes find nothing free, also while a job that has just ended left another in its queue.
    for (let due = true; due; due = await anyDue(pool))
      await runOnce({
        pgPool: pool,
        concurrency: 2,
        noHandleSignals: true,
        logger: new Logger(() => () => undefined),
        taskList: tasksOf(options, jobNames),
      })
  } finally {
    await pool.end()
  }
}

const anyDue = async (pool: pg.Pool): Promise<boolean> => {
  const { rows } = await pool.query<{ due: boolean }>(
    `select exists (select from graphile_worker.jobs where run_at <= now() and locked_at is null and attempts < max_attempts) as due`,
  )
  return rows[0]?.due ?? false
}

/** A connection that dies, idle or in use, must not take the process with it: the pool opens another. */
const surviveCuts = (pool: pg.Pool, { log }: World): void => {
  const note = (error: Error) => log.warn({ cause: error.message }, 'job connection lost')
  pool.on('error', note)
  pool.on('connect', (client) => client.on('error', note))
}

const noOrigin = { address: '', userAgent: '', requestId: '' }

const tasksOf = (options: EngineOptions, names: readonly JobName[]): TaskList =>
  Object.fromEntries(
    names.map((name) => [
      name,
      (payload: unknown, helpers: JobHelpers) => runJob(options, name, withoutClock(payload), helpers),
    ]),
  )

/** The clock adds to what it enqueues when that was meant to be, which no payload of the catalogue holds. */
const withoutClock = (payload: unknown): unknown => {
  const { _cron, ...told } = (payload ?? {}) as Record<string, unknown>
  return told
}

const runJob = async (options: EngineOptions, name: JobName, payload: unknown, helpers: JobHelpers): Promise<void> => {
  const { world, ports, handlers, observe } = options
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1000
  const { payload: schema, attempts } = catalogue[name]
  const attempt = helpers.job.attempts
  const base = publicContext(world, { ...noOrigin, requestId: `job-${helpers.job.id}` })
  try {
    if (!Check(schema, payload)) throw new GiveUp('job.payload_invalid', 'The payload does not fit the catalogue.')
    const { merchantId = '' } = payload as { merchantId?: string }
    const ctx = {
      ...base.inMerchant(merchantId, systemActor()),
      ports,
      platform: (work: (tx: PlatformTx) => Promise<unknown>) => world.database.platform(work, { patient: true }),
      job: { name, attempt, lastAttempt: attempt >= attempts },
    }
    await (handlers[name] as Handler<JobName>)(ctx as JobCtx, payload as never)
    observe?.(name, 'done', seconds())
  } catch (error) {
    const dead = error instanceof GiveUp || (attempt >= attempts && !(error instanceof TryLater))
    observe?.(name, dead ? 'dead' : 'retried', seconds())
    world.log[dead ? 'error' : 'warn'](
      { job: name, attempt, err: error },
      dead ? 'job gave up' : 'job will be tried again',
    )
    if (dead) return saveDeadLetter(base, name, payload, error, attempt)
    // The engine's own waiting time grows with the attempts; what the other side asked for comes on top, by a new job.
    if (error instanceof TryLater) return postpone(helpers, name, payload, error, attempt)
    throw error
  }
}

/** Puts the same job back for later. Its attempts start again: waiting on demand is not failing. */
const postpone = async (
  helpers: JobHelpers,
  name: JobName,
  payload: unknown,
  { seconds, queue }: TryLater,
  attempt: number,
): Promise<void> => {
  await helpers.addJob(name, payload as never, {
    runAt: new Date(Date.now() + seconds * 1000),
    maxAttempts: Math.max(1, catalogue[name].attempts - attempt + 1),
    ...(helpers.job.job_queue_id ? { queueName: queue ?? `later-${helpers.job.id}` } : {}),
  })
}
