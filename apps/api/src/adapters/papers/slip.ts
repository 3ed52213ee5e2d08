import type { Language } from '@sendocki/domain/language'
import type { SlipContent } from '@sendocki/domain/papers/content'
import { drawBars } from './codes.ts'
import {
  addressText,
  captioned,
  cityText,
  dayText,
  drawOptions,
  drawPair,
  moneyText,
  numbersText,
  optionTexts,
  phonesText,
  senderText,
  split,
} from './parts.ts'
import { a4, type Box, type Pen } from './pen.ts'
import { columnsIn, drawRow, type TableColumn } from './table.ts'
import { type PaperWords, paperWords } from './words.ts'

const edge = 40
const inner: Box = { x: edge, y: edge, width: a4.width - 2 * edge }
const bottom = a4.height - edge
const body = 10.5

const columnsOf = (words: PaperWords['slip']): readonly TableColumn[] => [
  { heading: words.product, share: 0.46, align: 'start' },
  { heading: words.sku, share: 0.16, align: 'start', direction: 'ltr' },
  { heading: words.quantity, share: 0.08, align: 'end', direction: 'ltr' },
  { heading: words.unitPrice, share: 0.15, align: 'end' },
  { heading: words.total, share: 0.15, align: 'end' },
]

const drawHead = (pen: Pen, content: SlipContent, words: PaperWords): number => {
  const { start, end } = split(pen, inner, 200)
  const title = pen.text(words.slip.title, start, { size: 20, bold: true })
  const from = pen.text(
    senderText(content.sender),
    { ...start, y: title },
    { size: 12, lines: 2, direction: pen.direction },
  )
  const number = pen.text(numbersText(content.orderNumbers), end, {
    size: content.orderNumbers.length > 1 ? 14 : 20,
    lines: 3,
    bold: true,
    align: 'end',
    direction: 'ltr',
  })
  const day = pen.text(dayText(content.day), { ...end, y: number }, { size: 11, align: 'end', direction: 'ltr' })
  return Math.max(from, day) + 10
}

const drawReceiver = (pen: Pen, content: SlipContent, top: number, language: Language, words: PaperWords): number => {
  const { receiver, trackingNumber } = content
  const { start, end } = split(pen, { ...inner, y: top }, 200)
  const caption = pen.text(words.receiver, start, { size: 9, colour: '#464C59' })
  const name = pen.text(receiver.name, { ...start, y: caption }, { size: 13, bold: true, lines: 2 })
  const phones = pen.text(phonesText(receiver.phones), { ...start, y: name }, { size: body, direction: 'ltr' })
  const address = pen.text(
    addressText(receiver, words),
    { ...start, y: phones },
    { size: body, lines: 3, direction: pen.direction },
  )
  const city = pen.text(
    cityText(receiver.city, language),
    { ...start, y: address },
    { size: 12, bold: true, direction: pen.direction },
  )
  if (trackingNumber === null) return city + 10
  const told = pen.text(words.tracking, end, { size: 9, align: 'end', colour: '#464C59' })
  const barred = drawBars(pen, trackingNumber, { x: end.x, y: told + 3, width: end.width, height: 34 })
  const under = { ...end, y: told + (barred ? 38 : 3) }
  return (
    Math.max(city, pen.text(trackingNumber, under, { size: body, bold: true, align: 'centre', direction: 'ltr' })) + 10
  )
}

const drawTotals = (pen: Pen, content: SlipContent, top: number, language: Language, words: PaperWords): number => {
  const { end } = split(pen, { ...inner, y: top }, 230)
  const lines: readonly (readonly [string, number, boolean?])[] = [
    [words.slip.shipping, content.shippingFeeCentimes],
    [words.slip.discount, -content.discountCentimes],
    [words.slip.adjustment, content.adjustmentCentimes],
    [words.slip.total, content.totalCentimes, true],
    [words.slip.deposit, -content.depositCentimes],
  ]
  let y = top
  for (const [caption, centimes, always = false] of lines)
    if (always || centimes !== 0)
      y = drawPair(pen, caption, moneyText(centimes, language), { ...end, y }, { size: body, bold: always })
  const { amountCentimes } = content
  if (amountCentimes === null) return y
  pen.rule(end.x, y + 3, end.x + end.width, y + 3)
  const box = { ...end, y: y + 6 }
  if (amountCentimes === 0) return pen.text(words.paid, box, { size: 14, bold: true, align: 'end' })
  return drawPair(pen, words.toCollect, moneyText(amountCentimes, language), box, { size: 14, bold: true })
}

/** One order on one sheet, or more where its lines need them. */
export const drawSlip = (pen: Pen, content: SlipContent, language: Language): void => {
  const words = paperWords[language]
  const columns = columnsIn(pen, inner, columnsOf(words.slip))
  const start = (): number => {
    pen.page(a4.width, a4.height)
    return drawHead(pen, content, words)
  }
  let y = drawReceiver(pen, content, start(), language, words)
  y = drawRow(pen, columns, y, { bold: true, size: body })
  for (const { sku, name, quantity, unitPriceCentimes, totalCentimes } of content.lines) {
    const cells = [
      name,
      sku ?? '',
      String(quantity),
      moneyText(unitPriceCentimes, language),
      moneyText(totalCentimes, language),
    ]
    if (y > bottom - 40) y = drawRow(pen, columns, start(), { bold: true, size: body })
    y = drawRow(pen, columns, y, { size: body, cells, lines: 2 })
  }
  if (y > bottom - 200) y = start()
  y = drawTotals(pen, content, y + 8, language, words) + 12
  y = drawOptions(pen, optionTexts(content.options, words.options), { ...inner, y }, 11) + 8
  if (content.note !== null && content.note.trim() !== '')
    pen.text(
      captioned(words.note, content.note, words),
      { ...inner, y },
      { size: body, lines: 5, direction: pen.direction },
    )
}
