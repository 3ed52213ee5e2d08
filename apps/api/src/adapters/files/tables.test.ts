import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { importRows } from '@sendocki/domain/imports/import'
import { expect, it } from 'vitest'
import { rowsAtOnce, type TableLimits, type TableRows, tableLimits } from './port.ts'
import { createTables } from './tables.ts'

const tables = createTables()
const read = async (file: Buffer | string) => tables.read(Buffer.from(file as string))
const rowsOf = async (file: Buffer | string) => {
  const reading = await read(file)
  return reading.ok ? reading.rows : reading.fault
}

/** A zip made by hand, so that its directory can say what it likes. */
const zip = (parts: Readonly<Record<string, string | Buffer>>, lie?: { unpacked: number }): Buffer => {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(parts)) {
    const raw = Buffer.from(content as string)
    const packed = deflateRawSync(raw)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(crc32(raw), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(lie?.unpacked ?? raw.length, 18)
    fields.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, tail, Buffer.from(name)]))
    locals.push(local)
    offset += local.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, list, Buffer.from('PK\x05\x06', 'latin1'), end])
}

const sheet = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`
const path = 'xl/worksheets/sheet1.xml'

it.each([
  ['semicolons and a mark', '\ufeffSuivi;Statut\r\nAC-1;Livré\r\n'],
  ['tabs, as cells are pasted', 'Suivi\tStatut\nAC-1\tLivré\n'],
  ['commas and quotes', '"Suivi","Statut"\n"AC-1","Livré"'],
  ['UTF-16', Buffer.from('\ufeffSuivi;Statut\nAC-1;Livré', 'utf16le')],
  ['the code page of a French Windows', Buffer.from('Suivi;Statut\nAC-1;Livré', 'latin1')],
])('reads a table with %s', async (_what, file) => {
  expect(await rowsOf(file)).toEqual([
    ['Suivi', 'Statut'],
    ['AC-1', 'Livré'],
  ])
})

it('reads the code page of an Arabic Windows', async () => {
  expect(await rowsOf(Buffer.from([0xe3, 0xcf, 0xed, 0xe4, 0xc9, 0x3b, 0x31]))).toEqual([['مدينة', '1']])
})

it('reads a pasted list of numbers as one column', async () => {
  expect(await rowsOf('AC-1\nAC-2\n\nAC-3')).toEqual([['AC-1'], ['AC-2'], ['AC-3']])
})

it('gives back what it wrote as XLSX: zeros, signs and Arabic as text', async () => {
  const rows = [['0612345678', '=1+1', 'سلمى', 249.5]]
  const file = await tables.xlsx({ columns: ['Tél', 'Note', 'Nom', 'Montant'], rows, rightToLeft: true })
  expect(await rowsOf(file)).toEqual([
    ['Tél', 'Note', 'Nom', 'Montant'],
    ['0612345678', '=1+1', 'سلمى', '249.5'],
  ])
})

it('reads shared and inline texts, long codes, dates and gaps of an XLSX', async () => {
  const file = zip({
    'xl/sharedStrings.xml': '<sst><si><t>AC-1</t></si><si><r><t>Li</t></r><r><t>vré</t></r></si></sst>',
    'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    [path]: sheet(
      '<row><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c><c r="D1" s="1"><v>46350</v></c>' +
        '<c r="E1"><v>2.12612345678E11</v></c><c r="F1" t="inlineStr"><is><t>vu</t></is></c></row>',
    ),
  })
  expect(await rowsOf(file)).toEqual([['AC-1', '', 'Livré', '2026-11-24', '212612345678', 'vu']])
})

it('is not led astray by cells and ranges at the end of the world', async () => {
  const file = zip({
    [path]: `<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="A1048576"><v>7</v></c><c r="XFD1048576"><v>8</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>`,
  })
  expect(await rowsOf(file)).toEqual([['7']])
})

const bomb = Buffer.alloc(80 * 1_048_576, 32)

it.each([
  ['a program', Buffer.from('MZ\x90\0\x03\0\0\0\x04', 'latin1'), 'not_a_table'],
  ['a web page', '<!doctype html><table><tr><td>1</td></tr></table>', 'not_a_table'],
  ['a zip that is no workbook', zip({ 'a.txt': 'a' }), 'not_a_table'],
  ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'old_excel'],
  ['a workbook with programs in it', zip({ [path]: sheet(''), 'xl/vbaProject.bin': 'x' }), 'macros'],
  ['half a workbook', zip({ [path]: sheet('<row><c><v>1</v></c></row>') }).subarray(0, 60), 'damaged'],
  ['XML cut in the middle', zip({ [path]: '<worksheet><sheetData><row><c><v>1' }), 'damaged'],
  [
    'XML with entities of its own',
    zip({ [path]: '<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>' }),
    'damaged',
  ],
  ['nothing', '', 'empty'],
  ['blank lines', '\n \n;;\n', 'empty'],
  ['more rows than are read', 'AC-1\n'.repeat(tableLimits.rows + 2), 'too_many_rows'],
  ['a bomb', zip({ [path]: bomb }), 'too_heavy'],
  [
    'more parts than a workbook has',
    zip(Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`${i}.xml`, '']))),
    'too_heavy',
  ],
] as const)('refuses %s with its reason', async (_what, file, fault) => {
  expect(await rowsOf(file as Buffer)).toBe(fault)
})

it.each([0, 1_000])('refuses a part whose size is said to be %i', async (unpacked) => {
  expect(await rowsOf(zip({ [path]: bomb }, { unpacked }))).toMatch(/too_heavy|damaged/)
})

/** Reads a file piece by piece, and gives how many rows came each time and how it ended. */
const inPieces = async (
  content: Buffer | string,
  limits: Partial<TableLimits> = {},
  most = Number.POSITIVE_INFINITY,
) => {
  const folder = await mkdtemp(join(tmpdir(), 'sendocki-tables-'))
  const file = join(folder, 'file')
  const pieces: TableRows[] = []
  try {
    await writeFile(file, content)
    const fault = await tables.readPieces(file, { ...tableLimits, ...limits }, async (rows) => {
      pieces.push(rows)
      return pieces.length < most
    })
    return { fault, sizes: pieces.map(({ length }) => length), rows: pieces.flat() }
  } finally {
    await rm(folder, { recursive: true })
  }
}

it('reads a long file piece by piece, in any encoding, and no further than its rows are wanted', async () => {
  const text = `Nom;Ville\n${'Élodie;Fès\n'.repeat(60_000)}`
  const whole = await inPieces(Buffer.from(text, 'latin1'), { rows: 60_000 })
  expect([whole.fault, whole.rows.length, whole.rows.at(-1)]).toEqual([null, 60_001, ['Élodie', 'Fès']])
  expect(Math.max(...whole.sizes)).toBe(rowsAtOnce)
  expect(await inPieces(text, { rows: 60_000 }, 1)).toMatchObject({ fault: null, sizes: [rowsAtOnce] })
  const book = Object.fromEntries([[path, sheet('<row><c t="inlineStr"><is><t>a</t></is></c></row>'.repeat(1_200))]])
  expect(await inPieces(zip(book), { rows: 1_200 })).toMatchObject({ fault: null, sizes: [500, 500, 200] })
})

it('says at which limit a long file ended', async () => {
  expect((await inPieces('a;b\n'.repeat(1_000), { rows: 900 })).fault).toBe('too_many_rows')
  const million = await inPieces('7\n'.repeat(1_000_000), { rows: importRows })
  expect([million.fault, million.rows.length <= importRows + 1]).toEqual(['too_many_rows', true])
  const wide = { columns: 2, widerIs: 'refused' } as const
  expect((await inPieces('a;b;c\n', wide)).fault).toBe('too_many_columns')
  expect((await inPieces('a;b;\n', wide)).fault).toBeNull()
  expect((await inPieces(`a;b\n${'x'.repeat(3_000_000)}`)).fault).toBe('damaged')
})
