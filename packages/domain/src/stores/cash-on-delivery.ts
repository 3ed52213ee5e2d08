import { plainText } from '../digits.ts'

/** Names of the payment method that shops use for cash on delivery. Source: integrations.md 3.1. */
export const defaultCodPatterns = ['cash on delivery', 'cod', 'livraison', 'الدفع عند'] as const

export interface PaymentFacts {
  /** The names of the payment methods, as the shop shows them; the merchant may have renamed them. */
  readonly methods: readonly string[]
  /** Nothing was paid yet, in the shop's own words. */
  readonly pending: boolean
  readonly outstandingCentimes: number | null
}

/**
 * Whether an order is to be paid at the door. A method that the merchant's list names decides; without a method, or
 * with a manual one, an order that waits for its money counts as one. Source: integrations.md 3.1.
 */
export const isCashOnDelivery = (payment: PaymentFacts, patterns: readonly string[]): boolean => {
  const names = payment.methods.map(folded).filter((name) => name !== '')
  if (names.some((name) => patterns.some((pattern) => namesIt(name, folded(pattern))))) return true
  const unnamed = names.every((name) => name === 'manual')
  return unnamed && payment.pending && payment.outstandingCentimes !== 0
}

/** A pattern in Latin letters matches whole words: `cod` is not in `codepay`. Arabic joins its articles, so any place fits. */
const namesIt = (name: string, pattern: string): boolean => {
  if (pattern === '') return false
  if (!/^[a-z0-9 ]+$/.test(pattern)) return name.includes(pattern)
  return ` ${name.replace(/[^\p{L}\p{N}]+/gu, ' ')} `.includes(` ${pattern} `)
}

const folded = (text: string): string =>
  plainText(text)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
