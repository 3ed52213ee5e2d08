import { createHash } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { BadSetting, type Config } from './config.ts'
import { type EmbeddedServer, runningEmbedded, startEmbedded } from './db/embedded.ts'

/** The owner's connection: the given server, or the embedded one started here. */
export const openOwner = async (config: Config): Promise<EmbeddedServer> => {
  if (config.databaseUrl) {
    await refuseUnreachable(config.databaseUrl)
    return { url: config.databaseUrl, stop: async () => undefined }
  }
  return startEmbedded(embeddedOf(config))
}

/** The owner's connection without starting anything: null when the embedded server does not run. */
export const runningOwnerUrl = async (config: Config): Promise<string | null> =>
  config.databaseUrl ?? (await runningEmbedded(embeddedOf(config)))

/** What stands in the way of the given server, in one sentence. */
const refuseUnreachable = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
  } catch (error) {
    const { code = '', message } = error as Error & { code?: string }
    throw new BadSetting(
      `DATABASE_URL: ${connectionFaults[code] ?? `the server could not be reached (${message || code}).`}`,
    )
  } finally {
    await client.end()
  }
}

const connectionFaults: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'no server answers at this address.',
  ENOTFOUND: 'no server has this name.',
  '28P01': 'the server refuses this user or password.',
  '28000': 'the server refuses this user.',
  '3D000': 'the server has no database of this name.',
}

const embeddedOf = (config: Config) => ({
  directory: join(config.dataDir, 'postgres'),
  password: createHash('sha256').update(`owner:${config.secretKey}`).digest('base64url'),
})
