import { type ChildProcess, fork } from 'node:child_process'
import { openSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { BadSetting, type Config, nodeFlags, ownFolder, readConfig } from '../apps/api/src/config.ts'
import { buildWeb } from './build-web.ts'

const root = join(import.meta.dirname, '..')
const children = new Set<ChildProcess>()
let stopping = false

/** Builds, starts the sandbox and the API, prints each step and the addresses, and stops what it started on Ctrl-C. */
const start = async (): Promise<void> => {
  const began = performance.now()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))
  const config = readConfig()
  ownFolder(config.dataDir)
  say('build', (await buildWeb()) === 'fresh' ? 'the app is up to date' : 'the app is built')
  if (config.sandbox) await startSandbox(config)
  // A signal that came meanwhile has ended what there was; nothing further is begun.
  if (!stopping) await startApi(config)
  if (stopping) return
  say('ready', `after ${((performance.now() - began) / 1000).toFixed(1)} s`)
  printAddresses(config)
  if (config.sandbox) makeDemo(config)
}

const startSandbox = async (config: Config): Promise<void> => {
  const child = launch(config, 'sandbox', 'apps/sandbox/src/main.ts')
  await waitFor(child, 'ready')
  say('sandbox', 'shops, carriers and the mailbox are played here')
}

const sentences: Record<string, string> = {
  database: 'PostgreSQL is starting',
  migrate: 'tables are brought up to date',
}

const startApi = async (config: Config): Promise<void> => {
  const child = launch(config, 'api', 'apps/api/src/main.ts')
  child.on('message', (message: { step?: string }) => {
    const sentence = message.step && sentences[message.step]
    if (message.step && sentence) say(message.step, sentence)
  })
  await waitFor(child, 'ready')
}

/**
 * The demo is made beside the running parts, behind everything that a person waits for, and only the first time: the
 * sign-in page offers it once it is whole. One that cannot be made stops nothing.
 */
const makeDemo = (config: Config): void => {
  const child = run(config, 'demo', 'apps/api/scripts/seed.ts')
  if (child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW)
  child.once('exit', (code) => {
    if (stopping) return
    if (code === 0) say('demo', `ready: "Explore the demo" on ${config.appUrl}`)
    else console.error(`The demo could not be made. Its log: ${join(config.dataDir, 'demo.log')}`)
  })
}

/** Logs go to a file, so that the screen keeps the steps; refusals to start still reach it. */
const run = (config: Config, name: string, script: string): ChildProcess => {
  const log = openSync(join(config.dataDir, `${name}.log`), 'a', 0o600)
  const child = fork(join(root, script), {
    cwd: root,
    stdio: ['ignore', log, 'inherit', 'ipc'],
    // What this start compiles, the next one reads.
    env: { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'), ...process.env },
    execArgv: [...nodeFlags],
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

/** A part without which nothing works: when it ends, all end. One that refuses to start has said why. */
const launch = (config: Config, name: string, script: string): ChildProcess => {
  const child = run(config, name, script)
  let ready = false
  void waitFor(child, 'ready').then(() => {
    ready = true
  })
  child.once('exit', (code) => {
    if (stopping) return
    if (ready || code !== 1)
      console.error(`${name} stopped (${code ?? 'by a signal'}). Its log: ${join(config.dataDir, `${name}.log`)}`)
    void stop(1)
  })
  return child
}

const waitFor = (child: ChildProcess, step: string): Promise<void> =>
  new Promise((resolve) => {
    child.on('message', (message: { step?: string }) => {
      if (message.step === step) resolve()
    })
  })

/** The API finishes its requests and closes the database before the sandbox goes. */
const stop = async (code: number): Promise<void> => {
  if (stopping) return
  stopping = true
  for (const child of [...children].reverse()) {
    await new Promise<void>((resolve) => {
      if (child.exitCode !== null) return resolve()
      child.once('exit', () => resolve())
      child.kill('SIGTERM')
    })
  }
  process.exit(code)
}

const say = (step: string, sentence: string): void => console.log(`${step.padEnd(9)} ${sentence}`)

const printAddresses = ({ appUrl, sandbox, dataDir }: Config): void => {
  console.log('')
  say('app', appUrl)
  say('API', `${appUrl}/docs`)
  if (sandbox) {
    say('sandbox', sandbox.url)
    say('mailbox', `${sandbox.url}/mailbox/view`)
  }
  say('data', dataDir)
  console.log('\nCtrl-C stops everything.')
}

start().catch((error: unknown) => {
  console.error(error instanceof BadSetting ? error.message : error)
  void stop(1)
})
