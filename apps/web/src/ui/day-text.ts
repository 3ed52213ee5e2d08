import { plainText } from '@sendocki/domain/digits'
import { isDay } from '@sendocki/domain/time'

/**
 * The day, as `2026-11-30`, that somebody wrote as it is written in Morocco: `30/11/2026`, also with dots, dashes, spaces
 * or nothing between, and in any digits; what machines write is read as well. Null for anything else.
 */
export const readDay = (text: string): string | null => {
  const plain = plainText(text).trim()
  if (isDay(plain)) return plain
  const [, day, month, year] =
    /^(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})$/.exec(plain) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(plain) ?? []
  if (!day || !month || !year) return null
  const read = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(read) ? read : null
}
