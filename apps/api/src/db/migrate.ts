import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { builtInRoles } from '@sendocki/domain/permissions'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import { runMigrations as migrateJobs } from 'graphile-worker'
import pg from 'pg'
import { BadSetting } from '../config.ts'
import type { Secrets } from '../secrets.ts'
import { accessRules, jobFunctions } from './access-rules.ts'
import { counters } from './counters.ts'

export const migrationsFolder = join(import.meta.dirname, 'migrations')

/** Changes when any migration, the rules of access or the kept sums change; names the tests' template database. */
export const migrationsHash = async (folder = migrationsFolder): Promise<string> => {
  const hash = createHash('sha256').update(accessRules).update(jobFunctions).update(counters)
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort())
    hash.update(name).update(await readFile(join(folder, name)))
  return hash.digest('hex').slice(0, 16)
}

export interface RoleUrls {
  readonly app: string
  readonly platform: string
}

/**
 * Brings the database up to the code: tables, job tables, roles, policies, grants and kept sums. Safe to repeat and to be killed;
 * two processes that start together take turns.
 */
export const migrate = async (ownerUrl: string, secrets: Secrets, folder = migrationsFolder): Promise<RoleUrls> => {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
    if (Number(rows[0]?.server_version_num) < 180_000)
      throw new BadSetting('PostgreSQL 18 or newer is needed: this server is older.')
    await client.query("select pg_advisory_lock(hashtext('sendocki.migrate'))")
    await makeRoles(client, secrets).catch((error: unknown) => {
      if (error instanceof pg.DatabaseError && error.code === '42501')
        throw new BadSetting('DATABASE_URL must name a user who may create roles: the owner of the database.')
      throw error
    })
    await runMigrations(drizzle(client), { migrationsFolder: folder })
    await migrateJobs({ connectionString: ownerUrl, logger: quietJobLogger })
    await setRules(client, await migrationsHash(folder))
    await refreshRoles(client)
  } finally {
    await client.end()
  }
  return roleUrls(ownerUrl, secrets)
}

/** Every table is forced, granted and has its policies, by the rules of which the comment on a schema keeps the hash. */
const rulesStand = `select current_user as owner, obj_description(to_regnamespace('jobs'), 'pg_namespace') = $1 || ' ' || current_user
  and not exists (select from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and not (c.relforcerowsecurity and has_table_privilege('sendocki_platform', c.oid, 'insert')
      and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'platform_all'))) as stand`

/**
 * Sets policies, grants and kept sums where they do not stand already: setting them locks every table, which a process
 * that starts beside others at work must not.
 */
const setRules = async (client: pg.Client, hash: string): Promise<void> => {
  const { rows } = await client.query<{ owner: string; stand: boolean | null }>(rulesStand, [hash])
  if (rows[0]?.stand) return
  const mark = pg.escapeLiteral(`${hash} ${rows[0]?.owner}`)
  await client.query(`begin; ${jobFunctions} ${accessRules} ${counters} comment on schema jobs is ${mark}; commit`)
}

/** Where the two roles connect when no address of their own is set. */
export const roleUrls = (ownerUrl: string, secrets: Secrets): RoleUrls => {
  const as = (user: string) => {
    const url = new URL(ownerUrl)
    url.username = user
    url.password = rolePassword(secrets, user)
    return url.toString()
  }
  return { app: as('sendocki_app'), platform: as('sendocki_platform') }
}

const rolePassword = (secrets: Secrets, role: string): string =>
  createHash('sha256').update(secrets.key('database')).update(role).digest('base64url')

const makeRoles = async (client: pg.Client, secrets: Secrets): Promise<void> => {
  for (const role of ['sendocki_app', 'sendocki_platform']) {
    await client.query(`do $$ begin create role ${role} login; exception when duplicate_object then null; end $$`)
    const settings = [
      `password '${rolePassword(secrets, role)}' nosuperuser nocreatedb nocreaterole noinherit`,
      "set timezone to 'UTC'",
      "set idle_in_transaction_session_timeout to '30s'",
      `set statement_timeout to '${role === 'sendocki_app' ? '5s' : '60s'}'`,
    ]
    for (const setting of settings) await client.query(`alter role ${role} ${setting}`)
  }
}

/** Nobody edits the five built-in roles: what they allow is what this version says. */
const refreshRoles = async (client: pg.Client): Promise<void> => {
  for (const [key, { permissions, scope, masks, moveInto }] of Object.entries(builtInRoles))
    await client.query(
      `update roles set permissions = $2, scope = $3, masks = $4, move_into = $5
       where key = $1 and (permissions, scope, masks, move_into) is distinct from ($2::jsonb, $3::jsonb, $4::jsonb, $5::jsonb)`,
      [key, ...[permissions, scope, masks, moveInto].map((value) => (value === null ? null : JSON.stringify(value)))],
    )
}

const quietJobLogger = await (async () => {
  const { Logger } = await import('graphile-worker')
  return new Logger(() => () => undefined)
})()
