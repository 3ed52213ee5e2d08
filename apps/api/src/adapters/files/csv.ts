import { type Parser, parse } from 'csv-parse'
import { piecesOf, type RowSink, type Source, startOf, Unreadable } from './source.ts'

/** A run of three bytes beyond ASCII: words of another script, where French has single accents. */
const foreignRun = /[\x80-\xff]{3}/

/** The encoding of a file that nobody told: UTF-8 or UTF-16 by their marks, else what Windows writes here. */
const encodingOf = async (source: Source): Promise<string> => {
  const [first, second] = await startOf(source, 2)
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const strict = new TextDecoder('utf-8', { fatal: true })
  let isUtf8 = true
  for await (const piece of piecesOf(source)) {
    if (isUtf8) isUtf8 = decodes(strict, piece)
    if (!isUtf8 && foreignRun.test(piece.toString('latin1'))) return 'windows-1256'
  }
  if (isUtf8 && decodes(strict)) return 'utf-8'
  return 'windows-1252'
}

const decodes = (decoder: InstanceType<typeof TextDecoder>, piece?: Buffer): boolean => {
  try {
    decoder.decode(piece, { stream: piece !== undefined })
    return true
  } catch {
    return false
  }
}

const textsOf = async function* (source: Source, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const piece of piecesOf(source)) yield decoder.decode(piece, { stream: true })
  yield decoder.decode()
}

const separators = ['\t', ';', ',', '|'] as const

/** The separator that splits the first lines most often into equally many cells; without any, each line is one cell. */
const separatorOf = (text: string): string => {
  const lines = text.slice(0, 20_000).split(/\r\n|\r|\n/, 12)
  const scores = separators.map((separator) => {
    const counts = lines.filter((line) => line.trim() !== '').map((line) => line.split(separator).length - 1)
    const usual = counts[0] ?? 0
    return { separator, score: usual * counts.filter((count) => count === usual).length }
  })
  const [best] = scores.sort((one, other) => other.score - one.score)
  return best && best.score > 0 ? best.separator : '\t'
}

/** No table holds these; they tell that the bytes are a program, a picture or another format. */
const binary = /[\0\x01-\x08\x0e-\x1f]/

const startBytes = 100_000

/** Reads text as a table: any usual separator and encoding, quoted or not. */
export const readCsv = async (source: Source, sink: RowSink): Promise<void> => {
  const encoding = await encodingOf(source)
  const start = new TextDecoder(encoding).decode(await startOf(source, startBytes))
  if (binary.test(start) || /^\s*<(?:!doctype|html|\?xml)/i.test(start)) throw new Unreadable('not_a_table')
  const { cellCharacters, columns } = sink.limits
  const parser = parse({
    delimiter: separatorOf(start),
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: cellCharacters * columns,
    // Rows are taken here and not from its end, so that none is read ahead of those who take them.
    on_record: (row: string[]) => {
      sink.add(row)
      return null
    },
  })
  // A fault is told to whoever waits for the text to be written, and once more to everybody.
  parser.resume().on('error', () => undefined)
  for await (const text of textsOf(source, encoding)) {
    await written(parser, text)
    await sink.flow()
  }
  await ended(parser)
  await sink.end()
}

const written = (parser: Parser, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    parser.write(text, (error) => {
      if (error) reject(error)
      else resolve()
    })
  })

const ended = (parser: Parser): Promise<void> =>
  new Promise((resolve, reject) => {
    parser.once('error', reject).once('end', resolve).end()
  })
