import { buildWorkerApp } from './app.ts'
import { BadSetting, type Config, readConfig } from './config.ts'
import { migrate } from './db/migrate.ts'
import { createDeps } from './deps.ts'
import { handlers } from './handlers.ts'
import { listen } from './http/listen.ts'
import { startJobs } from './jobs/engine.ts'
import { createLog, type Log } from './log.ts'
import { openOwner } from './owner.ts'
import { secretsOf } from './secrets.ts'
import { type Ends, endAll, stopOnSignal } from './stop.ts'

/** Jobs only: any number of these processes share the work. With WORKER_PORT each shows its health and its figures. */
const start = async (): Promise<void> => {
  const config = readConfig()
  if (!config.databaseUrl)
    throw new BadSetting('A worker of its own needs DATABASE_URL: the embedded database belongs to the API.')
  const log = createLog(config.logLevel)
  const ends: Ends = []
  const starting = work(config, log, ends)
  stopOnSignal(log, starting, ends)
  try {
    await starting
  } catch (error) {
    await endAll(ends)
    throw error
  }
}

const work = async (config: Config, log: Log, ends: Ends): Promise<void> => {
  const owner = await openOwner(config)
  const urls = await migrate(owner.url, secretsOf(config.secretKey, config.secretKeyPrevious))
  const deps = await createDeps({ config: { ...config, worker: 'inline' }, ownerUrl: owner.url, urls, log })
  ends.push(() => deps.close())
  const { world, ports, metrics } = deps
  if (config.workerPort !== null) {
    const app = await buildWorkerApp(deps)
    await listen(app, config.host, config.workerPort, 'WORKER_PORT')
    ends.push(() => app.close())
  }
  const jobs = await startJobs({ world, ports, handlers, ownerUrl: owner.url, observe: metrics.job })
  ends.push(() => jobs.stop())
  deps.readiness.running(true)
  ends.push(async () => deps.readiness.running(false))
  log.info('worker ready')
  process.send?.({ step: 'ready' })
}

start().catch((error: unknown) => {
  console.error(error instanceof BadSetting ? error.message : error)
  process.exit(1)
})
