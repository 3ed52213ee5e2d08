import { expect, test } from 'vitest'
import { answerCurve, bestHour, countAnswers, usualHours } from './answer-hours.ts'
import { instantOn } from './hours.ts'
import { defaultCallSettings } from './settings.ts'

const monday = '2026-04-13'
const window = { from: instantOn(monday, '09:10'), to: instantOn(monday, '21:00') }

test('without a single call the curve is the first guess and says so', () => {
  expect(answerCurve({}).at(1, 18)).toEqual({ share: 0.58, source: 'default' })
})

test('calls are counted by the hour of the Moroccan week, wrong numbers nowhere', () => {
  const made = [
    { at: instantOn(monday, '09:05'), outcome: 'no_answer' },
    { at: instantOn(monday, '09:50'), outcome: 'confirmed' },
    { at: instantOn(monday, '09:55'), outcome: 'wrong_number' },
    { at: instantOn('2026-02-15', '10:00'), outcome: 'busy' },
  ] as const
  expect(countAnswers(made)).toEqual([
    { weekday: 1, hour: 9, tried: 2, answered: 1 },
    { weekday: 7, hour: 10, tried: 1, answered: 0 },
  ])
})

test('few calls hardly move the curve, many decide it', () => {
  const guess = answerCurve({}).at(1, 10).share
  const few = answerCurve({ merchant: [{ weekday: 1, hour: 10, tried: 1, answered: 0 }] }).at(1, 10)
  const many = answerCurve({ merchant: [{ weekday: 1, hour: 10, tried: 2000, answered: 200 }] }).at(1, 10)
  expect(guess - few.share).toBeLessThan(0.05)
  expect(few.source).toBe('default')
  expect(many.share).toBeCloseTo(0.1, 2)
  expect(many.source).toBe('merchant')
})

test('a city is pulled towards its merchant, a customer towards the city', () => {
  const merchant = [{ weekday: 2, hour: 11, tried: 400, answered: 80 }]
  const city = [{ weekday: 2, hour: 11, tried: 60, answered: 60 }]
  const wide = answerCurve({ merchant }).at(2, 11).share
  const middle = answerCurve({ merchant, city }).at(2, 11)
  const narrow = answerCurve({ merchant, city, customer: [{ weekday: 5, hour: 11, tried: 8, answered: 0 }] }).at(2, 11)
  expect(middle.share).toBeGreaterThan(wide)
  expect(middle.source).toBe('city')
  expect(narrow.share).toBeLessThan(middle.share)
  expect(narrow.source).toBe('customer')
})

test('usual hours are those around the one with most answers, and unknown before two of them', () => {
  const cell = (hour: number, answered: number) => ({ weekday: 1 + (hour % 7), hour, tried: answered + 1, answered })
  expect(usualHours([])).toBeNull()
  expect(usualHours([cell(12, 1), cell(13, 0)])).toBeNull()
  expect(usualHours([cell(9, 1), cell(12, 1), cell(13, 2), cell(14, 0), cell(15, 1)])).toEqual({ from: 12, to: 14 })
  expect(
    usualHours([
      { ...cell(18, 1), weekday: 1 },
      { ...cell(18, 1), weekday: 4 },
    ]),
  ).toEqual({ from: 18, to: 19 })
})

test('the best hour is inside the window and the hours of calls, whatever the counts say', () => {
  const night = [{ weekday: 1, hour: 3, tried: 500, answered: 500 }]
  const friday = [{ weekday: 5, hour: 13, tried: 500, answered: 500 }]
  expect(bestHour(defaultCallSettings, answerCurve({ merchant: night }), window)?.hour).toBe(18)
  const pause = { from: instantOn('2026-04-17', '09:00'), to: instantOn('2026-04-17', '21:00') }
  expect(bestHour(defaultCallSettings, answerCurve({ merchant: friday }), pause)?.hour).toBe(18)
  const closed = { from: instantOn(monday, '22:00'), to: instantOn(monday, '23:00') }
  expect(bestHour(defaultCallSettings, answerCurve({}), closed)).toBeNull()
})

test('the beginning of the window stands for what is left of its hour', () => {
  const late = { from: instantOn(monday, '18:20'), to: instantOn(monday, '19:30') }
  expect(bestHour(defaultCallSettings, answerCurve({}), late)?.at).toEqual(late.from)
})
