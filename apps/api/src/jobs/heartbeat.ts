import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { World } from '../context.ts'
import { beat, silentWorkers } from './engine.queries.ts'

/** Under which names this process holds jobs: of the runner at work, and of those that have ended since the last beat. */
export interface Holders {
  readonly running: Set<string>
  readonly ended: Set<string>
}

export interface Rhythm {
  readonly beatSeconds: number
  /** After which a process that has not beaten counts as dead. */
  readonly silentSeconds: number
}
export const usualRhythm: Rhythm = { beatSeconds: 5, silentSeconds: 15 }

const unlock = 'select graphile_worker.force_unlock_workers($1)'

/** Frees whatever is held: for a process that knows that no other one works on this database. */
export const freeEveryJob = async (pool: pg.Pool): Promise<void> => {
  const { rows } = await pool.query<{ holder: string }>(
    'select distinct locked_by as holder from graphile_worker._private_jobs where locked_by is not null',
  )
  await pool.query(unlock, [rows.map(({ holder }) => holder)])
}

/**
 * Tells the others that this process lives, and frees the jobs of one that has fallen silent. Nobody is judged before
 * this process has beaten without a gap for as long as silence lasts: after an outage of the database all are late.
 */
export const startHeartbeat = (
  world: World,
  holders: Holders,
  pool: pg.Pool,
  { beatSeconds, silentSeconds }: Rhythm,
): (() => void) => {
  const processId = randomUUID()
  let steadySince = performance.now()
  let lastBeat = steadySince
  const once = async () => {
    const ended = [...holders.ended]
    await world.database.platform((tx) => beat(tx, processId, [...holders.running]))
    const now = performance.now()
    if (now - lastBeat > silentSeconds * 1000) steadySince = now
    lastBeat = now
    if (ended.length > 0) await pool.query(unlock, [ended])
    for (const holder of ended) holders.ended.delete(holder)
    if (now - steadySince >= silentSeconds * 1000) await freeSilent(world, holders, pool, silentSeconds)
  }
  const guarded = () =>
    void once().catch((error: Error) => world.log.warn({ cause: error.message }, 'heartbeat failed'))
  guarded()
  const timer = setInterval(guarded, beatSeconds * 1000)
  return () => clearInterval(timer)
}

/** A job that was taken a moment ago may belong to a process that has not had the time to beat. */
const freeSilent = async (
  { database, log }: World,
  { running }: Holders,
  pool: pg.Pool,
  silentSeconds: number,
): Promise<void> => {
  const { rows } = await pool.query<{ holder: string }>(
    `select distinct locked_by as holder from graphile_worker._private_jobs
    where locked_at < now() - make_interval(secs => $1)`,
    [silentSeconds],
  )
  const others = rows.map(({ holder }) => holder).filter((holder) => !running.has(holder))
  const silent = await database.platform((tx) => silentWorkers(tx, others, silentSeconds))
  if (silent.length === 0) return
  log.warn({ silent }, 'jobs of a dead worker are taken up again')
  await pool.query(unlock, [silent])
}
