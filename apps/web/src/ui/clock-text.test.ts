import { expect, test } from 'vitest'
import { readClock } from './clock-text.ts'

test('a time of day is read however it is written, on 24 hours', () => {
  for (const text of ['9:30', '09:30', '9h30', '9H30', '9.30', '9 30', '9 h 30', '930', '0930', ' 09:30 ', '٠٩:٣٠'])
    expect(readClock(text), text).toBe('09:30')
  for (const text of ['21', '21h', '21:00', '2100', '٢١']) expect(readClock(text), text).toBe('21:00')
  for (const text of ['0', '00:00', '24', '24:00', '24h']) expect(readClock(text), text).toBe('00:00')
})

test('what is no time of day is none', () => {
  for (const text of ['', '25', '24:30', '9:60', '9:3', '9h300', '12345', 'midi', '9 pm', '-9', ':30'])
    expect(readClock(text), text).toBeNull()
})

test('a time that is shown is read as the same time, every minute of a day', () => {
  for (let minute = 0; minute < 24 * 60; minute += 1) {
    const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
    expect(readClock(clock)).toBe(clock)
  }
})
