import { editStage } from '@sendocki/domain/orders/editing'
import type { Pipeline, Stage } from '@sendocki/domain/orders/pipeline-schema'
import { samplePipeline } from '@sendocki/domain/orders/sample-pipeline'
import { describe, expect, test } from 'vitest'
import { changesOf, draftOf, isChanged, isDisturbed, mineOver, moved } from './draft.ts'
import { sentencesOf } from './sentences.ts'

const stageIn = (pipeline: Pipeline, id: string): Stage => {
  const stage = pipeline.stages.find((one) => one.id === id)
  if (!stage) throw new Error(id)
  return stage
}
const edited = (id: string, settings: Parameters<typeof editStage>[2]): Pipeline => {
  const result = editStage(samplePipeline(), id, settings)
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}
const drafted = (pipeline: Pipeline, id: string) => draftOf(pipeline, stageIn(pipeline, id))

describe('a draft', () => {
  test('sends only what was changed', () => {
    const base = drafted(samplePipeline(), 'confirmed')
    const draft = { ...base, colour: 'rose' as const, nextStageIds: ['shipped'] }
    expect(changesOf(draft, base)).toEqual({ colour: 'rose', nextStageIds: ['shipped'] })
    expect(isChanged(base, base)).toBe(false)
  })

  test('shows from where people come, also where a stage leads anywhere', () => {
    const free = edited('returned', { nextStageIds: null })
    expect(drafted(free, 'confirmed').previousStageIds).toEqual([
      'new',
      'unreachable',
      'to_confirm',
      'preparation',
      'delivery_failed',
      'returned',
      'cancelled',
    ])
  })

  test('is disturbed by a change of the same stage, not by one elsewhere', () => {
    const base = drafted(samplePipeline(), 'confirmed')
    expect(isDisturbed(base, drafted(edited('shipped', { colour: 'grey' }), 'confirmed'))).toBe(false)
    expect(isDisturbed(base, drafted(edited('confirmed', { colour: 'grey' }), 'confirmed'))).toBe(true)
  })

  test('laid over theirs keeps what I changed and takes the rest from them', () => {
    const base = drafted(samplePipeline(), 'confirmed')
    const theirs = drafted(edited('confirmed', { colour: 'grey', ageLimitMinutes: 60 }), 'confirmed')
    expect(mineOver(theirs, { ...base, colour: 'rose' }, base)).toMatchObject({ colour: 'rose', ageLimitMinutes: 60 })
  })

  test('a row moves up and down and stays in the list', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
    expect(moved(['a', 'b', 'c'], 9, 0)).toEqual(['a', 'b', 'c'])
  })
})

describe('the sentences of a stage', () => {
  const says = (pipeline: Pipeline, id: string, over: object = {}) => {
    const stage = stageIn(pipeline, id)
    return sentencesOf(pipeline, stage, { ...draftOf(pipeline, stage), ...over })
  }

  test('say what it counts as, who brings orders, what is asked, when it is late and where it leads', () => {
    expect(says(samplePipeline(), 'confirmed')).toEqual([
      { says: 'counts', state: 'confirmed' },
      { says: 'by_rule', state: 'confirmed' },
      { says: 'asks', fields: ['phone', 'city', 'amount'] },
      { says: 'late', minutes: 1_440 },
      { says: 'leads', stageIds: ['to_confirm', 'preparation', 'shipped', 'cancelled'] },
    ])
  })

  test('follow the form before it is saved', () => {
    const kinds = says(samplePipeline(), 'confirmed', {
      state: null,
      effects: [{ kind: 'create_parcel', carrierAccountId: null }],
      roleKeys: [],
      nextStageIds: [],
      previousStageIds: [],
    }).map((sentence) => sentence.says)
    expect(kinds).toEqual([
      'counts_nowhere',
      'closed_to_people',
      'asks',
      'nobody',
      'effect',
      'effect_undone',
      'late',
      'leads_nowhere',
    ])
  })

  test('tell an end, the first stage, and a stage that is hidden', () => {
    const kinds = (id: string, pipeline = samplePipeline()) => says(pipeline, id).map((sentence) => sentence.says)
    expect(kinds('returned')).toEqual(['counts', 'by_rule', 'ends'])
    expect(kinds('new')).toContain('first')
    expect(kinds('returned', edited('returned', { active: false }))).toEqual(['hidden', 'counts', 'ends'])
  })
})
