import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type FirstEntries,
  firstEntriesAfter,
  type Ground,
  type MovableOrder,
  type Mover,
  planMove,
  planRuleMove,
  stageOf,
} from './pipeline.ts'
import type { Pipeline, Stage } from './pipeline-schema.ts'
import { sampleOrder } from './sample-pipeline.ts'
import { orderStates } from './states.ts'
import { firstEntriesAfterUndo, planUndo, type TriggeredEffect, type UndoableEvent } from './undo.ts'

/** A small world of one order: what a database and the jobs would keep of it. */
interface World {
  order: MovableOrder
  events: UndoableEvent[]
  effects: (TriggeredEffect & { eventId: string; ran: number; reversed: number })[]
  clock: number
  ids: number
}

const owner: Mover = { memberId: 'me', roleKey: 'owner', moveInto: null, seesAll: true }
const nowOf = (world: World) => new Date(world.clock)
const newWorld = (): World => ({
  order: sampleOrder(),
  events: [],
  effects: [],
  clock: Date.parse('2026-11-20T10:00:00Z'),
  ids: 0,
})

const anyStage = (index: number) =>
  fc
    .record({
      state: fc.option(fc.constantFrom(...orderStates), { nil: null }),
      active: fc.boolean(),
      terminal: fc.boolean(),
      nextStageIds: fc.option(fc.array(fc.integer({ min: 0, max: 7 }).map((n) => `s${n}`)), { nil: null }),
      ageLimitMinutes: fc.option(fc.integer({ min: 1, max: 5_000 }), { nil: null }),
      effects: fc.array(fc.constant({ kind: 'create_parcel' as const, carrierAccountId: null }), { maxLength: 1 }),
    })
    .map(
      (stage): Stage => ({
        ...stage,
        id: `s${index}`,
        name: { fr: 'é', en: 'e', ar: 'ه' },
        description: null,
        colour: 'blue',
        position: index,
        roleKeys: null,
        requires: [],
      }),
    )
const anyPipeline: fc.Arbitrary<Pipeline> = fc
  .tuple(...Array.from({ length: 8 }, (_, index) => anyStage(index)))
  .map((stages) => ({ version: 1, stages, reasons: [] }))

type Step =
  | { readonly do: 'move'; readonly to: string }
  | { readonly do: 'rule'; readonly state: (typeof orderStates)[number] }
  | { readonly do: 'undo' }
  | { readonly do: 'jobs' }
  | { readonly do: 'wait'; readonly minutes: number }
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 7 }).map((n): Step => ({ do: 'move', to: `s${n}` })) },
  { weight: 1, arbitrary: fc.constantFrom(...orderStates).map((state): Step => ({ do: 'rule', state })) },
  { weight: 3, arbitrary: fc.constant<Step>({ do: 'undo' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: 'jobs' }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 2_000 }).map((minutes): Step => ({ do: 'wait', minutes })) },
)

/** Each waiting effect is done once, each reversing one taken back once: what `settleEffect` does by status. */
const runJobs = (world: World) => {
  world.effects = world.effects.map((effect) => {
    if (effect.status === 'pending') return { ...effect, status: 'done', ran: effect.ran + 1 }
    if (effect.status === 'reversing') return { ...effect, status: 'reversed', reversed: effect.reversed + 1 }
    return effect
  })
}

const take = (world: World, pipeline: Pipeline, step: Step): void => {
  world.clock += 1_000
  const at = nowOf(world).toISOString()
  const { order } = world
  if (step.do === 'wait') world.clock += step.minutes * 60_000
  if (step.do === 'jobs') runJobs(world)
  if (step.do === 'undo') undoNewest(world, pipeline)
  if (step.do !== 'move' && step.do !== 'rule') return
  const planned =
    step.do === 'move'
      ? planMove(order, pipeline, { stageId: step.to, version: order.version }, owner, at)
      : planRuleMove(order, pipeline, { state: step.state }, 'automation', at)
  const move = 'ok' in planned ? (planned.ok ? planned.value : null) : planned.kind === 'move' ? planned.move : null
  if (!move) return
  const id = `e${(world.ids += 1)}`
  world.events.push({
    id,
    type: 'order.moved',
    occurredAt: at,
    before: move.before,
    firstEntry: move.firstEntry,
    previousUndoId: order.undoEventId,
  })
  for (const { kind } of move.effects)
    world.effects.push({ id: `f${(world.ids += 1)}`, kind, status: 'pending', eventId: id, ran: 0, reversed: 0 })
  world.order = {
    ...order,
    ...move.after,
    version: order.version + 1,
    firstEntries: firstEntriesAfter(order.firstEntries, move),
    undoEventId: step.do === 'move' ? id : null,
  }
}

/** The stage on which every order of these worlds began. */
const birthplace: Ground = { id: 'new', state: 'new', terminal: false, ageLimitMinutes: null }

const undoNewest = (world: World, pipeline: Pipeline): boolean => {
  const { order } = world
  const event = world.events.find(({ id }) => id === order.undoEventId)
  if (!event) return false
  const own = world.effects.filter(({ eventId }) => eventId === event.id)
  const { stageId } = event.before
  const stage = stageId === birthplace.id ? birthplace : stageOf(pipeline, stageId)
  const planned = planUndo(order, event, own, stage, nowOf(world))
  if (!planned.ok) return false
  const undo = planned.value
  world.effects = world.effects.map((effect) => {
    if (undo.cancelled.includes(effect.id)) return { ...effect, status: 'cancelled' }
    return undo.reversed.includes(effect.id) ? { ...effect, status: 'reversing' } : effect
  })
  world.order = {
    ...order,
    ...undo.after,
    version: order.version + 1,
    firstEntries: firstEntriesAfterUndo(order.firstEntries, undo, nowOf(world).toISOString()),
    undoEventId: undo.undoEventId,
  }
  return true
}

const play = (pipeline: Pipeline, steps: readonly Step[]): World => {
  const world = newWorld()
  for (const step of steps) take(world, pipeline, step)
  return world
}

const figures = (entries: FirstEntries) => orderStates.map((state) => entries[state] ?? null)

describe('laws of the pipeline', () => {
  it('law 7: an effect runs once, is taken back once at most, and never after it was cancelled', () => {
    fc.assert(
      fc.property(anyPipeline, fc.array(anyStep, { maxLength: 40 }), (pipeline, steps) => {
        const world = play(pipeline, steps)
        for (let again = 0; again < 3; again += 1) runJobs(world)
        for (const { status, ran, reversed } of world.effects) {
          expect(ran).toBe(status === 'cancelled' ? 0 : 1)
          expect(reversed).toBe(status === 'reversed' ? 1 : 0)
        }
      }),
    )
  })

  it('law 9: what is counted stays counted when the pipeline changes afterwards', () => {
    fc.assert(
      fc.property(
        anyPipeline,
        anyPipeline,
        fc.array(anyStep, { maxLength: 20 }),
        fc.array(anyStep, { maxLength: 20 }),
        (pipeline, edited, before, after) => {
          const world = play(pipeline, before)
          const closed = figures(world.order.firstEntries)
          const closedAt = nowOf(world).toISOString()
          for (const step of after.filter((one) => one.do !== 'undo')) take(world, edited, step)
          const now = figures(world.order.firstEntries)
          closed.forEach((entry, index) => {
            if (entry !== null) expect(now[index]).toBe(entry)
            else if (now[index] !== null) expect(String(now[index]) > closedAt).toBe(true)
          })
        },
      ),
    )
  })

  it('law 10: an undo leaves the order, its clocks, its figures and its effects as before the move', () => {
    fc.assert(
      fc.property(
        anyPipeline,
        fc.array(anyStep, { maxLength: 20 }),
        fc.integer({ min: 0, max: 7 }),
        fc.boolean(),
        (pipeline, steps, to, jobsRan) => {
          const world = play(pipeline, steps)
          runJobs(world)
          const { version: _before, ...before } = world.order
          const effectsBefore = world.effects.filter(({ ran, reversed }) => ran > reversed).map(({ id }) => id)
          const count = world.events.length
          take(world, pipeline, { do: 'move', to: `s${to}` })
          fc.pre(world.events.length > count)
          if (jobsRan) runJobs(world)
          expect(undoNewest(world, pipeline)).toBe(true)
          runJobs(world)
          const { version: _after, ...after } = world.order
          expect(after).toEqual(before)
          expect(world.effects.filter(({ ran, reversed }) => ran > reversed).map(({ id }) => id)).toEqual(effectsBefore)
        },
      ),
    )
  })

  it('undoes step by step back to the beginning, as long as nobody but people moved it', () => {
    fc.assert(
      fc.property(anyPipeline, fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 12 }), (pipeline, stops) => {
        const world = play(
          pipeline,
          stops.map((n) => ({ do: 'move', to: `s${n}` }) as const),
        )
        while (undoNewest(world, pipeline));
        const { version: _version, ...order } = world.order
        const { version: _first, ...first } = sampleOrder()
        expect(order).toEqual(first)
      }),
    )
  })
})

describe('an undo', () => {
  const event = (over: Partial<UndoableEvent> = {}): UndoableEvent => ({
    id: 'e1',
    type: 'order.moved',
    occurredAt: '2026-11-20T12:00:00.000Z',
    before: { ...sampleOrder() },
    firstEntry: null,
    previousUndoId: null,
    ...over,
  })
  const order = sampleOrder({ stageId: 'confirmed', state: 'confirmed', undoEventId: 'e1' })
  const code = (...args: Parameters<typeof planUndo>) => {
    const result = planUndo(...args)
    return result.ok ? null : result.refusal.code
  }
  const soon = new Date('2026-11-20T13:00:00.000Z')

  it('takes back the newest change only', () => {
    expect(code({ ...order, undoEventId: 'e2' }, event(), [], birthplace, soon)).toBe('order.undo_superseded')
    expect(code({ ...order, undoEventId: null }, event(), [], birthplace, soon)).toBe('order.nothing_to_undo')
  })

  it('is possible for a day', () => {
    expect(code(order, event(), [], birthplace, new Date('2026-11-21T12:00:00.000Z'))).toBeNull()
    expect(code(order, event(), [], birthplace, new Date('2026-11-21T12:00:01.000Z'))).toBe('order.undo_expired')
  })

  it('is refused when an effect cannot be taken back, and says which can and which cannot', () => {
    const done = [{ id: 'f1', kind: 'create_parcel', status: 'done' } as const]
    const waiting = { id: 'f2', kind: 'create_parcel', status: 'pending' } as const
    const shipped = { ...order, parcelStatus: 'picked_up' as const }
    const result = planUndo(shipped, event(), [...done, waiting], birthplace, soon)
    expect(result).toMatchObject({
      refusal: {
        code: 'order.undo_impossible',
        params: {
          effects: [{ id: 'f1', kind: 'create_parcel' }],
          reversible: [{ id: 'f2', kind: 'create_parcel' }],
        },
      },
    })
    expect(code({ ...order, parcelStatus: 'created' }, event(), done, birthplace, soon)).toBeNull()
  })

  it('leaves what failed or was cancelled alone', () => {
    const effects = (['failed', 'cancelled', 'reversed'] as const).map((status, n) => ({
      id: `f${n}`,
      kind: 'create_parcel' as const,
      status,
    }))
    expect(planUndo(order, event(), effects, birthplace, soon)).toMatchObject({
      value: { cancelled: [], reversed: [] },
    })
  })

  it('is refused when the stage is gone, and comes back to the stage as it is now', () => {
    expect(planUndo(order, event(), [], undefined, soon)).toMatchObject({ refusal: { code: 'order.stage_unknown' } })
    const counted = { ...order, firstEntries: { new: '2026-11-20T10:00:00.000Z' } }
    const changed = planUndo(counted, event(), [], { ...birthplace, state: 'to_confirm' }, soon)
    expect(changed).toMatchObject({
      value: { after: { stageId: 'new', state: 'to_confirm' }, firstEntry: 'to_confirm' },
    })
    const ended = planUndo(order, event(), [], { ...birthplace, terminal: true }, soon)
    expect(ended).toMatchObject({ value: { after: { endedAt: soon.toISOString() } } })
  })
})
