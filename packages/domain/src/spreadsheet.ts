/*
 * Cells of files that people open in a spreadsheet. What buyers and shops wrote must stay text there, whatever it begins
 * with. Source: reliability.md, 1.2.10 and case 13.
 */

export type Cell = string | number | null

/** What a spreadsheet may run, also behind blanks and in full width; a tab or a line break at the start hides the rest. */
const runs = /^[\s\u00a0\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u
/** A number with its sign, such as `-30.00` or `+212612345678`, can be read as nothing else. */
const plainNumber = /^[+-]?\d+(?:[.,]\d+)?$/

/** A letter of ours or a digit: what begins with one runs nothing and hides nothing, as nearly every text does. */
const beginsPlainly = (text: string): boolean => {
  const code = text.charCodeAt(0)
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0xc0 && code <= 0x6ff)
  )
}

/** The text with an apostrophe before it when a spreadsheet would run it as a formula. */
export const guardedText = (text: string): string =>
  !beginsPlainly(text) && runs.test(text) && !plainNumber.test(text) ? `'${text}` : text

/** `;` is what a French or Arabic Excel splits at; `,` is what machines expect. */
export const csvSeparators = [';', ','] as const
export type CsvSeparator = (typeof csvSeparators)[number]

export interface CsvNotation {
  readonly separator: CsvSeparator
  /**
   * `machine` writes codes as they are. `excel` keeps the zeros and the signs of digits that are no amount, such as
   * `0612345678`, which Excel would otherwise read as a number; a portal that imports the file would stumble over it.
   */
  readonly reader: 'machine' | 'excel'
}

/** Digits that a spreadsheet would not give back as they were written. */
const losesDigits = /^(?:0\d+|\+\d+|\d{16,})$/
/** What a cell cannot hold without quotes around it. */
const needsQuotes: Readonly<Record<CsvSeparator, RegExp>> = { ';': /[;"\r\n]/, ',': /[,"\r\n]/ }

/** One cell of a CSV file, guarded and quoted where needed. Numbers are written with a point and without groups. */
export const csvCell = (cell: Cell, { separator, reader }: CsvNotation): string => {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  if (reader === 'excel' && losesDigits.test(cell)) return `"=""${cell}"""`
  const text = guardedText(cell)
  return needsQuotes[separator].test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A line of a CSV file with its end. */
export const csvLine = (cells: readonly Cell[], notation: CsvNotation): string =>
  `${cells.map((cell) => csvCell(cell, notation)).join(notation.separator)}\r\n`

/** Begins a CSV file: without the mark Excel takes UTF-8 for the code page of the machine and breaks Arabic. */
export const csvStart = '\ufeff'
