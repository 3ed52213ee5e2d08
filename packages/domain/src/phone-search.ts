import { plainText } from './digits.ts'
import { localPhone } from './phone-format.ts'

/** Fragments shorter than this match too much to be an answer. */
export const fewestSearchDigits = 4

/**
 * The digits to look for when a typed text is a phone or a fragment of one in any notation, else null. A country
 * prefix is brought to the stored form only where the text cannot be the middle of a number: after a plus, or past the
 * ten digits of the longest national form.
 */
export const phoneSearchDigits = (text: string): string | null => {
  const plain = plainText(text).trim()
  if (plain.length > 40 || !/^\+?[\d\s().\-/]+$/.test(plain)) return null
  const typed = plain.replace(/\D/g, '')
  const prefixed = plain.startsWith('+') || typed.length > 10
  const digits = prefixed ? typed.replace(/^00/, '').replace(/^2120/, '212') : typed
  return digits.length >= fewestSearchDigits ? digits : null
}

const suffixesOf = (digits: string): string[] =>
  Array.from({ length: Math.max(0, digits.length - fewestSearchDigits + 1) }, (_, start) => digits.slice(start))

/**
 * The search terms of a stored phone: every suffix of four or more digits of `0612345678` and of `212612345678`, so
 * that a prefix search among them finds any fragment, typed either way.
 */
export const phoneSearchTerms = (e164: string): string[] => {
  const local = localPhone(e164)
  return [...new Set([...suffixesOf(e164.slice(1)), ...(local === null ? [] : suffixesOf(local))])]
}
