import type { PipelineTemplate } from '@sendocki/domain/orders/cod-template'
import type { PastStage, Pipeline, Reason, Stage, StageAutomation } from '@sendocki/domain/orders/pipeline-schema'
import { and, desc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { MerchantTx } from '../../context.ts'
import { automations } from '../../db/schema/automations.ts'
import { pastStages, pipelines, reasons, stages, stageTransitions } from '../../db/schema/pipeline.ts'
import { whatsappTemplates } from '../../db/schema/whatsapp.ts'
import { rawStatement, statement } from '../../db/statement.ts'

type StageRow = typeof stages.$inferSelect
type ReasonRow = typeof reasons.$inferSelect

const merchantId = sql.placeholder('merchantId')

interface PipelineRow {
  readonly version: number
  readonly stages: readonly StageRow[]
  readonly transitions: readonly { readonly from: string; readonly to: string }[]
  readonly reasons: readonly ReasonRow[]
  readonly automations: readonly StageAutomation[]
}

/** One JSON object a row, its keys as our code names them. */
const objectOf = (columns: Readonly<Record<string, AnyPgColumn>>): SQL =>
  sql`json_build_object(${sql.join(
    Object.entries(columns).flatMap(([name, column]) => [sql`${name}::text`, sql`${column}`]),
    sql`, `,
  )})`
const listOf = (rows: SQL): SQL => sql`(select coalesce(json_agg(o), '[]') from (${rows}) as r (o))`
const owned = (column: AnyPgColumn): SQL => sql`${column} = ${merchantId}`

/**
 * The whole pipeline by the merchant's keys, some dozens of rows, in one statement: every move asks for it, and four
 * questions cost four times as much. A stage that is being left is no part of it any more.
 */
const onePipeline = rawStatement<PipelineRow>(
  'pipeline',
  sql`select ${pipelines.version},
    ${listOf(sql`select ${objectOf(getTableColumns(stages))} from ${stages} where ${owned(stages.merchantId)} and not ${stages.leaving} order by ${stages.position}, ${stages.id}`)},
    ${listOf(sql`select ${objectOf({ from: stageTransitions.fromStageId, to: stageTransitions.toStageId })} from ${stageTransitions} where ${owned(stageTransitions.merchantId)}`)},
    ${listOf(sql`select ${objectOf(getTableColumns(reasons))} from ${reasons} where ${owned(reasons.merchantId)} order by ${reasons.state}, ${reasons.position}, ${reasons.id}`)},
    ${listOf(sql`select ${objectOf({ id: automations.id, name: automations.name, stageId: automations.stageId, delaySeconds: automations.delaySeconds, templateName: whatsappTemplates.name })} from ${automations} join ${whatsappTemplates} on ${whatsappTemplates.merchantId} = ${automations.merchantId} and ${whatsappTemplates.id} = ${automations.templateId} where ${owned(automations.merchantId)} and ${automations.enabled} and ${automations.deletedAt} is null order by ${automations.createdAt}, ${automations.id}`)}
    from ${pipelines} where ${owned(pipelines.merchantId)}`,
  ['version', 'stages', 'transitions', 'reasons', 'automations'],
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

const pastStageOf = (row: StageRow | typeof pastStages.$inferSelect, leaving: boolean): PastStage => ({
  id: row.id,
  name: { fr: row.nameFr, en: row.nameEn, ar: row.nameAr },
  colour: row.colour,
  state: row.state,
  leaving,
})

/** The whole pipeline of the merchant. Undefined before it was seeded. */
export const findPipeline = async (tx: MerchantTx): Promise<Pipeline | undefined> => {
  const [found] = await tx.run(onePipeline, { merchantId: tx.merchantId })
  if (!found) return undefined
  const next = Map.groupBy(found.transitions, ({ from }) => from)
  return {
    version: found.version,
    stages: found.stages.map((row) => stageOf(row, next.get(row.id)?.map(({ to }) => to) ?? [])),
    reasons: found.reasons.map(reasonOf),
    automations: [...found.automations],
  }
}

export const stageOf = (row: StageRow, next: string[]): Stage => ({
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

const reasonOf = (row: ReasonRow): Reason => ({
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
