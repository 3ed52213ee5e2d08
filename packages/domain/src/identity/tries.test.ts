import { expect, it } from 'vitest'
import { judgeTry, type Tries, triesAllowed } from './tries.ts'

const kind = 'sign_in.account_at_address'
const start = Date.parse('2026-11-20T10:00:00.000Z')
const at = (seconds: number) => new Date(start + seconds * 1000)

/** Tries until refused or done; the moment moves by the given seconds after each. */
const tryTimes = (count: number, before: Tries | null = null, apart = 0, from = 0) => {
  let tries = before
  for (let n = 0; n < count; n += 1) {
    const verdict = judgeTry(tries, kind, at(from + n * apart))
    if (!verdict.allowed) return { tries, refused: verdict.waitSeconds, after: n }
    tries = verdict.tries
  }
  return { tries, refused: null, after: count }
}

it('lets the allowed number of tries through and makes the next one wait', () => {
  expect(tryTimes(20)).toMatchObject({ refused: 30, after: triesAllowed[kind] })
})

it('doubles the waiting time with each further try, up to eight minutes', () => {
  let { tries } = tryTimes(triesAllowed[kind])
  let now = 0
  const waits = [30, 60, 120, 240, 480, 480].map(() => {
    const refused = judgeTry(tries, kind, at(now))
    if (refused.allowed) throw new Error('It should wait.')
    now += refused.waitSeconds
    const next = judgeTry(tries, kind, at(now))
    if (!next.allowed) throw new Error('It should be let through after waiting.')
    tries = next.tries
    return refused.waitSeconds
  })
  expect(waits).toEqual([30, 60, 120, 240, 480, 480])
})

it('does not count a refused try', () => {
  const { tries } = tryTimes(triesAllowed[kind])
  expect(judgeTry(tries, kind, at(1)).allowed).toBe(false)
  expect(tries?.tries).toBe(triesAllowed[kind])
})

it('forgets after a quarter of an hour without a try: nobody is locked out for good', () => {
  const { tries } = tryTimes(triesAllowed[kind])
  expect(judgeTry(tries, kind, at(15 * 60))).toMatchObject({ allowed: true, tries: { tries: 1, blockedUntil: null } })
})
