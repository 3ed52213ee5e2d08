import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { freePorts } from '../support/free-ports.ts'
import { temporaryFolder } from '../support/postgres.ts'
import { eventually } from '../support/stack.ts'

const root = join(import.meta.dirname, '../..')

interface Place {
  readonly dataDir: string
  readonly url: string
  readonly env: NodeJS.ProcessEnv
}

/** A folder of data and ports that nobody else has; whatever still runs on it when the test is over is ended. */
const newPlace = async (settings: NodeJS.ProcessEnv = {}): Promise<Place> => {
  const place = await emptyPlace(settings)
  await cp(inject('firstStart'), place.dataDir, { recursive: true })
  return place
}

/** The same before its first start. */
const emptyPlace = async (settings: NodeJS.ProcessEnv = {}): Promise<Place> => {
  const dataDir = await temporaryFolder('sendocki-start-')
  const [port, sandboxPort, smtpPort] = await freePorts(3)
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...{ DATA_DIR: dataDir, PORT: String(port), APP_URL: `http://127.0.0.1:${port}` },
    ...{ SANDBOX_PORT: String(sandboxPort), SANDBOX_SMTP_PORT: String(smtpPort), LOG_LEVEL: 'warn' },
  }
  for (const name of ['DATABASE_URL', 'SANDBOX', 'SMTP_URL', 'NODE_ENV']) delete env[name]
  Object.assign(env, settings)
  onTestFinished(async () => {
    for (const pid of processesOn(dataDir)) process.kill(pid, 'SIGKILL')
    await eventually(
      async () => processesOn(dataDir),
      (left) => left.length === 0,
      'the end',
    )
    rmSync(dataDir, { recursive: true })
  })
  return { dataDir, url: `http://127.0.0.1:${port}`, env }
}

/** Every process that was started for this folder, whoever its parent is by now. */
const processesOn = (dataDir: string): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && environmentOf(pid).includes(`DATA_DIR=${dataDir}\0`))

/** What a file says at this moment; nothing when it is not there. */
const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const environmentOf = (pid: number): string => textOf(`/proc/${pid}/environ`)

interface Run {
  readonly child: ChildProcess
  /** All that it has printed. */
  said(): string
  ended(): Promise<number | null>
}

const run = (script: string, { env }: Pick<Place, 'env'>): Run => {
  const child = fork(join(root, script), { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += String(chunk)))
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { child, said: () => said, ended: () => exit }
}

const start = (place: Place): Run => run('scripts/start.ts', place)

const saying = (one: Run, words: string): Promise<string> =>
  eventually(
    async () => one.said(),
    (said) => said.includes(words),
    `"${words}"`,
    120,
  )

const gone = ({ dataDir }: Place): Promise<number[]> =>
  eventually(
    async () => processesOn(dataDir),
    (left) => left.length === 0,
    'the end of all processes',
    25,
  )

const isReady = async ({ url }: Place): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  )

const postmasterOf = ({ dataDir }: Place): number =>
  Number(textOf(join(dataDir, 'postgres', 'postmaster.pid')).split('\n')[0])

describe.skipIf(!existsSync('/proc/self/environ'))('npm start', { timeout: 900_000 }, () => {
  it('ends everything it started on Ctrl-C, whether it was ready or still starting', async () => {
    const place = await emptyPlace()
    for (const words of ['ready', 'sandbox', 'database', 'migrate']) {
      const one = start(place)
      await saying(one, `\n${words}`)
      one.child.kill('SIGINT')
      expect(await one.ended()).toBe(0)
      await gone(place)
    }
  })

  it('starts again after any of its processes was killed, and leaves none of them behind', async () => {
    const place = await newPlace()
    const victims = [
      (one: Run) => one.child.pid,
      () => processesOn(place.dataDir).find((pid) => commandOf(pid).includes('apps/api/src/main.ts')),
      () => processesOn(place.dataDir).find((pid) => commandOf(pid).includes('apps/sandbox/src/main.ts')),
    ]
    for (const victim of victims) {
      const one = start(place)
      await saying(one, '\nready')
      process.kill(victim(one) ?? 0, 'SIGKILL')
      await one.ended()
      const again = start(place)
      await saying(again, '\nready')
      expect(await isReady(place)).toBe(true)
      again.child.kill('SIGTERM')
      await again.ended()
      await gone(place)
    }
  })

  it('has its database back after the server was killed, without a start', async () => {
    const place = await newPlace()
    const one = start(place)
    await saying(one, '\nready')
    const killed = postmasterOf(place)
    process.kill(killed, 'SIGKILL')
    await eventually(
      async () => processesOn(place.dataDir).includes(killed),
      (there) => !there,
      'its death',
    )
    // The killed server's last processes may answer once more before they notice.
    await eventually(async () => (await isReady(place)) && postmasterOf(place) !== killed, Boolean, 'the recovery', 15)
    one.child.kill('SIGTERM')
    await one.ended()
    await gone(place)
  })

  it('says in one sentence that a port is taken, and stops', async () => {
    const place = await newPlace()
    for (const name of ['PORT', 'SANDBOX_PORT'] as const) {
      const other = createServer().listen(Number(place.env[name]), '127.0.0.1')
      const one = start(place)
      expect(await one.ended()).toBe(1)
      const sentences = one
        .said()
        .split('\n')
        .filter((line) => /\bport\b/i.test(line))
      expect(sentences).toEqual([expect.stringMatching(new RegExp(`port ${place.env[name]} .*taken.*${name}`, 'i'))])
      expect(one.said()).not.toMatch(/^ +at /m)
      await new Promise((resolve) => other.close(resolve))
      await gone(place)
    }
  })

  it('leaves the database of another start alone, and so does a migration', async () => {
    // Without the sandbox no demo is made meanwhile, whose one long transaction a migration would wait for.
    const place = await newPlace({ SANDBOX: 'off', SMTP_URL: 'smtp://127.0.0.1:9' })
    const first = start(place)
    await saying(first, '\nready')
    const [port, sandboxPort, smtpPort] = (await freePorts(3)).map(String)
    const elsewhere = { ...place.env, PORT: port, SANDBOX_PORT: sandboxPort, SANDBOX_SMTP_PORT: smtpPort }
    const second = run('scripts/start.ts', { env: elsewhere })
    expect(await second.ended()).toBe(1)
    expect(second.said()).toMatch(/The database in .* is in use by process \d+: stop that one first\.\n/)
    const migration = run('apps/api/scripts/migrate.ts', place)
    expect(await migration.ended()).toBe(0)
    expect(migration.said()).toBe('The database is up to date.\n')
    expect(await isReady(place)).toBe(true)
    first.child.kill('SIGTERM')
    await first.ended()
    const alone = run('apps/api/scripts/migrate.ts', place)
    expect(await alone.ended()).toBe(0)
    expect(alone.said()).toBe('The database is up to date.\n')
    await gone(place)
  })

  it.each([
    ['SMTP_URL', { SANDBOX: 'off' }],
    [
      'DATABASE_URL',
      { DATABASE_URL: 'postgres://nobody:x@127.0.0.1:1/none', SECRET_KEY: 'k'.repeat(40), SANDBOX: 'on' },
    ],
    ['SECRET_KEY', { DATABASE_URL: 'postgres://nobody:x@127.0.0.1:1/none', SANDBOX: 'on' }],
    ['HOST', { HOST: '203.0.113.7' }],
  ])('stops with one sentence that names %s', async (name, settings) => {
    const place = await newPlace()
    const one = run('scripts/start.ts', { env: { ...place.env, ...settings } })
    expect(await one.ended()).toBe(1)
    const sentences = one
      .said()
      .split('\n')
      .filter((line) => line.startsWith(name))
    expect(sentences).toEqual([expect.stringMatching(/.+\.$/)])
    expect(one.said()).not.toMatch(/^ +at /m)
    await gone(place)
  })
})

const commandOf = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8')
