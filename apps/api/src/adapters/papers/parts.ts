import type { Language } from '@sendocki/domain/language'
import { moneyParts } from '@sendocki/domain/money'
import type { CityNames, PrintedOptions, Receiver, Sender } from '@sendocki/domain/papers/content'
import { formatPhone } from '@sendocki/domain/phone-format'
import { isolated, ltr } from './bidi.ts'
import { type Box, freeText, type Pen, type TextStyle } from './pen.ts'
import type { PaperWords } from './words.ts'

/*
 * What several papers show alike: amounts, days, phones, cities, options.
 */

/** Amounts, days and phones are one word to the eye and to the rules of direction. */
const tied = (text: string): string => text.replaceAll(' ', '\u00a0')

export const moneyText = (centimes: number, language: Language): string => {
  const { number, unit, unitFirst } = moneyParts(centimes, language)
  return unitFirst ? `${unit}\u00a0${ltr(number)}` : `${ltr(number)}\u00a0${unit}`
}

/** `27/11/2026`, as it is written in Morocco in every language. */
export const dayText = (day: string): string => ltr(day.split('-').reverse().join('/'))

export const numberText = (orderNumber: number): string => ltr(`#${orderNumber}`)

/** The numbers of all orders in one parcel. */
export const numbersText = (orderNumbers: readonly number[]): string => orderNumbers.map(numberText).join(' + ')

export const phonesText = (phones: readonly string[]): string =>
  phones.map((phone) => ltr(tied(formatPhone(phone)))).join(' · ')

export const senderText = ({ merchant, store }: Sender): string =>
  store === null || store === merchant ? merchant : `${isolated(merchant)} · ${isolated(store)}`

/** In the paper's script first, in the other one beside it: the shop reads one, the carrier may read the other. */
export const cityText = (city: CityNames | string | null, language: Language): string => {
  if (city === null || typeof city === 'string') return city ?? ''
  const [first, second] = language === 'ar' ? [city.ar, city.fr] : [city.fr, city.ar]
  return `${isolated(first)} · ${isolated(second)}`
}

export const addressText = ({ address }: Receiver, { comma }: PaperWords): string =>
  address.map((part) => isolated(freeText(part))).join(comma)

/** `Remarque : …`, what people wrote with its own direction. */
export const captioned = (caption: string, text: string, { colon }: PaperWords): string =>
  `${caption}${colon}${isolated(freeText(text))}`

/** What the courier is told, in the order in which it matters at the door. */
export const optionTexts = (options: PrintedOptions, words: PaperWords['options']): string[] => {
  const { allowOpen, allowTry, fragile, exchangeOf, deliverTo, notBefore } = options
  const said = (value: boolean | null, yes: string, no: string): string[] => (value === null ? [] : [value ? yes : no])
  return [
    ...said(allowOpen, words.mayOpen, words.mayNotOpen),
    ...said(allowTry, words.mayTry, words.mayNotTry),
    ...(fragile ? [words.fragile] : []),
    ...(exchangeOf === null ? [] : [`${words.exchange} ${numberText(exchangeOf)}`]),
    ...(deliverTo === 'agency' ? [words.agency] : []),
    ...(notBefore === null ? [] : [`${words.notBefore} ${dayText(notBefore)}`]),
  ]
}

/** Options in frames, one after the other from the side where reading begins; answers where they end. */
export const drawOptions = (pen: Pen, texts: readonly string[], box: Box, size: number): number => {
  const style: TextStyle = { size, bold: true, align: 'centre' }
  const [gap, inset] = [4, 5]
  const height = pen.lineHeight(size) + 3
  let [along, y] = [0, box.y]
  for (const text of texts) {
    const width = Math.min(pen.widthOf(text, style) + 2 * inset, box.width)
    if (along > 0 && along + width > box.width) [along, y] = [0, y + height + gap]
    const x = pen.direction === 'ltr' ? box.x + along : box.x + box.width - along - width
    pen.frame(x, y, width, height)
    pen.text(text, { x: x + inset, y: y + 1.5, width: width - 2 * inset + 0.1 }, style)
    along += width + gap
  }
  return texts.length === 0 ? y : y + height
}

/** A caption at the start and a value at the end of the same line; answers where the next line begins. */
export const drawPair = (pen: Pen, caption: string, value: string, box: Box, style: TextStyle): number => {
  pen.text(caption, box, { ...style, bold: style.bold ?? false })
  return pen.text(value, box, { ...style, align: 'end' })
}

/** The part of a box that lies at its start, and the one that lies at its end. */
export const split = (pen: Pen, box: Box, end: number, gap = 8): { readonly start: Box; readonly end: Box } => {
  const rest = { ...box, width: box.width - end - gap }
  const side = { ...box, width: end }
  return pen.direction === 'ltr'
    ? { start: rest, end: { ...side, x: box.x + box.width - end } }
    : { start: { ...rest, x: box.x + end + gap }, end: side }
}
