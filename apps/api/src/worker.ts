import { BadSetting, readConfig } from './config.ts'
import { migrate } from './db/migrate.ts'
import { createDeps } from './deps.ts'
import { handlers } from './handlers.ts'
import { startJobs } from './jobs/engine.ts'
import { openOwner } from './owner.ts'
import { secretsOf } from './secrets.ts'
import { stopOnSignal } from './stop.ts'

/** Jobs only: any number of these processes share the work. */
const start = async (): Promise<void> => {
  const config = readConfig()
  if (!config.databaseUrl)
    throw new BadSetting('A worker of its own needs DATABASE_URL: the embedded database belongs to the API.')
  const owner = await openOwner(config)
  const urls = await migrate(owner.url, secretsOf(config.secretKey, config.secretKeyPrevious))
  const deps = await createDeps({ config, ownerUrl: owner.url, urls })
  const { world, ports, metrics } = deps
  const jobs = await startJobs({ world, ports, handlers, ownerUrl: owner.url, observe: metrics.job })
  stopOnSignal(world.log, async () => {
    await jobs.stop()
    await deps.close()
  })
  world.log.info('worker ready')
  process.send?.({ step: 'ready' })
}

start().catch((error: unknown) => {
  console.error(error instanceof BadSetting ? error.message : error)
  process.exit(1)
})
