import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '@sendocki/api/db/embedded'
import { migrate, migrationsHash } from '@sendocki/api/db/migrate'
import { secretsOf } from '@sendocki/api/secrets'
import pg from 'pg'
import { foundMerchants } from './founding.ts'

export const testSecret = 'a-secret-for-tests-only-0123456789-abcdefghij'

export interface TestServer {
  /** The owner's address of the template database, which clones are made of. */
  readonly url: string
  readonly template: string
  stop(): Promise<void>
}

/** One server a run: the real PostgreSQL with durability off, its data in memory where there is a memory-backed folder. */
export const startTestServer = async (): Promise<TestServer> => {
  const root = await temporaryFolder('sendocki-test-')
  const server = await startEmbedded({
    directory: join(root, 'postgres'),
    password: 'test',
    settings: [
      'fsync=off',
      'synchronous_commit=off',
      'full_page_writes=off',
      'max_wal_size=2GB',
      'shared_buffers=128MB',
      'autovacuum=off',
      'max_connections=300',
    ],
  })
  const template = `template_${await migrationsHash()}`
  await onServer(server.url, (client) => client.query(`create database ${template}`))
  const url = withDatabase(server.url, template)
  const secrets = secretsOf(testSecret, null)
  const urls = await migrate(url, secrets)
  await foundMerchants(urls)
  // A connection to the template would refuse its cloning.
  await onServer(server.url, (client) => client.query(`alter database ${template} with allow_connections false`))
  return {
    url: server.url,
    template,
    stop: async () => {
      await server.stop()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** A database of one's own, cloned from the template in milliseconds. */
export const cloneDatabase = async (
  serverUrl: string,
  template: string,
): Promise<{ url: string; drop(): Promise<void> }> => {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await onServer(serverUrl, (client) => client.query(`create database ${name} template ${template} strategy file_copy`))
  return {
    url: withDatabase(serverUrl, name),
    drop: () =>
      onServer(serverUrl, (client) => client.query(`drop database ${name} with (force)`)).then(() => undefined),
  }
}

const onServer = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

export const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.toString()
}

/** A folder for the data of a test, in memory where there is room: what a killed process wrote is as safe there as on a disk. */
export const temporaryFolder = async (prefix: string): Promise<string> =>
  mkdtemp(join((await hasMemoryFolder()) ? '/dev/shm' : tmpdir(), prefix))

const hasMemoryFolder = (): Promise<boolean> =>
  statfs('/dev/shm').then(
    ({ bavail, bsize }) => bavail * bsize > 4_000_000_000,
    () => false,
  )
