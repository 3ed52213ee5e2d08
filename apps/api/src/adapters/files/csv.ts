import { parse } from 'csv-parse/sync'
import { type TableReading, tableLimits } from './port.ts'

/** A run of three bytes beyond ASCII: words of another script, where French has single accents. */
const foreignRun = /[\x80-\xff]{3}/

/** The text of a file whose encoding nobody told: UTF-8 or UTF-16 by their marks, else what Windows writes here. */
const textOf = (file: Buffer): string => {
  if (file[0] === 0xff && file[1] === 0xfe) return new TextDecoder('utf-16le').decode(file)
  if (file[0] === 0xfe && file[1] === 0xff) return new TextDecoder('utf-16be').decode(file)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file)
  } catch {
    return new TextDecoder(foreignRun.test(file.toString('latin1')) ? 'windows-1256' : 'windows-1252').decode(file)
  }
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

/** Reads text as a table: any usual separator and encoding, quoted or not. */
export const readCsv = (file: Buffer): TableReading => {
  const text = textOf(file).replace(/^\ufeff/, '')
  if (binary.test(text.slice(0, 100_000)) || /^\s*<(?:!doctype|html|\?xml)/i.test(text))
    return { ok: false, fault: 'not_a_table' }
  try {
    const rows = parse(text, {
      delimiter: separatorOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      to: tableLimits.rows + 2,
      max_record_size: tableLimits.cellCharacters * tableLimits.columns,
    })
    return { ok: true, rows }
  } catch {
    return { ok: false, fault: 'damaged' }
  }
}
