import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { plainText } from './digits.ts'
import { isPhoneMask } from './phone-format.ts'

export const phoneKinds = ['mobile', 'landline', 'voip', 'toll_free', 'premium', 'foreign', 'unknown'] as const
export type PhoneKind = (typeof phoneKinds)[number]

/** Why a phone is kept with a doubt. */
export const phoneDoubts = [
  'letter_for_digit', // `o612345678`
  'letter_inside', // `06x12345678`
  'odd_prefix', // `006 12 34 56 78`
  'new_block', // 06 and 07 blocks grow faster than the numbering plans that libraries carry
  'repeated_digit', // `0600000000`
  'voip',
  'foreign',
] as const
/** Why a text is no phone of a customer. */
export const phoneFaults = [
  'empty',
  'masked',
  'no_digits',
  'unreadable',
  'too_short',
  'too_long',
  'not_in_use',
  'toll_free',
  'premium',
] as const
export const phoneReasons = [...phoneDoubts, ...phoneFaults] as const
export type PhoneDoubt = (typeof phoneDoubts)[number]
export type PhoneFault = (typeof phoneFaults)[number]
export type PhoneReason = (typeof phoneReasons)[number]

/** A phone that can be stored; `e164` is its only key. */
export type UsablePhone = { readonly e164: string; readonly kind: PhoneKind } & (
  | { readonly verdict: 'good'; readonly reason: null }
  | { readonly verdict: 'doubtful'; readonly reason: PhoneDoubt }
)
/** `digitsOff` counts against the nine national digits: −1 when one is missing, 2 when two are too many. */
export interface ImpossiblePhone {
  readonly verdict: 'impossible'
  readonly reason: PhoneFault
  readonly e164: null
  readonly kind: PhoneKind
  readonly digitsOff: number
}
export type PhoneReading = UsablePhone | ImpossiblePhone
/** What one field said: its first usable phone, and the second one when two were typed. */
export type Phone = PhoneReading & { readonly raw: string; readonly alternate: UsablePhone | null }

const impossible = (reason: PhoneFault, kind: PhoneKind = 'unknown', digitsOff = 0): ImpossiblePhone => ({
  verdict: 'impossible',
  reason,
  e164: null,
  kind,
  digitsOff,
})
const good = (e164: string, kind: PhoneKind): UsablePhone => ({ verdict: 'good', reason: null, e164, kind })
const doubtful = (e164: string, kind: PhoneKind, reason: PhoneDoubt): UsablePhone => ({
  verdict: 'doubtful',
  reason,
  e164,
  kind,
})

const digitsOf = (text: string) => text.replace(/\D/g, '')

/** Nine national digits, after every prefix that people and forms pile up (`+2120…`, `+212 00212…`). */
const nationalDigits = (digits: string): string => {
  let rest = digits.replace(/^0+/, '')
  while (rest.length > 9 && rest.startsWith('212')) rest = rest.slice(3).replace(/^0+/, '')
  return rest
}

const mobileOrLandline = (e164: string, kind: 'mobile' | 'landline'): UsablePhone =>
  /(\d)\1{7}$/.test(e164) ? doubtful(e164, kind, 'repeated_digit') : good(e164, kind)

const readMoroccan = (digits: string): PhoneReading => {
  const national = nationalDigits(digits)
  if (national.length !== 9) {
    return impossible(national.length < 9 ? 'too_short' : 'too_long', 'unknown', national.length - 9)
  }
  const e164 = `+212${national}`
  const number = parsePhoneNumberFromString(e164)
  if (!number?.isValid()) {
    return /^[67]/.test(national) ? doubtful(e164, 'mobile', 'new_block') : impossible('not_in_use')
  }
  const type = number.getType()
  if (type === 'TOLL_FREE') return impossible('toll_free', 'toll_free')
  if (type === 'PREMIUM_RATE') return impossible('premium', 'premium')
  if (type === 'VOIP') return doubtful(e164, 'voip', 'voip')
  return mobileOrLandline(e164, type === 'FIXED_LINE' ? 'landline' : 'mobile')
}

const readForeign = (digits: string): UsablePhone | null => {
  const number = parsePhoneNumberFromString(`+${digits}`)
  if (!number?.isValid() || number.countryCallingCode === '212') return null
  return doubtful(number.number, 'foreign', 'foreign')
}

/** Reads a piece of text that holds one number at most. */
const readOne = (piece: string): PhoneReading => {
  const digits = digitsOf(piece)
  if (digits === '') return impossible('no_digits')
  const international = piece.includes('+') || digits.startsWith('00')
  const bare = digits.replace(/^00/, '')
  const moroccan = readMoroccan(digits)
  if (!international) return (moroccan.e164 === null && /^[1-49]/.test(digits) && readForeign(digits)) || moroccan
  if (/^(?:0|212)/.test(bare)) return moroccan
  const foreign = readForeign(bare)
  if (foreign) return foreign
  // Neither a country nor ours: `006 12 34 56 78` is one zero too many before a Moroccan number.
  return moroccan.verdict === 'good' ? doubtful(moroccan.e164, moroccan.kind, 'odd_prefix') : moroccan
}

/** A column of numbers that went through a spreadsheet: `6.12345678E+08`, `612345678.0`. */
const fromSpreadsheet = (text: string): string => {
  const [, lead, decimals, exponent] = /^(\d)[.,](\d+)e\+?(\d{1,2})$/i.exec(text) ?? []
  if (lead !== undefined && decimals !== undefined && Number(exponent) === decimals.length) return lead + decimals
  return text.replace(/^(\+?\d{9,15})\.0+$/, '$1')
}

/** `2.12612E+11` has lost its last digits for good. */
const roundedBySpreadsheet = /^\d(?:[.,]\d+)?e\+?\d+$/i

/** Letters that stand for digits, only where they touch one and are no part of a word (`ou`, `Tel`). */
const lettersForDigits = (text: string): string =>
  text.replace(/(?<!\p{L})(?:[oO]{1,2}|[lI])(?!\p{L})/gu, (letters, at: number) => {
    const touching = /\d/.test((text[at - 1] ?? '') + (text[at + letters.length] ?? ''))
    return touching ? letters.replace(/[oO]/g, '0').replace(/[lI]/g, '1') : letters
  })

/** How two numbers share a field, the surest sign first; within a number people also write `.`, `-`, `/` and spaces. */
const separators = [/[/,;|&\r\n]|\p{L}+/u, /-/, /\s+/]
/** Where a second number starts in a run of digits. */
const gluedNumbers = /(?<=^(?:0[5-8]\d{8}){1,4})(?=0[5-8]\d{8})/
/** A piece with fewer digits is an hour, an extension or a house number. */
const fewestDigits = 7

const piecesOf = (text: string): string[] => {
  for (const separator of separators) {
    const pieces = text.split(separator).filter((piece) => digitsOf(piece).length >= fewestDigits)
    if (pieces.length > 1 || pieces.some((piece) => piece !== text && readOne(piece).e164 !== null)) return pieces
  }
  const glued = digitsOf(text).split(gluedNumbers)
  return glued.length > 1 ? glued : [text]
}

const isUsable = (reading: PhoneReading): reading is UsablePhone => reading.e164 !== null

const withDoubt = <T extends PhoneReading>(reading: T, reason: PhoneDoubt): T | UsablePhone =>
  reading.verdict === 'good' ? doubtful(reading.e164, reading.kind, reason) : reading

/** Longer than any field that two phones and a word fit in; beyond it a text is something else. */
const longestField = 200

const readField = (raw: string): readonly PhoneReading[] => {
  if (raw.trim() === '') return [impossible('empty')]
  if (raw.length > longestField) return [impossible('unreadable')]
  if (isPhoneMask(raw)) return [impossible('masked')]
  const typed = fromSpreadsheet(plainText(raw).trim())
  if (roundedBySpreadsheet.test(typed)) return [impossible('unreadable')]
  const text = lettersForDigits(typed)
  const whole = readOne(text)
  const readings = isUsable(whole) ? [whole] : piecesOf(text).map(readOne)
  if (text !== typed) return readings.map((reading) => withDoubt(reading, 'letter_for_digit'))
  return isUsable(whole) && /\d\P{Nd}*\p{L}\P{Nd}*\d/u.test(text) ? [withDoubt(whole, 'letter_inside')] : readings
}

/**
 * The one reader of phones: any notation in any set of digits, one or two numbers in the field. `good` and `doubtful`
 * carry the E.164 key, `impossible` never does. Moroccan unless a country code says otherwise; a foreign phone is kept
 * with a doubt, since carriers refuse it. Rules: `integrations.md` 5.1. Never throws.
 */
export const parsePhone = (raw: string): Phone => {
  const readings = readField(raw)
  const usable = readings.filter(isUsable)
  const first = usable[0] ?? readings[0] ?? impossible('no_digits')
  const alternate = usable.find((reading) => reading.e164 !== first.e164) ?? null
  return { ...first, raw, alternate }
}

/** Whether a line of this kind can receive WhatsApp messages and SMS. */
export const receivesMessages = (kind: PhoneKind): boolean => kind === 'mobile' || kind === 'foreign'
