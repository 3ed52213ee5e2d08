import {
  arabicStreets,
  buyerNotes,
  campaigns,
  cities,
  familyNames,
  firstNames,
  landmarks,
  latinStreets,
  type ShopProduct,
  shopProducts,
} from './believable-words.ts'
import { between, type Chance, happens, pick } from './chance.ts'

/** What a buyer typed, before a shop puts it in its own format. */
export interface BelievableOrder {
  readonly firstName: string
  readonly lastName: string
  /** As typed: any notation, now and then a digit short, two numbers, or nothing. */
  readonly phone: string | null
  readonly city: string | null
  readonly address: string
  readonly lines: readonly { readonly product: ShopProduct; readonly quantity: number }[]
  readonly shippingDirhams: number
  readonly note: string | null
  readonly utm: Readonly<Record<string, string>>
  /** A form app sits on the product page: it writes phone and city in the note attributes, not in the address. */
  readonly formApp: boolean
}

/**
 * An order as Moroccan buyers place them: two thirds in Latin letters, one third in Arabic; a few without a phone or a
 * city. The same chance gives the same orders.
 */
export const believableOrder = (chance: Chance): BelievableOrder => {
  const arabic = happens(chance, 0.33)
  const script = arabic ? 1 : 0
  const careless = !arabic && happens(chance, 0.25)
  const cased = (text: string) => (careless ? text.toLowerCase() : text)
  const [source, campaign] = pick(chance, campaigns)
  return {
    firstName: cased(pick(chance, firstNames)[script]),
    lastName: cased(pick(chance, familyNames)[script]),
    phone: happens(chance, 0.03) ? null : phoneAsTyped(chance),
    city: happens(chance, 0.03) ? null : cityAsTyped(chance),
    address: addressAsTyped(chance, arabic),
    lines: linesOf(chance),
    shippingDirhams: pick(chance, [0, 0, 20, 30, 30, 35]),
    note: happens(chance, 0.15) ? pick(chance, buyerNotes) : null,
    utm: happens(chance, 0.8) ? { utm_source: source, utm_medium: 'paid', utm_campaign: campaign } : {},
    formApp: happens(chance, 0.4),
  }
}

const mobile = (chance: Chance): string => {
  const start = pick(chance, ['61', '62', '63', '64', '65', '66', '67', '68', '69', '70', '71', '76', '77'])
  return start + String(between(chance, 0, 9_999_999)).padStart(7, '0')
}

const notations: readonly ((digits: string) => string)[] = [
  (digits) => `0${digits}`,
  (digits) => `0${digits}`,
  (digits) => `0${digits}`,
  (digits) => `+212${digits}`,
  (digits) => `+212 ${digits.slice(0, 3)}-${digits.slice(3)}`,
  (digits) => `00212${digits}`,
  (digits) => `212${digits}`,
  (digits) => digits,
  (digits) => `0${digits}`.replace(/(\d\d)(?=\d)/g, '$1 '),
  (digits) => `0${digits}`.replace(/(\d\d)(?=\d)/g, '$1.'),
  (digits) => `0${digits}`.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? digit),
]

const phoneAsTyped = (chance: Chance): string => {
  const typed = pick(chance, notations)(mobile(chance))
  if (happens(chance, 0.02)) return typed.slice(0, -1)
  return happens(chance, 0.03) ? `${typed} / 0${mobile(chance)}` : typed
}

const cityAsTyped = (chance: Chance): string => {
  const total = cities.reduce((sum, { weight }) => sum + weight, 0)
  let left = between(chance, 1, total)
  for (const { weight, spellings } of cities) {
    left -= weight
    if (left <= 0) return pick(chance, spellings)
  }
  return 'Casablanca'
}

const addressAsTyped = (chance: Chance, arabic: boolean): string => {
  const street = arabic
    ? `${pick(chance, arabicStreets)} رقم ${between(chance, 1, 200)}`
    : `${between(chance, 1, 200)} ${pick(chance, latinStreets)}`
  return happens(chance, 0.2) ? `${street}, ${pick(chance, landmarks)}` : street
}

const linesOf = (chance: Chance): BelievableOrder['lines'] => {
  const quantity = pick(chance, [1, 1, 1, 1, 1, 1, 1, 2, 2, 3])
  const first = { product: pick(chance, shopProducts), quantity }
  if (!happens(chance, 0.15)) return [first]
  const second = pick(chance, shopProducts)
  return second.sku === first.product.sku ? [first] : [first, { product: second, quantity: 1 }]
}
