import { type Static, Type } from 'typebox'
import { formatMoney } from '../money.ts'
import { orderNumberText } from '../orders/number.ts'
import { closed, Instant, Line, named, nullable, oneOf, page, pageQuery, ref, Uuid, Version } from '../schema.ts'
import { cardsLeast, cardsMost, NewCards, TemplateCard } from './carousel.ts'

export const templateCategories = ['utility', 'marketing'] as const
export type TemplateCategory = (typeof templateCategories)[number]
export const templateLanguages = ['fr', 'ar', 'en'] as const
export type TemplateLanguage = (typeof templateLanguages)[number]

/**
 * Only an approved one can be sent. `limited`: Meta took it away for too many complaints. `other`: a state of Meta's
 * that we do not know, which is never taken for an approval. Source: integrations.md 4.2.
 */
export const templateStates = [
  'submitting',
  'pending',
  'in_appeal',
  'approved',
  'rejected',
  'paused',
  'disabled',
  'limited',
  'deleted',
  'other',
] as const
export type TemplateState = (typeof templateStates)[number]

/** What a variable of the text is filled with. */
export const templateFields = ['customer_name', 'order_number', 'products', 'amount', 'city', 'shop'] as const
export type TemplateField = (typeof templateFields)[number]

const bodyLongest = 1_024
const buttonsMax = 3

export const WhatsAppTemplate = named(
  'WhatsAppTemplate',
  Type.Object({
    id: Uuid,
    name: Type.String(),
    language: Type.String(),
    category: Type.String(),
    state: oneOf(templateStates),
    /** Why Meta refused it, in Meta's own word. */
    reason: nullable(Type.String()),
    /** Meta's judgement of how buyers take it. */
    quality: nullable(Type.String()),
    header: nullable(Type.String()),
    body: Type.String(),
    footer: nullable(Type.String()),
    /** Words of the buttons under the text; of a carousel, the quick replies of its first card. */
    buttons: Type.Array(Type.String()),
    /** The cards of a carousel; empty for any other template. */
    cards: Type.Array(TemplateCard),
    /** What fills {{1}}, {{2}} and so on; empty for a template made elsewhere whose variables nobody has named. */
    variables: Type.Array(oneOf(templateFields)),
    /** How many variables the text has. */
    variableCount: Type.Integer(),
    /** Numbers of the same business account, from which it can be sent. */
    numberIds: Type.Array(Uuid),
    updatedAt: Instant,
    version: Version,
  }),
)
export type WhatsAppTemplate = Static<typeof WhatsAppTemplate>
export const WhatsAppTemplatePage = page('WhatsAppTemplatePage', ref(WhatsAppTemplate))
export const TemplateQuery = closed({
  numberId: Type.Optional(Uuid),
  state: Type.Optional(oneOf(templateStates)),
  ...pageQuery,
})
export type TemplateQuery = Static<typeof TemplateQuery>

export const CreateWhatsAppTemplate = named(
  'CreateWhatsAppTemplate',
  closed({
    numberId: Uuid,
    name: Type.String({ pattern: '^[a-z0-9_]{1,100}$', maxLength: 100 }),
    language: oneOf(templateLanguages),
    category: oneOf(templateCategories),
    header: Type.Optional(nullable(Line(60))),
    /** With {{1}}, {{2}} where `variables` go. */
    body: Type.String({ minLength: 1, maxLength: bodyLongest }),
    footer: Type.Optional(nullable(Line(60))),
    buttons: Type.Optional(Type.Array(Line(20), { maxItems: buttonsMax })),
    /** A carousel: of the category marketing, with nothing else but the text above it. */
    cards: Type.Optional(NewCards),
    variables: Type.Optional(Type.Array(oneOf(templateFields), { maxItems: 10 })),
  }),
)
export type CreateWhatsAppTemplate = Static<typeof CreateWhatsAppTemplate>

/** Says what fills the variables of a template that was made elsewhere, and what its cards show. */
export const EditWhatsAppTemplate = named(
  'EditWhatsAppTemplate',
  closed({
    version: Version,
    variables: Type.Optional(Type.Array(oneOf(templateFields), { maxItems: 10 })),
    /** One file for each card, in their order; each of the kind that Meta approved. */
    cards: Type.Optional(Type.Array(closed({ mediaId: Uuid }), { minItems: cardsLeast, maxItems: cardsMost })),
  }),
)
export type EditWhatsAppTemplate = Static<typeof EditWhatsAppTemplate>

/** Without an order, the preview names what an order would have to give. */
export const TemplatePreviewQuery = closed({ orderId: Type.Optional(Uuid) })
export const TemplatePreview = named(
  'TemplatePreview',
  Type.Object({
    /** The whole text as the buyer reads it; null while a value is missing. */
    text: nullable(Type.String()),
    /** Values that the order does not have. */
    missing: Type.Array(oneOf(templateFields)),
  }),
)
export type TemplatePreview = Static<typeof TemplatePreview>

const places = /\{\{\s*(\d{1,2})\s*\}\}/g

/** The numbers of the variables in a text, each once, as they come. */
export const placesIn = (body: string): number[] => [
  ...new Set([...body.matchAll(places)].map(([, number]) => Number(number))),
]

export type BodyFault =
  | 'variables_not_in_order'
  | 'variables_unnamed'
  | 'variable_at_the_edge'
  | 'variables_side_by_side'

/**
 * Why Meta would refuse the text at once; null when it would read it. Variables are numbered from 1 without gaps, each
 * is given a value, and none begins or ends the text or touches another.
 */
export const bodyFault = (body: string, variables: readonly TemplateField[]): BodyFault | null => {
  const numbers = placesIn(body).toSorted((a, b) => a - b)
  if (numbers.some((number, index) => number !== index + 1)) return 'variables_not_in_order'
  if (numbers.length !== variables.length) return 'variables_unnamed'
  const text = body.trim()
  if (/^\{\{/.test(text) || /\}\}$/.test(text)) return 'variable_at_the_edge'
  return /\}\}\s*\{\{/.test(text) ? 'variables_side_by_side' : null
}

/** What an order gives to a template. What is unknown is null and never written as a gap. */
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

/** Meta refuses a value with a line break, a tab or more than four spaces. */
const plainValue = (value: string): string =>
  value
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/ {4,}/g, '   ')
    .trim()
    .slice(0, 300)

export type Filled =
  | { readonly ok: true; readonly values: readonly string[]; readonly text: string }
  | { readonly ok: false; readonly missing: readonly TemplateField[] }

/** The values of a template for an order and its text as the buyer reads it, or what the order lacks. */
export const fillTemplate = (
  template: { readonly body: string; readonly variables: readonly TemplateField[]; readonly language: string },
  facts: TemplateFacts,
): Filled => {
  const found = template.variables.map((field) => ({ field, value: valueOf(field, facts, template.language) }))
  const missing = found.flatMap(({ field, value }) => (value === null || plainValue(value) === '' ? [field] : []))
  if (missing.length > 0) return { ok: false, missing: [...new Set(missing)] }
  const values = found.map(({ value }) => plainValue(value ?? ''))
  const text = template.body.replace(places, (_place, number: string) => values[Number(number) - 1] ?? '')
  return { ok: true, values, text }
}
