import { codTemplate } from './cod-template.ts'
import type { MovableOrder } from './pipeline.ts'
import type { Pipeline, Stage } from './pipeline-schema.ts'

/** The default pipeline with readable ids, for tests: a stage's id is its key, a reason's `reason:` and its key. */
export const samplePipeline = (): Pipeline => ({
  version: 1,
  stages: codTemplate.stages.map(
    ({ key, next, ...stage }, index): Stage => ({
      ...stage,
      id: key,
      name: { ...stage.name },
      description: null,
      position: index + 1,
      active: true,
      nextStageIds: [...next],
      roleKeys: null,
      requires: [...stage.requires],
      effects: [],
    }),
  ),
  reasons: codTemplate.reasons.map(({ key, state, name }, index) => ({
    id: `reason:${key}`,
    key,
    state,
    name: { ...name },
    active: true,
    position: index + 1,
  })),
})

/** An order that lacks nothing, new at ten in the morning. */
export const sampleOrder = (over: Partial<MovableOrder> = {}): MovableOrder => ({
  isSample: false,
  stageId: 'new',
  state: 'new',
  stateSince: '2026-11-20T10:00:00.000Z',
  lateAt: null,
  endedAt: null,
  assigneeId: null,
  version: 1,
  firstEntries: { new: '2026-11-20T10:00:00.000Z' },
  phone: '+212612345678',
  cityId: 'casablanca',
  addressLine: '12 rue des Roses',
  codAmountCentimes: 24_900,
  toComplete: [],
  parcelStatus: null,
  undoEventId: null,
  ...over,
})
