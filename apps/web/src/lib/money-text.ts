import { parseMoney } from '@sendocki/domain/money'

/** A price in dirhams as it is typed, in centimes; null while it cannot be read. */
export const centimesIn = (text: string): number | null => {
  const reading = text.trim() === '' ? null : parseMoney(text, { decimalSign: text.includes(',') ? ',' : '.' })
  return reading?.ok && reading.centimes >= 0 && reading.centimes <= 99_999_999 ? reading.centimes : null
}

/** The same the other way: how a stored price is put in a field. */
export const inDirhams = (centimes: number): string =>
  centimes % 100 === 0 ? String(centimes / 100) : (centimes / 100).toFixed(2)
