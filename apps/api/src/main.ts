import { buildApp } from './app.ts'
import { BadSetting, type Config, readConfig } from './config.ts'
import type { EmbeddedServer } from './db/embedded.ts'
import { migrate } from './db/migrate.ts'
import { createDeps } from './deps.ts'
import { handlers } from './handlers.ts'
import { startJobs } from './jobs/engine.ts'
import { openOwner } from './owner.ts'
import { secretsOf } from './secrets.ts'
import { stopOnSignal } from './stop.ts'

/** HTTP and, on one machine, the jobs too. Tells its parent each step, so that a start shows what it waits for. */
const start = async (): Promise<void> => {
  const config = readConfig()
  const tell = (step: string) => process.send?.({ step })
  tell('database')
  const owner = await openOwner(config)
  try {
    await serve(config, owner, tell)
  } catch (error) {
    // A start that fails leaves no server behind.
    await owner.stop()
    throw error
  }
}

const serve = async (config: Config, owner: EmbeddedServer, tell: (step: string) => void): Promise<void> => {
  tell('migrate')
  const urls = await migrate(owner.url, secretsOf(config.secretKey, config.secretKeyPrevious))
  const deps = await createDeps({ config, ownerUrl: owner.url, urls })
  const { world, ports, metrics } = deps
  const app = await buildApp(deps)
  await app.listen({ host: config.host, port: config.port })
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
  deps.readiness.running(jobs !== undefined)
  stopOnSignal(world.log, async () => {
    deps.readiness.running(false)
    await app.close()
    await jobs?.stop()
    await deps.close()
    await owner.stop()
  })
  world.log.info({ port: config.port }, 'ready')
  tell('ready')
}

start().catch((error: unknown) => {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  const sentence = taken
    ? `Port ${process.env.PORT ?? 3000} is taken: stop what listens there, or set PORT to another one.`
    : error instanceof BadSetting
      ? error.message
      : undefined
  console.error(sentence ?? error)
  process.exit(1)
})
