import { addDays } from '@sendocki/domain/time'
import { expect, test } from 'vitest'
import { dayShown } from '../lib/format.ts'
import { readDay } from './day-text.ts'

test('a day is read however it is written, the day before the month', () => {
  const first = [
    '03/12/2026',
    '3/12/2026',
    ' 3.12.2026 ',
    '3-12-2026',
    '3 12 2026',
    '03122026',
    '٠٣/١٢/٢٠٢٦',
    '2026-12-03',
  ]
  expect(first.map(readDay)).toEqual(first.map(() => '2026-12-03'))
})

test('what is no whole day is no day', () => {
  for (const text of ['', '3/12', '3/12/26', '31/02/2026', '12/31/2026', '00/01/2026', '3//', 'demain', '2026-13-01'])
    expect(readDay(text), text).toBeNull()
})

test('a day that is shown is read as the same day, every day of five years', () => {
  const days = Array.from({ length: 5 * 366 }, (_one, count) => addDays('2024-01-01', count))
  expect(days.map((day) => readDay(dayShown(day)))).toEqual(days)
})
