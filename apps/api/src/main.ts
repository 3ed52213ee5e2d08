import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import { migrate } from './db/migrate.ts'
import { createDeps } from './deps.ts'
import { handlers } from './handlers.ts'
import { listen } from './http/listen.ts'
import { startJobs } from './jobs/engine.ts'
import type { Log } from './log.ts'
import { openOwner } from './owner.ts'
import { secretsOf } from './secrets.ts'
import { type Ends, runProcess } from './stop.ts'

/** HTTP and, on one machine, the jobs too. Tells its parent each step, so that a start shows what it waits for. */
const serve = async (config: Config, log: Log, ends: Ends): Promise<void> => {
  const tell = (step: string) => {
    if (process.connected) process.send?.({ step })
  }
  tell('database')
  const owner = await openOwner(config)
  ends.push(() => owner.stop())
  tell('migrate')
  const urls = await migrate(owner.url, secretsOf(config.secretKey, config.secretKeyPrevious))
  const deps = await createDeps({ config, ownerUrl: owner.url, urls, log })
  ends.push(() => deps.close())
  const { world, ports, metrics } = deps
  const app = await buildApp(deps)
  await listen(app, config.host, config.port, 'PORT')
  const jobs =
    config.worker === 'inline'
      ? await startJobs({
          world,
          ports,
          handlers,
          ownerUrl: owner.url,
          observe: metrics.job,
          alone: !config.databaseUrl,
        })
      : undefined
  ends.push(async () => jobs?.stop())
  ends.push(async () => {
    deps.readiness.running(false)
    await app.close()
  })
  deps.readiness.running(jobs !== undefined)
  log.info({ port: config.port }, 'ready')
  tell('ready')
}

await runProcess(serve)
