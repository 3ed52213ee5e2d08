export interface PlaceNames {
  readonly id: string
  readonly fr: string
  readonly ar: string
  readonly en: string
  readonly aliases: readonly string[]
}

const withoutAccents = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '')

/** The rows of a table of places, one place a line: `id | French | Arabic | English | alias, alias`. */
export const namesOf = (rows: string): PlaceNames[] =>
  rows
    .trim()
    .split('\n')
    .map((row) => {
      const [id = '', fr = '', ar = '', en = '', aliases = ''] = row.split('|').map((column) => column.trim())
      return { id, fr, ar, en: en || withoutAccents(fr), aliases: aliases ? aliases.split(/\s*,\s*/) : [] }
    })
