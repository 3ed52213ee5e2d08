export interface Sheet {
  readonly lines: readonly string[]
}

const pageWidth = 298
const pageHeight = 420

/** A small valid PDF, one A6 page a sheet, in the fonts that every reader has; other than Latin signs become `?`. */
export const pdfOf = (sheets: readonly Sheet[]): Buffer => {
  const font = 3
  const pageIds = sheets.map((_sheet, index) => 4 + index * 2)
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${sheets.length} /Kids [${pageIds.map((id) => `${id} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
    ...sheets.flatMap(({ lines }, index) => {
      const content = contentOf(lines)
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageWidth} ${pageHeight}] /Contents ${(pageIds[index] ?? 0) + 1} 0 R /Resources << /Font << /F1 ${font} 0 R >> >> >>`,
        `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
      ]
    }),
  ]
  return assemble(objects)
}

const contentOf = (lines: readonly string[]): string => {
  const shown = lines.map((line, index) => `${index === 0 ? '/F1 20 Tf' : '/F1 11 Tf'} (${escaped(line)}) Tj T*`)
  return `0.5 w 12 12 ${pageWidth - 24} ${pageHeight - 24} re S BT 28 ${pageHeight - 52} Td 24 TL\n${shown.join('\n')}\nET`
}

const escaped = (line: string): string =>
  line.replace(/[^\x20-\x7e\xa0-\xff]/g, '?').replace(/[\\()]/g, (sign) => `\\${sign}`)

const assemble = (objects: readonly string[]): Buffer => {
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = Buffer.byteLength(file, 'latin1')
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const start = Buffer.byteLength(file, 'latin1')
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}
