import type { Cell } from '@sendocki/domain/spreadsheet'

/** The cells of a file that somebody gave us, as text, without the empty rows and columns at its end. */
export type TableRows = readonly (readonly string[])[]

/**
 * Why a file gives no table. `not_a_table`: neither CSV nor XLSX by its content · `old_excel`: `.xls` · `locked`: by a
 * password · `macros`: a workbook with programs in it · `damaged` · `too_heavy`: unpacks to more than is allowed, or takes
 * too long · `too_many_rows` · `too_many_columns` · `empty`.
 */
export const tableFaults = [
  'not_a_table',
  'old_excel',
  'locked',
  'macros',
  'damaged',
  'too_heavy',
  'too_many_rows',
  'too_many_columns',
  'empty',
] as const
export type TableFault = (typeof tableFaults)[number]

export type TableReading =
  | { readonly ok: true; readonly rows: TableRows }
  | { readonly ok: false; readonly fault: TableFault }

/** What a file may hold, whatever it is called. */
export interface TableLimits {
  readonly bytes: number
  readonly rows: number
  readonly columns: number
  /** Whether a table with more columns is read without them, or refused. */
  readonly widerIs: 'cut' | 'refused'
  readonly cellCharacters: number
  /** Of an XLSX: what it is made of, and what it unpacks to. */
  readonly entries: number
  readonly unpackedBytes: number
  /** How long the reader may take until its next rows. */
  readonly seconds: number
  readonly heapMegabytes: number
}

/** Of what is read at once. Source: architecture.md 6, reliability.md 5.1.1 and 5.2.1. */
export const tableLimits: TableLimits = {
  bytes: 5 * 1_048_576,
  rows: 5_000,
  columns: 60,
  widerIs: 'cut',
  cellCharacters: 1_000,
  entries: 200,
  unpackedBytes: 60 * 1_048_576,
  seconds: 5,
  heapMegabytes: 192,
}

/** How many rows come at once from a file that is read piece by piece. */
export const rowsAtOnce = 500

/** Takes the next rows; false ends the reading, since enough was seen. */
export type RowTaker = (rows: TableRows) => Promise<boolean>

export interface Sheet {
  readonly columns: readonly string[]
  readonly rows: Iterable<readonly Cell[]>
  readonly rightToLeft: boolean
}

/** Tables in and out of files. Files of others are read in a process of its own with little memory and little time. */
export interface TablesPort {
  /** Reads CSV or XLSX, told apart by content, never by name. */
  read(file: Buffer): Promise<TableReading>
  /**
   * Reads a file of any length piece by piece, never faster than its rows are taken. Answers why it could not be read to
   * its end, null when it was, or when no more was wanted.
   */
  readPieces(path: string, limits: TableLimits, take: RowTaker): Promise<TableFault | null>
  /** An XLSX with every text as text: leading zeros stay, nothing runs. */
  xlsx(sheet: Sheet): Promise<Buffer>
}
