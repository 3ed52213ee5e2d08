import { foldText, soundOf } from '../customers/names.ts'
import type { DuplicateVerdict } from './states.ts'

/** Orders further apart are a customer who comes back. Source: product.md 3. */
export const duplicateWindowDays = 7

/** What tells whether two orders are one wish sent twice. */
export interface ComparableOrder {
  readonly phones: readonly string[]
  readonly addressKey: string | null
  readonly lines: readonly { readonly sku: string | null; readonly name: string; readonly quantity: number }[]
}

/** Shorter addresses ("centre", "avenue Hassan II" without a number) are shared by whole quarters and prove nothing. */
const fewestSigns = { withNumber: 10, without: 24 }

/** One spelling for an address in a city, or null when it is too vague to recognise. */
export const addressKey = (cityId: string | null, line: string | null): string | null => {
  const folded = foldText(line ?? '').replaceAll(' ', '')
  const fewest = /\d/.test(folded) ? fewestSigns.withNumber : fewestSigns.without
  if (cityId === null || folded.length < fewest) return null
  return `${cityId}:${folded.slice(0, 160)}`
}

type Line = ComparableOrder['lines'][number]
const productOf = ({ sku, name }: Line): string => (sku ? `sku ${sku.toLowerCase()}` : `name ${foldText(name)}`)

const quantities = (lines: readonly Line[]): string => {
  const sums = new Map<string, number>()
  for (const line of lines) sums.set(productOf(line), (sums.get(productOf(line)) ?? 0) + line.quantity)
  return JSON.stringify([...sums].sort(([a], [b]) => (a < b ? -1 : 1)))
}

const sharePhone = (a: ComparableOrder, b: ComparableOrder): boolean =>
  a.phones.some((phone) => b.phones.includes(phone))

/**
 * Compares two orders at most seven days apart, of any store. `certain`: the same phone asks for exactly the same
 * products; `likely`: the same phone or address asks for some of the same; `second_item`: the same phone asks for
 * something else, which may travel in one parcel. Null: strangers, or one address with different wishes.
 */
export const duplicateVerdict = (a: ComparableOrder, b: ComparableOrder): DuplicateVerdict | null => {
  const samePhone = sharePhone(a, b)
  const sameAddress = a.addressKey !== null && a.addressKey === b.addressKey
  if (!samePhone && !sameAddress) return null
  const products = new Set(a.lines.map(productOf))
  const overlapping = b.lines.some((line) => products.has(productOf(line)))
  if (!overlapping) return samePhone ? 'second_item' : null
  return samePhone && quantities(a.lines) === quantities(b.lines) ? 'certain' : 'likely'
}

/** What is shown of two orders side by side. */
export interface FacedOrder extends ComparableOrder {
  readonly id: string
  readonly name: string | null
  readonly cityId: string | null
  readonly totalCentimes: number
  readonly storeId: string | null
  readonly source: string | null
  readonly createdAt: string
}

export const sameness = ['same', 'alike', 'other', 'unknown'] as const
export type Sameness = (typeof sameness)[number]

/** The verdict of each line between two orders; differences are those of the first from the second. */
export interface Comparison {
  readonly phone: Sameness
  /** `alike`: the same sounds, in either script. */
  readonly name: Sameness
  /** `alike`: the same city, nothing more is certain. */
  readonly address: Sameness
  /** `alike`: some of the same products. */
  readonly lines: Sameness
  readonly morePieces: number
  readonly moreCentimes: number
  readonly source: Sameness
  readonly minutesApart: number
}

const sameOr = (one: string | null, other: string | null): Sameness =>
  one === null || other === null ? 'unknown' : one === other ? 'same' : 'other'

/** Whether two names are one, in any order of the words, or sound alike in either script. */
export const nameSameness = (one: string | null, other: string | null): Sameness => {
  const [a, b] = [one, other].map((name) =>
    foldText(name ?? '')
      .split(' ')
      .filter(Boolean)
      .sort(),
  )
  if (!a?.length || !b?.length) return 'unknown'
  if (a.join(' ') === b.join(' ')) return 'same'
  const sounds = (words: readonly string[]) => words.flatMap((word) => soundOf(word) ?? [])
  const heard = new Set(sounds(b))
  return sounds(a).some((sound) => heard.has(sound)) ? 'alike' : 'other'
}

const addressSameness = (a: FacedOrder, b: FacedOrder): Sameness => {
  if (a.addressKey !== null && a.addressKey === b.addressKey) return 'same'
  const city = sameOr(a.cityId, b.cityId)
  if (city === 'same') return a.addressKey === null || b.addressKey === null ? 'unknown' : 'alike'
  return city
}

const linesSameness = (a: FacedOrder, b: FacedOrder): Sameness => {
  if (quantities(a.lines) === quantities(b.lines)) return 'same'
  const products = new Set(a.lines.map(productOf))
  return b.lines.some((line) => products.has(productOf(line))) ? 'alike' : 'other'
}

const piecesOf = ({ lines }: Pick<ComparableOrder, 'lines'>): number =>
  lines.reduce((sum, { quantity }) => sum + quantity, 0)

/** Puts two orders side by side, line for line. */
export const compareOrders = (a: FacedOrder, b: FacedOrder): Comparison => ({
  phone: a.phones.length === 0 || b.phones.length === 0 ? 'unknown' : sharePhone(a, b) ? 'same' : 'other',
  name: nameSameness(a.name, b.name),
  address: addressSameness(a, b),
  lines: linesSameness(a, b),
  morePieces: piecesOf(a) - piecesOf(b),
  moreCentimes: a.totalCentimes - b.totalCentimes,
  source: a.storeId === b.storeId && a.source === b.source ? 'same' : 'other',
  minutesApart: Math.round(Math.abs(Date.parse(a.createdAt) - Date.parse(b.createdAt)) / 60_000),
})

/** The fuller order, the one to keep unless a person knows better: more pieces, then more money, then the newer one. */
export const fullerOf = <O extends Pick<FacedOrder, 'lines' | 'totalCentimes' | 'createdAt'>>(
  first: O,
  ...others: readonly O[]
): O =>
  others.reduce((best, one) => {
    const more =
      piecesOf(one) - piecesOf(best) ||
      one.totalCentimes - best.totalCentimes ||
      Date.parse(one.createdAt) - Date.parse(best.createdAt)
    return more > 0 ? one : best
  }, first)

const identicalWithinMinutes = 10

/**
 * One click sent twice: the same store, main phone, products and amount within ten minutes. Only such orders may be
 * merged by a machine, and only where the merchant switched that on. Source: product.md 2, X2.
 */
export const isIdentical = (a: FacedOrder, b: FacedOrder): boolean =>
  a.storeId !== null &&
  a.storeId === b.storeId &&
  a.phones[0] !== undefined &&
  a.phones[0] === b.phones[0] &&
  quantities(a.lines) === quantities(b.lines) &&
  a.totalCentimes === b.totalCentimes &&
  Math.abs(Date.parse(a.createdAt) - Date.parse(b.createdAt)) < identicalWithinMinutes * 60_000
