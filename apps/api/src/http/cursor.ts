import { Refused } from '@sendocki/domain/result'

type Key = string | number | null

/** An opaque place in a list: the sort key of the last row given, and which list it belongs to. */
export const encodeCursor = (list: string, key: readonly Key[]): string =>
  Buffer.from(JSON.stringify([list, ...key])).toString('base64url')

/** The sort key in a cursor of this list; one made for another list or by hand is refused. */
export const decodeCursor = (list: string, cursor: string | undefined, length: number): readonly Key[] | null => {
  if (cursor === undefined) return null
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    parts = null
  }
  const valid =
    Array.isArray(parts) &&
    parts.length === length + 1 &&
    parts[0] === list &&
    parts.slice(1).every((part) => part === null || ['string', 'number'].includes(typeof part))
  if (!valid) throw new Refused('request.invalid', undefined, [{ path: 'cursor', code: 'wrong_format' }])
  return (parts as Key[]).slice(1)
}

/** A page from `limit + 1` rows: the extra row only tells that there is a next page. */
export const pageOf = <Row, Item>(
  rows: readonly Row[],
  limit: number,
  list: string,
  keyOf: (row: Row) => readonly Key[],
  itemOf: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } => {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(itemOf),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(list, keyOf(last)) : null,
  }
}
