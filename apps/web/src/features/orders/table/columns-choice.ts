import { type OptionalColumn, optionalColumns, usualColumns } from './order-columns.tsx'

const key = 'sendocki.orders.columns'

/** The columns that this browser keeps; the usual ones when nothing sensible is kept. */
const readColumns = (kept: string | null): readonly OptionalColumn[] => {
  if (kept === null) return usualColumns
  const chosen = kept.split(' ')
  return optionalColumns.filter((column) => chosen.includes(column))
}

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
