import { parseMoney } from '@sendocki/domain/money'
import type { Parsed, StoreNews } from './port.ts'

/*
 * Small readers of what others send. A field that is absent is null; a field that must be there and cannot be read
 * throws `Unreadable`, which ends the reading of that delivery with its reason.
 */

export class Unreadable extends Error {}

/** A reading as the port answers it: what cannot be read says why, anything else is a fault of ours. */
export const readingOf = (read: () => StoreNews): Parsed => {
  try {
    return { ok: true, news: [read()] }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, why: error.message }
    throw error
  }
}

/** Amounts beyond a hundred million dirhams are a fault of the sender, not an order. */
const largestCentimes = 10_000_000_000

/** JSON whose large whole numbers stay exact as text: order ids leave the range of a double over time. */
export const jsonOf = (body: Buffer): unknown => {
  const exact = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
      ? context?.source
      : value
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body), exact as never)
  } catch {
    throw new Unreadable('The body is not JSON in UTF-8.')
  }
}

export type Fields = Readonly<Record<string, unknown>>

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Text as it can be stored and shown: no NUL, no control signs but line breaks, no half characters, no blank edges. */
export const textOf = (value: unknown, longest = 300): string | null => {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const text = String(value)
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
    .trim()
  return text === '' ? null : [...text].slice(0, longest).join('')
}

/** The first that says something. */
export const firstText = (...values: readonly (string | null)[]): string | null =>
  values.find((value) => value !== null) ?? null

/** An amount that may be absent; one that is there and is no amount ends the reading. */
export const amountOf = (
  value: unknown,
  field: string,
  notation: Parameters<typeof parseMoney>[1] = {},
): number | null => {
  const reading = parseMoney(value, notation)
  if (!reading.ok && reading.reason === 'empty') return null
  if (!reading.ok) throw new Unreadable(`${field} is no amount (${reading.reason}).`)
  if (Math.abs(reading.centimes) > largestCentimes) throw new Unreadable(`${field} is too large.`)
  return reading.centimes
}

/** A whole number of pieces from 0 up; anything else ends the reading. */
export const quantityOf = (value: unknown, field: string): number => {
  const quantity = typeof value === 'string' && /^\d{1,7}$/.test(value.trim()) ? Number(value) : value
  if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 0 || quantity > 1_000_000)
    throw new Unreadable(`${field} is no quantity.`)
  return quantity
}
