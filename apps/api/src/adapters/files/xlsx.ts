import { SaxesParser, type SaxesTagPlain } from 'saxes'
import type { Entry, ZipFile } from 'yauzl'
import type { TableLimits } from './port.ts'
import { openZip, type RowSink, type Source, Unreadable } from './source.ts'
import { TextShelf } from './text-shelf.ts'

/** An honest sheet packs to a tenth or so; from this ratio on a file is made to burst. */
const ratioMax = 250

/** The parts of the file by name, its directory checked before anything is unpacked. */
const partsOf = async (zip: ZipFile, limits: TableLimits): Promise<ReadonlyMap<string, Entry>> => {
  if (zip.entryCount > limits.entries) throw new Unreadable('too_heavy')
  const parts = new Map<string, Entry>()
  let unpacked = 0
  for await (const entry of zip.eachEntry()) {
    unpacked += entry.uncompressedSize
    const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize)
    if (unpacked > limits.unpackedBytes || ratio > ratioMax) throw new Unreadable('too_heavy')
    if (entry.isEncrypted()) throw new Unreadable('locked')
    if (/(?:^|\/)vbaProject\.bin$/i.test(entry.fileName)) throw new Unreadable('macros')
    parts.set(entry.fileName, entry)
  }
  return parts
}

/** A workbook under reading. */
interface Book {
  readonly zip: ZipFile
  readonly limits: TableLimits
}

interface Listener {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
  /** After each piece, so that what was found can be handed on before more is read. */
  rest?(): Promise<void>
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Walks one part while it is unpacked; the bytes are counted, because sizes in a directory can lie. */
const walk = async ({ zip, limits }: Book, entry: Entry, listener: Listener): Promise<void> => {
  const parser = new SaxesParser()
  parser.on('doctype', () => {
    throw new Unreadable('damaged')
  })
  parser.on('error', () => {
    throw new Unreadable('damaged')
  })
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => listener.open?.(localName(name), attributes))
  parser.on('text', (text) => listener.text?.(text))
  parser.on('closetag', ({ name }) => listener.close?.(localName(name)))
  const decoder = new TextDecoder('utf-8')
  let bytes = 0
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    bytes += (chunk as Buffer).length
    if (bytes > limits.unpackedBytes) throw new Unreadable('too_heavy')
    parser.write(decoder.decode(chunk as Buffer, { stream: true }))
    await listener.rest?.()
  }
  parser.close()
}

/** Where the first sheet lies, by the workbook's own list; the usual place when it has none. */
const firstSheetOf = async (book: Book, parts: ReadonlyMap<string, Entry>): Promise<Entry> => {
  const [list, links] = [parts.get('xl/workbook.xml'), parts.get('xl/_rels/workbook.xml.rels')]
  let id: string | undefined
  let target: string | undefined
  if (list)
    await walk(book, list, {
      open: (name, attributes) => {
        if (name === 'sheet') id ??= attributes['r:id']
      },
    })
  if (links)
    await walk(book, links, {
      open: (name, { Id, Target }) => {
        if (name === 'Relationship' && Id === id) target = Target
      },
    })
  const path = target?.startsWith('/') ? target.slice(1) : `xl/${target ?? 'worksheets/sheet1.xml'}`
  const sheet = parts.get(path)
  if (!sheet) throw new Unreadable('not_a_table')
  return sheet
}

/** The texts that cells share; of each only as much as a cell may hold. */
const sharedTextsOf = async (book: Book, entry: Entry | undefined): Promise<TextShelf> => {
  const texts = new TextShelf()
  if (!entry) return texts
  let text = ''
  let inText = false
  let inPhonetic = false
  await walk(book, entry, {
    open: (name) => {
      if (name === 'si') text = ''
      if (name === 'rPh') inPhonetic = true
      inText = name === 't' && !inPhonetic
    },
    text: (piece) => {
      if (inText && text.length < book.limits.cellCharacters) text += piece
    },
    close: (name) => {
      if (name === 'rPh') inPhonetic = false
      if (name === 'si') texts.add(text)
      inText = false
    },
  })
  return texts
}

const builtInDates = (id: number): boolean => (id >= 14 && id <= 22) || (id >= 45 && id <= 47)

/** Which cell styles show a date: Excel keeps dates as numbers. */
const dateStylesOf = async (book: Book, entry: Entry | undefined): Promise<ReadonlySet<number>> => {
  const styles = new Set<number>()
  if (!entry) return styles
  const formats = new Map<number, string>()
  let inCells = false
  let index = 0
  await walk(book, entry, {
    open: (name, { numFmtId = '0', formatCode = '' }) => {
      const id = Number(numFmtId)
      if (name === 'numFmt') formats.set(id, formatCode)
      if (name === 'cellXfs') inCells = true
      if (name !== 'xf' || !inCells) return
      // Quoted words and colours aside, only a date has a day, a year or an hour in its format.
      const pattern = (formats.get(id) ?? '').replace(/"[^"]*"|\[[^\]]*\]/g, '')
      if (builtInDates(id) || /[dyh]/i.test(pattern)) styles.add(index)
      index += 1
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
  })
  return styles
}

const excelEpoch = Date.UTC(1899, 11, 30)

const dateText = (serial: number): string => {
  const iso = new Date(excelEpoch + Math.round(serial * 86_400) * 1_000).toISOString()
  return Number.isInteger(serial) ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ')
}

/** A number as it was typed: no exponent for long codes, no rounding dust. */
const numberText = (text: string): string => {
  const value = Number(text)
  if (!Number.isFinite(value)) return text
  return Number.isSafeInteger(value) ? String(value) : String(Number(value.toPrecision(15)))
}

const columnOf = (reference: string): number =>
  [...reference.replace(/\d+$/, '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1

const readRows = async (
  book: Book,
  sheet: Entry,
  { shared, dates }: { readonly shared: TextShelf; readonly dates: ReadonlySet<number> },
  sink: RowSink,
): Promise<void> => {
  const { cellCharacters, columns } = book.limits
  let row: string[] = []
  let cell = { column: 0, kind: 'n', style: -1 }
  let text = ''
  let inValue = false
  const valueOf = (): string => {
    if (cell.kind === 's') return shared.at(Number(text))
    if (cell.kind === 'b') return text === '1' ? 'TRUE' : 'FALSE'
    if (cell.kind !== 'n' || text === '') return text
    return dates.has(cell.style) && Number.isFinite(Number(text)) ? dateText(Number(text)) : numberText(text)
  }
  await walk(book, sheet, {
    open: (name, attributes) => {
      if (name === 'row') row = []
      if (name === 'c') {
        const column = attributes.r ? columnOf(attributes.r) : row.length
        cell = { column, kind: attributes.t ?? 'n', style: Number(attributes.s ?? -1) }
        text = ''
      }
      inValue = name === 'v' || name === 't'
    },
    text: (piece) => {
      if (inValue && text.length < cellCharacters) text += piece
    },
    close: (name) => {
      inValue = false
      // One beyond the last that is read: whether there is more is all that is asked of it.
      if (name === 'c' && cell.column >= 0 && cell.column <= columns) {
        while (row.length < cell.column) row.push('')
        row[cell.column] = valueOf().trim()
      }
      if (name === 'row' && row.some((value) => value !== '')) sink.add(row)
    },
    rest: () => sink.flow(),
  })
}

/** Reads the first sheet of an XLSX row by row, with nothing unpacked that was not checked and counted. */
export const readXlsx = async (source: Source, sink: RowSink): Promise<void> => {
  const zip = await openZip(source)
  const book = { zip, limits: sink.limits }
  const parts = await partsOf(zip, sink.limits)
  const sheet = await firstSheetOf(book, parts)
  const shared = await sharedTextsOf(book, parts.get('xl/sharedStrings.xml'))
  const dates = await dateStylesOf(book, parts.get('xl/styles.xml'))
  await readRows(book, sheet, { shared, dates }, sink)
  await sink.end()
}
