import { fork } from 'node:child_process'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { openBackup, writeBackup } from '@sendocki/api/db/backup/backup-file'
import type { Frame } from '@sendocki/api/db/backup/frames'
import { migrateAsFarAs, restoreBackup } from '@sendocki/api/db/backup/restore'
import { takeBackup } from '@sendocki/api/db/backup/take'
import { freePort } from '@sendocki/api/db/free-port'
import { secretsOf } from '@sendocki/api/secrets'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { temporaryFolder, testSecret, withDatabase } from '../support/postgres.ts'
import { signIn, signUp } from '../support/shopkeeper.ts'
import { eventually, runningServerOf, type Stack, startStack } from '../support/stack.ts'

const root = join(import.meta.dirname, '../..')
let folder: string
let stack: Stack

beforeAll(async () => {
  folder = await temporaryFolder('sendocki-backup-')
  stack = await startStack()
})
afterAll(async () => {
  await stack.stop()
  await rm(folder, { recursive: true, force: true })
})

type Env = Readonly<Record<string, string | undefined>>

/** Runs a command as an operator does, and gives how it ended and what it said. */
const run = async (script: 'backup' | 'restore', args: readonly string[], env: Env) => {
  const child = fork(join(root, `apps/api/scripts/${script}.ts`), args, {
    ...{ cwd: root, env: { ...stack.env, ...env }, execArgv: [] },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      said += String(chunk)
    })
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { code, said }
}

const ask = async <Row extends object>(url: string, text: string): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

/** Every table of ours, and the jobs: how many rows, and what all of them say. Jobs are locked and unlocked by processes. */
const contentsOf = async (url: string): Promise<Record<string, string>> => {
  const tables = await ask<{ name: string }>(
    url,
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('public', 'graphile_worker')
     and c.relname not in ('worker_heartbeats', 'migrations')`,
  )
  const contents: Record<string, string> = {}
  for (const { name } of tables) {
    const [found] = await ask<{ content: string }>(
      url,
      `select count(*) || ' ' || coalesce(md5(string_agg(line, '' order by line)), '') as content
       from (select (to_jsonb(t) - '{locked_at,locked_by,is_available,last_execution,last_seen_at}'::text[])::text as line from ${name} t)`,
    )
    contents[name] = found?.content ?? ''
  }
  return contents
}

const anOrder = (n: number) => ({
  customer: { name: 'Yassine Berrada', phone: `06612${String(n).padStart(5, '0')}` },
  shippingAddress: { line: '4 rue des Orangers', city: 'Casablanca' },
  lines: [{ name: 'Savon noir', quantity: 1, unitPriceCentimes: 4_900 }],
})

/** A shop at work: orders, notes under the customers' keys, a carrier's sealed credentials, an API key. */
const tradeIn = async () => {
  const keeper = await signUp(stack.url, stack.sandboxUrl, 'sauvegarde')
  const orders = []
  for (let n = 0; n < 12; n += 1) orders.push((await keeper.post('/orders', anOrder(n))).body)
  await keeper.post(`/orders/${orders[0].id}/notes`, { text: 'Préfère être appelée le soir' })
  const credentials = { publicKey: 'demo', secretKey: 'demo' }
  const account = await keeper.post('/carrier-accounts', { carrier: 'sendit', name: 'Sendit', credentials })
  const roles = (await keeper.get('/roles')).body.items as { id: string; key: string }[]
  const roleId = roles.find(({ key }) => key === 'manager')?.id
  const { key } = (await keeper.post('/api-keys', { name: 'Site', roleId })).body
  expect([account.status, typeof key]).toEqual([201, 'string'])
  return { keeper, orderId: orders[0].id as string, accountId: account.body.id as string, key: key as string }
}

/** A backup during which nothing changed, so that a copy can be held against its source; and what there was. */
const backUpInPeace = async (file: string, env: Env): Promise<Record<string, string>> => {
  const url = await runningServerOf(stack)
  const attempt = async () => {
    await rm(file, { force: true })
    const before = await contentsOf(url)
    const taken = await run('backup', [file], env)
    expect(taken, taken.said).toMatchObject({ code: 0 })
    return { before, after: await contentsOf(url) }
  }
  const peaceful = await eventually(
    attempt,
    ({ before, after }) => isDeepStrictEqual(before, after),
    'a quiet moment',
    60,
  )
  return peaceful.before
}

/** The API on what was restored, without jobs: they would go on with what waits. */
const startOn = async (dataDir: string) => {
  const port = await freePort()
  const child = fork(join(root, 'apps/api/src/main.ts'), [], {
    ...{ cwd: root, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    env: { ...stack.env, DATA_DIR: dataDir, PORT: String(port), WORKER: 'off' },
  })
  await new Promise<void>((resolve, reject) => {
    child.on('message', ({ step }: { step?: string }) => step === 'ready' && resolve())
    child.once('exit', (code) => reject(new Error(`stopped (${code})`)))
  })
  const stop = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.kill('SIGTERM')
    })
  return { url: `http://localhost:${port}`, stop }
}

it('a backup of a living shop, restored elsewhere, is the same to the last row, and goes on from there', async () => {
  const { keeper, orderId, accountId, key } = await tradeIn()
  const file = join(folder, 'whole.backup')
  const dataDir = join(folder, 'elsewhere')
  const passphrase = { BACKUP_PASSPHRASE: 'quatre chameaux et un puits' }
  const before = await backUpInPeace(file, passphrase)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(Object.keys(before).length).toBeGreaterThan(40)

  const wrong = await run('restore', [file], { DATA_DIR: dataDir, BACKUP_PASSPHRASE: 'trois chameaux et un puits' })
  expect([wrong.code, wrong.said]).toEqual([1, `BACKUP_PASSPHRASE is not the one of ${file}.\n`])
  const restored = await run('restore', [file], { DATA_DIR: dataDir, ...passphrase })
  expect(restored, restored.said).toMatchObject({ code: 0 })
  expect(await readFile(join(dataDir, 'secret-key'), 'utf8')).toBe(
    await readFile(join(stack.dataDir, 'secret-key'), 'utf8'),
  )

  const there = await startOn(dataDir)
  try {
    const server = await runningServerOf({ ...stack, dataDir })
    expect(await contentsOf(server)).toEqual(before)
    // What was sealed opens: the note under its customer's key, the carrier's credentials, the API key, the password.
    const again = await signIn(there.url, keeper.email)
    const { items } = (await again.get(`/orders/${orderId}/events`)).body
    expect(items[0].after).toEqual({ text: 'Préfère être appelée le soir' })
    expect((await again.post(`/carrier-accounts/${accountId}/test`, {})).status).toBeLessThan(300)
    const byKey = await fetch(`${there.url}/api/v1/orders`, { headers: { authorization: `Bearer ${key}` } })
    expect(byKey.status).toBe(200)
    // Numbers and sequences go on where they stood.
    const numbers = (await again.get('/orders')).body.items.map((order: { number: number }) => order.number)
    const next = await again.post('/orders', anOrder(99))
    expect(next.status).toBe(201)
    expect(next.body.number).toBeGreaterThan(Math.max(...numbers))
    const gaps = await ask(server, 'select 1 from events group by merchant_id having max(sequence) <> count(*)')
    expect(gaps).toEqual([])
    const unforced = await ask(
      server,
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not relforcerowsecurity`,
    )
    expect(unforced).toEqual([])
    const refused = await run('restore', [file], { DATA_DIR: dataDir, ...passphrase })
    expect([refused.code, refused.said]).toEqual([
      1,
      'Sendocki is running on this database: stop it before restoring.\n',
    ])
  } finally {
    await there.stop()
  }
  const full = await run('restore', [file], { DATA_DIR: dataDir, ...passphrase })
  expect([full.code, full.said]).toEqual([
    1,
    'The database is not empty: add --replace to put the backup in the place of what is there.\n',
  ])
  const replaced = await run('restore', ['--replace', file], { DATA_DIR: dataDir, ...passphrase })
  expect(replaced, replaced.said).toMatchObject({ code: 0 })
})

it('a backup taken while orders come in is of one instant', async () => {
  const { keeper } = await tradeIn()
  let open = true
  const selling = (async () => {
    for (let n = 1_000; open; n += 1) await keeper.post('/orders', anOrder(n))
  })()
  const file = join(folder, 'under-load.backup')
  const { code, said } = await run('backup', [file], {})
  open = false
  await selling
  expect([code, said]).toEqual([0, expect.stringContaining('not encrypted')])
  const dataDir = join(folder, 'one-instant')
  expect(await run('restore', [file], { DATA_DIR: dataDir })).toMatchObject({ code: 0 })
  const there = await startOn(dataDir)
  try {
    const server = await runningServerOf({ ...stack, dataDir })
    const counters = await ask<{ kept: string; counted: string }>(
      server,
      `select c.event_sequence::text as kept, (select count(*) from events e where e.merchant_id = c.merchant_id)::text as counted
       from merchant_counters c`,
    )
    expect(counters.length).toBeGreaterThan(0)
    for (const { kept, counted } of counters) expect(counted).toBe(kept)
    const orphans = await ask(
      server,
      'select 1 from orders o where not exists (select from order_lines l where l.order_id = o.id)',
    )
    expect(orphans).toEqual([])
  } finally {
    await there.stop()
  }
})

it('a file that was cut, changed, or is none is refused before anything is touched, and none is replaced', async () => {
  const file = join(folder, 'good.backup')
  expect(await run('backup', [file], {})).toMatchObject({ code: 0 })
  const whole = await readFile(file)
  const dataDir = join(folder, 'untouched')
  const restore = async (name: string, bytes: Buffer) => {
    const path = join(folder, name)
    await writeFile(path, bytes)
    const { code, said } = await run('restore', [path], { DATA_DIR: dataDir })
    expect(code).toBe(1)
    return said.replace(path, 'It').trim()
  }
  const flipped = Buffer.from(whole)
  flipped.writeUInt8(flipped.readUInt8(5_000) ^ 1, 5_000)
  const damaged = 'It is damaged or was cut: nothing was restored.'
  expect(await restore('flipped.backup', flipped)).toBe(damaged)
  for (const length of [whole.length - 1, Math.floor(whole.length / 2), 200])
    expect(await restore('cut.backup', whole.subarray(0, length))).toBe(damaged)
  expect(await restore('other.backup', Buffer.from('pg_dump of another day'))).toBe('It is not a backup of Sendocki.')
  expect(await restore('empty.backup', Buffer.alloc(0))).toBe('It is not a backup of Sendocki.')
  expect(await stat(dataDir).catch(() => 'absent')).toBe('absent')
  const again = await run('backup', [file], {})
  expect([again.code, again.said]).toEqual([1, `${file} is there already: a backup never replaces another file.\n`])
  expect(await readFile(file)).toEqual(whole)
})

/** An empty database on the tests' server. */
const emptyDatabase = async (): Promise<string> => {
  const name = `backup_${crypto.randomUUID().replaceAll('-', '')}`
  await ask(inject('serverUrl'), `create database ${name}`)
  return withDatabase(inject('serverUrl'), name)
}
const about = { version: '0.0.1', secretKey: testSecret, secretKeyPrevious: null }
const secrets = secretsOf(testSecret, null)

it('a backup of an older version is put into its own tables, which are then brought up to this one', async () => {
  const [old, fresh] = [await emptyDatabase(), await emptyDatabase()]
  await migrateAsFarAs(old, secrets, 1)
  await ask(
    old,
    `insert into merchants (id, name, country, language, created_at)
     values ('019a0000-0000-7000-8000-000000000001', E'Dar\\tArgan\\n\\\\ "دار"', 'MA', 'fr', now())`,
  )
  const path = join(folder, 'older.backup')
  await writeBackup(path, null, takeBackup(old, about))
  await restoreBackup(fresh, await openBackup(path, null), { secrets })
  const merchants = 'select id, name, country, language, created_at from merchants'
  expect(await ask(fresh, merchants)).toEqual(await ask(old, merchants))
  const migrations = 'select count(*)::int as count from drizzle.__drizzle_migrations'
  const [[before], [after]] = [
    await ask<{ count: number }>(old, migrations),
    await ask<{ count: number }>(fresh, migrations),
  ]
  expect([before?.count, (after?.count ?? 0) > 1]).toEqual([1, true])
})

it('a backup of a newer version is refused, and one that does not fit leaves the database as it was', async () => {
  const target = await emptyDatabase()
  await migrateAsFarAs(target, secrets, 1)
  const head = async (): Promise<Frame> => {
    for await (const frame of takeBackup(target, about)) return frame
    throw new Error('There is no head.')
  }
  const first = await head()
  if (first.kind !== 'head') throw new Error('The first frame is no head.')
  const newer = async function* (): AsyncGenerator<Frame> {
    yield { ...first, value: { ...first.value, migrations: [...first.value.migrations, 'of another world'] } }
  }
  await writeBackup(join(folder, 'newer.backup'), null, newer())
  const restore = async (name: string) =>
    restoreBackup(target, await openBackup(join(folder, name), null), { secrets, replace: true })
  await expect(restore('newer.backup')).rejects.toThrow(/made by version 0\.0\.1/)
  // A row that refers to nobody: found when the references are put on again, after everything was written.
  const orphan = async function* (): AsyncGenerator<Frame> {
    const id = '019a0000-0000-7000-8000-000000000001'
    yield first
    yield { kind: 'table', value: { name: 'public.merchant_counters', columns: ['merchant_id'] } }
    yield { kind: 'rows', bytes: Buffer.from(`${id}\n`) }
    yield { kind: 'tableEnd', value: { rows: 1 } }
    yield { kind: 'end', value: { sequences: {}, tables: 1, rows: 1 } }
  }
  await ask(
    target,
    `insert into merchants (id, name, country, language, created_at)
     values ('019a0000-0000-7000-8000-000000000002', 'Noor Mode', 'MA', 'fr', now())`,
  )
  await writeBackup(join(folder, 'orphan.backup'), null, orphan())
  await expect(restore('orphan.backup')).rejects.toThrow(/foreign key/)
  expect(await ask(target, 'select name from merchants')).toEqual([{ name: 'Noor Mode' }])
})
