import { plainText } from '@sendocki/domain/digits'

/**
 * The time of a day, as `09:30`, that somebody wrote as it is said: `9`, `9h30`, `9:30`, `0930`, in any digits; midnight
 * also as 24. Null for anything else.
 */
export const readClock = (text: string): string | null => {
  const [, hours, minutes = '00'] = /^(\d{1,2})\s*(?:[:h.]\s*)?(\d{2})?$/i.exec(plainText(text).trim()) ?? []
  if (hours === undefined || Number(minutes) > 59) return null
  const midnight = Number(hours) === 24 && minutes === '00'
  if (Number(hours) > 23 && !midnight) return null
  return `${midnight ? '00' : hours.padStart(2, '0')}:${minutes}`
}
