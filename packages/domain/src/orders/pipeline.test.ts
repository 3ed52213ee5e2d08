import { describe, expect, it } from 'vitest'
import { builtInRoles, type RoleKey } from '../permissions.ts'
import {
  defaultStageOf,
  firstEntriesAfter,
  firstStageOf,
  isAllowedStep,
  type MovableOrder,
  type MoveInput,
  type Mover,
  mayBeginIn,
  planMove,
  planRuleMove,
  refusalOfStart,
} from './pipeline.ts'
import type { Pipeline, Stage } from './pipeline-schema.ts'
import { sampleOrder, samplePipeline } from './sample-pipeline.ts'
import { orderStates } from './states.ts'

const at = '2026-11-20T12:00:00.000Z'
const mover = (role: RoleKey): Mover => ({
  memberId: 'me',
  roleKey: role,
  moveInto: builtInRoles[role].moveInto,
  seesAll: builtInRoles[role].scope.includes('all'),
})
const owner = mover('owner')
const input = (stageId: string, over: Partial<MoveInput> = {}): MoveInput => ({ stageId, version: 1, ...over })
const changed = (pipeline: Pipeline, id: string, over: Partial<Stage>): Pipeline => ({
  ...pipeline,
  stages: pipeline.stages.map((stage) => (stage.id === id ? { ...stage, ...over } : stage)),
})
const refusal = (order: MovableOrder, to: MoveInput, who = owner, pipeline = samplePipeline()) => {
  const result = planMove(order, pipeline, to, who, at)
  return result.ok ? null : result.refusal
}
const moved = (order: MovableOrder, to: MoveInput, who = owner, pipeline = samplePipeline()) => {
  const result = planMove(order, pipeline, to, who, at)
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}

describe('the default pipeline', () => {
  it('has the ten stages of the COD template and a stage for every state', () => {
    const { stages } = samplePipeline()
    expect(stages.map(({ state }) => state)).toEqual([
      'new',
      'unreachable',
      'to_confirm',
      'confirmed',
      null,
      'shipped',
      'delivered',
      'delivery_failed',
      'returned',
      'cancelled',
    ])
    for (const state of orderStates) expect(defaultStageOf(samplePipeline(), state)).toBeDefined()
  })

  it('leads only to stages that exist, and names each in three languages', () => {
    const { stages, reasons } = samplePipeline()
    const ids = stages.map(({ id }) => id)
    for (const { nextStageIds } of stages) expect(ids).toEqual(expect.arrayContaining(nextStageIds ?? []))
    for (const { name } of [...stages, ...reasons])
      for (const word of Object.values(name)) expect(word).toMatch(/\p{L}/u)
  })

  it('takes new orders into the first stage for them, else into the first active one', () => {
    expect(firstStageOf(samplePipeline())?.id).toBe('new')
    expect(firstStageOf(changed(samplePipeline(), 'new', { active: false }))?.id).toBe('unreachable')
  })
})

describe('a move by a person', () => {
  it('gives the order its new stage, state, clock and age limit', () => {
    const { before, after, firstEntry, effects } = moved(sampleOrder(), input('confirmed'))
    expect(before.stageId).toBe('new')
    expect(after).toEqual({
      stageId: 'confirmed',
      state: 'confirmed',
      stateSince: at,
      // Two working days of twelve hours from 13:00 in Casablanca.
      lateAt: '2026-11-22T12:00:00.000Z',
      endedAt: null,
      assigneeId: null,
    })
    expect(firstEntry).toBe('confirmed')
    expect(effects).toEqual([])
  })

  it('follows the table of transitions', () => {
    expect(refusal(sampleOrder(), input('shipped'))).toEqual({
      code: 'order.move_not_allowed',
      params: { allowed: ['unreachable', 'to_confirm', 'confirmed', 'cancelled'] },
    })
    const free = changed(samplePipeline(), 'new', { nextStageIds: null })
    expect(refusal(sampleOrder(), input('shipped'), owner, free)).toBeNull()
  })

  it('needs the version that was seen, an active stage, and another one', () => {
    expect(refusal(sampleOrder({ version: 2 }), input('confirmed'))?.code).toBe('order.changed_meanwhile')
    expect(refusal(sampleOrder(), input('nowhere'))?.code).toBe('order.stage_unknown')
    const closed = changed(samplePipeline(), 'confirmed', { active: false })
    expect(refusal(sampleOrder(), input('confirmed'), owner, closed)?.code).toBe('order.stage_unknown')
    expect(refusal(sampleOrder(), input('new'))?.code).toBe('order.already_there')
  })

  it('stays within the states of the role', () => {
    const agent = mover('confirmation_agent')
    const driver = mover('delivery_agent')
    const confirmed = sampleOrder({ stageId: 'confirmed', state: 'confirmed' })
    const shipped = sampleOrder({ stageId: 'shipped', state: 'shipped' })
    expect(refusal(sampleOrder(), input('confirmed'), agent)).toBeNull()
    expect(refusal(confirmed, input('shipped'), agent)?.code).toBe('order.move_forbidden')
    expect(refusal(confirmed, input('preparation'), agent)?.code).toBe('order.move_forbidden')
    expect(refusal(shipped, input('delivered'), driver)).toBeNull()
    expect(refusal(sampleOrder(), input('confirmed'), driver)?.code).toBe('order.move_forbidden')
    expect(refusal(sampleOrder(), input('confirmed'), mover('viewer'))?.code).toBe('order.move_forbidden')
  })

  it('lets a stage name the roles that may move in', () => {
    const only = changed(samplePipeline(), 'preparation', { roleKeys: ['confirmation_agent'] })
    const confirmed = sampleOrder({ stageId: 'confirmed', state: 'confirmed' })
    expect(refusal(confirmed, input('preparation'), mover('confirmation_agent'), only)).toBeNull()
    expect(refusal(confirmed, input('preparation'), owner, only)?.code).toBe('order.move_forbidden')
  })

  it('asks for what the stage requires, and says what is missing', () => {
    const bare = sampleOrder({ phone: null, cityId: null, codAmountCentimes: null })
    expect(refusal(bare, input('confirmed'))).toEqual({
      code: 'order.field_required',
      params: { fields: ['phone', 'city', 'amount'] },
    })
  })

  it('asks for a reason of the stage’s own list', () => {
    const to = (reasonId?: string) => refusal(sampleOrder(), input('cancelled', reasonId ? { reasonId } : {}))?.code
    expect(to()).toBe('order.reason_required')
    expect(to('reason:refused')).toBe('order.reason_unknown')
    expect(to('reason:nonsense')).toBe('order.reason_unknown')
    expect(to('reason:duplicate')).toBeUndefined()
    expect(refusal(sampleOrder(), input('confirmed', { reasonId: 'reason:duplicate' }))?.code).toBe(
      'order.reason_unknown',
    )
  })

  it('never promises a test order or foreign money to anybody', () => {
    const test = sampleOrder({ toComplete: ['test_order'] })
    const foreign = sampleOrder({ toComplete: ['currency_not_mad'] })
    expect(refusal(test, input('confirmed'))?.code).toBe('order.test_order')
    expect(refusal(foreign, input('confirmed'))?.code).toBe('order.currency_unsupported')
    expect(refusal(test, input('cancelled', { reasonId: 'reason:duplicate' }))).toBeNull()
  })

  it('does not cancel an order whose parcel is under way', () => {
    const booked = sampleOrder({ stageId: 'confirmed', state: 'confirmed', parcelStatus: 'created' })
    const cancel = input('cancelled', { reasonId: 'reason:duplicate' })
    expect(refusal(booked, cancel)?.code).toBe('order.locked_by_parcel')
    expect(refusal({ ...booked, parcelStatus: 'cancelled' }, cancel)).toBeNull()
  })

  it('makes the unassigned order theirs for those who see only some, and leaves it to those who see all', () => {
    const agent = mover('confirmation_agent')
    expect(moved(sampleOrder(), input('confirmed'), agent).after.assigneeId).toBe('me')
    expect(moved(sampleOrder(), input('confirmed'), owner).after.assigneeId).toBeNull()
    expect(moved(sampleOrder({ assigneeId: 'her' }), input('confirmed'), agent).after.assigneeId).toBe('her')
  })

  it('triggers the effects of the stage, and no second parcel', () => {
    const effects = [{ kind: 'create_parcel' as const, carrierAccountId: 'sendit' }]
    const pipeline = changed(samplePipeline(), 'confirmed', { effects })
    expect(moved(sampleOrder(), input('confirmed'), owner, pipeline).effects).toEqual(effects)
    const live = sampleOrder({ parcelStatus: 'in_transit' })
    expect(moved(live, input('confirmed'), owner, pipeline).effects).toEqual([])
  })

  it('remembers the first entry into a state only', () => {
    const again = sampleOrder({ stageId: 'to_confirm', state: 'to_confirm', firstEntries: { confirmed: 'before' } })
    const move = moved(again, input('confirmed'))
    expect(move.firstEntry).toBeNull()
    expect(firstEntriesAfter(again.firstEntries, move)).toEqual({ confirmed: 'before' })
  })
})

describe('a move by rule', () => {
  const rule = (
    order: MovableOrder,
    state: (typeof orderStates)[number],
    pipeline = samplePipeline(),
    by = 'carrier' as const,
  ) => planRuleMove(order, pipeline, { state }, by, at)

  it('ignores transitions, roles and required fields', () => {
    const planned = rule(sampleOrder({ phone: null }), 'delivered')
    expect(planned).toMatchObject({ kind: 'move', move: { after: { stageId: 'delivered', endedAt: at } } })
    expect(isAllowedStep(samplePipeline().stages[0], samplePipeline().stages[6] as Stage)).toBe(false)
  })

  it('goes to the first active stage of the state', () => {
    const { stages, ...rest } = samplePipeline()
    const second = { ...(stages[5] as Stage), id: 'on_route', position: 20 }
    const both = { ...rest, stages: [...stages, second] }
    expect(rule(sampleOrder(), 'shipped', both)).toMatchObject({ move: { after: { stageId: 'shipped' } } })
    const closed = changed(both, 'shipped', { active: false })
    expect(rule(sampleOrder(), 'shipped', closed)).toMatchObject({ move: { after: { stageId: 'on_route' } } })
  })

  it('flags the order when no stage carries the state, and leaves one that is there already', () => {
    const none = changed(samplePipeline(), 'returned', { active: false })
    expect(rule(sampleOrder(), 'returned', none)).toEqual({ kind: 'flagged', flag: 'no_stage' })
    expect(rule(sampleOrder(), 'new')).toEqual({ kind: 'stays' })
  })

  it('books no parcel again because a carrier called one off', () => {
    const effects = [{ kind: 'create_parcel' as const, carrierAccountId: null }]
    const pipeline = changed(samplePipeline(), 'confirmed', { effects })
    const order = sampleOrder({ stageId: 'shipped', state: 'shipped', parcelStatus: 'cancelled' })
    expect(rule(order, 'confirmed', pipeline)).toMatchObject({ move: { effects: [] } })
    const wished = planRuleMove(order, pipeline, { state: 'confirmed' }, 'automation', at)
    expect(wished).toMatchObject({ move: { effects } })
  })

  it('finds the reason by its key, where the merchant still has it', () => {
    const planned = planRuleMove(
      sampleOrder(),
      samplePipeline(),
      { state: 'cancelled', reasonKey: 'shop_cancelled' },
      'shop',
      at,
    )
    expect(planned).toMatchObject({ move: { reasonId: 'reason:shop_cancelled' } })
    const without = { ...samplePipeline(), reasons: [] }
    expect(
      planRuleMove(sampleOrder(), without, { state: 'cancelled', reasonKey: 'shop_cancelled' }, 'shop', at),
    ).toMatchObject({
      move: { reasonId: null },
    })
  })
})

describe('a new order', () => {
  const stageOf = (id: string, over: Partial<Stage> = {}) =>
    changed(samplePipeline(), id, over).stages.find((stage) => stage.id === id)
  const startsFor = (role: RoleKey): string[] =>
    samplePipeline()
      .stages.filter((stage) => mayBeginIn(stage, mover(role)))
      .map(({ id }) => id)

  it('is offered where the role may bring orders, and nowhere where they end or come for a reason', () => {
    expect(startsFor('owner')).toEqual(['new', 'unreachable', 'to_confirm', 'confirmed', 'preparation', 'shipped'])
    expect(startsFor('confirmation_agent')).toEqual(['new', 'unreachable', 'to_confirm', 'confirmed'])
    expect(startsFor('viewer')).toEqual([])
  })

  it('begins where it was asked for only with what the stage demands', () => {
    const complete = sampleOrder()
    expect(refusalOfStart(complete, stageOf('confirmed'), owner)).toBeNull()
    expect(refusalOfStart({ ...complete, cityId: null }, stageOf('new'), owner)).toBeNull()
    expect(refusalOfStart({ ...complete, cityId: null }, stageOf('confirmed'), owner)).toEqual({
      code: 'order.field_required',
      params: { fields: ['city'] },
    })
    expect(refusalOfStart(complete, stageOf('delivery_failed'), owner)?.code).toBe('order.reason_required')
    expect(refusalOfStart(complete, stageOf('shipped'), mover('confirmation_agent'))?.code).toBe('order.move_forbidden')
    expect(refusalOfStart(complete, stageOf('new', { active: false }), owner)?.code).toBe('order.stage_unknown')
    expect(refusalOfStart(complete, undefined, owner)?.code).toBe('order.stage_unknown')
  })
})
