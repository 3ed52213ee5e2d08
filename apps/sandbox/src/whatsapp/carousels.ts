import type { World } from '../world.ts'
import { fileFault } from './files.ts'
import { type Fields, fieldsOf, listOf, partOf, wordOf } from './parts.ts'
import { textFault, valuesFault } from './texts.ts'

/** As much text as a card takes, with its values. */
const cardLongest = 160

const cardsOf = (components: unknown): readonly Fields[] => listOf(partOf(components, 'CAROUSEL')?.cards)
const buttonsOf = (card: Fields): readonly Fields[] => listOf(partOf(card.components, 'BUTTONS')?.buttons)
const formatOf = (card: Fields): string => wordOf(partOf(card.components, 'HEADER')?.format)
const shapeOf = (card: Fields): string =>
  [
    formatOf(card),
    partOf(card.components, 'BODY') ? 'text' : '',
    ...buttonsOf(card).map(({ type }) => wordOf(type)),
  ].join()

const cardFault = (world: World, card: Fields, first: Fields): string | null => {
  const format = formatOf(card)
  if (format !== 'IMAGE' && format !== 'VIDEO') return 'A card needs a header of the format IMAGE or VIDEO'
  const [handle] = (fieldsOf(partOf(card.components, 'HEADER')?.example).header_handle ?? []) as readonly unknown[]
  const sample = world.state.whatsapp.files.get(String(handle))
  if (!sample?.type.startsWith(format.toLowerCase())) return 'The header of a card needs a sample of its format'
  const text = partOf(card.components, 'BODY')?.text
  if (text !== undefined && (typeof text !== 'string' || text.length > cardLongest || text.split('\n').length > 3))
    return 'The body of a card has 160 characters and two line breaks at most'
  const wrong = textFault(partOf(card.components, 'BODY'))
  if (wrong !== null) return wrong
  const buttons = buttonsOf(card)
  if (buttons.length < 1 || buttons.length > 2) return 'A card has one or two buttons'
  for (const { type, text: words, url } of buttons) {
    if (!['QUICK_REPLY', 'URL', 'PHONE_NUMBER'].includes(wordOf(type))) return 'Button type not supported on a card'
    if (typeof words !== 'string' || words.length > 25) return 'The text of a button has 25 characters at most'
    if (wordOf(type) === 'URL' && !URL.canParse(String(url))) return 'A URL button needs an address'
  }
  return shapeOf(card) === shapeOf(first) ? null : 'All cards must have the same components'
}

/**
 * What Meta refuses of a carousel when it is handed in; null for any other template and for one that it reads. Source:
 * Meta's Cloud API, media card carousel templates.
 */
export const carouselFault = (world: World, components: unknown, category: string): string | null => {
  if (!partOf(components, 'CAROUSEL')) return null
  const cards = cardsOf(components)
  if (category !== 'MARKETING') return 'Carousels are for the category MARKETING only'
  if (!partOf(components, 'BODY')) return 'A carousel needs a text above its cards'
  const beside = ['HEADER', 'FOOTER', 'BUTTONS'].find((type) => partOf(components, type))
  if (beside) return `A carousel has no ${beside}`
  const [first] = cards
  if (!first || cards.length < 2 || cards.length > 10) return 'A carousel has 2 to 10 cards'
  return cards.map((card) => cardFault(world, card, first)).find((fault) => fault !== null) ?? null
}

/** The values and the types of the buttons that a message fills have to be those of the template at their places. */
const filledFault = (world: World, card: Fields, given: Fields): number | null => {
  const format = formatOf(card).toLowerCase()
  const [header] = listOf(partOf(given.components, 'HEADER')?.parameters)
  if (header?.type !== format) return 132_012
  const file = fileFault(world, format, header[format])
  if (file !== null) return file
  const values = valuesFault(partOf(card.components, 'BODY'), partOf(given.components, 'BODY'), cardLongest)
  if (values !== null) return values
  const buttons = buttonsOf(card)
  const wrong = listOf(given.components).some(
    ({ type, sub_type: kind, index }) =>
      wordOf(type) === 'BUTTON' && wordOf(buttons[Number(index)]?.type) !== wordOf(kind),
  )
  return wrong ? 132_012 : null
}

/** Why cards cannot be sent so; null when they can, or when the template has none. */
export const filledCardsFault = (world: World, template: unknown, given: unknown): number | null => {
  const cards = cardsOf(template)
  const filled = cardsOf(given)
  if (cards.length !== filled.length) return 132_000
  const byIndex = new Map(filled.map((card) => [card.card_index, card]))
  for (const [index, card] of cards.entries()) {
    const one = byIndex.get(index)
    const fault = one ? filledFault(world, card, one) : 131_008
    if (fault !== null) return fault
  }
  return null
}

/** The quick-reply parts of a message's cards, from the first card to the last. */
export const repliesInCards = (components: unknown): readonly Fields[] =>
  cardsOf(components).flatMap((card) =>
    listOf(card.components).filter(
      ({ type, sub_type: kind }) => wordOf(type) === 'BUTTON' && wordOf(kind) === 'QUICK_REPLY',
    ),
  )

/** The words of the quick replies on a template's cards, in the same order. */
export const wordsOnCards = (components: unknown): readonly string[] =>
  cardsOf(components).flatMap((card) =>
    buttonsOf(card).flatMap(({ type, text }) => (wordOf(type) === 'QUICK_REPLY' ? [String(text)] : [])),
  )
