import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Result } from '../result.ts'
import {
  createReason,
  createStage,
  deadEnds,
  deleteStage,
  editReason,
  editStage,
  inOrder,
  nearestStage,
  orderStages,
  statesLost,
} from './editing.ts'
import { defaultStageOf, firstStageOf } from './pipeline.ts'
import { type CreateStage, stageLimit, templateKeys } from './pipeline-edit-schema.ts'
import type { Pipeline, Stage } from './pipeline-schema.ts'
import { samplePipeline } from './sample-pipeline.ts'
import { orderStates } from './states.ts'
import { applyTemplate, templates } from './templates.ts'

const done = (result: Result<Pipeline>): Pipeline => {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}
const refused = (result: Result<Pipeline>) => (result.ok ? null : result.refusal)
const problem = (result: Result<Pipeline>) => refused(result)?.fields?.[0]
const stage = (pipeline: Pipeline, id: string): Stage => {
  const found = pipeline.stages.find((one) => one.id === id)
  if (!found) throw new Error(`no stage ${id}`)
  return found
}
const names = (fr: string, ar = '', en = '') => ({ fr, ar, en })
const input = (over: Partial<CreateStage> = {}): CreateStage => ({
  version: 1,
  name: names('Contrôle qualité'),
  colour: 'rose',
  state: null,
  ...over,
})
const ids = (pipeline: Pipeline) => inOrder(pipeline.stages).map(({ id }) => id)

describe('a new stage', () => {
  it('stands behind the one it follows, and people come there from it', () => {
    const after = done(createStage(samplePipeline(), 'check', input({ afterStageId: 'preparation' })))
    expect(ids(after).slice(3, 7)).toEqual(['confirmed', 'preparation', 'check', 'shipped'])
    expect(stage(after, 'preparation').nextStageIds).toContain('check')
    expect(stage(after, 'confirmed').nextStageIds).not.toContain('check')
    expect(stage(after, 'check')).toMatchObject({ active: true, terminal: false, nextStageIds: null, effects: [] })
  })

  it('is reached from where the merchant says, also where a stage led anywhere', () => {
    const free = done(editStage(samplePipeline(), 'new', { nextStageIds: null }))
    const after = done(createStage(free, 'check', input({ previousStageIds: ['confirmed'] })))
    expect(stage(after, 'confirmed').nextStageIds).toContain('check')
    expect(stage(after, 'new').nextStageIds).toHaveLength(9)
    expect(stage(after, 'new').nextStageIds).not.toContain('check')
  })

  it('needs a name of its own, in one language at least', () => {
    const named = (name: Stage['name']) => problem(createStage(samplePipeline(), 'x', input({ name })))
    expect(named(names(' '))).toEqual({ path: 'name.fr', code: 'missing' })
    expect(named(names('confirmée '))).toEqual({ path: 'name.fr', code: 'taken' })
    expect(named(names('', 'مراقبة الجودة'))).toBeUndefined()
  })

  it('is refused when the board is full', () => {
    let pipeline = samplePipeline()
    for (let n = pipeline.stages.length; n < stageLimit; n += 1)
      pipeline = done(createStage(pipeline, `s${n}`, input({ name: names(`Étape ${n}`) })))
    expect(refused(createStage(pipeline, 'one-more', input()))).toEqual({
      code: 'pipeline.full',
      params: { most: stageLimit },
    })
  })
})

describe('settings that make no sense are refused', () => {
  const edit = (id: string, settings: Parameters<typeof editStage>[2]) =>
    problem(editStage(samplePipeline(), id, settings))

  it('a stage does not lead to itself or to nowhere', () => {
    expect(edit('new', { nextStageIds: ['new'] })).toEqual({ path: 'nextStageIds', code: 'itself' })
    expect(edit('new', { nextStageIds: ['nowhere'] })).toEqual({ path: 'nextStageIds', code: 'not_in_list' })
    expect(edit('new', { previousStageIds: ['new'] })).toEqual({ path: 'previousStageIds', code: 'itself' })
  })

  it('a reason is asked only where there are reasons', () => {
    expect(edit('confirmed', { requires: ['reason'] })).toEqual({ path: 'requires', code: 'no_reasons' })
    expect(edit('returned', { requires: ['reason'] })).toBeUndefined()
  })

  it('an end has no age limit and triggers nothing, and new orders do not begin at an end', () => {
    expect(edit('delivered', { ageLimitMinutes: 60 })).toEqual({ path: 'ageLimitMinutes', code: 'not_with_terminal' })
    expect(edit('delivered', { effects: [{ kind: 'create_parcel', carrierAccountId: null }] })).toEqual({
      path: 'effects',
      code: 'not_with_terminal',
    })
    expect(edit('new', { terminal: true, ageLimitMinutes: null })).toEqual({ path: 'terminal', code: 'not_for_new' })
  })

  it('new orders always have a first stage', () => {
    const code = (result: Result<Pipeline>) => refused(result)?.code
    expect(code(editStage(samplePipeline(), 'new', { active: false }))).toBe('pipeline.first_stage_needed')
    expect(code(editStage(samplePipeline(), 'new', { state: 'to_confirm' }))).toBe('pipeline.first_stage_needed')
    expect(code(deleteStage(samplePipeline(), 'new'))).toBe('pipeline.first_stage_needed')
    const two = done(createStage(samplePipeline(), 'vip', input({ state: 'new' })))
    expect(code(deleteStage(two, 'new'))).toBeUndefined()
  })

  it('an order of stages names every stage once', () => {
    const reversed = ids(samplePipeline()).toReversed()
    expect(ids(done(orderStages(samplePipeline(), reversed)))).toEqual(reversed)
    expect(problem(orderStages(samplePipeline(), reversed.slice(1)))?.path).toBe('stageIds')
    expect(problem(orderStages(samplePipeline(), [...reversed.slice(1), 'nowhere']))?.path).toBe('stageIds')
  })
})

describe('where the orders of a deleted stage go', () => {
  const nearest = (pipeline: Pipeline, id: string) => nearestStage(pipeline, stage(pipeline, id))?.id

  it('to a stage of the same state first, whatever its place', () => {
    const far = done(createStage(samplePipeline(), 'pickup', input({ state: 'confirmed' })))
    expect(nearest(far, 'confirmed')).toBe('pickup')
  })

  it('else to the nearest active one before, else after', () => {
    expect(nearest(samplePipeline(), 'preparation')).toBe('confirmed')
    const closed = done(editStage(samplePipeline(), 'confirmed', { active: false }))
    expect(nearest(closed, 'preparation')).toBe('to_confirm')
    const two = done(createStage(samplePipeline(), 'vip', input({ state: 'new' })))
    const first = done(orderStages(two, ['preparation', ...ids(two).filter((id) => id !== 'preparation')]))
    expect(nearest(first, 'preparation')).toBe('new')
  })

  it('tells the states that lose their last stage, and the stages from which nobody can go on', () => {
    const after = done(deleteStage(samplePipeline(), 'returned'))
    expect(statesLost(samplePipeline(), after)).toEqual(['returned'])
    expect(deadEnds(samplePipeline(), after)).toEqual([])
    const only = done(editStage(samplePipeline(), 'shipped', { nextStageIds: ['delivered'] }))
    const without = done(deleteStage(only, 'delivered'))
    expect(deadEnds(only, without)).toEqual(['shipped'])
    expect(deadEnds(without, without)).toEqual([])
  })
})

describe('reasons', () => {
  it('come behind the others of their state, and can be renamed, moved and archived', () => {
    const made = done(
      createReason(samplePipeline(), 'r1', { version: 1, state: 'returned', name: names('Taille', '', 'Size') }),
    )
    const returned = (pipeline: Pipeline) =>
      inOrder(pipeline.reasons.filter(({ state }) => state === 'returned')).map(({ id }) => id)
    expect(returned(made).at(-1)).toBe('r1')
    expect(returned(done(editReason(made, 'r1', { version: 1, position: 1 })))[0]).toBe('r1')
    const archived = done(editReason(made, 'r1', { version: 1, active: false }))
    expect(archived.reasons.find(({ id }) => id === 'r1')).toMatchObject({ active: false, name: { fr: 'Taille' } })
    expect(problem(editReason(made, 'r1', { version: 1, name: names('jamais livrée') }))?.code).toBe('taken')
  })

  it('never run out where a stage asks for one', () => {
    const { reasons, ...rest } = samplePipeline()
    let pipeline: Pipeline = { ...rest, reasons: reasons.map((reason, n) => ({ ...reason, id: `r${n}` })) }
    const failed = pipeline.reasons.filter(({ state }) => state === 'delivery_failed')
    for (const { id } of failed.slice(1)) pipeline = done(editReason(pipeline, id, { version: 1, active: false }))
    expect(refused(editReason(pipeline, String(failed[0]?.id), { version: 1, active: false }))?.code).toBe(
      'reason.last_one',
    )
  })
})

describe('templates', () => {
  const counter = () => {
    let last = 0
    return () => `new-${(last += 1)}`
  }

  it.each(templateKeys)('%s leads only to its own stages, and fits our rules', (key) => {
    const { stages } = templates[key]
    const keys = stages.map((one) => one.key)
    for (const { next } of stages) expect(keys).toEqual(expect.arrayContaining([...next]))
    const laid = done(applyTemplate({ version: 1, stages: [], reasons: [] }, templates[key], () => false, counter()))
    expect(firstStageOf(laid)?.state).toBe('new')
    for (const { id } of laid.stages) expect(refused(editStage(laid, id, {}))).toBeNull()
  })

  it('change nothing when the pipeline is already so', () => {
    const again = done(applyTemplate(samplePipeline(), templates.cod, () => true, counter()))
    expect(again).toEqual(samplePipeline())
  })

  it('never take a stage from under its orders, and never change what orders count as', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...templateKeys),
        fc.constantFrom(...templateKeys),
        fc.func(fc.boolean()),
        (from, to, holds) => {
          const newId = counter()
          const before = done(
            applyTemplate({ version: 1, stages: [], reasons: [] }, templates[from], () => false, newId),
          )
          const after = done(applyTemplate(before, templates[to], holds, newId))
          for (const one of before.stages.filter(({ id }) => holds(id)))
            expect(stage(after, one.id).state).toBe(one.state)
          expect(firstStageOf(after)?.state).toBe('new')
          const known = new Set(ids(after))
          for (const { nextStageIds } of after.stages) for (const id of nextStageIds ?? []) expect(known).toContain(id)
        },
      ),
    )
  })
})

/** Any change that a person can ask for, sensible or not. */
type Edit = (pipeline: Pipeline, at: number) => Result<Pipeline>
const pick = ({ stages }: Pipeline, n: number): string => stages[n % stages.length]?.id ?? ''
const anyState = fc.option(fc.constantFrom(...orderStates), { nil: null })
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ n: fc.nat(50), state: anyState, active: fc.boolean(), terminal: fc.boolean() }).map(
    ({ n, state, active, terminal }): Edit =>
      (pipeline) =>
        editStage(pipeline, pick(pipeline, n), {
          state,
          active,
          terminal,
          ...(terminal ? { ageLimitMinutes: null } : {}),
        }),
  ),
  fc.nat(50).map(
    (n): Edit =>
      (pipeline) =>
        deleteStage(pipeline, pick(pipeline, n)),
  ),
  anyState.map(
    (state): Edit =>
      (pipeline, at) =>
        createStage(pipeline, `made-${at}`, input({ name: names(`Étape ${at}`), state })),
  ),
  fc.nat(50).map(
    (n): Edit =>
      (pipeline) => {
        const rows = ids(pipeline)
        return orderStages(pipeline, [...rows.slice(n % rows.length), ...rows.slice(0, n % rows.length)])
      },
  ),
)

describe('under any edits', () => {
  it('new orders have a first stage, transitions lead to stages that exist, and a deleted stage has a nearest one', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 30 }), (edits) => {
        let pipeline = samplePipeline()
        edits.forEach((edit, at) => {
          const result = edit(pipeline, at)
          if (!result.ok) return
          const gone = pipeline.stages.filter(({ id }) => !ids(result.value).includes(id))
          pipeline = result.value
          for (const one of gone) {
            const near = nearestStage(pipeline, one)
            expect(near?.active).toBe(true)
            const same = one.state === null ? undefined : defaultStageOf(pipeline, one.state)
            if (same) expect(near?.state).toBe(one.state)
          }
        })
        expect(firstStageOf(pipeline)?.state).toBe('new')
        for (const { id, nextStageIds } of pipeline.stages) {
          expect(nextStageIds ?? []).not.toContain(id)
          expect(ids(pipeline)).toEqual(expect.arrayContaining(nextStageIds ?? []))
        }
      }),
    )
  })
})
