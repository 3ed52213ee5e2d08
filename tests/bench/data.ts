import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '@sendocki/api/db/client'
import { type EmbeddedServer, startEmbedded } from '@sendocki/api/db/embedded'
import { migrate, migrationsHash } from '@sendocki/api/db/migrate'
import { secretsOf } from '@sendocki/api/secrets'
import pg from 'pg'
import { type Founded, found, foundedAs } from '../support/founding.ts'
import { loadStatements } from './data.sql.ts'

export const benchSecret = 'a-secret-for-benchmarks-only-0123456789-abcdef'

/** Ten merchants of 100,000 orders and one of 1,000,000; BENCH_SCALE divides both for a quick try. */
const scale = Number(process.env.BENCH_SCALE ?? 1)
export const small: readonly Founded[] = Array.from({ length: 10 }, (_, index) =>
  foundedAs(10 + index, `bench-${index}.example`),
)
export const large: Founded = foundedAs(30, 'bench-large.example')
export const ordersOf = (one: Founded): number => Math.round((one === large ? 1_000_000 : 100_000) / scale)

export interface BenchServer extends EmbeddedServer {
  readonly freshly: boolean
}

/** A load that fails is begun anew, so that nothing of it has to be safe before its end. */
const quickly = [
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'autovacuum=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=8GB',
  'maintenance_work_mem=1GB',
  'checkpoint_timeout=30min',
]

/** The loaded cluster, kept under a name made of everything that shapes it: tables, access rules, this loader, the size. */
export const startBenchServer = async (): Promise<BenchServer> => {
  const files = ['data.ts', 'data.sql.ts'].map((name) => readFileSync(join(import.meta.dirname, name)))
  const hash = createHash('sha256')
    .update(await migrationsHash())
    .update(Buffer.concat(files))
    .update(String(scale))
    .digest('hex')
    .slice(0, 16)
  const folder = join(import.meta.dirname, '.cache', hash)
  const done = join(folder, 'done')
  const cached = existsSync(done)
  if (!cached) rmSync(join(import.meta.dirname, '.cache'), { recursive: true, force: true })
  const server = await startEmbedded({
    directory: join(folder, 'postgres'),
    password: 'bench',
    settings: cached ? [] : quickly,
  })
  if (cached) return { ...server, freshly: false }
  await load(server.url).finally(() => server.stop())
  writeFileSync(done, '')
  return { ...(await startEmbedded({ directory: join(folder, 'postgres'), password: 'bench' })), freshly: true }
}

/**
 * Fills the tables without their indexes and constraints, then builds those in one pass each: a load with 28 indexes
 * in place would take an hour.
 */
const load = async (ownerUrl: string): Promise<void> => {
  const urls = await migrate(ownerUrl, secretsOf(benchSecret, null))
  const database = openDatabase(urls, 2)
  for (const one of [...small, large]) await database.platform((tx) => found(tx, one))
  await database.close()
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query(
    "set session_replication_role = replica; set work_mem = '256MB'; set maintenance_work_mem = '1GB'; set max_parallel_maintenance_workers = 2",
  )
  const kept = await dropIndexes(client)
  for (const one of [...small, large]) {
    for (const statement of loadStatements)
      await client.query(statement, [one.merchantId, ordersOf(one), one.people.owner.memberId])
    console.log(`  ${ordersOf(one).toLocaleString('en')} orders loaded`)
  }
  for (const definition of kept) await client.query(definition)
  await client.query('vacuum (analyze, freeze)')
  await client.end()
}

const bigTables = ['customers', 'orders', 'order_lines', 'events', 'search_terms']

/** Takes away the indexes of the big tables that nothing leans on while they fill, and gives back what makes them again. */
const dropIndexes = async (client: pg.Client): Promise<string[]> => {
  const { rows } = await client.query<{ drop: string; make: string }>(
    `select format('drop index %s', i.indexrelid::regclass) as drop, pg_get_indexdef(i.indexrelid) as make from pg_index i
     where i.indrelid::regclass::text = any($1) and not i.indisprimary
       and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)
     union all
     select format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname),
       format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) from pg_constraint c
     where c.conrelid::regclass::text = any($1) and c.contype = 'p'
       and not exists (select 1 from pg_constraint f where f.contype = 'f' and f.confrelid = c.conrelid)`,
    [bigTables],
  )
  for (const { drop } of rows) await client.query(drop)
  return rows.map(({ make }) => make)
}
