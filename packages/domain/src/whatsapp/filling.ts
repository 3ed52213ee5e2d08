import { formatMoney } from '../money.ts'
import { orderNumberText } from '../orders/number.ts'
import { cardBodyLongest, type FilledCard, type TemplateCard } from './carousel.ts'
import { bodyLongest } from './template.ts'
import { type TemplateField, type VariableText, withValues } from './variables.ts'

/*
 * The texts of a template with what an order gives. What is unknown is never written as a gap.
 */

/** What an order gives to a template; null where that is unknown. */
export interface TemplateFacts {
  readonly customerName: string | null
  readonly number: number
  readonly products: readonly string[]
  readonly amountCentimes: number | null
  readonly city: string | null
  readonly shop: string
}

const valueOf = (field: TemplateField, facts: TemplateFacts, language: string): string | null => {
  const tongue = language.startsWith('ar') ? 'ar' : language.startsWith('en') ? 'en' : 'fr'
  switch (field) {
    case 'customer_name':
      return facts.customerName
    case 'order_number':
      return tongue === 'ar' ? orderNumberText(facts.number) : `#${facts.number}`
    case 'products':
      return facts.products.length > 0 ? facts.products.join(', ') : null
    case 'amount':
      return facts.amountCentimes === null ? null : formatMoney(facts.amountCentimes, tongue, { decimals: 'auto' })
    case 'city':
      return facts.city
    case 'shop':
      return facts.shop
  }
}

/** What Meta's reviewers are shown in the place of a value. */
const samples: Readonly<Record<TemplateField, string>> = {
  customer_name: 'Khadija',
  order_number: '#10427',
  products: 'Pack ghassoul et kessa',
  amount: '560 DH',
  city: 'Casablanca',
  shop: 'Dar Argan',
}

const valueLongest = 300

/** Never half of a sign that is written with two. */
const cut = (value: string, most: number): string => value.slice(0, Math.max(0, most)).replace(/[\uD800-\uDBFF]$/, '')

/** Meta refuses a value with a line break, a tab or more than four spaces. */
const plainValue = (value: string): string =>
  cut(
    value
      .replace(/[\r\n\t]+/g, ' ')
      .replace(/ {4,}/g, '   ')
      .trim(),
    valueLongest,
  )

/** Words still say what they are when they are cut; a number or an amount would say something else. */
const wordy: readonly TemplateField[] = ['customer_name', 'products', 'city', 'shop']

/** The values with the longest words cut until the whole text has so many signs at most: Meta refuses more. */
const fitting = ({ body, variables }: VariableText, values: readonly string[], longest: number): readonly string[] => {
  const over = withValues(body, values).length - longest
  if (over <= 0) return values
  const lengths = values.map((value, at) => (wordy.includes(variables[at] as TemplateField) ? value.length : 0))
  const at = lengths.indexOf(Math.max(...lengths))
  const value = values[at] ?? ''
  if ((lengths[at] ?? 0) <= 2) return values
  return fitting({ body, variables }, values.with(at, `${cut(value, Math.max(1, value.length - over - 1))}…`), longest)
}

/** A text as the buyer reads it, with the values in it. */
interface FilledText {
  readonly values: readonly string[]
  readonly text: string
}

const filledWith = (text: VariableText, values: readonly string[], longest: number): FilledText => {
  const fitted = fitting(text, values, longest)
  return { values: fitted, text: withValues(text.body, fitted) }
}

export type Filled =
  | (FilledText & { readonly ok: true; readonly cards: readonly FilledText[] })
  | { readonly ok: false; readonly missing: readonly TemplateField[] }

type Fillable = VariableText & { readonly cards: readonly VariableText[] }

/**
 * The values of a template for an order and its texts as the buyer reads them, or what the order lacks. Without an order
 * everything that it would give is lacking.
 */
export const fillTemplate = (
  { body, variables, cards, language }: Fillable & { readonly language: string },
  facts: TemplateFacts | null,
): Filled => {
  const read = (field: TemplateField): string => plainValue((facts && valueOf(field, facts, language)) ?? '')
  const texts: readonly VariableText[] = [{ body, variables }, ...cards]
  const missing = new Set(texts.flatMap((text) => text.variables.filter((field) => read(field) === '')))
  if (missing.size > 0) return { ok: false, missing: [...missing] }
  const filled = (text: VariableText, longest: number) => filledWith(text, text.variables.map(read), longest)
  return {
    ok: true,
    ...filled({ body, variables }, bodyLongest),
    cards: cards.map((card) => filled(card, cardBodyLongest)),
  }
}

/** The cards of a template as the buyer reads them. */
export const filledCards = (cards: readonly TemplateCard[], texts: readonly FilledText[]): FilledCard[] =>
  cards.map(({ header, mediaId, body, buttons }, at) => ({
    ...{ header, mediaId, body: texts[at]?.text ?? body },
    buttons: [...buttons],
  }))

/** The values that Meta's reviewers read in a text. */
export const samplesOf = (text: VariableText, longest: number): readonly string[] =>
  filledWith(
    text,
    text.variables.map((field) => samples[field]),
    longest,
  ).values
