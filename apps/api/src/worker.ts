import { buildWorkerApp } from './app.ts'
import { BadSetting, type Config } from './config.ts'
import { migrate } from './db/migrate.ts'
import { createDeps } from './deps.ts'
import { handlers } from './handlers.ts'
import { listen } from './http/listen.ts'
import { startJobs } from './jobs/engine.ts'
import type { Log } from './log.ts'
import { openOwner } from './owner.ts'
import { secretsOf } from './secrets.ts'
import { type Ends, runProcess } from './stop.ts'

/** Jobs only: any number of these processes share the work. With WORKER_PORT each shows its health and its figures. */
const work = async (config: Config, log: Log, ends: Ends): Promise<void> => {
  if (!config.databaseUrl)
    throw new BadSetting('A worker of its own needs DATABASE_URL: the embedded database belongs to the API.')
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

await runProcess(work)
