import { expect, it } from 'vitest'
import { centimesIn, inDirhams } from './money-text.ts'

it.each([0, 1, 10, 99, 100, 24_950, 99_999_999])('reads the price of %i centimes as it writes it', (centimes) => {
  expect(centimesIn(inDirhams(centimes))).toBe(centimes)
})

it.each([
  ['249,50', 24_950],
  ['249.50', 24_950],
  ['', null],
  ['gratuit', null],
  ['-3', null],
])('reads “%s” as %s', (typed, centimes) => {
  expect(centimesIn(typed)).toBe(centimes)
})
