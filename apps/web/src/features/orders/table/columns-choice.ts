/** Columns that a person may hide, in the order of the table. Number and customer always stay. */
export const optionalColumns = [
  'phone',
  'city',
  'amount',
  'stage',
  'age',
  'cash',
  'risk',
  'parcel',
  'assignee',
  'tags',
  'notes',
  'placedAt',
] as const
export type OptionalColumn = (typeof optionalColumns)[number]

/** Shown until a person chooses otherwise. */
const usualColumns: readonly OptionalColumn[] = ['city', 'amount', 'stage', 'age', 'cash', 'notes']

const key = 'sendocki.orders.columns'

/** Those of some names that are columns of the table, each once, in their order. */
export const knownColumns = (names: readonly string[]): readonly OptionalColumn[] =>
  [...new Set(names)].flatMap((name) => optionalColumns.filter((column) => column === name))

/** The columns that this browser keeps; the usual ones when nothing sensible is kept. */
const readColumns = (kept: string | null): readonly OptionalColumn[] =>
  kept === null ? usualColumns : knownColumns(kept.split(' '))

/** Also null where the browser forbids storage. */
export const keptColumns = (): readonly OptionalColumn[] => {
  try {
    return readColumns(localStorage.getItem(key))
  } catch {
    return usualColumns
  }
}

/** Where storage is forbidden the choice lasts as long as the page. */
export const keepColumns = (columns: readonly OptionalColumn[]): void => {
  try {
    localStorage.setItem(key, columns.join(' '))
  } catch {
    return
  }
}

/** The table's columns: those that always stay, then the chosen ones in the order in which they were put. */
export const inChosenOrder = <Column extends { readonly id: string }>(
  columns: readonly Column[],
  shown: readonly OptionalColumn[],
): readonly Column[] => [
  ...columns.filter(({ id }) => !optionalColumns.some((column) => column === id)),
  ...shown.flatMap((column) => columns.filter(({ id }) => id === column)),
]
