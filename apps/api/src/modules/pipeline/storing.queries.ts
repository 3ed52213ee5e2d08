import { changedKeys } from '@sendocki/domain/orders/editing'
import type { Pipeline, Reason, Stage } from '@sendocki/domain/orders/pipeline-schema'
import { and, desc, eq, inArray, or, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { events } from '../../db/schema/journal.ts'
import { members } from '../../db/schema/members.ts'
import { pastStages, pipelines, reasons, stages, stageTransitions } from '../../db/schema/pipeline.ts'
import { stageOf } from './pipeline.queries.ts'

/** The next version for whoever saw the present one, or for anybody who saw none; false when it is another by now. */
export const raiseVersion = async (tx: MerchantTx, seen: number | undefined): Promise<boolean> => {
  const rows = await tx.db
    .update(pipelines)
    .set({ version: sql`${pipelines.version} + 1` })
    .where(and(eq(pipelines.merchantId, tx.merchantId), seen === undefined ? undefined : eq(pipelines.version, seen)))
    .returning({ version: pipelines.version })
  return rows.length > 0
}

/** Types of events that change the pipeline. */
const edits = [
  'stage.created',
  'stage.edited',
  'stage.deleted',
  'pipeline.reordered',
  'pipeline.template_applied',
  'reason.created',
  'reason.edited',
]

/** Who changed the pipeline last, and when. It is recent when it is asked: somebody was just quicker. */
export const lastEdit = async (tx: MerchantTx) => {
  const [row] = await tx.db
    .select({
      at: events.occurredAt,
      kind: events.actorKind,
      id: events.actorId,
      name: sql<string | null>`coalesce(${members.fullName}, ${events.actorName})`,
    })
    .from(events)
    .leftJoin(members, and(eq(members.merchantId, events.merchantId), eq(members.id, events.actorId)))
    .where(and(eq(events.merchantId, tx.merchantId), inArray(events.type, edits)))
    .orderBy(desc(events.sequence))
    .limit(1)
  return row
}

const isSame = (one: object | undefined, other: object): boolean => JSON.stringify(one) === JSON.stringify(other)

/** A row that is there already takes the values of the one that came. */
const newStage = {
  nameFr: sql`excluded.name_fr`,
  nameEn: sql`excluded.name_en`,
  nameAr: sql`excluded.name_ar`,
  description: sql`excluded.description`,
  colour: sql`excluded.colour`,
  position: sql`excluded.position`,
  state: sql`excluded.state`,
  active: sql`excluded.active`,
  terminal: sql`excluded.terminal`,
  leadsAnywhere: sql`excluded.leads_anywhere`,
  roleKeys: sql`excluded.role_keys`,
  requires: sql`excluded.requires`,
  ageLimitMinutes: sql`excluded.age_limit_minutes`,
  effects: sql`excluded.effects`,
}
const newReason = {
  nameFr: sql`excluded.name_fr`,
  nameEn: sql`excluded.name_en`,
  nameAr: sql`excluded.name_ar`,
  active: sql`excluded.active`,
  position: sql`excluded.position`,
}

/** Writes what differs between the pipeline as it was and as it will be. Stages that are no more begin to be left. */
export const storePipeline = async (tx: MerchantTx, before: Pipeline, after: Pipeline): Promise<void> => {
  const { merchantId } = tx
  const changed = after.stages.filter((stage) => {
    const was = before.stages.find(({ id }) => id === stage.id)
    return was === undefined || changedKeys(was, stage).length > 0
  })
  const gone = before.stages.filter(({ id }) => !after.stages.some((stage) => stage.id === id)).map(({ id }) => id)
  if (changed.length > 0)
    await tx.db
      .insert(stages)
      .values(changed.map((stage) => ({ ...rowOf(stage), merchantId })))
      .onConflictDoUpdate({ target: [stages.merchantId, stages.id], set: newStage })
  await storeTransitions(tx, changed, gone)
  if (gone.length > 0)
    await tx.db
      .update(stages)
      .set({ leaving: true, active: false })
      .where(and(eq(stages.merchantId, merchantId), inArray(stages.id, gone)))
  await storeReasons(
    tx,
    after.reasons.filter(
      (reason) =>
        !isSame(
          before.reasons.find(({ id }) => id === reason.id),
          reason,
        ),
    ),
  )
}

const storeTransitions = async (tx: MerchantTx, changed: readonly Stage[], gone: readonly string[]): Promise<void> => {
  const { merchantId } = tx
  const from = [...changed.map(({ id }) => id), ...gone]
  if (from.length === 0) return
  await tx.db
    .delete(stageTransitions)
    .where(
      and(
        eq(stageTransitions.merchantId, merchantId),
        or(
          inArray(stageTransitions.fromStageId, from),
          gone.length > 0 ? inArray(stageTransitions.toStageId, [...gone]) : undefined,
        ),
      ),
    )
  const rows = changed.flatMap(({ id, nextStageIds }) =>
    (nextStageIds ?? []).map((next) => ({ merchantId, fromStageId: id, toStageId: next })),
  )
  if (rows.length > 0) await tx.db.insert(stageTransitions).values(rows)
}

const storeReasons = async (tx: MerchantTx, changed: readonly Reason[]): Promise<void> => {
  if (changed.length === 0) return
  await tx.db
    .insert(reasons)
    .values(
      changed.map(({ name, ...reason }) => ({
        ...reason,
        merchantId: tx.merchantId,
        nameFr: name.fr,
        nameEn: name.en,
        nameAr: name.ar,
      })),
    )
    .onConflictDoUpdate({ target: [reasons.merchantId, reasons.id], set: newReason })
}

const rowOf = ({ name, nextStageIds, ...stage }: Stage) => ({
  ...stage,
  nameFr: name.fr,
  nameEn: name.en,
  nameAr: name.ar,
  leadsAnywhere: nextStageIds === null,
})

/**
 * A stage, also one that is being left, locked against every order that comes in: whoever moves one there has either
 * finished and is seen, or waits.
 */
export const lockStage = async (
  tx: MerchantTx,
  id: string,
): Promise<{ readonly stage: Stage; readonly leaving: boolean } | undefined> => {
  const [row] = await tx.db
    .select()
    .from(stages)
    .where(and(eq(stages.merchantId, tx.merchantId), eq(stages.id, id)))
    .for('update')
  return row && { stage: stageOf(row, []), leaving: row.leaving }
}

/** The end of a stage that its last order has left. The database refuses while one is there. */
export const dropStage = async (
  tx: MerchantTx,
  { id, name, colour, state }: Stage,
  deletedAt: string,
): Promise<void> => {
  const { merchantId } = tx
  await tx.db
    .insert(pastStages)
    .values({ merchantId, id, nameFr: name.fr, nameEn: name.en, nameAr: name.ar, colour, state, deletedAt })
  await tx.db.delete(stages).where(and(eq(stages.merchantId, merchantId), eq(stages.id, id)))
}
