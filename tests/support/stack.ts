import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

export interface Stack {
  readonly url: string
  readonly sandboxUrl: string
  readonly dataDir: string
  /** The settings of its processes. */
  readonly env: Readonly<NodeJS.ProcessEnv>
  readonly api: () => ChildProcess
  /** Kills the API at once, as a crash would. */
  kill(): Promise<void>
  /** Starts it again on the same data and ports. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export interface StackOptions {
  readonly env?: Readonly<Record<string, string>>
}

/** The product as a user has it: API with its jobs and the built app, embedded database, sandbox, each a real process. */
export const startStack = async ({ env = {} }: StackOptions = {}): Promise<Stack> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sendocki-stack-'))
  const [port, sandboxPort, smtpPort] = await freePorts(3)
  const environment = {
    ...process.env,
    NODE_ENV: 'production',
    PORT: String(port),
    SANDBOX: 'on',
    SANDBOX_PORT: String(sandboxPort),
    SANDBOX_SMTP_PORT: String(smtpPort),
    DATA_DIR: dataDir,
    APP_URL: `http://localhost:${port}`,
    LOG_LEVEL: 'warn',
    ...env,
  }
  delete (environment as Record<string, unknown>).DATABASE_URL
  const launch = (script: string): Promise<ChildProcess> => {
    const child = fork(join(root, script), {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
    })
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
  const sandbox = await launch('apps/sandbox/src/main.ts')
  let api = await launch('apps/api/src/main.ts')
  return {
    url: `http://localhost:${port}`,
    sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
    dataDir,
    env: environment,
    api: () => api,
    kill: () => ended(api, 'SIGKILL'),
    restart: async () => {
      api = await launch('apps/api/src/main.ts')
    },
    stop: async () => {
      await ended(api, 'SIGTERM')
      await ended(sandbox, 'SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

const ended = (child: ChildProcess, signal: NodeJS.Signals): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill(signal)
  })

/** Ports that were free an instant ago, all different. */
export const freePorts = async (count: number): Promise<number[]> => {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer().listen(0, '127.0.0.1', () => resolve(server))
        }),
    ),
  )
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

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
