import { describe, expect, test } from 'vitest'
import { sidewaysStep, walk } from './walk.ts'

const sizes = [3, 0, 1]

describe('walking the board', () => {
  test('down and up stop at the ends of the column', () => {
    expect(walk(sizes, { column: 0, card: 1 }, 'ArrowDown', 'ltr')).toEqual({ column: 0, card: 2 })
    expect(walk(sizes, { column: 0, card: 2 }, 'j', 'ltr')).toEqual({ column: 0, card: 2 })
    expect(walk(sizes, { column: 0, card: 0 }, 'k', 'ltr')).toEqual({ column: 0, card: 0 })
  })
  test('sideways skips empty columns and keeps the height as far as it can', () => {
    expect(walk(sizes, { column: 0, card: 2 }, 'ArrowRight', 'ltr')).toEqual({ column: 2, card: 0 })
    expect(walk(sizes, { column: 2, card: 0 }, 'ArrowLeft', 'ltr')).toEqual({ column: 0, card: 0 })
  })
  test('at the last column stays', () => {
    expect(walk(sizes, { column: 2, card: 0 }, 'ArrowRight', 'ltr')).toEqual({ column: 2, card: 0 })
  })
  test('follows the eye in Arabic', () => {
    expect(walk(sizes, { column: 0, card: 0 }, 'ArrowLeft', 'rtl')).toEqual({ column: 2, card: 0 })
    expect(sidewaysStep('ArrowLeft', 'rtl')).toBe(1)
    expect(sidewaysStep('ArrowLeft', 'ltr')).toBe(-1)
  })
  test('begins at the first card there is', () => {
    expect(walk(sizes, null, 'ArrowDown', 'ltr')).toEqual({ column: 0, card: 0 })
    expect(walk([0, 0, 2], null, 'ArrowDown', 'ltr')).toEqual({ column: 2, card: 0 })
    expect(walk([0, 0], null, 'ArrowDown', 'ltr')).toBeNull()
  })
  test('Home and End go to the ends of the column', () => {
    expect(walk(sizes, { column: 0, card: 1 }, 'End', 'ltr')).toEqual({ column: 0, card: 2 })
    expect(walk(sizes, { column: 0, card: 1 }, 'Home', 'ltr')).toEqual({ column: 0, card: 0 })
  })
  test('other keys are not walked', () => expect(walk(sizes, { column: 0, card: 0 }, 'x', 'ltr')).toBeNull())
})
