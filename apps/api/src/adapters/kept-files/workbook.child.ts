import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Cell } from '@sendocki/domain/spreadsheet'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import type { WorkbookOrder } from './port.ts'

/*
 * The process that makes a workbook. Every text is written as text: zeros at its start stay, and nothing in it runs.
 */

const write = async ({ rowsPath, path, rightToLeft }: WorkbookOrder): Promise<void> => {
  const rows: SheetData = []
  for await (const line of createInterface({
    input: createReadStream(rowsPath),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const head = rows.length === 0
    rows.push(
      (JSON.parse(line) as Cell[]).map((value) =>
        typeof value === 'number'
          ? { value, type: Number }
          : { value: value ?? '', type: String, ...(head ? { fontWeight: 'bold' as const } : {}) },
      ),
    )
  }
  await writeXlsxFile(rows, { rightToLeft, stickyRowsCount: 1 }).toFile(path)
}

process.once('message', (order: WorkbookOrder) => {
  void write(order).then(() => process.send?.('written', () => process.exit(0)))
})
