import { sql } from 'drizzle-orm'
import { bigint, check, customType, type PgColumn, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

/**
 * PostgreSQL prints `2026-11-20 10:00:00.12+00`; everything above the driver sees ISO 8601 with its microseconds, and
 * with milliseconds even where they are zero, so that an instant looks the same before and after it was stored.
 */
export const isoInstant = (text: string): string => {
  if (!text.endsWith('+00')) return text.replace(' ', 'T')
  const second = text.slice(0, 19).replace(' ', 'T')
  return `${second}.${text.slice(20, -3).padEnd(3, '0')}Z`
}

/** An instant, kept as text so that cursors lose no microsecond. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp with time zone',
  fromDriver: isoInstant,
})

/** Raw bytes, such as a webhook's body or a ciphertext. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

/** Text that compares byte by byte: prefix search and keyset order need it. */
export const byteText = customType<{ data: string; driverData: string }>({ dataType: () => 'text collate "C"' })

export const id = () => uuid().notNull()
export const centimes = () => bigint({ mode: 'number' }).notNull()
export const optionalCentimes = () => bigint({ mode: 'number' })

/** A closed list as CHECK: an enumeration type would keep its operators from the index behind row level security. */
export const checkOneOf = (name: string, column: PgColumn, values: readonly string[]) =>
  // eslint-disable-next-line no-restricted-syntax -- the words are constants of the domain, never data
  check(name, sql`${column} in (${sql.raw(values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', '))})`)

export { pgTable, primaryKey, text, uuid }
