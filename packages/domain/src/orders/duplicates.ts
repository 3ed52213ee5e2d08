import { foldText } from '../customers/names.ts'
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

/**
 * Compares two orders at most seven days apart, of any store. `certain`: the same phone asks for exactly the same
 * products; `likely`: the same phone or address asks for some of the same; `second_item`: the same phone asks for
 * something else, which may travel in one parcel. Null: strangers, or one address with different wishes.
 */
export const duplicateVerdict = (a: ComparableOrder, b: ComparableOrder): DuplicateVerdict | null => {
  const samePhone = a.phones.some((phone) => b.phones.includes(phone))
  const sameAddress = a.addressKey !== null && a.addressKey === b.addressKey
  if (!samePhone && !sameAddress) return null
  const products = new Set(a.lines.map(productOf))
  const overlapping = b.lines.some((line) => products.has(productOf(line)))
  if (!overlapping) return samePhone ? 'second_item' : null
  return samePhone && quantities(a.lines) === quantities(b.lines) ? 'certain' : 'likely'
}
