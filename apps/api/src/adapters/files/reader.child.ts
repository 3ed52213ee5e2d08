import { readCsv } from './csv.ts'
import type { TableReading } from './port.ts'
import { readXlsx } from './xlsx.ts'

/*
 * The process that reads files of others: it is given one, answers once and ends. Whatever a file does to its reader, it
 * does it here, where there is little memory, no setting and nobody waiting.
 */

const zipStart = Buffer.from('PK\x03\x04', 'latin1')
const oldOfficeStart = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])

const read = async (file: Buffer): Promise<TableReading> => {
  if (file.subarray(0, 4).equals(oldOfficeStart)) return { ok: false, fault: 'old_excel' }
  return file.subarray(0, 4).equals(zipStart) ? readXlsx(file) : readCsv(file)
}

process.once('message', (file: Uint8Array) => {
  void read(Buffer.from(file)).then((reading) => {
    process.send?.(reading, () => process.exit(0))
  })
})
