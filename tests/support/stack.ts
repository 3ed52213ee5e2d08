import { type ChildProcess, fork } from 'node:child_process'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readConfig } from '@sendocki/api/config'
import { runningOwnerUrl } from '@sendocki/api/owner'
import { inject } from 'vitest'
import { freePorts } from './free-ports.ts'
import { temporaryFolder, testSecret } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of data as a first start leaves it. */
    firstStart: string
  }
}

const root = join(import.meta.dirname, '../..')

export interface Stack {
  readonly url: string
  readonly sandboxUrl: string
  readonly dataDir: string
  /** The settings with which its processes run. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly api: () => ChildProcess
  readonly worker: () => ChildProcess | undefined
  /** Kills the API at once, as a crash would. */
  kill(): Promise<void>
  /** The same for the worker of its own, which starts again at once. */
  killWorker(): Promise<void>
  /** Starts it again on the same data and ports. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export interface StackOptions {
  readonly env?: Readonly<Record<string, string>>
  /** A server of the test's own instead of the embedded one. */
  readonly databaseUrl?: string
  /** Jobs run in a process of their own; asks for `databaseUrl`. */
  readonly separateWorker?: boolean
  /** A second API on the same database, which shares the sandbox of the first. */
  readonly beside?: Stack
  /** Done to a first start of the API, whose end is waited for before it is started in earnest. */
  readonly whileStarting?: (api: ChildProcess) => Promise<void>
}

/**
 * The product as a user has it: API with its jobs and the built app, embedded database, sandbox, each a real process. Its
 * first start has been: it begins on a copy of what that leaves, unless the test is about a first start.
 */
export const startStack = async ({
  env = {},
  databaseUrl,
  separateWorker = false,
  beside,
  whileStarting,
}: StackOptions = {}): Promise<Stack> => {
  const dataDir = await temporaryFolder('sendocki-stack-')
  if (!databaseUrl && !whileStarting) await cp(inject('firstStart'), dataDir, { recursive: true })
  const [port, sandboxPort, smtpPort] = await freePorts(3)
  const environment = {
    ...process.env,
    NODE_ENV: 'production',
    PORT: String(port),
    SANDBOX: 'on',
    SANDBOX_PORT: beside?.env['SANDBOX_PORT'] ?? String(sandboxPort),
    SANDBOX_SMTP_PORT: beside?.env['SANDBOX_SMTP_PORT'] ?? String(smtpPort),
    DATA_DIR: dataDir,
    APP_URL: `http://localhost:${port}`,
    LOG_LEVEL: 'warn',
    // Those who never give up ask more often than any person: the limit is not what they are about.
    REQUESTS_PER_MINUTE: '1000000',
    ...env,
    ...(databaseUrl ? { SECRET_KEY: testSecret, WORKER: separateWorker ? 'off' : 'inline' } : {}),
    DATABASE_URL: databaseUrl,
  }
  const begin = (script: string): ChildProcess =>
    fork(join(root, script), { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] })
  const launch = (script: string): Promise<ChildProcess> => {
    const child = begin(script)
    let said = ''
    const hear = (chunk: Buffer) => {
      said = (said + String(chunk)).slice(-8_000)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    return new Promise((resolve, reject) => {
      child.on('message', (message: { step?: string }) => {
        if (message.step === 'ready') resolve(child)
      })
      child.once('exit', (code) => reject(new Error(`${script} stopped (${code})\n${said}`)))
    })
  }
  const launchApi = async () => {
    if (whileStarting) {
      const first = begin('apps/api/src/main.ts')
      await whileStarting(first)
      await ended(first, 'SIGKILL')
    }
    return launch('apps/api/src/main.ts')
  }
  const launchWorker = async () => (separateWorker ? launch('apps/api/src/worker.ts') : undefined)
  const started = await Promise.all([beside ? undefined : launch('apps/sandbox/src/main.ts'), launchApi()])
  const [sandbox] = started
  let [, api] = started
  let worker = await launchWorker()
  return {
    url: `http://localhost:${port}`,
    sandboxUrl: beside?.sandboxUrl ?? `http://127.0.0.1:${sandboxPort}`,
    dataDir,
    env: environment,
    api: () => api,
    worker: () => worker,
    killWorker: async () => {
      if (worker) await ended(worker, 'SIGKILL')
      worker = await launchWorker()
    },
    kill: () => ended(api, 'SIGKILL'),
    restart: async () => {
      api = await launch('apps/api/src/main.ts')
    },
    stop: async () => {
      await ended(api, 'SIGTERM')
      if (worker) await ended(worker, 'SIGTERM')
      if (sandbox) await ended(sandbox, 'SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The owner's address of the embedded server that a stack has started. */
export const runningServerOf = async ({ dataDir }: Stack): Promise<string> =>
  (await runningOwnerUrl(readConfig({ DATA_DIR: dataDir }))) ?? ''

const ended = (child: ChildProcess, signal: NodeJS.Signals): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill(signal)
  })

/** Asks until the answer satisfies, or says what it last was. Waiting on a condition, never on the clock alone. */
export const eventually = async <T>(
  ask: () => Promise<T>,
  satisfied: (value: T) => boolean,
  what: string,
  secondsMax = 20,
): Promise<T> => {
  const deadline = performance.now() + secondsMax * 1000
  for (;;) {
    const value = await ask()
    if (satisfied(value)) return value
    if (performance.now() > deadline)
      throw new Error(`${what} did not happen within ${secondsMax} s: ${JSON.stringify(value)?.slice(0, 1_000)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
