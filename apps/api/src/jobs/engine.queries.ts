import { gt, sql } from 'drizzle-orm'
import type { PlatformTx, PublicCtx } from '../context.ts'
import { deadLetters } from '../db/schema/journal.ts'
import { workerHeartbeats } from '../db/schema/platform.ts'
import { withoutValues } from '../log.ts'
import { catalogue, type JobName } from './catalogue.ts'

/** Says that this process lives and which job holders are its own. */
export const beat = async (tx: PlatformTx, id: string, workerIds: string[]): Promise<void> => {
  const row = { seenAt: sql`clock_timestamp()`, workerIds }
  await tx.db
    .insert(workerHeartbeats)
    .values({ id, ...row })
    .onConflictDoUpdate({ target: workerHeartbeats.id, set: row })
}

/** Those of the holders that no living process counts as its own; rows of processes long gone are swept on the way. */
export const silentWorkers = async (tx: PlatformTx, holders: string[], afterSeconds: number): Promise<string[]> => {
  await tx.db.delete(workerHeartbeats).where(sql`${workerHeartbeats.seenAt} < clock_timestamp() - interval '1 hour'`)
  if (holders.length === 0) return []
  const living = await tx.db
    .select({ workerIds: workerHeartbeats.workerIds })
    .from(workerHeartbeats)
    .where(gt(workerHeartbeats.seenAt, sql`clock_timestamp() - make_interval(secs => ${afterSeconds})`))
  const alive = new Set(living.flatMap((row) => row.workerIds))
  return holders.filter((holder) => !alive.has(holder))
}

/** Forgets the queues in which no job waits. Whoever must wait two seconds for that leaves it to the next time. */
export const sweepQueues = async (tx: PlatformTx): Promise<void> => {
  await tx.db.execute(sql`select jobs.sweep_queues()`)
}

/** Keeps what failed for good where a person sees it. A job of no merchant has no such place: its log line is the trace. */
export const saveDeadLetter = async (
  ctx: PublicCtx,
  job: JobName,
  payload: unknown,
  error: unknown,
  attempts: number,
): Promise<void> => {
  const fields = (payload ?? {}) as Record<string, unknown>
  if (typeof fields.merchantId !== 'string') return
  const { merchantId } = fields
  const { subject } = catalogue[job] as { subject?: { kind: string; field: string } }
  const id = ctx.newId()
  await ctx.platform(async (platform) => {
    const tx = await platform.inMerchant(merchantId)
    await tx.db.insert(deadLetters).values({
      merchantId,
      id,
      job,
      payload: fields,
      code: codeOf(error),
      message: withoutValues(error instanceof Error ? error.message : String(error)).slice(0, 2_000),
      attempts,
      subjectKind: subject?.kind ?? null,
      subjectId: subject ? String(fields[subject.field]) : null,
      failedAt: ctx.now.toISOString(),
    })
    tx.outbox.changes.push({ noun: 'dead_letter', id })
  })
}

const codeOf = (error: unknown): string => {
  if (error instanceof Error && 'refusal' in error) return (error.refusal as { code: string }).code
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return 'job.failed'
}
