import { type Static, Type } from 'typebox'
import { closed, Line, nullable, oneOf, Uuid } from '../schema.ts'
import { asksByName, type BodyFault, bodyFault, templateFields, variablesMost } from './variables.ts'

/*
 * A carousel: cards side by side under one text, each with a picture or a video, a text and buttons. Source: Meta's Cloud
 * API, media card carousel templates: two to ten cards, media of one kind, the same buttons in the same order on each.
 */

export const cardsLeast = 2
export const cardsMost = 10
export const cardBodyLongest = 160
const cardLinesMost = 3
const cardButtonsMost = 2

/** What a card may show above its text. */
export const cardHeaders = ['image', 'video'] as const
export type CardHeader = (typeof cardHeaders)[number]

/** Types of files that Meta takes as the sample of a card. */
export const cardTypes: Readonly<Record<string, CardHeader>> = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'video/mp4': 'video',
}

/** `quick_reply` answers us, `url` opens a page of the merchant's. */
export const cardButtonKinds = ['quick_reply', 'url'] as const
export type CardButtonKind = (typeof cardButtonKinds)[number]

export const CardButton = closed({
  kind: oneOf(cardButtonKinds),
  text: Line(20),
  /** The page that it opens; null for a quick reply. */
  url: nullable(Type.String({ pattern: '^https://[^\\s{}]+$', maxLength: 2_000 })),
})
export type CardButton = Static<typeof CardButton>

export const NewCard = closed({
  /** A picture or a video of the library. */
  mediaId: Uuid,
  /** On three lines at most, with {{1}}, {{2}} where `variables` go; each card counts its own from 1. */
  body: Type.String({ minLength: 1, maxLength: cardBodyLongest, pattern: '\\S' }),
  variables: Type.Optional(Type.Array(oneOf(templateFields), { maxItems: variablesMost })),
  buttons: Type.Array(CardButton, { minItems: 1, maxItems: cardButtonsMost }),
})
export type NewCard = Static<typeof NewCard>
export const NewCards = Type.Array(NewCard, { minItems: cardsLeast, maxItems: cardsMost })

const ShownButton = {
  kind: oneOf(cardButtonKinds),
  text: Type.String(),
  url: nullable(Type.String()),
}
const shown = {
  header: oneOf(cardHeaders),
  /** The file of the library that it shows; null on a card made elsewhere whose picture nobody has chosen yet. */
  mediaId: nullable(Uuid),
  body: Type.String(),
}

/** A card as a buyer reads it. */
export const FilledCard = Type.Object({ ...shown, buttons: Type.Array(Type.Object(ShownButton)) })
export type FilledCard = Static<typeof FilledCard>

/** A card of a template. One that was made elsewhere may hold what could not be written here. */
export const TemplateCard = Type.Object({
  ...shown,
  /** What fills {{1}}, {{2}} and so on of its text; empty on a card made elsewhere whose variables nobody has named. */
  variables: Type.Array(oneOf(templateFields)),
  buttons: Type.Array(Type.Object(ShownButton)),
})
export type TemplateCard = Static<typeof TemplateCard>

/** A card as it was sent, with the button that the buyer pressed. */
export const MessageCard = Type.Object({
  ...shown,
  buttons: Type.Array(Type.Object({ ...ShownButton, chosen: Type.Boolean() })),
})
export type MessageCard = Static<typeof MessageCard>

/** The words of the quick replies of a card, in their order. */
export const repliesOf = ({ buttons }: Pick<TemplateCard, 'buttons'>): string[] =>
  buttons.flatMap(({ kind, text }) => (kind === 'quick_reply' ? [text] : []))

/** The quick replies of a carousel by their place: they are the same kinds on every card, in the words of the first. */
export const repliesOfCards = ([first]: readonly Pick<TemplateCard, 'buttons'>[]): string[] =>
  first ? repliesOf(first) : []

export interface CardFault {
  readonly path: string
  readonly code: 'cards_differ' | 'repeated' | 'missing' | 'unknown' | 'too_many_lines' | BodyFault
}

const combinationOf = ({ buttons }: Pick<NewCard, 'buttons'>): string => buttons.map(({ kind }) => kind).join()

const faultOfCard = (card: Omit<NewCard, 'mediaId'>, first: Omit<NewCard, 'mediaId'>): CardFault | null => {
  const { body, buttons, variables = [] } = card
  const wrongly = bodyFault({ body, variables })
  if (wrongly) return { path: 'body', code: wrongly }
  if (body.trim().split('\n').length > cardLinesMost) return { path: 'body', code: 'too_many_lines' }
  if (combinationOf(card) !== combinationOf(first)) return { path: 'buttons', code: 'cards_differ' }
  if (new Set(buttons.map(({ text }) => text)).size < buttons.length) return { path: 'buttons', code: 'repeated' }
  const wrong = buttons.findIndex(({ kind, url }) => (kind === 'url') !== (url !== null))
  if (wrong < 0) return null
  return { path: `buttons.${wrong}.url`, code: buttons[wrong]?.kind === 'url' ? 'missing' : 'unknown' }
}

/** Why Meta would refuse the cards at once, apart from their files; null when it would read them. */
export const cardsFault = (cards: readonly Omit<NewCard, 'mediaId'>[]): CardFault | null => {
  const [first] = cards
  if (!first) return null
  const faults = cards.map((card) => faultOfCard(card, first))
  const at = faults.findIndex((fault) => fault !== null)
  const fault = faults[at]
  return fault ? { ...fault, path: `cards.${at}.${fault.path}` } : null
}

/** Why cards cannot be sent; null when they can, or when there are none. */
export const cardsProblem = (
  cards: readonly TemplateCard[],
): 'template.pictures_missing' | 'template.cards_unsupported' | null => {
  const asksForMore = ({ body, buttons }: TemplateCard) =>
    asksByName(body) || buttons.some(({ kind, url }) => kind === 'url' && /\{\{/.test(url ?? ''))
  if (cards.some(asksForMore)) return 'template.cards_unsupported'
  return cards.some(({ mediaId }) => mediaId === null) ? 'template.pictures_missing' : null
}

/** Which quick reply of which card the payload of a button names; `card` is null under a message without cards. */
export interface PressedButton {
  readonly messageId: string
  readonly index: number
  readonly card: number | null
}

/** What a button of ours carries, so that its answer finds the message, the button and the card. */
export const payloadOf = ({ messageId, index, card }: PressedButton): string =>
  card === null ? `${messageId}:${index}` : `${messageId}:${index}:${card}`

/** Reads what a button carries. It comes from the buyer's phone, so it proves nothing by itself. */
export const readPayload = (payload: string): PressedButton | null => {
  const [, messageId, index, card] =
    /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d)(?::(\d))?$/i.exec(payload) ?? []
  if (messageId === undefined) return null
  return { messageId, index: Number(index), card: card === undefined ? null : Number(card) }
}
