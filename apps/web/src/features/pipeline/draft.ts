import { inOrder } from '@sendocki/domain/orders/editing'
import type { StageSettings } from '@sendocki/domain/orders/pipeline-edit-schema'
import type { Pipeline, Stage } from '@sendocki/domain/orders/pipeline-schema'

/** All that the form of a stage shows. */
export type Draft = Required<Omit<StageSettings, 'active'>>

/** The stage as the form shows it, with the stages from which people come here. */
export const draftOf = (pipeline: Pipeline, stage: Stage): Draft => ({
  name: stage.name,
  description: stage.description,
  colour: stage.colour,
  state: stage.state,
  terminal: stage.terminal,
  nextStageIds: stage.nextStageIds && inPlace(pipeline, stage.nextStageIds),
  previousStageIds: inPlace(
    pipeline,
    pipeline.stages
      .filter(({ id, nextStageIds }) => id !== stage.id && (nextStageIds === null || nextStageIds.includes(stage.id)))
      .map(({ id }) => id),
  ),
  roleKeys: stage.roleKeys,
  requires: stage.requires,
  ageLimitMinutes: stage.ageLimitMinutes,
  effects: stage.effects,
})

/** Stages in the order of the board, whatever the order in which they were chosen. */
export const inPlace = ({ stages }: Pipeline, ids: readonly string[]): string[] =>
  inOrder(stages)
    .filter(({ id }) => ids.includes(id))
    .map(({ id }) => id)

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What was changed in the form: only that is sent. */
export const changesOf = (draft: Draft, base: Draft): StageSettings =>
  Object.fromEntries(
    (Object.keys(base) as (keyof Draft)[]).flatMap((key) => (isSame(draft[key], base[key]) ? [] : [[key, draft[key]]])),
  )

export const isChanged = (draft: Draft, base: Draft): boolean => !isSame(draft, base)

/** My changes over what the stage has become. */
export const mineOver = (theirs: Draft, draft: Draft, base: Draft): Draft => ({ ...theirs, ...changesOf(draft, base) })

/** Whether somebody changed the same stage while it was being edited. What they changed elsewhere disturbs nobody. */
export const isDisturbed = (base: Draft, theirs: Draft): boolean => isChanged(base, theirs)

/** Moves one item of a list to another place. */
export const moved = <T>(rows: readonly T[], from: number, to: number): T[] => {
  const row = rows[from]
  return row === undefined ? [...rows] : rows.toSpliced(from, 1).toSpliced(to, 0, row)
}
