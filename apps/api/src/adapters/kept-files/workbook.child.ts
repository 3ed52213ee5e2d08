import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Cell } from '@sendocki/domain/spreadsheet'
import type { SheetData } from 'write-excel-file/node'
import { headingsOf, sheetRowOf, workbookOf } from '../files/sheet.ts'
import type { WorkbookOrder } from './port.ts'

/*
 * The process that makes a workbook.
 */

const write = async ({ rowsPath, path, rightToLeft }: WorkbookOrder): Promise<void> => {
  const rows: SheetData = []
  const lines = createInterface({ input: createReadStream(rowsPath), crlfDelay: Number.POSITIVE_INFINITY })
  for await (const line of lines) {
    const cells = JSON.parse(line) as Cell[]
    rows.push(rows.length === 0 ? headingsOf(cells) : sheetRowOf(cells))
  }
  await workbookOf(rows, { rightToLeft }).toFile(path)
}

process.once('message', (order: WorkbookOrder) => {
  void write(order).then(() => process.send?.('written', () => process.exit(0)))
})
