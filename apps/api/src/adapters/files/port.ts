import type { Cell } from '@sendocki/domain/spreadsheet'

/** The cells of a file that somebody gave us, as text, without the empty rows and columns at its end. */
export type TableRows = readonly (readonly string[])[]

/**
 * Why a file gives no table. `not_a_table`: neither CSV nor XLSX by its content · `old_excel`: `.xls`, or locked by a
 * password · `damaged` · `too_heavy`: unpacks to more than is allowed, or takes too long · `too_many_rows` · `empty`.
 */
export const tableFaults = ['not_a_table', 'old_excel', 'damaged', 'too_heavy', 'too_many_rows', 'empty'] as const
export type TableFault = (typeof tableFaults)[number]

export type TableReading =
  | { readonly ok: true; readonly rows: TableRows }
  | { readonly ok: false; readonly fault: TableFault }

/** What a file may hold, whatever it is called. Source: architecture.md 6, reliability.md 5.1.1 and 5.2.1. */
export const tableLimits = {
  bytes: 5 * 1_048_576,
  rows: 5_000,
  columns: 60,
  cellCharacters: 1_000,
  /** Of an XLSX: what it is made of, and what it unpacks to. */
  entries: 200,
  unpackedBytes: 60 * 1_048_576,
  seconds: 5,
  heapMegabytes: 192,
} as const

export interface Sheet {
  readonly columns: readonly string[]
  readonly rows: Iterable<readonly Cell[]>
  readonly rightToLeft: boolean
}

/** Tables in and out of files. Files of others are read in a process of its own with little memory and little time. */
export interface TablesPort {
  /** Reads CSV or XLSX, told apart by content, never by name. */
  read(file: Buffer): Promise<TableReading>
  /** An XLSX with every text as text: leading zeros stay, nothing runs. */
  xlsx(sheet: Sheet): Promise<Buffer>
}
