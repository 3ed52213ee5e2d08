import type { Language } from '@sendocki/domain/language'
import type { LabelContent } from '@sendocki/domain/papers/content'
import { isolated, ltr } from './bidi.ts'
import { drawBars, drawQr } from './codes.ts'
import {
  addressText,
  captioned,
  cityText,
  dayText,
  drawOptions,
  moneyText,
  numbersText,
  optionTexts,
  phonesText,
  senderText,
  split,
} from './parts.ts'
import { type Box, mm, type Pen } from './pen.ts'
import { type PaperWords, paperWords } from './words.ts'

/** A label is 100 × 150 mm; on A4 the same is drawn four times, a little smaller. */
export const labelSize = { width: 100 * mm, height: 150 * mm } as const

const edge = 10
const inner: Box = { x: edge, y: edge, width: labelSize.width - 2 * edge }

const across = (pen: Pen, y: number): void => pen.rule(inner.x, y, inner.x + inner.width, y)

/** Who sends, by whom, when, for which order. */
const drawHead = (pen: Pen, content: LabelContent): number => {
  const { start, end } = split(pen, inner, 80)
  const several = content.orderNumbers.length > 1
  const style = { size: several ? 10 : 13, bold: true, align: 'end', direction: 'ltr', lines: 3 } as const
  const numbered = pen.text(numbersText(content.orderNumbers), end, style)
  const y = pen.text(senderText(content.sender), start, { size: 11, bold: true, direction: pen.direction })
  const second = split(pen, { ...inner, y: Math.max(y, several ? numbered : 0, inner.y + 17) }, 80)
  pen.text(dayText(content.day), second.end, { size: 9, align: 'end', direction: 'ltr' })
  return pen.text(content.carrier, second.start, { size: 9 })
}

/** The number in bars for hand scanners, in squares for phones, in letters for people. */
const drawCode = (pen: Pen, { code }: LabelContent, y: number): number => {
  const barred = drawBars(pen, code, { x: inner.x, y: y + 6, width: inner.width, height: 46 })
  return pen.text(
    code,
    { ...inner, y: y + (barred ? 53 : 18) },
    { size: barred ? 12 : 16, bold: true, align: 'centre', direction: 'ltr' },
  )
}

const qrSide = 64

const drawReceiver = (
  pen: Pen,
  { code, receiver }: LabelContent,
  y: number,
  language: Language,
  words: PaperWords,
): number => {
  const top = pen.text(
    cityText(receiver.city, language),
    { ...inner, y },
    { size: 17, bold: true, lines: 2, direction: pen.direction },
  )
  const { start, end } = split(pen, { ...inner, y: top }, qrSide)
  drawQr(pen, code, { x: end.x, y: top + 6, side: qrSide })
  const named = pen.text(receiver.name, start, { size: 13, bold: true, lines: 2 })
  const reached = pen.text(
    phonesText(receiver.phones),
    { ...start, y: named },
    { size: 13, bold: true, direction: 'ltr', lines: 2 },
  )
  const placed = pen.text(
    addressText(receiver, words),
    { ...start, y: reached + 2 },
    { size: 10.5, lines: 4, direction: pen.direction },
  )
  return Math.max(placed, top + qrSide + 10)
}

/** The amount is the biggest thing on the label: it is what the courier asks for. */
const drawAmount = (
  pen: Pen,
  { amountCentimes }: LabelContent,
  y: number,
  language: Language,
  words: PaperWords,
): number => {
  const height = 54
  pen.frame(inner.x, y, inner.width, height)
  const box = { x: inner.x + 8, y: y + 4, width: inner.width - 16 }
  if (amountCentimes === 0) pen.text(words.paid, { ...box, y: y + 9 }, { size: 20, bold: true, align: 'centre' })
  else {
    pen.text(words.toCollect, box, { size: 10, bold: true })
    const amount = moneyText(amountCentimes, language)
    const size = Math.min(27, box.width / pen.widthOf(amount, { size: 1, bold: true }))
    const baseline = y + height - 4 - pen.lineHeight(size)
    const beside = pen.widthOf(words.toCollect, { size: 10, bold: true }) + pen.widthOf(amount, { size, bold: true })
    // A short amount stands beside its caption, a long one under it.
    const at = beside < box.width ? y + (height - pen.lineHeight(size)) / 2 : baseline + 3
    pen.text(amount, { ...box, y: at }, { size, bold: true, align: 'end', direction: pen.direction })
  }
  return y + height
}

const drawFoot = (pen: Pen, content: LabelContent, y: number, words: PaperWords): void => {
  const products = content.products
    .map(({ name, quantity }) => `${ltr(`${quantity}\u00a0×`)} ${isolated(name)}`)
    .join(words.comma)
  const style = { size: 9, lines: 3, direction: pen.direction }
  const after = pen.text(`${words.contents}${words.colon}${products}`, { ...inner, y }, style)
  if (content.note !== null && content.note.trim() !== '')
    pen.text(captioned(words.note, content.note, words), { ...inner, y: after + 1 }, style)
  const bottom = { ...inner, y: labelSize.height - edge - pen.lineHeight(8) }
  pen.text(`${words.reference} ${ltr(content.reference)}`, bottom, { size: 8, direction: pen.direction })
}

export const drawLabel = (pen: Pen, content: LabelContent, language: Language): void => {
  const words = paperWords[language]
  const head = drawHead(pen, content)
  across(pen, head + 2)
  const coded = drawCode(pen, content, head + 2)
  across(pen, coded + 2)
  const received = drawReceiver(pen, content, coded + 3, language, words)
  const paid = drawAmount(pen, content, received, language, words)
  const told = drawOptions(pen, optionTexts(content.options, words.options), { ...inner, y: paid + 5 }, 9.5)
  drawFoot(pen, content, told + 4, words)
}
