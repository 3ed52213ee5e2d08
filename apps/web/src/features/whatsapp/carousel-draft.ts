import {
  type CardButtonKind,
  type CardHeader,
  cardsFault,
  cardsLeast,
  type NewCard,
  type TemplateCard,
} from '@sendocki/domain/whatsapp/carousel'
import type { TemplateField } from '@sendocki/domain/whatsapp/variables'
import { variablesFor } from './variables.ts'

/** A button that all cards have; what opens a page has a page of its own on each. */
export interface DraftButton {
  readonly kind: CardButtonKind
  readonly text: string
}

export interface DraftCard {
  readonly mediaId: string | null
  readonly header: CardHeader | null
  readonly body: string
  /** What fills the variables of its text, by their number. */
  readonly variables: readonly TemplateField[]
  /** By the place of the button. */
  readonly urls: readonly string[]
}

export interface DraftCarousel {
  readonly buttons: readonly DraftButton[]
  readonly cards: readonly DraftCard[]
}

export const emptyCard: DraftCard = { mediaId: null, header: null, body: '', variables: [], urls: [] }
export const emptyCarousel: DraftCarousel = {
  buttons: [{ kind: 'quick_reply', text: '' }],
  cards: Array.from({ length: cardsLeast }, () => emptyCard),
}

/** The kind of file that every card but this one shows; null while none shows anything. */
export const headerBeside = ({ cards }: DraftCarousel, at: number): CardHeader | null =>
  cards.find(({ header }, index) => index !== at && header !== null)?.header ?? null

const buttonsOf = ({ buttons }: DraftCarousel, { urls }: DraftCard) =>
  buttons.map(({ kind, text }, place) => ({
    kind,
    text: text.trim(),
    url: kind === 'url' ? (urls[place] ?? '').trim() || null : null,
  }))

/** The cards as they are handed in. */
export const newCardsOf = (draft: DraftCarousel): NewCard[] =>
  draft.cards.map((card) => ({
    mediaId: card.mediaId ?? '',
    body: card.body.trim(),
    variables: variablesFor(card.body, card.variables),
    buttons: buttonsOf(draft, card),
  }))

/** The cards as they lie in the buyer's WhatsApp, as far as they are written. */
export const shownCardsOf = (draft: DraftCarousel): TemplateCard[] =>
  draft.cards.map((card) => ({
    ...{ mediaId: card.mediaId, header: card.header ?? 'image', body: card.body },
    variables: variablesFor(card.body, card.variables),
    buttons: buttonsOf(draft, card),
  }))

export interface DraftFault {
  readonly path: string
  readonly code: string
}

const addressed = /^https:\/\/[^\s{}]+$/

const gapIn = ({ mediaId, body, urls }: DraftCard, buttons: readonly DraftButton[]): DraftFault | null => {
  if (mediaId === null) return { path: 'mediaId', code: 'missing' }
  if (body.trim() === '') return { path: 'body', code: 'missing' }
  const wrong = buttons.findIndex(({ kind }, place) => kind === 'url' && !addressed.test((urls[place] ?? '').trim()))
  return wrong < 0 ? null : { path: `buttons.${wrong}.url`, code: 'https_address' }
}

/** The first thing that keeps a carousel from being handed in, with the field that it is about; null when nothing does. */
export const carouselGap = (draft: DraftCarousel): DraftFault | null => {
  const nameless = draft.buttons.findIndex(({ text }) => text.trim() === '')
  if (nameless >= 0) return { path: `button.${nameless}`, code: 'missing' }
  const gaps = draft.cards.map((card) => gapIn(card, draft.buttons))
  const at = gaps.findIndex((gap) => gap !== null)
  const gap = gaps[at]
  return gap ? { ...gap, path: `cards.${at}.${gap.path}` } : cardsFault(newCardsOf(draft))
}
