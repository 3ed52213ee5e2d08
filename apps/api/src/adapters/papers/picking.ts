import type { Language } from '@sendocki/domain/language'
import type { PickingContent } from '@sendocki/domain/papers/content'
import { ltr } from './bidi.ts'
import { dayText, numberText, split } from './parts.ts'
import { a4, type Box, type Pen } from './pen.ts'
import { columnsIn, drawRow, type TableColumn } from './table.ts'
import { type PaperWords, paperWords } from './words.ts'

const edge = 40
const inner: Box = { x: edge, y: edge, width: a4.width - 2 * edge }
const bottom = a4.height - edge - 14
const size = 11

const columnsOf = (words: PaperWords): readonly TableColumn[] => [
  { heading: '', share: 0.05, align: 'start' },
  { heading: words.slip.quantity, share: 0.08, align: 'end', direction: 'ltr' },
  { heading: words.slip.sku, share: 0.17, align: 'start' },
  { heading: words.slip.product, share: 0.4, align: 'start' },
  { heading: words.picking.orders, share: 0.3, align: 'start', direction: 'ltr' },
]

/** What is fetched, article by article, with a box to tick; as many sheets as it takes. */
export const drawPicking = (pen: Pen, content: PickingContent, language: Language): void => {
  const words = paperWords[language]
  const columns = columnsIn(pen, inner, columnsOf(words))
  const pieces = content.rows.reduce((sum, { quantity }) => sum + quantity, 0)
  const counts = [
    `${words.picking.orders}${words.colon}${content.orderCount}`,
    `${words.picking.articles}${words.colon}${content.rows.length}`,
    `${words.picking.pieces}${words.colon}${pieces}`,
  ].join(' · ')
  let sheets = 0
  const start = (): number => {
    pen.page(a4.width, a4.height)
    sheets += 1
    const { start: from, end } = split(pen, inner, 150)
    const title = pen.text(words.picking.title, from, { size: 20, bold: true })
    pen.text(dayText(content.day), end, { size, align: 'end', direction: 'ltr' })
    const foot = { ...inner, y: bottom }
    pen.text(`${words.picking.page} ${sheets}`, foot, { size: 9, align: 'end', direction: pen.direction })
    const merchant = pen.text(content.merchant, { ...from, y: title }, { size: 12 })
    const told = pen.text(counts, { ...inner, y: merchant }, { size, direction: pen.direction })
    return drawRow(pen, columns, told + 8, { bold: true, size })
  }
  let y = start()
  for (const { sku, name, quantity, orderNumbers } of content.rows) {
    if (y > bottom - 48) y = start()
    const orders = orderNumbers.map(numberText).join(' ')
    const cells = ['', String(quantity), sku === null ? words.picking.noSku : ltr(sku), name, orders]
    const box = columns[0]?.box
    if (box) pen.frame(pen.direction === 'ltr' ? box.x : box.x + box.width - 10, y + 6, 10, 10)
    y = drawRow(pen, columns, y, { size, cells, lines: 3 })
  }
}
