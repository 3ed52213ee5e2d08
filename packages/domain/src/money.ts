import { plainText } from './digits.ts'
import type { Language } from './language.ts'

/*
 * Money is an integer number of centimes of MAD. It is read and printed digit by digit and rounded with big integers:
 * no amount ever passes through a fraction in floating point. Source: integrations.md 5.2, design.md "Numbers".
 */

/** Why a value is no amount of ours. `ambiguous`: `1.234` is twelve hundred dirhams, or one and a bit. */
export const moneyFaults = ['empty', 'unreadable', 'ambiguous', 'too_precise', 'too_large', 'other_currency'] as const
export type MoneyFault = (typeof moneyFaults)[number]
export type MoneyReading =
  | { readonly ok: true; readonly centimes: number }
  | { readonly ok: false; readonly reason: MoneyFault }

type DecimalSign = '.' | ','
export interface MoneyNotation {
  /** The decimal sign that the sender's contract promises; without it `1.234` is refused as ambiguous. */
  readonly decimalSign?: DecimalSign
}

const fault = (reason: MoneyFault): MoneyReading => ({ ok: false, reason })

const dirham = /(?<!\p{L})(?:dhs?\.?|mad|dirhams?|درهما?|دراهم|د\s?\.?\s?م\.?)(?!\p{L})/giu
const otherCurrency = /\p{Sc}|(?<!\p{L})(?:eur|euros?|usd|dollars?|gbp|dzd|tnd|sar|aed)(?!\p{L})/iu
const minusSigns = /^[-\u2212]\s*|\s*[-\u2212]$/

/** The sign before the decimals: the known one, else the last of two kinds, else a lone one that cannot be a group. */
const decimalSignOf = (text: string): DecimalSign | null | 'ambiguous' => {
  const signs = text.match(/[.,]/g) ?? []
  const last = signs.at(-1)
  if (last !== '.' && last !== ',') return null
  if (signs.some((sign) => sign !== last)) return last
  if (signs.length > 1) return null
  return /^[1-9]\d{0,2}[.,]\d{3}$/.test(text) ? 'ambiguous' : last
}

const wholeOrGroupsOfThree = /^(?:\d*|\d{1,3}([ .,'])\d{3}(?:\1\d{3})*)$/

/** Centimes from the digits around a decimal sign; the decimals past the second may only be zeros. */
const readNumber = (text: string, notation: MoneyNotation): MoneyReading => {
  const sign = notation.decimalSign ?? decimalSignOf(text)
  if (sign === 'ambiguous') return fault('ambiguous')
  const [whole = '', decimals, ...more] = sign ? text.split(sign) : [text]
  if (more.length > 0 || !wholeOrGroupsOfThree.test(whole) || (decimals ?? '0').match(/^\d+$/) === null) {
    return fault('unreadable')
  }
  if (whole === '' && decimals === undefined) return fault('unreadable')
  const cents = (decimals ?? '').replace(/0+$/, '')
  if (cents.length > 2) return fault('too_precise')
  const centimes = Number(whole.replace(/\D/g, '') + cents.padEnd(2, '0'))
  return Number.isSafeInteger(centimes) ? { ok: true, centimes } : fault('too_large')
}

const negated = (reading: MoneyReading): MoneyReading =>
  reading.ok && reading.centimes !== 0 ? { ok: true, centimes: -reading.centimes } : reading

const readText = (raw: string, notation: MoneyNotation): MoneyReading => {
  if (raw.length > 100) return fault('unreadable')
  const plain = plainText(raw)
    .replace(/\u066c/g, "'")
    .replace(/\u060c/g, ',')
    .trim()
  if (plain === '') return fault('empty')
  if (otherCurrency.test(plain)) return fault('other_currency')
  const number = plain.replace(dirham, ' ').trim().replace(/\s+/g, ' ')
  const digits = number.replace(minusSigns, '').replace(/\u066b/g, '.')
  const reading = readNumber(digits, number.includes('\u066b') ? { decimalSign: '.' } : notation)
  return minusSigns.test(number) ? negated(reading) : reading
}

/** Tails such as `74.69999999999999` and `0.30000000000000004`, left by a sender who adds in floating point. */
const floatNoise = /(\.\d\d)(?:0{6,}|(9{6,}))\d*$/

const readJsonNumber = (value: number): MoneyReading => {
  if (!Number.isFinite(value)) return fault('unreadable')
  const text = String(Math.abs(value))
  if (text.includes('e')) return fault(text.includes('e-') ? 'too_precise' : 'too_large')
  const nines = floatNoise.exec(text)?.[2]
  const reading = readNumber(text.replace(floatNoise, '$1'), { decimalSign: '.' })
  const rounded = nines && reading.ok ? { ok: true as const, centimes: reading.centimes + 1 } : reading
  return value < 0 ? negated(rounded) : rounded
}

/**
 * Reads an amount as a third party or a person wrote it: a JSON number, `249.00`, `1 234,50 DH`, `MAD 1,234.50`,
 * `١٬٢٣٤٫٥٠ درهم`. Never rounds a centime away and never guesses: what cannot be read says why. Never throws.
 */
export const parseMoney = (value: unknown, notation: MoneyNotation = {}): MoneyReading => {
  if (value === null || value === undefined) return fault('empty')
  if (typeof value === 'number') return readJsonNumber(value)
  return typeof value === 'string' ? readText(value, notation) : fault('unreadable')
}

/** `always` shows two decimals (cash, commissions, panels), `auto` none when they are zero (cards, lists). */
export type MoneyDecimals = 'always' | 'auto'

const units: Record<Language, string> = { fr: 'DH', en: 'MAD', ar: 'درهم' }
const noBreakSpace = '\u00a0'
const minus = '\u2212'

export interface MoneyParts {
  readonly number: string
  readonly unit: string
  /** English writes the unit before the number. */
  readonly unitFirst: boolean
}

/** An amount as the parts a screen sets apart. Western digits everywhere, U+00A0 between groups, U+2212 for minus. */
export const moneyParts = (centimes: number, language: Language, decimals: MoneyDecimals = 'always'): MoneyParts => {
  if (!Number.isSafeInteger(centimes)) throw new RangeError(`${centimes} is no whole number of centimes`)
  const digits = String(Math.abs(centimes)).padStart(3, '0')
  const english = language === 'en'
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, english ? ',' : noBreakSpace)
  const cents = digits.slice(-2)
  const fraction = decimals === 'auto' && cents === '00' ? '' : (english ? '.' : ',') + cents
  return { number: (centimes < 0 ? minus : '') + whole + fraction, unit: units[language], unitFirst: english }
}

/** `1 234,50 DH`, `1 234,50 درهم`, `MAD 1,234.50`. */
export const formatMoney = (
  centimes: number,
  language: Language,
  { decimals = 'always' }: { readonly decimals?: MoneyDecimals } = {},
): string => {
  const { number, unit, unitFirst } = moneyParts(centimes, language, decimals)
  return unitFirst ? unit + noBreakSpace + number : number + noBreakSpace + unit
}

const safe = (centimes: bigint): number => {
  const number = Number(centimes)
  if (!Number.isSafeInteger(number)) throw new RangeError(`${centimes} centimes are past the exact range`)
  return number
}

/** A sum that is exact or throws a RangeError: past 2^53 − 1 centimes a figure would silently be wrong. */
export const sumCentimes = (amounts: Iterable<number>): number => {
  let total = 0n
  for (const amount of amounts) total += BigInt(amount)
  return safe(total)
}

/** A share in basis points (1,500 is 15 %) of an amount, rounded once: half a centime goes away from zero. */
export const percentOf = (centimes: number, basisPoints: number): number => {
  const product = BigInt(centimes) * BigInt(basisPoints)
  return safe((product + (product < 0n ? -5_000n : 5_000n)) / 10_000n)
}
