import { placeKey } from './places/place-key.ts'

/*
 * Which column of somebody's table is what: by the names of its columns in three languages and, without names, by what
 * stands in them. A proposal is all this makes; a person has the last word.
 */

export interface ColumnsRead<Field extends string> {
  /** What each column is, in the order of the file; null for one that is not read. */
  readonly columns: readonly (Field | null)[]
  /** Whether the first row names the columns. */
  readonly hasHeader: boolean
}

/** What a column of this name is among the fields that are asked for, by the key of a text without blanks and accents. */
export const fieldFinder = <Field extends string>(names: Readonly<Record<Field, readonly string[]>>) => {
  const keyed = new Map(
    (Object.keys(names) as Field[]).map((field) => [field, new Set(names[field].map(placeKey))] as const),
  )
  return (name: string, fields: readonly Field[]): Field | null => {
    const key = placeKey(name)
    return key === '' ? null : (fields.find((field) => keyed.get(field)?.has(key)) ?? null)
  }
}

/** Each field once: what a second column of the same name means is for a person to say. */
export const once = <Field extends string>(columns: readonly (Field | null)[]): (Field | null)[] =>
  columns.map((field, index) => (field !== null && columns.indexOf(field) === index ? field : null))

/** Whether a column holds something, and nothing but what passes the test. */
export const holdsOnly = (
  rows: readonly (readonly string[])[],
  index: number,
  test: (text: string) => boolean,
): boolean => {
  const filled = rows.map((row) => row[index] ?? '').filter((text) => text !== '')
  return filled.length > 0 && filled.every(test)
}

/** How many rows are looked at to tell the columns apart. */
export const sampledRows = 20

export const widthOf = (rows: readonly (readonly string[])[]): number =>
  Math.max(...rows.slice(0, sampledRows).map((row) => row.length), 1)

/** What tells one layout from another: the names of its columns, or only how many there are. */
export const shapeOf = (first: readonly string[], { columns, hasHeader }: ColumnsRead<string>): string =>
  hasHeader ? first.map(placeKey).join('|').slice(0, 800) : `#${columns.length}`

/** A row by its fields, empty cells left out. */
export const readRow = <Field extends string>(
  cells: readonly string[],
  { columns }: ColumnsRead<Field>,
): Partial<Record<Field, string>> =>
  Object.fromEntries(
    columns.flatMap((field, index) => {
      const text = cells[index]?.trim() ?? ''
      return field === null || text === '' ? [] : [[field, text]]
    }),
  ) as Partial<Record<Field, string>>
