import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStage, deleteStage, editStage, nearestStage, orderStages } from './editing.ts'
import { firstEntriesAfter, type MovableOrder, type Move, placementIn, planMove, stageOf } from './pipeline.ts'
import type { Pipeline } from './pipeline-schema.ts'
import { planLeaving, planRealigning } from './reclassifying.ts'
import { sampleOrder, samplePipeline } from './sample-pipeline.ts'
import { orderStates } from './states.ts'

const at = '2026-11-21T12:00:00.000Z'
const ground = { id: 'x', state: 'confirmed', terminal: false, ageLimitMinutes: null } as const

describe('an order whose stage is deleted', () => {
  it('keeps its clock and its reason in the same state, so that what was late stays late', () => {
    const order = sampleOrder({ state: 'confirmed', stateSince: '2026-11-10T10:00:00.000Z' })
    const move = planLeaving(order, 'r', { ...ground, ageLimitMinutes: 60 }, at)
    expect(move.after).toMatchObject({ stageId: 'x', stateSince: order.stateSince, lateAt: '2026-11-10T11:00:00.000Z' })
    expect(move.reasonId).toBe('r')
  })

  it('begins a new clock in another state, is counted there, and triggers nothing', () => {
    const move = planLeaving(sampleOrder(), 'r', ground, at)
    expect(move).toMatchObject({
      after: { state: 'confirmed', stateSince: at },
      firstEntry: 'confirmed',
      reasonId: null,
    })
    expect(move.effects).toEqual([])
  })

  it('ends where orders end, and goes on where they do not', () => {
    expect(planLeaving(sampleOrder(), null, { ...ground, terminal: true }, at).after.endedAt).toBe(at)
    expect(planLeaving(sampleOrder({ endedAt: at }), null, ground, at).after.endedAt).toBeNull()
  })
})

describe('an order whose stage is changed', () => {
  it('counts as the new state from now on', () => {
    const move = planRealigning(sampleOrder({ stageId: 'x' }), null, { ...ground, state: 'to_confirm' }, at)
    expect(move).toMatchObject({
      before: { state: 'new' },
      after: { stageId: 'x', state: 'to_confirm', stateSince: at },
      firstEntry: 'to_confirm',
    })
  })

  it('is left alone when nothing that it feels has changed', () => {
    const order = sampleOrder({ stageId: 'x', state: 'confirmed' })
    expect(planRealigning(order, null, ground, at)).toBeNull()
    const limited = { ...order, lateAt: '2026-11-20T11:00:00Z' }
    expect(planRealigning(limited, null, { ...ground, ageLimitMinutes: 60 }, at)).toBeNull()
    expect(planRealigning(limited, null, { ...ground, ageLimitMinutes: 120 }, at)?.after.lateAt).toBe(
      '2026-11-20T12:00:00.000Z',
    )
  })
})

/** One order in a world where people move it and the merchant edits the pipeline, as the database would keep it. */
interface World {
  pipeline: Pipeline
  order: MovableOrder
  history: Move[]
  clock: number
}
type Step =
  | { readonly do: 'move'; readonly n: number }
  | { readonly do: 'state'; readonly n: number; readonly state: (typeof orderStates)[number] | null }
  | { readonly do: 'delete'; readonly n: number }
  | { readonly do: 'create'; readonly state: (typeof orderStates)[number] | null }
  | { readonly do: 'order'; readonly n: number }
const anyState = fc.option(fc.constantFrom(...orderStates), { nil: null })
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.nat(30).map((n): Step => ({ do: 'move', n })),
  fc.record({ do: fc.constant('state' as const), n: fc.nat(30), state: anyState }),
  fc.nat(30).map((n): Step => ({ do: 'delete', n })),
  anyState.map((state): Step => ({ do: 'create', state })),
  fc.nat(30).map((n): Step => ({ do: 'order', n })),
)

const owner = { memberId: 'me', roleKey: 'owner', moveInto: null, seesAll: true } as const
const nowOf = ({ clock }: World) => new Date(clock).toISOString()

const keep = (world: World, move: Move): void => {
  world.history.push(move)
  world.order = {
    ...world.order,
    ...move.after,
    version: world.order.version + 1,
    firstEntries: firstEntriesAfter(world.order.firstEntries, {
      ...move,
      after: { ...move.after, stateSince: nowOf(world) },
    }),
  }
}

const edited = (world: World, step: Step) => {
  const { pipeline, clock } = world
  const { stages } = pipeline
  if (step.do === 'create')
    return createStage(pipeline, `made-${clock}`, {
      version: 1,
      name: { fr: `Étape ${clock}`, en: '', ar: '' },
      colour: 'blue',
      state: step.state,
    })
  const id = stages[step.n % stages.length]?.id ?? ''
  if (step.do === 'state') return editStage(pipeline, id, { state: step.state, requires: [] })
  if (step.do === 'delete') return deleteStage(pipeline, id)
  return orderStages(
    pipeline,
    stages.map((one) => one.id).toSorted((one, other) => (one < other ? 1 : -1) * (step.n % 2 ? 1 : -1)),
  )
}

const take = (world: World, step: Step): void => {
  world.clock += 60_000
  if (step.do === 'move') {
    const to = world.pipeline.stages[step.n % world.pipeline.stages.length]?.id ?? ''
    const reasonId = world.pipeline.reasons.find(({ state }) => state === stageOf(world.pipeline, to)?.state)?.id
    const input = { stageId: to, version: world.order.version, ...(reasonId ? { reasonId } : {}) }
    const planned = planMove(world.order, world.pipeline, input, owner, nowOf(world))
    if (planned.ok) keep(world, planned.value)
    return
  }
  const result = edited(world, step)
  if (!result.ok) return
  const gone = stageOf(world.pipeline, world.order.stageId)
  world.pipeline = result.value
  const here = stageOf(world.pipeline, world.order.stageId)
  if (here) {
    const move = planRealigning(world.order, null, here, nowOf(world))
    if (move) keep(world, move)
    return
  }
  const to = gone && nearestStage(world.pipeline, gone)
  if (to) keep(world, planLeaving(world.order, null, to, nowOf(world)))
}

const newWorld = (): World => {
  const [first] = samplePipeline().stages
  if (!first) throw new Error('An empty sample.')
  const order = sampleOrder({ ...placementIn(first, '2026-11-20T10:00:00.000Z', null) })
  return { pipeline: samplePipeline(), order, history: [], clock: Date.parse('2026-11-20T10:00:00Z') }
}

describe('under any edits and moves', () => {
  it('an order is always on a stage that exists, in the state that the stage stands for', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
        const world = newWorld()
        for (const step of steps) take(world, step)
        const here = stageOf(world.pipeline, world.order.stageId)
        expect(here).toBeDefined()
        expect(world.order.state).toBe(here?.state)
      }),
    )
  })

  it('law 9: closed periods keep their figures and the history its states', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 25 }), fc.array(anyStep, { maxLength: 25 }), (before, after) => {
        const world = newWorld()
        for (const step of before) take(world, step)
        const closedAt = nowOf(world)
        const closed = world.order.firstEntries
        const told = JSON.stringify(world.history)
        const count = world.history.length
        for (const step of after) take(world, step)
        for (const state of orderStates) {
          if (closed[state] !== undefined) expect(world.order.firstEntries[state]).toBe(closed[state])
          else if (world.order.firstEntries[state] !== undefined)
            expect(String(world.order.firstEntries[state]) > closedAt).toBe(true)
        }
        expect(JSON.stringify(world.history.slice(0, count))).toBe(told)
      }),
    )
  })
})
