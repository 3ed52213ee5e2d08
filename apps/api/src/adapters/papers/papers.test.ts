import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Language } from '@sendocki/domain/language'
import type { PaperContent } from '@sendocki/domain/papers/content'
import type { PaperSize } from '@sendocki/domain/papers/paper'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { levelsOf, ltr, piecesOf } from './bidi.ts'
import { openDrawing } from './drawing.ts'
import { givenLabel, givenPicking, givenSlip } from './papers.given.ts'
import { moneyText } from './parts.ts'
import { freeText, printable } from './pen.ts'
import { paperPress } from './press.ts'
import { pictureOf, sizesOfPages, textOfPages } from './testing.ts'
import { wrapped } from './wrapping.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sendocki-papers-'))
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(await readFile(wasm)).buffer } })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const print = async (
  contents: readonly PaperContent[],
  { size = '100x150', language = 'fr' }: { size?: PaperSize; language?: Language } = {},
): Promise<{ file: Buffer; pages: number }> => {
  const path = join(folder, `${crypto.randomUUID()}.pdf`)
  await writeFile(path, '')
  const drawing = openDrawing({ path, size, language })
  for (const content of contents) drawing.draw(content)
  const { pages } = await drawing.close()
  return { file: await readFile(path), pages }
}

const codesOn = async (file: Buffer): Promise<string[]> => {
  const picture = await pictureOf(file, 1, 4)
  const found = await readBarcodes(picture.toBuffer('image/png'), { formats: ['Code128', 'QRCode'], tryHarder: true })
  return found.map(({ format, text }) => `${format} ${text}`).sort()
}

it('prints a label of 100 × 150 mm with all that a courier needs, in French', async () => {
  const { file, pages } = await print([givenLabel()])
  expect(pages).toBe(1)
  expect(await sizesOfPages(file)).toEqual([[283, 425]])
  const [text] = await textOfPages(file)
  for (const said of [
    '#10421',
    '27/11/2026',
    'Sendit',
    'Maison Zellige',
    'DH0A1B2C3D4',
    'Casablanca',
    'البيضاء',
    '06 12 34 56 78 · 05 22 33 44 55',
    'À encaisser',
    '1 349,00 DH',
    'Ouverture autorisée',
    'Pas d’essai',
    'Fragile',
    'Échange : reprendre la commande #10398',
    'Livraison en agence',
    'Pas avant le 30/11/2026',
    '2 × Caftan vert, taille M',
    '10421-9F2K',
  ])
    expect(text?.replaceAll('\u00a0', ' ')).toContain(said)
})

it('prints the same in Arabic, with numbers and Latin words as they are', async () => {
  const [text] = await textOfPages((await print([givenLabel()], { language: 'ar' })).file)
  const said = text?.replaceAll('\u00a0', ' ')
  for (const words of ['الفتح مسموح', 'التجربة ممنوعة', 'الدار البيضاء', 'المحتوى', 'درهم'])
    expect(said).toContain(words)
  for (const words of ['349,00', '06 12 34 56 78', 'Caftan vert, taille M', '#10398', '30/11/2026', '10421-9F2K'])
    expect(said).toContain(words)
})

it.each(['fr', 'ar'] as const)('says the carrier’s number to a scanner and to a phone (%s)', async (language) => {
  const { file } = await print([givenLabel()], { language })
  expect(await codesOn(file)).toEqual(['Code128 DH0A1B2C3D4', 'QRCode DH0A1B2C3D4'])
})

it('says a number that has no bars in squares only', async () => {
  const { file } = await print([givenLabel({ code: 'كود-17' })])
  expect(await codesOn(file)).toEqual(['QRCode كود-17'])
})

it('puts four labels on a sheet of A4, as readable as one', async () => {
  const codes = ['AAA11', 'BBB22', 'CCC33', 'DDD44', 'EEE55']
  const labels = codes.map((code) => givenLabel({ code }))
  const { file, pages } = await print(labels, { size: 'a4', language: 'ar' })
  expect(pages).toBe(2)
  expect(await sizesOfPages(file)).toEqual([
    [595, 842],
    [595, 842],
  ])
  const first = (await codesOn(file)).filter((found) => found.startsWith('Code128'))
  expect(first).toEqual(codes.slice(0, 4).map((code) => `Code128 ${code}`))
})

it('says that there is nothing to collect', async () => {
  const [text] = await textOfPages((await print([givenLabel({ amountCentimes: 0 })])).file)
  expect(text).toContain('Rien à encaisser')
  expect(text).not.toContain('0,00')
})

it('cuts what is too long and stays on its label', async () => {
  const long = 'Résidence Al Kawtar, immeuble 12, بجانب المدرسة '.repeat(20)
  const label = givenLabel({
    receiver: { ...givenLabel().receiver, name: 'M'.repeat(300), address: [long, long] },
    products: [{ name: long, quantity: 9_999 }],
    note: long,
    amountCentimes: 99_999_999,
  })
  const { file, pages } = await print([label], { language: 'ar' })
  expect(pages).toBe(1)
  const [text] = await textOfPages(file)
  expect(text?.replaceAll('\u00a0', ' ')).toContain('999,99')
  expect(text).toContain('…')
})

it('prints a packing slip a sheet, and as many sheets as its lines need', async () => {
  const line = givenSlip().lines[0]
  const many = givenSlip({
    orderNumbers: [2],
    lines: Array.from({ length: 60 }, () => line as NonNullable<typeof line>),
  })
  const { file, pages } = await print([givenSlip(), many], { size: 'a4' })
  expect(pages).toBeGreaterThan(2)
  const texts = (await textOfPages(file)).map((text) => text.replaceAll('\u00a0', ' '))
  expect(texts[0]).toContain('Bordereau d’expédition')
  expect(texts[0]).toContain('CAF-M')
  expect(texts[0]).toContain('1 200,00 DH')
  expect(texts[0]).toContain('−30,00 DH')
  expect(texts.slice(1).every((text) => text.includes('#2'))).toBe(true)
  expect(texts.join(' ').match(/CAF-M/g)).toHaveLength(61)
})

it('prints a picking list over as many sheets as it needs, no row lost', async () => {
  const rows = Array.from({ length: 120 }, (_, index) => ({
    sku: `SKU-${index}-X`,
    name: `Article ${index}`,
    quantity: index + 1,
    orderNumbers: [index + 1],
  }))
  const { file, pages } = await print([givenPicking({ rows })], { size: 'a4', language: 'ar' })
  const texts = await textOfPages(file)
  expect(texts).toHaveLength(pages)
  for (const { sku } of rows) expect(texts.filter((text) => text.includes(sku))).toHaveLength(1)
})

it('prints in a process of its own, batch by batch', async () => {
  const path = join(folder, 'apart.pdf')
  await writeFile(path, '')
  const paper = paperPress.begin({ path, size: '100x150', language: 'ar' })
  await paper.draw([givenLabel(), givenLabel()])
  await paper.draw([givenLabel()])
  expect(await paper.finish()).toEqual({ pages: 3 })
  expect(await textOfPages(await readFile(path))).toHaveLength(3)
})

it('fails when the press dies, instead of giving half a paper', async () => {
  const path = join(folder, 'dead.pdf')
  await writeFile(path, '')
  const paper = paperPress.begin({ path, size: 'a4', language: 'fr' })
  await paper.draw([givenLabel()])
  paper.abandon()
  await expect(paper.finish()).rejects.toThrow('press')
})

const seen = (text: string, direction: 'ltr' | 'rtl') =>
  piecesOf(text, levelsOf(text, direction))
    .map((piece) => piece.text)
    .join('|')

it('puts mixed text in the order in which it is seen', () => {
  expect(seen('Rue حي النور', 'ltr')).toBe('Rue| |النور| |حي')
  expect(seen('حي (A) 12', 'rtl')).toBe('12| |(|A|)| |حي')
  expect(seen(`الطلب ${ltr('#12')}`, 'rtl')).toBe('#12| |الطلب')
  expect(seen('سعاد (حاتم)', 'rtl')).toBe(')حاتم(| |سعاد')
  expect(seen(moneyText(134_900, 'ar'), 'rtl')).toBe('\u00a0درهم|1\u00a0349,00')
  expect(seen(moneyText(-134_900, 'ar'), 'rtl')).toBe('\u00a0درهم|−1\u00a0349,00')
})

it('keeps a phone whole in what people wrote, and drops what no font draws', () => {
  expect(printable('  سلام 🙏🏽\tبكم \n#1 ')).toBe('سلام بكم #1')
  expect(freeText('appelez +212 6 12 34 56 78 svp')).toBe(
    `appelez ${ltr('+212\u00a06\u00a012\u00a034\u00a056\u00a078')} svp`,
  )
})

it('breaks text into lines that fit, and loses no word but behind the dots', () => {
  const text = fc
    .array(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 12 })
    .map((words) => words.join(' ').replaceAll('…', '').replace(/ +/g, ' ').trim())
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 20 }), fc.integer({ min: 1, max: 30 }), (words, width, most) => {
      const lines = wrapped(words, most, (some) => some.length <= width)
      expect(lines.length).toBeLessThanOrEqual(most)
      for (const line of lines) expect(line.text.length).toBeLessThanOrEqual(width)
      const whole = lines.map((line) => line.text).join('')
      if (!whole.endsWith('…')) expect(whole.replaceAll(' ', '')).toBe(words.replaceAll(' ', ''))
      else expect(words.replaceAll(' ', '').startsWith(whole.slice(0, -1).replaceAll(' ', ''))).toBe(true)
    }),
  )
})
