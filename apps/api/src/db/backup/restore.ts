import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { BadSetting } from '../../config.ts'
import type { Secrets } from '../../secrets.ts'
import { migrate, migrationsFolder } from '../migrate.ts'
import type { BackupFile } from './backup-file.ts'
import type { BackupEnd, BackupHead, Frame } from './frames.ts'
import { backedUpSchemas, migrationsIn, quoted, type Table, tablesOf } from './take.ts'

/** The first frame of a backup. */
export const headOf = async (file: BackupFile): Promise<BackupHead> => {
  for await (const frame of file.frames()) if (frame.kind === 'head') return frame.value
  throw new BadSetting('The backup says nothing of where it comes from.')
}

/** Refuses a backup whose tables this version does not know: it comes from a newer one, or from another history. */
export const assertKnownVersion = ({ migrations, version }: BackupHead): void => {
  const known = readMigrationFiles({ migrationsFolder }).map(({ hash }) => hash)
  if (migrations.length > known.length || migrations.some((hash, index) => hash !== known[index]))
    throw new BadSetting(`The backup was made by version ${version}, whose tables this one does not know.`)
}

export interface Restored {
  readonly tables: number
  readonly rows: number
}

/**
 * Puts a backup into a database, all of it or nothing. The tables are made by the migrations of the version that made
 * the backup, filled in one transaction, and then brought up to this version. What is there already is refused unless
 * `replace` says that it may go.
 */
export const restoreBackup = async (
  ownerUrl: string,
  file: BackupFile,
  { secrets, replace = false }: { readonly secrets: Secrets; readonly replace?: boolean },
): Promise<Restored> => {
  const head = await headOf(file)
  assertKnownVersion(head)
  await migrateAsFarAs(ownerUrl, secrets, head.migrations.length)
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await assertTarget(client, head, replace)
    await client.query('begin')
    const restored = await fill(client, file)
    await client.query('commit')
    await migrate(ownerUrl, secrets)
    return restored
  } finally {
    await client.end()
  }
}

/** Makes the tables as they were after so many migrations. */
export const migrateAsFarAs = async (ownerUrl: string, secrets: Secrets, count: number): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'sendocki-migrations-'))
  try {
    const journal = JSON.parse(await readFile(join(migrationsFolder, 'meta/_journal.json'), 'utf8')) as {
      entries: { tag: string }[]
    }
    const entries = journal.entries.slice(0, count)
    await mkdir(join(folder, 'meta'))
    await writeFile(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }))
    for (const { tag } of entries) await cp(join(migrationsFolder, `${tag}.sql`), join(folder, `${tag}.sql`))
    await migrate(ownerUrl, secrets, folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const assertTarget = async (client: pg.Client, head: BackupHead, replace: boolean): Promise<void> => {
  const { rows } = await client.query<{ inUse: boolean; filled: boolean }>(
    `select exists (select from pg_stat_activity
       where datname = current_database() and usename in ('sendocki_app', 'sendocki_platform')) as "inUse",
     exists (select from users) or exists (select from merchants) or exists (select from graphile_worker._private_jobs)
       as filled`,
  )
  const [found] = rows
  if (found?.inUse) throw new BadSetting('Sendocki is running on this database: stop it before restoring.')
  if (found?.filled && !replace)
    throw new BadSetting('The database is not empty: add --replace to put the backup in the place of what is there.')
  if ((await migrationsIn(client)).length !== head.migrations.length)
    throw new BadSetting('The database is of a newer version than the backup: restore into an empty one.')
}

/**
 * References are taken off while the rows come, in whatever order, and proved when they are put on again. Row level
 * security would refuse COPY to an owner who is no superuser, so it is lifted and forced again in here too. Sums that the database
 * keeps are in the backup: nothing is counted again.
 */
const fill = async (client: pg.Client, file: BackupFile): Promise<Restored> => {
  await client.query("set local statement_timeout = 0; set local lock_timeout = '10s'")
  const tables = await tablesOf(client)
  const references = await referencesOf(client)
  for (const { table, name } of references)
    await client.query(`alter table ${table} drop constraint ${pg.escapeIdentifier(name)}`)
  const ours = tables.filter(({ name }) => name.startsWith('public.'))
  for (const { name } of ours)
    await client.query(`alter table ${quoted(name)} no force row level security, disable trigger user`)
  await client.query(`truncate ${tables.map(({ name }) => quoted(name)).join(', ')}`)
  const end = await loadRows(client, file, tables)
  for (const { table, name, definition } of references)
    await client.query(`alter table ${table} add constraint ${pg.escapeIdentifier(name)} ${definition}`)
  for (const { name } of ours)
    await client.query(`alter table ${quoted(name)} force row level security, enable trigger user`)
  for (const [name, value] of Object.entries(end.sequences))
    await client.query('select setval($1::regclass, $2::bigint)', [quoted(name), value])
  // What a process had in hand when the backup was taken is nobody's now.
  await client.query(`
    update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at is not null;
    update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at is not null`)
  return { tables: end.tables, rows: end.rows }
}

interface Reference {
  readonly table: string
  readonly name: string
  readonly definition: string
}

const referencesOf = async (client: pg.Client): Promise<Reference[]> =>
  (
    await client.query<Reference>(
      `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
       from pg_constraint where contype = 'f' and connamespace = any($1::regnamespace[]) order by 1, 2`,
      [backedUpSchemas],
    )
  ).rows

/** Fills table after table; the counts of the backup are held against what the database took. */
const loadRows = async (client: pg.Client, file: BackupFile, tables: readonly Table[]): Promise<BackupEnd> => {
  const frames = file.frames()
  let [filled, rows] = [0, 0]
  for await (const frame of frames) {
    if (frame.kind === 'table') {
      rows += await loadTable(client, frame.value, tables, frames)
      filled += 1
    }
    if (frame.kind !== 'end') continue
    if (frame.value.tables !== filled || frame.value.rows !== rows)
      throw new Error(`The backup has ${frame.value.rows} rows, the database took ${rows}.`)
    return frame.value
  }
  throw new Error('The backup has no end.')
}

const loadTable = async (
  client: pg.Client,
  { name, columns }: Table,
  tables: readonly Table[],
  frames: AsyncGenerator<Frame>,
): Promise<number> => {
  if (!tables.some((table) => table.name === name)) throw new Error(`The database has no table ${name}.`)
  let expected = -1
  const rows = async function* () {
    for (;;) {
      // Not a loop over the frames: leaving one would end them for the tables that follow.
      const { value, done } = await frames.next()
      if (done || value.kind === 'end' || value.kind === 'table') throw new Error(`The rows of ${name} do not end.`)
      if (value.kind === 'rows') yield value.bytes
      if (value.kind !== 'tableEnd') continue
      expected = value.value.rows
      return
    }
  }
  const target = client.query(copyFrom(`copy ${quoted(name)} (${columns.join(', ')}) from stdin`))
  await pipeline(Readable.from(rows()), target)
  if (target.rowCount !== expected)
    throw new Error(`${name}: ${expected} rows in the backup, ${target.rowCount} taken.`)
  return expected
}
