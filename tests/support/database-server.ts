import { readFile, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { startEmbedded } from '@sendocki/api/db/embedded'
import { freePort } from '@sendocki/api/db/free-port'
import pg from 'pg'
import { temporaryFolder } from './postgres.ts'

/** A PostgreSQL of a test's own, as durable as in the product, that can be killed and started again. */
export interface DatabaseServer {
  readonly url: string
  /** Kills the server's first process at once; its children follow. */
  kill(): Promise<void>
  /** Kills one process that serves a connection, which makes the server begin anew. */
  killBackend(): Promise<void>
  start(): Promise<void>
  /** As an administrator restarts it: what is under way is broken off. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export const startDatabaseServer = async (): Promise<DatabaseServer> => {
  const root = await temporaryFolder('sendocki-database-')
  const directory = join(root, 'postgres')
  const port = await freePort()
  const options = { directory, password: 'test', recovers: false, ...(port ? { port } : {}) }
  let server = await startEmbedded(options)
  const start = async () => {
    server = await startEmbedded(options)
  }
  return {
    url: server.url,
    kill: async () => {
      const [pid] = (await readFile(join(directory, 'postmaster.pid'), 'utf8')).split('\n')
      process.kill(Number(pid), 'SIGKILL')
    },
    killBackend: async () => {
      const client = new pg.Client({ connectionString: server.url })
      client.on('error', () => undefined)
      await client.connect()
      const { rows } = await client.query<{ pid: number }>(
        "select pid from pg_stat_activity where usename = 'sendocki_app' order by query_start desc limit 1",
      )
      process.kill(rows[0]?.pid ?? 0, 'SIGKILL')
      await client.end().catch(() => undefined)
    },
    start,
    restart: async () => {
      await server.stop()
      await start()
    },
    stop: async () => {
      await server.stop()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** A wire to a database server that can go dead without a word, or be cut when a statement passes. */
export interface Wire {
  readonly url: string
  /** From now on nothing passes on any connection of now, nor on new ones until `speak`. */
  silence(): void
  /** New connections work again; those that fell silent stay so, as after a router forgot them. */
  speak(): void
  /** Everything takes so many milliseconds longer there and back, as from another country. */
  farAway(milliseconds: number): void
  /** Cuts a connection after it has passed such a text on and before the answer comes back, so many times. */
  cutAfter(text: string, times: number): void
  readonly cuts: () => number
  close(): Promise<void>
}

export const openWire = async (databaseUrl: string): Promise<Wire> => {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  const pairs = new Set<{ dead: boolean }>()
  let silent = false
  let delay = 0
  let sought: string | null = null
  let left = 0
  let cuts = 0
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => sockets.delete(socket))
    }
    near.on('close', () => far.end())
    far.on('close', () => near.destroy())
    const pair = { dead: silent }
    pairs.add(pair)
    near.on('close', () => pairs.delete(pair))
    const pass = (from: Socket, to: Socket) =>
      from.on('data', (chunk: Buffer) => {
        if (pair.dead) return
        if (delay === 0) to.write(chunk)
        else setTimeout(() => to.write(chunk), delay / 2)
        if (from !== near || left === 0 || sought === null || !chunk.includes(sought)) return
        left -= 1
        cuts += 1
        // The server has the whole text; its answer finds nobody.
        near.destroy()
      })
    pass(near, far)
    pass(far, near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const through = new URL(databaseUrl)
  through.port = String((server.address() as { port: number }).port)
  return {
    url: through.toString(),
    silence: () => {
      silent = true
      for (const pair of pairs) pair.dead = true
    },
    speak: () => void (silent = false),
    farAway: (milliseconds) => {
      delay = milliseconds
    },
    cutAfter: (text, times) => {
      sought = text
      left = times
    },
    cuts: () => cuts,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
