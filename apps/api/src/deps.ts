import { keepOnDisk } from './adapters/kept-files/disk.ts'
import type { Config } from './config.ts'
import type { JobCtx, World } from './context.ts'
import { type Database, openDatabase } from './db/client.ts'
import { type Listener, openListener } from './db/listener.ts'
import { type RoleUrls, roleUrls } from './db/migrate.ts'
import { openSessions, type Sessions } from './db/sessions.ts'
import type { Readiness } from './http/health.ts'
import { createMetrics, type Metrics } from './http/metrics.ts'
import { queueFacts } from './jobs/facts.ts'
import { createLog, type Log } from './log.ts'
import { createPasswords } from './passwords.ts'
import { createMaps, createPorts, openTables } from './registry.ts'
import { secretsOf } from './secrets.ts'

/** The world, wired once. */
export interface Deps {
  readonly world: World
  readonly sessions: Sessions
  readonly listener: Listener
  readonly metrics: Metrics
  readonly readiness: Readiness & { running(jobs: boolean): void }
  readonly ports: JobCtx['ports']
  readonly ownerUrl: string
  close(): Promise<void>
}

export interface DepsOptions {
  readonly config: Config
  readonly ownerUrl: string
  readonly urls?: RoleUrls
  readonly log?: Log
  readonly clock?: () => Date
}

export const createDeps = async ({
  config,
  ownerUrl,
  urls,
  log = createLog(config.logLevel),
  clock = () => new Date(),
}: DepsOptions): Promise<Deps> => {
  const secrets = secretsOf(config.secretKey, config.secretKeyPrevious)
  const derived = urls ?? roleUrls(ownerUrl, secrets)
  const database: Database = openDatabase(
    { app: config.databaseAppUrl ?? derived.app, platform: config.databasePlatformUrl ?? derived.platform },
    config.poolSize,
  )
  const listener = await openListener(ownerUrl, log)
  const sessions = openSessions(database)
  listener.onState((listening) => sessions.trust(listening))
  listener.onSession((id) => sessions.drop(id))
  const files = keepOnDisk(config.filesDir)
  let jobs = false
  return {
    world: {
      config,
      database,
      secrets,
      passwords: createPasswords(),
      log,
      clock,
      files,
      maps: createMaps(config),
      tables: openTables(),
    },
    sessions,
    listener,
    metrics: createMetrics(database, () => queueFacts(ownerUrl)),
    readiness: {
      migrated: () => true,
      jobsRunning: () => config.worker === 'off' || jobs,
      running: (now) => void (jobs = now),
    },
    ports: createPorts(config),
    ownerUrl,
    close: async () => {
      await listener.close()
      await database.close()
    },
  }
}

/** The same world without a database behind it: enough to build the app and write its contract. */
export const createOfflineDeps = (config: Config): Deps => {
  const log = createLog(config.logLevel)
  const secrets = secretsOf(config.secretKey, config.secretKeyPrevious)
  const nowhere = config.databaseUrl ?? ''
  const database = openDatabase({ app: nowhere, platform: nowhere }, 2)
  const silent = () => () => undefined
  return {
    world: {
      config,
      database,
      secrets,
      passwords: createPasswords(),
      log,
      clock: () => new Date(),
      files: keepOnDisk(config.filesDir),
      maps: createMaps(config),
      tables: openTables(),
    },
    sessions: openSessions(database),
    listener: { onChange: silent, onSession: silent, onState: silent, close: async () => undefined },
    metrics: createMetrics(database, () => queueFacts(nowhere)),
    readiness: { migrated: () => false, jobsRunning: () => false, running: () => undefined },
    ports: createPorts(config),
    ownerUrl: nowhere,
    close: () => database.close(),
  }
}
