import { foldText } from '../customers/names.ts'
import { plainText } from '../digits.ts'
import { codeTerm } from '../search/query.ts'

/*
 * By what two shops' words for one thing are the same. A SKU is compared letter by letter, whatever their case; a name
 * only ever leads to a proposal. Source: product.md 3, arrival.
 */

const longestKey = 120

/** One spelling for a SKU: full-width signs, case and outer spaces do not count, everything else does. */
export const skuKey = (sku: string): string =>
  plainText(sku).normalize('NFKC').trim().replace(/\s+/g, ' ').toUpperCase().normalize('NFKC').slice(0, longestKey)

/** One spelling for a name. Empty for a name without letters and digits, which says nothing. */
export const nameKey = (name: string): string => foldText(name).slice(0, longestKey)

/** The full name of a variant, as shops write it on a line. */
export const variantName = (productName: string, name: string | null): string =>
  name === null ? productName : `${productName} – ${name}`

/** Under what a shop's line is remembered: by its SKU if it has one, else by its name. Null: by nothing. */
export const shopProductKey = (line: { readonly sku: string | null; readonly name: string }): string | null => {
  const sku = line.sku === null ? '' : skuKey(line.sku)
  if (sku !== '') return `sku:${sku}`
  const name = nameKey(line.name)
  return name === '' ? null : `name:${name}`
}

const wordsMax = 24

/** Under what a product is found: the words of its names and SKUs, and its SKUs without their signs. */
export const productTerms = (names: readonly string[], skus: readonly string[]): string[] => {
  const words = [...names, ...skus].flatMap((text) => nameKey(text).split(' ').slice(0, wordsMax))
  return [...new Set([...words, ...skus.map(codeTerm)])].filter((term) => term !== '')
}

/** The beginnings that a search asks for: a product must have a term for each. */
export const productLookups = (text: string): string[] => {
  const words = nameKey(text)
    .split(' ')
    .filter((word) => word !== '')
  return [...new Set(words)].slice(0, 6)
}
