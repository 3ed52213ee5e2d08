import { describe, expect, test } from 'vitest'
import { activeStages, type Mover, planDrop, planDrops, reasonsFor } from './moves.ts'
import { anOrder, aPipeline, aStage } from './orders.given.ts'

const owner: Mover = { canMove: true, roleKey: 'owner', moveInto: null }
const pipeline = aPipeline([
  aStage('shipped', 4, { state: 'shipped', nextStageIds: [], requires: ['city'] }),
  aStage('new', 0, { state: 'new', nextStageIds: ['to_confirm', 'cancelled'] }),
  aStage('to_confirm', 1, { state: 'to_confirm', nextStageIds: ['confirmed', 'cancelled'] }),
  aStage('confirmed', 2, {
    state: 'confirmed',
    nextStageIds: ['prepared'],
    requires: ['phone', 'city'],
    effects: [{ kind: 'create_parcel', carrierAccountId: null }],
  }),
  aStage('prepared', 3, { nextStageIds: ['shipped'] }),
  aStage('cancelled', 5, { state: 'cancelled', nextStageIds: [], requires: ['reason'], terminal: true }),
  aStage('archive', 6, { active: false }),
])
const at = (stageId: string) => anOrder('one', { stageId })
const why = (stageId: string, from = 'new', mover = owner) => {
  const drop = planDrop(pipeline, at(from), stageId, mover)
  return drop.kind === 'closed' ? drop.why : drop.kind
}

test('boards and menus offer active stages in their order', () => {
  expect(activeStages(pipeline).map(({ id }) => id)).toEqual([
    'new',
    'to_confirm',
    'confirmed',
    'prepared',
    'shipped',
    'cancelled',
  ])
})

describe('dropping an order', () => {
  test('on its own stage does nothing', () => expect(why('new')).toBe('same'))
  test('on an allowed stage says what it triggers', () => {
    expect(planDrop(pipeline, at('to_confirm'), 'confirmed', owner)).toEqual({
      kind: 'open',
      needsReason: false,
      effects: ['create_parcel'],
    })
  })
  test('on a stage that wants a reason asks for one', () => {
    expect(planDrop(pipeline, at('new'), 'cancelled', owner)).toMatchObject({ kind: 'open', needsReason: true })
  })
  test('further along names the first stage on the way', () => {
    expect(why('prepared')).toEqual({ rule: 'passes_by', stageId: 'to_confirm' })
    expect(why('prepared', 'to_confirm')).toEqual({ rule: 'passes_by', stageId: 'confirmed' })
  })
  test('backwards is refused as a return', () => expect(why('new', 'confirmed')).toEqual({ rule: 'no_return' }))
  test('where no way leads says so', () => expect(why('cancelled', 'shipped')).toEqual({ rule: 'no_way' }))
  test('on an inactive stage is refused', () => expect(why('archive')).toEqual({ rule: 'no_way' }))
  test('without a fact that the stage requires names the fact', () => {
    const order = anOrder('one', {
      stageId: 'to_confirm',
      shippingAddress: { ...anOrder('x').shippingAddress, city: null },
    })
    expect(planDrop(pipeline, order, 'confirmed', owner)).toEqual({
      kind: 'closed',
      why: { rule: 'missing', fields: ['city'] },
    })
  })
  test('without a usable phone where one is required is refused', () => {
    const customer = { ...anOrder('x').customer, phone: null, phoneVerdict: null }
    expect(planDrop(pipeline, anOrder('one', { stageId: 'to_confirm', customer }), 'confirmed', owner)).toMatchObject({
      why: { rule: 'missing', fields: ['phone'] },
    })
  })
  test('that is a test of the shop, or in another currency, is not promised to a buyer', () => {
    const of = (reason: 'test_order' | 'currency_not_mad') =>
      planDrop(pipeline, anOrder('one', { stageId: 'to_confirm', toComplete: [reason] }), 'confirmed', owner)
    expect(of('test_order')).toMatchObject({ why: { rule: 'test_order' } })
    expect(of('currency_not_mad')).toMatchObject({ why: { rule: 'foreign_money' } })
  })
  test('on a cancelled stage while its parcel travels is refused', () => {
    const parcel = { id: 'p', status: 'in_transit' as const, since: '', trackingNumber: null, carrierAccountId: null }
    expect(planDrop(pipeline, anOrder('one', { parcel }), 'cancelled', owner)).toMatchObject({
      why: { rule: 'live_parcel' },
    })
  })
  test('a masked phone is a phone all the same', () => {
    const customer = { ...anOrder('x').customer, phone: null, phoneMasked: true }
    expect(planDrop(pipeline, anOrder('one', { stageId: 'to_confirm', customer }), 'confirmed', owner).kind).toBe(
      'open',
    )
  })
})

describe('a role', () => {
  const agent: Mover = {
    canMove: true,
    roleKey: 'confirmation_agent',
    moveInto: ['to_confirm', 'confirmed', 'cancelled'],
  }
  test('moves only into its states', () => {
    expect(why('shipped', 'prepared', agent)).toEqual({ rule: 'role' })
    expect(why('to_confirm', 'new', agent)).toBe('open')
  })
  test('with limited states does not reach a stage without one', () => {
    expect(why('prepared', 'confirmed', agent)).toEqual({ rule: 'role' })
  })
  test('is kept out of a stage that names other roles', () => {
    const narrow = aPipeline([aStage('new', 0), aStage('vip', 1, { roleKeys: ['manager'] })])
    expect(planDrop(narrow, at('new'), 'vip', owner)).toEqual({ kind: 'closed', why: { rule: 'role' } })
  })
  test('that does not move sees every stage closed', () => {
    expect(why('to_confirm', 'new', { ...owner, canMove: false })).toEqual({ rule: 'role' })
  })
})

test('reasons offered are the active ones of the state, in their order', () => {
  const words = { fr: '', en: '', ar: '' }
  const reason = (id: string, position: number, facts = {}) => ({
    id,
    position,
    state: 'cancelled' as const,
    key: null,
    name: words,
    active: true,
    ...facts,
  })
  const reasons = [
    reason('b', 2),
    reason('a', 1),
    reason('off', 0, { active: false }),
    reason('r', 0, { state: 'returned' }),
  ]
  const stage = aStage('cancelled', 0, { state: 'cancelled' })
  expect(reasonsFor({ ...pipeline, reasons }, stage).map(({ id }) => id)).toEqual(['a', 'b'])
})

describe('dropping several orders together', () => {
  const together = (stageId: string, ...from: readonly string[]) => planDrops(pipeline, from.map(at), stageId, owner)
  test('is open where it is for one of them, and asks for a reason where one wants it', () => {
    expect(together('cancelled', 'new', 'confirmed')).toMatchObject({ kind: 'open', needsReason: true })
    expect(together('confirmed', 'new', 'to_confirm')).toEqual({
      kind: 'open',
      needsReason: false,
      effects: ['create_parcel'],
    })
  })
  test('is closed with the first rule where it is for all of them', () => {
    expect(together('shipped', 'new', 'to_confirm')).toMatchObject({ kind: 'closed', why: { rule: 'passes_by' } })
  })
  test('on the stage where all of them are does nothing', () => {
    expect(together('new', 'new', 'new')).toEqual({ kind: 'same' })
  })
})
