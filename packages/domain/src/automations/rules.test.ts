import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCallTime } from '../calls/hours.ts'
import { defaultCallSettings } from '../calls/settings.ts'
import { planAnsweredMove } from '../orders/answering.ts'
import { sampleOrder, samplePipeline } from '../orders/sample-pipeline.ts'
import type { AnswerOutcome } from './automation.ts'
import { planAnswer, planSend, readinessFault, type SendFacts, shapeFault } from './rules.ts'
import {
  areDefaultRates,
  budgetReached,
  defaultAutomationSettings,
  defaultRates,
  rateOn,
  settingsFault,
} from './settings.ts'

const noon = new Date('2026-11-24T12:00:00Z')
const night = new Date('2026-11-24T23:00:00Z')
const ask = { state: 'approved', category: 'utility', body: 'Salam', variables: [], cards: [] } as const
const ready: SendFacts = {
  enabled: true,
  isThere: true,
  alreadyAsked: false,
  order: {
    phone: '+212661234567',
    placedAt: '2026-11-24T08:00:00.000Z',
    blocked: false,
    isSample: false,
    toComplete: [],
  },
  contact: { optedOutAt: null, unreachableAt: null },
  template: ask,
  numberReady: true,
  recent: [],
  spentMicros: 0,
}
const plan = (facts: Partial<SendFacts>, at = noon, settings: Partial<typeof defaultAutomationSettings> = {}) =>
  planSend({ ...ready, ...facts }, defaultCallSettings, { ...defaultAutomationSettings, ...settings }, at)
const offer = { ...ask, category: 'marketing' } as const

describe('a message of an automation', () => {
  it.each<[string, Partial<SendFacts>, string, string]>([
    ['that was switched off', { enabled: false }, 'cancel', 'automation.off'],
    ['whose order has left the stage', { isThere: false }, 'cancel', 'automation.order_moved'],
    ['that was sent for this order before', { alreadyAsked: true }, 'cancel', 'automation.already_asked'],
    ['for an example', { order: { ...ready.order, isSample: true } }, 'cancel', 'automation.sample_order'],
    ['to a blocked buyer', { order: { ...ready.order, blocked: true } }, 'cancel', 'automation.buyer_blocked'],
    [
      'for an order that proved no sender',
      { order: { ...ready.order, toComplete: ['unsigned_source'] } },
      'cancel',
      'automation.order_doubtful',
    ],
    ['without a phone', { order: { ...ready.order, phone: null } }, 'fail', 'automation.no_phone'],
    [
      'to a phone without WhatsApp',
      { contact: { optedOutAt: null, unreachableAt: 'x' } },
      'fail',
      'message.no_whatsapp',
    ],
    [
      'that sells, to who said STOP',
      { contact: { optedOutAt: 'x', unreachableAt: null }, template: offer },
      'cancel',
      'message.opted_out',
    ],
    ['of a paused template', { template: { ...ask, state: 'paused' } }, 'fail', 'template.not_approved'],
    [
      'of a carousel whose pictures nobody has chosen',
      { template: { ...offer, cards: [{ header: 'image', mediaId: null, body: 'Pack', variables: [], buttons: [] }] } },
      'fail',
      'template.pictures_missing',
    ],
    ['of a number that is out', { numberReady: false }, 'fail', 'whatsapp_number.not_ready'],
  ])('%s is not sent', (_what, facts, kind, because) => expect(plan(facts)).toEqual({ kind, because }))

  it('that confirms goes to who said STOP to advertising, and past the budget unless the owner stops it', () => {
    expect(plan({ contact: { optedOutAt: 'x', unreachableAt: null } })).toEqual({ kind: 'send' })
    const spent = { spentMicros: 1_000_000 }
    expect(plan(spent, noon, { monthlyBudgetCentimes: 100 })).toEqual({ kind: 'send' })
    expect(plan({ ...spent, template: offer }, noon, { monthlyBudgetCentimes: 100 })).toMatchObject({
      kind: 'wait',
      because: 'automation.budget_spent',
    })
    expect(plan(spent, noon, { monthlyBudgetCentimes: 100, stopConfirmations: true })).toMatchObject({ kind: 'wait' })
    expect(plan({ spentMicros: 999_999, template: offer }, noon, { monthlyBudgetCentimes: 100 })).toEqual({
      kind: 'send',
    })
  })

  it('beyond the cap waits until the oldest is out of it', () => {
    const recent = ['2026-11-24T09:00:00Z', '2026-11-24T10:00:00Z', '2026-11-24T11:00:00Z']
    expect(plan({ recent })).toEqual({
      kind: 'wait',
      until: new Date('2026-11-25T09:00:00Z'),
      because: 'automation.cap_reached',
    })
    expect(plan({ recent: recent.slice(1) })).toEqual({ kind: 'send' })
  })

  it('law 14: leaves within the hours of calls or waits for them, at any instant, also when the offset changes', () => {
    const instants = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(instants, (at) => {
        const planned = plan({}, at)
        const fresh = plan({ order: { ...ready.order, placedAt: at.toISOString() } }, at)
        expect(fresh).toEqual({ kind: 'send' })
        if (planned.kind === 'send') expect(isCallTime(defaultCallSettings, at) || isFresh(at)).toBe(true)
        else if (planned.kind === 'wait') {
          expect(planned.until > at && isCallTime(defaultCallSettings, planned.until)).toBe(true)
        } else expect.unreachable()
      }),
      { examples: [[new Date('2026-02-15T01:30:00Z')], [new Date('2026-03-22T02:30:00Z')], [night]] },
    )
  })
  const isFresh = (at: Date) => Math.abs(at.getTime() - Date.parse(ready.order.placedAt)) <= 15 * 60_000

  it('law 14: an offer is no acknowledgement, however fresh the order', () => {
    const order = { ...ready.order, placedAt: night.toISOString() }
    expect(plan({ order, template: offer }, night)).toMatchObject({ kind: 'wait', because: 'message.outside_hours' })
  })
})

describe('an answer', () => {
  const rules = [
    { index: 0, stageId: 'confirmed' },
    { index: 1, stageId: null },
    { index: 2, stageId: 'cancelled' },
  ]
  it.each<[string, number, readonly [number | null, AnswerOutcome][], boolean, object]>([
    ['the first', 0, [], true, { kind: 'move', stageId: 'confirmed' }],
    ['a button that moves nothing', 1, [], true, { kind: 'keep', outcome: 'stayed' }],
    ['one after the order moved', 0, [], false, { kind: 'keep', outcome: 'late' }],
    ['the same again', 0, [[0, 'moved']], false, { kind: 'keep', outcome: 'repeated' }],
    ['another than the first', 2, [[0, 'moved']], false, { kind: 'keep', outcome: 'changed_mind' }],
    ['another after a late one', 2, [[0, 'late']], false, { kind: 'keep', outcome: 'changed_mind' }],
    ['a button after free words', 0, [[null, 'text']], true, { kind: 'move', stageId: 'confirmed' }],
  ])('%s', (_what, index, before, isThere, expected) =>
    expect(
      planAnswer({
        index,
        card: null,
        rules,
        isThere,
        before: before.map(([at, outcome]) => ({ index: at, outcome })),
      }),
    ).toEqual(expected),
  )

  it('property: moves an order at most once, whatever is pressed in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.boolean())), (presses) => {
        const before: { index: number; outcome: AnswerOutcome }[] = []
        let moves = 0
        for (const [index, isThere] of presses) {
          const planned = planAnswer({ index, card: null, rules, before, isThere })
          if (planned.kind === 'move') moves += 1
          before.push({ index, outcome: planned.kind === 'move' ? 'moved' : planned.outcome })
        }
        expect(moves).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('where an answer takes an order', () => {
  const at = noon.toISOString()
  const go = (over: Partial<ReturnType<typeof sampleOrder>>, stageId: string) =>
    planAnsweredMove({ ...sampleOrder(), ...over }, samplePipeline(), stageId, at)

  it('yes confirms a whole order, and asks for a call where something is missing', () => {
    expect(go({}, 'confirmed')).toMatchObject({ kind: 'move', move: { after: { stageId: 'confirmed' } } })
    const lacking = go({ addressLine: null, cityId: null }, 'confirmed')
    expect(lacking).toMatchObject({ kind: 'to_complete', move: { after: { stageId: 'to_confirm' } } })
    expect(go({ cityId: null, addressLine: null, stageId: 'to_confirm', state: 'to_confirm' }, 'confirmed')).toEqual({
      kind: 'to_complete',
      move: null,
    })
  })

  it('yes asks for a call where a second one is wanted, and no does not', () => {
    const twice = (stageId: string) =>
      planAnsweredMove(sampleOrder(), samplePipeline(), stageId, at, { asksTwice: true }).kind
    expect([twice('confirmed'), twice('cancelled')]).toEqual(['second_yes', 'move'])
  })

  it('never past a test, a parcel under way or a stage that is gone', () => {
    expect(go({ toComplete: ['test_order'] }, 'confirmed')).toEqual({ kind: 'refused', flag: null })
    expect(go({ parcelStatus: 'in_transit' }, 'cancelled')).toEqual({ kind: 'refused', flag: null })
    expect(go({}, 'nowhere')).toEqual({ kind: 'refused', flag: 'no_stage' })
    expect(go({}, sampleOrder().stageId)).toEqual({ kind: 'stays' })
  })
})

describe('the parts of an automation', () => {
  const facts = {
    automation: { stageId: 'new', buttons: [{ index: 0, stageId: 'confirmed' }], silence: null },
    template: { state: 'approved' as const, buttons: ['Oui'], body: 'Salam', variables: [], cards: [] },
    numberReady: true,
    activeStageIds: new Set(['new', 'confirmed']),
  }
  const { automation, template } = facts
  it.each([
    ['a stage that is gone', { automation: { ...automation, stageId: 'x' } }, 'automation.stage_inactive', 'stageId'],
    ['a button too few', { automation: { ...automation, buttons: [] } }, 'automation.buttons_differ', 'buttons'],
    [
      'the same button twice',
      {
        automation: { ...automation, buttons: [...automation.buttons, ...automation.buttons] },
        template: { ...template, buttons: ['Oui', 'Non'] },
      },
      'automation.buttons_differ',
      'buttons',
    ],
    [
      'a button to nowhere',
      { automation: { ...automation, buttons: [{ index: 0, stageId: 'x' }] } },
      'automation.stage_inactive',
      'buttons.0.stageId',
    ],
    [
      'silence to nowhere',
      { automation: { ...automation, silence: { stageId: 'x' } } },
      'automation.stage_inactive',
      'silence.stageId',
    ],
  ])('do not fit with %s', (_what, over, code, path) =>
    expect(shapeFault({ ...facts, ...over })).toEqual({ code, path }),
  )

  it('may fit and still not be ready', () => {
    expect(readinessFault(facts)).toBeNull()
    expect(readinessFault({ ...facts, template: { ...template, state: 'paused' } })?.code).toBe('template.not_approved')
    expect(readinessFault({ ...facts, template: { ...template, body: 'Salam {{1}} !' } })?.code).toBe(
      'template.variables_unnamed',
    )
    expect(
      readinessFault({
        ...facts,
        template: {
          ...template,
          cards: [{ header: 'image', mediaId: null, body: 'Pack', variables: [], buttons: [] }],
        },
      })?.code,
    ).toBe('template.pictures_missing')
    expect(readinessFault({ ...facts, numberReady: false })?.code).toBe('whatsapp_number.not_ready')
  })
})

describe('prices and budget', () => {
  it('take the newest price that began, and none where none is known', () => {
    expect(rateOn(defaultRates, 'service', '2026-09-30')).toBe(0)
    expect(rateOn(defaultRates, 'service', '2026-10-01')).toBe(40_000)
    expect(rateOn(defaultRates, 'utility', '2025-06-30')).toBeNull()
    expect(rateOn(defaultRates, 'authentication', '2026-10-01')).toBeNull()
  })

  it.each([
    [79_999, null],
    [80_000, 80],
    [99_999, 80],
    [100_000, 100],
    [900_000, 100],
  ])('%i millionths of ten centimes are %s per cent', (spent, reached) =>
    expect([budgetReached(spent, 10), budgetReached(spent, null)]).toEqual([reached, null]),
  )

  it('are those of the beginning until somebody corrects one', () => {
    expect(
      areDefaultRates(defaultRates.map(({ from, category, microDirhams }) => ({ from, category, microDirhams }))),
    ).toBe(true)
    expect(areDefaultRates(defaultRates.map((rate) => ({ ...rate, microDirhams: rate.microDirhams + 1 })))).toBe(false)
    expect(areDefaultRates(defaultRates.slice(1))).toBe(false)
  })

  it('refuse two prices of one category from one day', () => {
    const twice = [...defaultRates, ...defaultRates.slice(0, 1)]
    expect(settingsFault({ ...defaultAutomationSettings, rates: twice })).toEqual({
      path: `rates.${defaultRates.length}.from`,
      code: 'repeated',
    })
    expect(settingsFault(defaultAutomationSettings)).toBeNull()
  })
})
