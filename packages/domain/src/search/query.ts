import { foldText, nameQuery } from '../customers/names.ts'
import { plainText } from '../digits.ts'
import { phoneSearchDigits } from '../phone-search.ts'

/** What a term of the search is; the first three lead to customers, the others to orders. */
export const customerTermKinds = ['phone', 'name', 'email'] as const
export const orderTermKinds = ['number', 'reference', 'tracking'] as const
export const termKinds = [...customerTermKinds, ...orderTermKinds] as const
export type TermKind = (typeof termKinds)[number]

/** One look-up: terms of these kinds that begin with `term`, or are it. */
export interface TermLookup {
  readonly kinds: readonly TermKind[]
  readonly term: string
  readonly whole: boolean
  /** Further words that the same subject's names must have. */
  readonly alsoWords: readonly string[]
}

const longestCode = 60
const fewestCodeSigns = 3

/** A reference or a tracking number without the signs that people add, drop or capitalise. */
export const codeTerm = (text: string): string => foldText(text).replaceAll(' ', '').slice(0, longestCode)

const lookup = (kinds: readonly TermKind[], term: string, whole = false): TermLookup => ({
  kinds,
  term,
  whole,
  alsoWords: [],
})

/**
 * What one typed text can mean, in one box: an order's number, a fragment of four or more digits of a phone in any
 * notation, a name in either script, a reference, a tracking number, an e-mail. Empty when it says too little.
 */
export const searchLookups = (text: string): TermLookup[] => {
  const plain = plainText(text).trim().slice(0, 120)
  if (plain.includes('@')) return [lookup(['email'], plain.toLowerCase())]
  const number = /^#?\s?(\d{1,12})$/.exec(plain)?.[1]
  const digits = plain.startsWith('#') ? null : phoneSearchDigits(plain)
  const code = codeTerm(plain)
  const name = nameQuery(plain)
  return [
    ...(number === undefined ? [] : [lookup(['number'], number, number.length < 4 || plain.startsWith('#'))]),
    ...(digits === null ? [] : [lookup(['phone'], digits)]),
    ...(code.length < fewestCodeSigns ? [] : [lookup(['reference', 'tracking'], code)]),
    ...(name === null ? [] : [{ ...lookup(['name'], name.prefix), alsoWords: name.rest }]),
    ...(name?.sound ? [lookup(['name'], name.sound, true)] : []),
  ]
}
