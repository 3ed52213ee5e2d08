import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { type EmbeddedServer, runningEmbedded, startEmbedded } from './db/embedded.ts'

/** The owner's connection: the given server, or the embedded one started here. */
export const openOwner = async (config: Config): Promise<EmbeddedServer> => {
  if (config.databaseUrl) return { url: config.databaseUrl, stop: async () => undefined }
  return startEmbedded(embeddedOf(config))
}

/** The owner's connection without starting anything: null when the embedded server does not run. */
export const runningOwnerUrl = async (config: Config): Promise<string | null> =>
  config.databaseUrl ?? (await runningEmbedded(embeddedOf(config)))

const embeddedOf = (config: Config) => ({
  directory: join(config.dataDir, 'postgres'),
  password: createHash('sha256').update(`owner:${config.secretKey}`).digest('base64url'),
})
