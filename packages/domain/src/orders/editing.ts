import { languages } from '../language.ts'
import { ok, type Refusal, type Result, refuse } from '../result.ts'
import { firstStageOf, stageOf } from './pipeline.ts'
import {
  type CreateReason,
  type CreateStage,
  type EditReason,
  reasonLimit,
  type StageSettings,
  stageLimit,
} from './pipeline-edit-schema.ts'
import type { Pipeline, Reason, Stage } from './pipeline-schema.ts'
import { type OrderState, orderStates, reasonStates } from './states.ts'

/*
 * How a merchant changes the pipeline: each change takes the pipeline as it is and gives the pipeline as it will be, or
 * says why not. The caller stores the difference. Source: product.md 3, "Editing the pipeline".
 */

type Names = Stage['name']
interface FieldProblem {
  readonly path: string
  readonly code: string
}

export const inOrder = <T extends { readonly position: number; readonly id: string }>(rows: readonly T[]): T[] =>
  rows.toSorted((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1))

const numbered = <T extends { readonly position: number }>(rows: readonly T[]): T[] =>
  rows.map((row, index) => (row.position === index + 1 ? row : { ...row, position: index + 1 }))

const trimmed = ({ fr, en, ar }: Names): Names => ({ fr: fr.trim(), en: en.trim(), ar: ar.trim() })

const plain = (word: string): string => word.trim().toLocaleLowerCase('fr')

const nameProblems = (name: Names, others: readonly { readonly name: Names }[]): FieldProblem[] => {
  if (languages.every((language) => name[language].trim() === '')) return [{ path: 'name.fr', code: 'missing' }]
  return languages
    .filter((language) => plain(name[language]) !== '')
    .filter((language) => others.some((other) => plain(other.name[language]) === plain(name[language])))
    .map((language) => ({ path: `name.${language}`, code: 'taken' }))
}

/** A reason can be asked for where the merchant has one to give. */
const hasReasons = ({ reasons }: Pipeline, state: OrderState | null): boolean =>
  reasonStates.some((one) => one === state) && reasons.some((reason) => reason.active && reason.state === state)

const linkProblems = (pipeline: Pipeline, id: string, path: string, ids: readonly string[]): FieldProblem[] => {
  if (ids.includes(id)) return [{ path, code: 'itself' }]
  return ids.some((other) => stageOf(pipeline, other) === undefined) ? [{ path, code: 'not_in_list' }] : []
}

const settingsProblems = (pipeline: Pipeline, stage: Stage): FieldProblem[] => [
  ...(stage.requires.includes('reason') && !hasReasons(pipeline, stage.state)
    ? [{ path: 'requires', code: 'no_reasons' }]
    : []),
  ...(stage.terminal && stage.state === 'new' ? [{ path: 'terminal', code: 'not_for_new' }] : []),
  ...(stage.terminal && stage.ageLimitMinutes !== null ? [{ path: 'ageLimitMinutes', code: 'not_with_terminal' }] : []),
  ...(stage.terminal && stage.effects.length > 0 ? [{ path: 'effects', code: 'not_with_terminal' }] : []),
]

const refusalOf = (problems: readonly FieldProblem[]): Refusal | null =>
  problems.length === 0 ? null : { code: 'request.invalid', fields: problems }

/** What every pipeline must have: somewhere for new orders to begin. */
const withBeginning = (pipeline: Pipeline): Result<Pipeline> =>
  firstStageOf(pipeline)?.state === 'new' ? ok(pipeline) : refuse('pipeline.first_stage_needed')

/** Writes "people may come here from these" into what those stages lead to. */
const withPrevious = (stages: readonly Stage[], id: string, previous: readonly string[]): Stage[] => {
  const everyId = stages.map((stage) => stage.id)
  return stages.map((stage) => {
    if (stage.id === id) return stage
    const leads = stage.nextStageIds === null || stage.nextStageIds.includes(id)
    if (leads === previous.includes(stage.id)) return stage
    const next = stage.nextStageIds ?? everyId.filter((other) => other !== stage.id)
    return { ...stage, nextStageIds: leads ? next.filter((other) => other !== id) : [...next, id] }
  })
}

const stored = (pipeline: Pipeline, stage: Stage, previous: readonly string[] | undefined): Result<Pipeline> => {
  const others = pipeline.stages.filter(({ id }) => id !== stage.id)
  const problems = [
    ...nameProblems(stage.name, others),
    ...linkProblems(pipeline, stage.id, 'nextStageIds', stage.nextStageIds ?? []),
    ...linkProblems(pipeline, stage.id, 'previousStageIds', previous ?? []),
    ...settingsProblems(pipeline, stage),
  ]
  const refusal = refusalOf(problems)
  if (refusal) return { ok: false, refusal }
  const stages = pipeline.stages.map((other) => (other.id === stage.id ? stage : other))
  return withBeginning({ ...pipeline, stages: previous ? withPrevious(stages, stage.id, previous) : stages })
}

/** A new stage behind the one it follows, from which people may come unless it is said otherwise. */
export const createStage = (
  pipeline: Pipeline,
  id: string,
  { version: _version, afterStageId, previousStageIds, name, ...input }: CreateStage,
): Result<Pipeline> => {
  if (pipeline.stages.length >= stageLimit) return refuse('pipeline.full', { most: stageLimit })
  const rows = inOrder(pipeline.stages)
  const after = afterStageId === undefined ? rows.at(-1) : rows.find((stage) => stage.id === afterStageId)
  if (!after) return refuse('request.invalid', undefined, [{ path: 'afterStageId', code: 'not_in_list' }])
  const stage: Stage = {
    description: null,
    terminal: false,
    nextStageIds: null,
    roleKeys: null,
    requires: [],
    ageLimitMinutes: null,
    effects: [],
    ...input,
    id,
    name: trimmed(name),
    active: true,
    position: 0,
  }
  const stages = numbered(rows.flatMap((row) => (row === after ? [row, stage] : [row])))
  const placed = stages.find((row) => row.id === id) ?? stage
  return stored({ ...pipeline, stages }, placed, previousStageIds ?? [after.id, ...freeFrom(stages, id)])
}

const freeFrom = (stages: readonly Stage[], id: string): string[] =>
  stages.filter((stage) => stage.id !== id && stage.nextStageIds === null).map((stage) => stage.id)

/** Changes what is named of a stage; the rest stays. */
export const editStage = (
  pipeline: Pipeline,
  id: string,
  { previousStageIds, ...settings }: StageSettings,
): Result<Pipeline> => {
  const stage = stageOf(pipeline, id)
  if (!stage) return refuse('stage.not_found')
  const name = settings.name ? trimmed(settings.name) : stage.name
  return stored(pipeline, { ...stage, ...settings, name }, previousStageIds)
}

/** Without a stage; nobody is led to it any more. Its orders go to `nearestStage`. */
export const deleteStage = (pipeline: Pipeline, id: string): Result<Pipeline> => {
  if (!stageOf(pipeline, id)) return refuse('stage.not_found')
  const stages = pipeline.stages
    .filter((stage) => stage.id !== id)
    .map((stage) =>
      stage.nextStageIds?.includes(id)
        ? { ...stage, nextStageIds: stage.nextStageIds.filter((next) => next !== id) }
        : stage,
    )
  return withBeginning({ ...pipeline, stages })
}

/** Another order of the same stages. */
export const orderStages = (pipeline: Pipeline, stageIds: readonly string[]): Result<Pipeline> => {
  const rows = stageIds.flatMap((id) => stageOf(pipeline, id) ?? [])
  if (rows.length !== stageIds.length || rows.length !== pipeline.stages.length)
    return refuse('request.invalid', undefined, [{ path: 'stageIds', code: 'not_in_list' }])
  return withBeginning({ ...pipeline, stages: numbered(rows) })
}

/**
 * Where the orders of a stage that goes away go: to a stage of the same state first, else to the nearest active position
 * before, else after.
 */
export const nearestStage = (
  { stages }: Pipeline,
  gone: Pick<Stage, 'id' | 'state' | 'position'>,
): Stage | undefined => {
  const active = inOrder(stages).filter((stage) => stage.active && stage.id !== gone.id)
  const near = (rows: readonly Stage[]) =>
    rows.findLast(({ position }) => position <= gone.position) ?? rows.find(({ position }) => position > gone.position)
  return near(active.filter(({ state }) => state !== null && state === gone.state)) ?? near(active)
}

const comparable = (stage: Stage, key: keyof Stage): string =>
  JSON.stringify(key === 'nextStageIds' ? (stage.nextStageIds?.toSorted() ?? null) : stage[key])

/** What of a stage is not as it was; the order in which next stages are listed means nothing. */
export const changedKeys = (before: Stage, after: Stage): (keyof Stage)[] =>
  (Object.keys(after) as (keyof Stage)[]).filter((key) => comparable(before, key) !== comparable(after, key))

/** States for which an active stage stood before and none does after: rules can no longer move an order to them. */
export const statesLost = (before: Pipeline, after: Pipeline): OrderState[] => {
  const has = ({ stages }: Pipeline, state: OrderState) => stages.some((stage) => stage.active && stage.state === state)
  return orderStates.filter((state) => has(before, state) && !has(after, state))
}

/** Stages that are not an end and from which a person could go on before, and cannot after. */
export const deadEnds = (before: Pipeline, after: Pipeline): string[] => {
  const active = new Set(after.stages.filter((stage) => stage.active).map(({ id }) => id))
  const leads = ({ nextStageIds }: Stage, to: (id: string) => boolean) => nextStageIds === null || nextStageIds.some(to)
  return after.stages
    .filter((stage) => stage.active && !stage.terminal && !leads(stage, (id) => active.has(id)))
    .filter(({ id }) => {
      const was = stageOf(before, id)
      return was === undefined || leads(was, (next) => stageOf(before, next)?.active === true)
    })
    .map(({ id }) => id)
}

/** A new reason, the last of its state. */
export const createReason = (pipeline: Pipeline, id: string, { state, name }: CreateReason): Result<Pipeline> => {
  const peers = reasonsOf(pipeline, state)
  if (peers.length >= reasonLimit) return refuse('pipeline.full', { most: reasonLimit })
  const refusal = refusalOf(nameProblems(name, peers))
  if (refusal) return { ok: false, refusal }
  const reason: Reason = { id, state, key: null, name: trimmed(name), active: true, position: 0 }
  return ok(withReasons(pipeline, state, [...peers, reason]))
}

const reasonsOf = ({ reasons }: Pipeline, state: Reason['state']): Reason[] =>
  inOrder(reasons.filter((reason) => reason.state === state))

const withReasons = (pipeline: Pipeline, state: Reason['state'], rows: readonly Reason[]): Pipeline => ({
  ...pipeline,
  reasons: [...pipeline.reasons.filter((reason) => reason.state !== state), ...numbered(rows)],
})

/**
 * Renames, archives or moves a reason. One that is archived stays on the orders that have it; the last one of a state
 * cannot be, while a stage asks for it.
 */
export const editReason = (pipeline: Pipeline, id: string, input: EditReason): Result<Pipeline> => {
  const reason = pipeline.reasons.find((one) => one.id === id)
  if (!reason) return refuse('reason.not_found')
  const others = reasonsOf(pipeline, reason.state).filter((one) => one.id !== id)
  const refusal = input.name ? refusalOf(nameProblems(input.name, others)) : null
  if (refusal) return { ok: false, refusal }
  const changed = {
    ...reason,
    name: input.name ? trimmed(input.name) : reason.name,
    active: input.active ?? reason.active,
  }
  const place = (input.position ?? reasonsOf(pipeline, reason.state).findIndex((one) => one.id === id) + 1) - 1
  const after = withReasons(pipeline, reason.state, others.toSpliced(place, 0, changed))
  const asking = after.stages.some((stage) => stage.state === reason.state && stage.requires.includes('reason'))
  return asking && !hasReasons(after, reason.state) ? refuse('reason.last_one') : ok(after)
}
