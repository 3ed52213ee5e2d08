import type { Cell } from '@sendocki/domain/spreadsheet'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'

/*
 * The one way in which we write XLSX. Every text is written as text: zeros at its start stay, and nothing in it runs.
 */

type SheetRow = SheetData[number]

export const headingsOf = (cells: readonly Cell[]): SheetRow =>
  cells.map((value) => ({ value: String(value ?? ''), type: String, fontWeight: 'bold' as const }))

export const sheetRowOf = (cells: readonly Cell[]): SheetRow =>
  cells.map((value) => (typeof value === 'number' ? { value, type: Number } : { value: value ?? '', type: String }))

/** A sheet whose first row, the headings, stays in sight; from right to left where its reader reads so. */
export const workbookOf = (rows: SheetData, { rightToLeft }: { readonly rightToLeft: boolean }) =>
  writeXlsxFile(rows, { rightToLeft, stickyRowsCount: 1 })
