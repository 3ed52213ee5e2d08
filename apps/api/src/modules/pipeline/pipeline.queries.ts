import type { PipelineTemplate } from '@sendocki/domain/orders/cod-template'
import type { PastStage, Pipeline, Reason, Stage } from '@sendocki/domain/orders/pipeline-schema'
import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { pastStages, pipelines, reasons, stages, stageTransitions } from '../../db/schema/pipeline.ts'
import { statement } from '../../db/statement.ts'

const merchantId = sql.placeholder('merchantId')

/** By primary key, one row. */
const findVersion = statement('pipeline_version', (qb) =>
  qb.select({ version: pipelines.version }).from(pipelines).where(eq(pipelines.merchantId, merchantId)),
)
/** All stages of the merchant, a few dozens at most, by `stages_in_order`. */
const listStages = statement('pipeline_stages', (qb) =>
  qb
    .select()
    .from(stages)
    .where(and(eq(stages.merchantId, merchantId), eq(stages.leaving, false)))
    .orderBy(asc(stages.position), asc(stages.id)),
)
const listTransitions = statement('pipeline_transitions', (qb) =>
  qb
    .select({ from: stageTransitions.fromStageId, to: stageTransitions.toStageId })
    .from(stageTransitions)
    .where(eq(stageTransitions.merchantId, merchantId)),
)
const listReasons = statement('pipeline_reasons', (qb) =>
  qb
    .select()
    .from(reasons)
    .where(eq(reasons.merchantId, merchantId))
    .orderBy(asc(reasons.state), asc(reasons.position), asc(reasons.id)),
)

/** Those deleted last are named in the history of orders; of an old one the history tells that it is gone. */
const namedPastStages = 200
const listPastStages = statement('pipeline_past_stages', (qb) =>
  qb
    .select()
    .from(pastStages)
    .where(eq(pastStages.merchantId, merchantId))
    .orderBy(desc(pastStages.deletedAt))
    .limit(namedPastStages),
)
const listLeavingStages = statement('pipeline_leaving_stages', (qb) =>
  qb
    .select()
    .from(stages)
    .where(and(eq(stages.merchantId, merchantId), eq(stages.leaving, true))),
)

/** Stages that are deleted or about to be. */
export const findPastStages = async (tx: MerchantTx): Promise<PastStage[]> => {
  const args = { merchantId: tx.merchantId }
  const [leaving, past] = await Promise.all([tx.run(listLeavingStages, args), tx.run(listPastStages, args)])
  return [...leaving.map((row) => pastStageOf(row, true)), ...past.map((row) => pastStageOf(row, false))]
}

const pastStageOf = (
  row: typeof stages.$inferSelect | typeof pastStages.$inferSelect,
  leaving: boolean,
): PastStage => ({
  id: row.id,
  name: { fr: row.nameFr, en: row.nameEn, ar: row.nameAr },
  colour: row.colour,
  state: row.state,
  leaving,
})

/** The whole pipeline of the merchant, in one flight. Undefined before it was seeded. */
export const findPipeline = async (tx: MerchantTx): Promise<Pipeline | undefined> => {
  const args = { merchantId: tx.merchantId }
  const [[found], stageRows, transitions, reasonRows] = await Promise.all([
    tx.run(findVersion, args),
    tx.run(listStages, args),
    tx.run(listTransitions, args),
    tx.run(listReasons, args),
  ])
  if (!found) return undefined
  const next = Map.groupBy(transitions, ({ from }) => from)
  return {
    version: found.version,
    stages: stageRows.map((row) => stageOf(row, next.get(row.id)?.map(({ to }) => to) ?? [])),
    reasons: reasonRows.map(reasonOf),
  }
}

export const stageOf = (row: typeof stages.$inferSelect, next: string[]): Stage => ({
  id: row.id,
  name: { fr: row.nameFr, en: row.nameEn, ar: row.nameAr },
  description: row.description,
  colour: row.colour,
  position: row.position,
  state: row.state,
  active: row.active,
  terminal: row.terminal,
  nextStageIds: row.leadsAnywhere ? null : next,
  roleKeys: row.roleKeys === null ? null : [...row.roleKeys],
  requires: [...row.requires],
  ageLimitMinutes: row.ageLimitMinutes,
  effects: row.effects.map((effect) => ({ ...effect })),
})

const reasonOf = (row: typeof reasons.$inferSelect): Reason => ({
  id: row.id,
  state: row.state,
  key: row.key,
  name: { fr: row.nameFr, en: row.nameEn, ar: row.nameAr },
  active: row.active,
  position: row.position,
})

/** Writes a template as the merchant's pipeline; false when there already is one, which stays as it is. */
export const savePipeline = async (
  tx: MerchantTx,
  template: PipelineTemplate,
  newId: () => string,
): Promise<boolean> => {
  const owner = { merchantId: tx.merchantId }
  const made = await tx.db.insert(pipelines).values(owner).onConflictDoNothing().returning({ v: pipelines.version })
  if (made.length === 0) return false
  const ids = new Map(template.stages.map(({ key }) => [key, newId()]))
  const idOf = (key: string): string => {
    const found = ids.get(key)
    if (!found) throw new Error(`The template names a stage "${key}" that it does not have.`)
    return found
  }
  await tx.db.insert(stages).values(
    template.stages.map(({ key, name, next: _next, ...stage }, index) => ({
      ...owner,
      ...stage,
      id: idOf(key),
      nameFr: name.fr,
      nameEn: name.en,
      nameAr: name.ar,
      position: index + 1,
      effects: [],
    })),
  )
  await tx.db
    .insert(stageTransitions)
    .values(
      template.stages.flatMap(({ key, next }) =>
        next.map((to) => ({ ...owner, fromStageId: idOf(key), toStageId: idOf(to) })),
      ),
    )
  await tx.db.insert(reasons).values(
    template.reasons.map(({ key, state, name }, index) => ({
      ...owner,
      id: newId(),
      key,
      state,
      nameFr: name.fr,
      nameEn: name.en,
      nameAr: name.ar,
      position: index + 1,
    })),
  )
  return true
}
