import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { BackupHead, Frame } from './frames.ts'

/** Ours, and the jobs that wait. Tables that say which version made the others are made by the migrations. */
export const backedUpSchemas = ['public', 'graphile_worker'] as const
const notKept = ['graphile_worker.migrations', 'public.worker_heartbeats']

export interface Table {
  readonly name: string
  readonly columns: readonly string[]
}

/** Every table with the columns that can be written, whatever their names: a new one cannot be forgotten. */
export const tablesOf = async (client: pg.Client): Promise<Table[]> => {
  const { rows } = await client.query<Table>(
    `select n.nspname || '.' || c.relname as name, array_agg(quote_ident(a.attname) order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind = 'r' and n.nspname = any($1) and n.nspname || '.' || c.relname <> all($2)
     group by 1 order by 1`,
    [backedUpSchemas, notKept],
  )
  return rows
}

export const migrationsIn = async (client: pg.Client): Promise<string[]> =>
  (await client.query<{ hash: string }>('select hash from drizzle.__drizzle_migrations order by id')).rows.map(
    ({ hash }) => hash,
  )

/** Names from the catalogue of the database, so that quoting them is all they need. */
export const quoted = (name: string): string =>
  name
    .split('.')
    .map((part) => pg.escapeIdentifier(part))
    .join('.')

/**
 * The whole database as it was at one instant, while it goes on working: one transaction that sees a snapshot and holds
 * nobody up. Rows travel as COPY writes them and are never all in memory.
 */
export async function* takeBackup(
  ownerUrl: string,
  about: Omit<BackupHead, 'takenAt' | 'migrations'>,
): AsyncGenerator<Frame> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0')
    const { rows } = await client.query<{ at: Date }>('select now() as at')
    const takenAt = (rows[0]?.at ?? new Date(0)).toISOString()
    yield { kind: 'head', value: { ...about, takenAt, migrations: await migrationsIn(client) } }
    let total = 0
    const tables = await tablesOf(client)
    for (const table of tables) {
      yield { kind: 'table', value: table }
      const stream = client.query(copyTo(`copy ${quoted(table.name)} (${table.columns.join(', ')}) to stdout`))
      for await (const bytes of stream) yield { kind: 'rows', bytes: bytes as Buffer }
      yield { kind: 'tableEnd', value: { rows: stream.rowCount } }
      total += stream.rowCount
    }
    // Sequences know no snapshot; read after the rows, they have come at least as far.
    yield { kind: 'end', value: { sequences: await sequencesOf(client), tables: tables.length, rows: total } }
    await client.query('commit')
  } finally {
    await client.end()
  }
}

const sequencesOf = async (client: pg.Client): Promise<Record<string, string>> => {
  const { rows } = await client.query<{ name: string; value: string }>(
    `select schemaname || '.' || sequencename as name, last_value::text as value from pg_sequences
     where schemaname = any($1) and last_value is not null`,
    [backedUpSchemas],
  )
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}
