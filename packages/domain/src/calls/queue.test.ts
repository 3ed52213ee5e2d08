import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { riskLevels } from '../risk/settings.ts'
import { callKinds } from './call.ts'
import { type CallTask, compareTasks, inRiskOrder, isDue, taskKinds, whyNext } from './queue.ts'

const at = (clock: string): Date => new Date(`2026-04-13T${clock}:00Z`)
const task = (
  kind: CallTask['kind'],
  dueAt: string,
  promisedBy: string | null = null,
  placedAt = '08:00',
): CallTask => ({
  kind,
  dueAt: at(dueAt),
  promisedBy: promisedBy === null ? null : at(promisedBy),
  placedAt: at(placedAt),
})

test('said yes, then call-backs by their time, new orders by what was promised, retries by their time', () => {
  const inOrder = [
    task('said_yes', '11:00'),
    task('callback', '09:00'),
    task('callback', '10:00'),
    task('new', '11:00', '11:30', '09:00'),
    task('new', '10:00', '12:00', '08:00'),
    task('new', '08:00', null, '08:00'),
    task('new', '09:00', null, '09:00'),
    task('retry', '08:30'),
    task('retry', '09:30'),
  ]
  expect([...inOrder].reverse().sort(compareTasks)).toEqual(inOrder)
  expect(compareTasks(task('new', '10:00'), task('new', '10:00'))).toBe(0)
  expect(taskKinds).toEqual(['said_yes', 'callback', 'new', 'retry'])
})

test('a task is due from its minute on', () => {
  expect(isDue(task('callback', '10:00'), at('09:59'))).toBe(false)
  expect(isDue(task('callback', '10:00'), at('10:00'))).toBe(true)
})

test('why it is next: new, 6 min, 420 DH, Casablanca', () => {
  const facts = { attempts: 0, lastOutcome: null, totalCentimes: 42_000, cityName: 'Casablanca', riskLevel: null }
  expect(whyNext(task('new', '09:00', '09:30', '09:00'), facts, at('09:06'))).toEqual([
    { code: 'new', params: { minutes: 6 } },
    { code: 'promised', params: { minutes: 24 } },
    { code: 'amount', params: { centimes: 42_000 } },
    { code: 'city', params: { name: 'Casablanca' } },
  ])
})

test('what the reader may not see, or nobody knows, is left out', () => {
  const facts = { attempts: 2, lastOutcome: 'busy' as const, totalCentimes: null, cityName: null, riskLevel: 'high' }
  expect(whyNext(task('retry', '09:00'), facts, at('10:00'))).toEqual([
    { code: 'retry', params: { attempt: 3, outcome: 'busy' } },
    { code: 'risk', params: { level: 'high' } },
  ])
  expect(whyNext(task('said_yes', '09:00'), { ...facts, riskLevel: null }, at('10:00'))).toEqual([{ code: 'said_yes' }])
})

describe('where risk decides who is next', () => {
  const due = (kind: (typeof callKinds)[number], ...levels: ((typeof riskLevels)[number] | null)[]) =>
    levels.map((riskLevel, at) => ({ kind, riskLevel, at }))
  const told = (tasks: readonly { riskLevel: string | null; at: number }[]) =>
    tasks.map(({ riskLevel, at }) => `${riskLevel ?? 'unknown'} ${at}`)
  const waiting = due('new', 'low', 'high', null, 'medium', 'high')

  test.each([
    [-1, ['high 1', 'high 4', 'medium 3', 'low 0', 'unknown 2']],
    [0, ['low 0', 'high 1', 'unknown 2', 'medium 3', 'high 4']],
    [1, ['low 0', 'unknown 2', 'medium 3', 'high 1', 'high 4']],
  ] as const)('step %i: whatever waits longest goes first among equals, and unknown stands with low', (step, order) => {
    expect(told(inRiskOrder(waiting, step))).toEqual(order)
  })

  const anyTasks = fc
    .array(fc.tuple(fc.constantFrom(...callKinds), fc.constantFrom(...riskLevels, null)), { maxLength: 40 })
    .map((tasks) =>
      tasks
        .toSorted(([one], [other]) => callKinds.indexOf(one) - callKinds.indexOf(other))
        .map(([kind, riskLevel], at) => ({ kind, riskLevel, at })),
    )

  test('no kind overtakes another, no promise another promise, and nobody is lost', () => {
    fc.assert(
      fc.property(anyTasks, fc.constantFrom(-1 as const, 0 as const, 1 as const), (tasks, step) => {
        const ordered = inRiskOrder(tasks, step)
        const kindsOf = (list: typeof tasks) => list.map(({ kind }) => kind)
        const promised = (list: typeof tasks) => list.filter(({ kind }) => kind === 'callback')
        expect(kindsOf(ordered)).toEqual(kindsOf(tasks))
        expect(promised(ordered)).toEqual(promised(tasks))
        expect(ordered.toSorted((one, other) => one.at - other.at)).toEqual(tasks)
      }),
    )
  })
})
