import { wallClockOf } from '@sendocki/domain/time'
import { expect, it } from 'vitest'
import { cellReader } from './cells.ts'

const placedAt = cellReader({
  columns: ['placedAt'],
  format: 'csv',
  language: 'fr',
  role: null,
  now: new Date('2026-11-20T20:00:00Z'),
  names: { stores: new Map(), members: new Map(), carriers: new Map() },
  pipeline: { version: 1, stages: [], reasons: [] },
})
const twoDigits = (part: number) => String(part).padStart(2, '0')

it('writes each half hour of two years as a Moroccan wall clock shows it, also on days when it is moved', () => {
  const odd: string[] = []
  for (let at = Date.parse('2025-01-01T00:07:00Z'); at < Date.parse('2027-01-01T00:00:00Z'); at += 1_800_000) {
    const instant = new Date(at).toISOString()
    const { day, hour, minute } = wallClockOf(instant)
    const [shown] = placedAt([null, null, null, instant])
    if (shown !== `${day} ${twoDigits(hour)}:${twoDigits(minute)}`) odd.push(instant)
  }
  expect(odd).toEqual([])
})
