import { fillPlaceholders, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { PgDialect, QueryBuilder } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { isoInstant } from './columns.ts'

/** Reads PostgreSQL's text as our values: instants as ISO 8601, days as they are written, whole numbers as numbers. */
export const rowTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === 1184) return isoInstant
    if (oid === 20 || oid === 1700) return Number
    // A day has no hour: read as a date it would move with the machine's zone.
    if (oid === 1082) return String
    return pg.types.getTypeParser(oid, format as 'text')
  }) as pg.CustomTypesConfig['getTypeParser'],
}

/** A query compiled once at load and sent by name: rebuilding the SQL at each call would halve the throughput. */
export interface Statement<Row> {
  readonly name: string
  readonly text: string
  readonly bind: (args: Readonly<Record<string, unknown>>) => unknown[]
  readonly rowOf: (values: readonly unknown[]) => Row
}

interface Compilable {
  toSQL(): { sql: string; params: unknown[] }
}
type Fields = Readonly<Record<string, unknown>>
type RowOf<Q> = Q extends { readonly _: { readonly result: (infer Row)[] } } ? Row : never

/** Compiles a select of plain columns; parameters are `sql.placeholder('name')`. */
export const statement = <Q extends Compilable>(name: string, build: (qb: QueryBuilder) => Q): Statement<RowOf<Q>> => {
  const query = build(new QueryBuilder({ casing: 'snake_case' }))
  const { sql: text, params } = query.toSQL()
  const keys = Object.keys((query as unknown as { _: { selectedFields: Fields } })._.selectedFields)
  return compiled(name, text, params, keys)
}

/** Compiles hand-written SQL whose columns come back under their own names. */
export const rawStatement = <Row>(name: string, query: SQL, keys: readonly (keyof Row & string)[]): Statement<Row> => {
  const { sql: text, params } = new PgDialect({ casing: 'snake_case' }).sqlToQuery(query)
  return compiled(name, text, params, keys)
}

/** Compiles an insert or update; the columns that come back are those of `keys`, in the order of its `returning`. */
export const writeStatement = <Row>(
  name: string,
  build: (db: ReturnType<typeof drizzle.mock>) => Compilable,
  keys: readonly (keyof Row & string)[],
): Statement<Row> => {
  const { sql: text, params } = build(drizzle.mock({ casing: 'snake_case' })).toSQL()
  return compiled(name, text, params, keys)
}

const compiled = <Row>(name: string, text: string, params: unknown[], keys: readonly string[]): Statement<Row> => ({
  name,
  text,
  bind: (args) => fillPlaceholders(params, args),
  rowOf: (values) => {
    const row: Record<string, unknown> = {}
    for (let i = 0; i < keys.length; i += 1) row[keys[i] as string] = values[i]
    return row as Row
  },
})
