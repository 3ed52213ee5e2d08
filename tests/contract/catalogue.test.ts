import { appendOnlyTables } from '@sendocki/api/db/access-rules'
import { migrate } from '@sendocki/api/db/migrate'
import { secretsOf } from '@sendocki/api/secrets'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApi } from '../support/app.ts'
import { testSecret } from '../support/postgres.ts'

const api = await startApi()
const owner = new pg.Client({ connectionString: api.databaseUrl })
beforeAll(() => owner.connect())
afterAll(() => owner.end())

const rows = async <T extends object>(text: string): Promise<T[]> => (await owner.query<T>(text)).rows
const merchantTables = `select c.oid, c.relname as name from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'sessions'
  and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'merchant_id')`

it('forces row level security on every table', async () => {
  const open =
    await rows(`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
    and not (relrowsecurity and relforcerowsecurity)`)
  expect(open).toEqual([])
})

it('gives the application a policy on merchant tables only, bound to its merchant', async () => {
  const policies = await rows<{ tablename: string; qual: string }>(
    `select tablename, qual from pg_policies where schemaname = 'public' and 'sendocki_app' = any(roles)`,
  )
  const tables = (await rows<{ name: string }>(merchantTables)).map(({ name }) => name)
  expect(policies.map(({ tablename }) => tablename).sort()).toEqual([...tables, 'merchants'].sort())
  for (const { qual } of policies) expect(qual).toContain('app.merchant_id')
})

it('lets the roles own nothing and bypass nothing', async () => {
  expect(
    await rows(
      `select relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname like 'sendocki\\_%'`,
    ),
  ).toEqual([])
  expect(
    await rows(
      `select rolname from pg_roles where rolname like 'sendocki\\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
    ),
  ).toEqual([])
})

it('begins every key, unique constraint and index of a merchant table with the merchant', async () => {
  const odd = await rows<{ index: string }>(`
    select i.indexrelid::regclass::text as index from pg_index i join (${merchantTables}) t on t.oid = i.indrelid
    join pg_attribute a on a.attrelid = i.indrelid and a.attname = 'merchant_id'
    where not (a.attnum = any(i.indkey)) `)
  // These serve look-ups that come before the merchant is known; none is unique.
  const known = ['members_of_user', 'invitations_by_token', 'api_keys_by_prefix', 'inbound_pending']
  expect(odd.map(({ index }) => index).filter((name) => !known.includes(name))).toEqual([])
})

it('has an index under every foreign key', async () => {
  const bare = await rows<{ constraint: string }>(`
    select c.conname as constraint from pg_constraint c
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace and not exists (
      select 1 from pg_index i where i.indrelid = c.conrelid
        and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey and c.conkey @> (i.indkey::int2[])[0:cardinality(c.conkey) - 1])`)
  expect(bare).toEqual([])
})

it('keeps enumerations, GIN indexes and deletes that null the merchant out of the tables', async () => {
  expect(
    await rows(`select typname from pg_type where typtype = 'e' and typnamespace = 'public'::regnamespace`),
  ).toEqual([])
  expect(
    await rows(
      `select c.relname from pg_class c join pg_am a on a.oid = c.relam where a.amname = 'gin' and c.relnamespace = 'public'::regnamespace`,
    ),
  ).toEqual([])
  expect(
    await rows(
      `select conname from pg_constraint where contype = 'f' and confdeltype in ('n', 'd') and connamespace = 'public'::regnamespace`,
    ),
  ).toEqual([])
})

it('law 5: lets the application neither change nor remove a row of an append-only table', async () => {
  const tables = (await rows<{ name: string }>(merchantTables)).map(({ name }) => name)
  for (const table of appendOnlyTables.filter((name) => tables.includes(name))) {
    const granted = await rows<{ privilege: string }>(
      `select privilege_type as privilege from information_schema.role_table_grants where grantee = 'sendocki_app' and table_name = '${table}'`,
    )
    expect(granted.map(({ privilege }) => privilege).sort(), table).toEqual(['INSERT', 'SELECT'])
  }
})

it('lets a process start beside others at work: rules that stand are not set anew, others are', async () => {
  const start = () => migrate(api.databaseUrl, secretsOf(testSecret, null))
  await owner.query('begin; lock table orders in row share mode')
  await start()
  await owner.query('rollback; alter table orders no force row level security')
  await start()
  expect(await rows(`select relforcerowsecurity as forced from pg_class where relname = 'orders'`)).toEqual([
    { forced: true },
  ])
})

it('answers the application nothing without a merchant, and nothing of another one', async () => {
  const { world } = api.deps
  const seen = await world.database.read(api.rival.merchantId, async (tx) => {
    const { rows: found } = (await tx.db.execute('select distinct merchant_id from members')) as unknown as {
      rows: { merchant_id: string }[]
    }
    return found.map((row) => row.merchant_id)
  })
  expect(seen).toEqual([api.rival.merchantId])
})
