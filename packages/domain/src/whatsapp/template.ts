import { type Static, Type } from 'typebox'
import { closed, Instant, Line, named, nullable, oneOf, page, pageQuery, ref, Uuid, Version } from '../schema.ts'
import { cardsLeast, cardsMost, cardsProblem, FilledCard, NewCards, TemplateCard } from './carousel.ts'
import { isNamed, templateFields, type VariableText, variablesMost } from './variables.ts'

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

/** As much text as Meta takes, with its values. */
export const bodyLongest = 1_024
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
    variables: Type.Optional(Type.Array(oneOf(templateFields), { maxItems: variablesMost })),
  }),
)
export type CreateWhatsAppTemplate = Static<typeof CreateWhatsAppTemplate>

/** Says what fills the variables of a template that was made elsewhere, in its text and on its cards, and what these show. */
export const EditWhatsAppTemplate = named(
  'EditWhatsAppTemplate',
  closed({
    version: Version,
    variables: Type.Optional(Type.Array(oneOf(templateFields), { maxItems: variablesMost })),
    /** One file for each card, in their order, of the kind that Meta approved. Variables that are not named stay what they are. */
    cards: Type.Optional(
      Type.Array(
        closed({
          mediaId: Uuid,
          variables: Type.Optional(Type.Array(oneOf(templateFields), { maxItems: variablesMost })),
        }),
        { minItems: cardsLeast, maxItems: cardsMost },
      ),
    ),
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
    /** The cards of a carousel under it; empty for any other template, and while a value is missing. */
    cards: Type.Array(FilledCard),
    /** Values that the order does not have. */
    missing: Type.Array(oneOf(templateFields)),
  }),
)
export type TemplatePreview = Static<typeof TemplatePreview>

/** What keeps a template from being filled and sent, whatever Meta says of it; null when nothing does. */
export const templateProblem = ({
  body,
  variables,
  cards,
}: VariableText & { readonly cards: readonly TemplateCard[] }):
  | ReturnType<typeof cardsProblem>
  | 'template.variables_unnamed' =>
  cardsProblem(cards) ?? ([{ body, variables }, ...cards].every(isNamed) ? null : 'template.variables_unnamed')
