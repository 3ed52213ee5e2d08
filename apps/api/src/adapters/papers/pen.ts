import { createWriteStream } from 'node:fs'
import { createRequire } from 'node:module'
import { finished } from 'node:stream/promises'
import PDFDocument from 'pdfkit'
import { type Direction, directionOf, isolates, levelsOf, ltr, piecesOf } from './bidi.ts'
import { type Line, wrapped } from './wrapping.ts'

/*
 * Draws text, lines and boxes on the pages of one document. All lengths are in points, from the upper left corner.
 */

/** Points in a millimetre. */
export const mm = 72 / 25.4
export const a4 = { width: 210 * mm, height: 297 * mm } as const

const fontOf = (path: string): string =>
  createRequire(import.meta.url).resolve(`@expo-google-fonts/ibm-plex-sans-arabic/${path}`)
/** IBM Plex Sans Arabic holds both scripts; each weight is embedded once, cut down to the letters that were used. */
const fonts = {
  regular: fontOf('400Regular/IBMPlexSansArabic_400Regular.ttf'),
  bold: fontOf('700Bold/IBMPlexSansArabic_700Bold.ttf'),
} as const

export interface TextStyle {
  readonly size: number
  readonly bold?: boolean
  /** `start` is the side where reading begins on this paper, whatever the text itself. */
  readonly align?: 'start' | 'end' | 'centre'
  /** Numbers and codes stay from left to right in every paper; other texts go by their first letter. */
  readonly direction?: Direction
  /** What does not fit into so many lines ends in three dots. */
  readonly lines?: number
  readonly colour?: string
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
}

export interface Pen {
  /** The direction of the paper. */
  readonly direction: Direction
  page(width: number, height: number): void
  /** Draws within a box and answers where the next line would begin. */
  text(text: string, box: Box, style: TextStyle): number
  /** How wide a text is on one line, and how high a line of a size is. */
  widthOf(text: string, style: Pick<TextStyle, 'size' | 'bold'>): number
  lineHeight(size: number): number
  rule(
    x1: number,
    y1: number,
    x2: number,
    y2: number,
    style?: { readonly width?: number; readonly dash?: number },
  ): void
  frame(x: number, y: number, width: number, height: number, style?: { readonly filled?: boolean }): void
  /** Black areas, all at once: the bars and squares of codes. */
  areas(areas: readonly (readonly [x: number, y: number, width: number, height: number])[]): void
  /** Draws something moved and made smaller. */
  within(x: number, y: number, scale: number, draw: () => void): void
  readonly pages: number
  close(): Promise<void>
}

const blanks = /[\p{Cc}\p{Z}]+/gu
/** Pictures and signs of direction show nothing on paper; what else the font lacks is drawn as its empty box. */
const unprintable = /[\p{Extended_Pictographic}\p{Cf}\p{Cs}\u{1F000}-\u{1FFFF}\uFE00-\uFE0F]/gu
/** Digits, `#` and `*` count as pictographs too; isolates are ours. */
const kept = /[0-9#*©®™\u2066-\u2069]/u
const noBreak = '\u00a0'
const phoneInText = /\+?\d(?:[ .\u00a0-]?\d){7,}/g

/** A text as it is printed: one space between words, nothing that cannot be drawn. No-break spaces stay. */
export const printable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(unprintable, (sign) => (kept.test(sign) ? sign : ''))
    .replace(blanks, (some) => (some === noBreak ? noBreak : ' '))
    .trim()

/** What people wrote at length: a phone in it is not torn apart, neither by a line's end nor by the direction. */
export const freeText = (text: string): string =>
  printable(text.replace(isolates, '')).replace(phoneInText, (phone) => ltr(phone.replaceAll(' ', noBreak)))

/** The part of a line's height that is above its letters' feet, and the height of a line of size 1. */
const ascent = 1.02
const leading = 1.36

export const openPen = (path: string, direction: Direction): Pen => {
  const file = createWriteStream(path, { flags: 'r+' })
  const doc = new PDFDocument({ autoFirstPage: false, margin: 0, font: fonts.regular, info: { Producer: 'Sendocki' } })
  const written = finished(doc.pipe(file))
  // Heard when the document is closed; a disk that is full before then must not end the process.
  written.catch(() => undefined)
  const widths = { regular: new Map<string, number>(), bold: new Map<string, number>() }
  let pages = 0

  /** How wide a piece is at size 1. */
  const widthOfPiece = (piece: string, weight: keyof typeof fonts): number => {
    const known = widths[weight].get(piece)
    if (known !== undefined) return known
    const width = doc.font(fonts[weight]).fontSize(100).widthOfString(piece) / 100
    if (widths[weight].size < 20_000) widths[weight].set(piece, width)
    return width
  }
  const widthOf = (text: string, { size, bold = false }: Pick<TextStyle, 'size' | 'bold'>): number => {
    const weight = bold ? 'bold' : 'regular'
    return (
      size *
      text
        .replace(isolates, '')
        .split(/( )/)
        .reduce((sum, word) => sum + (word === '' ? 0 : widthOfPiece(word, weight)), 0)
    )
  }
  const drawLine = (line: Line, levels: Uint8Array, { x, y, width }: Box, style: TextStyle): void => {
    const { size, bold = false, align = 'start' } = style
    const weight = bold ? 'bold' : 'regular'
    const pieces = piecesOf(line.text, levels)
    const room = width - size * pieces.reduce((sum, { text }) => sum + widthOfPiece(text, weight), 0)
    const toRight = align === 'centre' ? 0.5 : (align === 'start') === (direction === 'ltr') ? 0 : 1
    doc.font(fonts[weight]).fontSize(size)
    if (style.colour !== undefined) doc.fillColor(style.colour)
    let at = x + room * toRight
    for (const { text, blank } of pieces) {
      if (!blank) doc.text(text, at, y + size * ascent, { lineBreak: false, baseline: 'alphabetic' })
      at += size * widthOfPiece(text, weight)
    }
    if (style.colour !== undefined) doc.fillColor('black')
  }
  return {
    direction,
    widthOf,
    lineHeight: (size) => size * leading,
    get pages() {
      return pages
    },
    page: (width, height) => {
      doc.addPage({ size: [width, height], margin: 0 })
      pages += 1
    },
    text: (text, box, style) => {
      const clean = printable(text)
      if (clean === '') return box.y
      const base = style.direction ?? directionOf(clean, direction)
      const levels = levelsOf(clean, base)
      const lines = wrapped(clean, style.lines ?? 1, (some) => widthOf(some, style) <= box.width)
      for (const [index, line] of lines.entries()) {
        const own = [
          ...levels.subarray(line.start, line.end),
          ...(line.text.endsWith('…') ? [base === 'rtl' ? 1 : 0] : []),
        ]
        drawLine(line, Uint8Array.from(own), { ...box, y: box.y + index * style.size * leading }, style)
      }
      return box.y + lines.length * style.size * leading
    },
    rule: (x1, y1, x2, y2, { width = 0.6, dash } = {}) => {
      doc.lineWidth(width).moveTo(x1, y1).lineTo(x2, y2)
      if (dash !== undefined) doc.dash(dash, { space: dash })
      doc.stroke()
      if (dash !== undefined) doc.undash()
    },
    frame: (x, y, width, height, { filled = false } = {}) => {
      doc.lineWidth(0.8).rect(x, y, width, height)
      if (filled) doc.fill('black').fillColor('black')
      else doc.stroke()
    },
    areas: (areas) => {
      for (const [x, y, width, height] of areas) doc.rect(x, y, width, height)
      doc.fill('black')
    },
    within: (x, y, scale, draw) => {
      doc.save().translate(x, y).scale(scale)
      draw()
      doc.restore()
    },
    close: async () => {
      doc.end()
      await written
    },
  }
}
