import { once } from 'node:events'
import { connect } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { orderBody } from '../support/endurance.ts'
import { openScreen } from '../support/screen.ts'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { eventually, runningServerOf, type Stack, startStack } from '../support/stack.ts'

let stack: Stack
let keeper: Shopkeeper
beforeAll(async () => {
  stack = await startStack()
  keeper = await signUp(stack.url, stack.sandboxUrl)
})
afterAll(() => stack.stop())

it('runs its own database with every promise of durability on', async () => {
  const client = new pg.Client({ connectionString: await runningServerOf(stack) })
  await client.connect()
  const settings = []
  for (const name of ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums'])
    settings.push(...(await client.query(`show ${name}`)).rows)
  await client.end()
  expect(settings).toEqual([
    { fsync: 'on' },
    { full_page_writes: 'on' },
    { synchronous_commit: 'on' },
    { data_checksums: 'on' },
  ])
})

/** A request whose head the server has read and which waits for the rest. */
const halfSent = async (index: number) => {
  const body = JSON.stringify(orderBody(index))
  const socket = connect(Number(new URL(stack.url).port), '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk) => {
    heard += chunk.toString()
  })
  const head = [
    'POST /api/v1/orders HTTP/1.1',
    'host: localhost',
    `authorization: Bearer ${keeper.token()}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'expect: 100-continue',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  await once(socket, 'data')
  return {
    finish: async (): Promise<string> => {
      socket.write(body)
      await once(socket, 'close')
      return heard
    },
  }
}

it('finishes what is under way when it is asked to stop, accepts nothing new, and leaves within 20 s', async () => {
  const screen = await openScreen(stack.url, keeper.token())
  const requests = await Promise.all(Array.from({ length: 20 }, (_, index) => halfSent(index)))
  // A browser opens connections in advance, over which nothing may ever be said.
  const silent = connect(Number(new URL(stack.url).port), '127.0.0.1')
  await once(silent, 'connect')
  const started = performance.now()
  const left = once(stack.api(), 'exit')
  stack.api().kill('SIGTERM')
  // The stream is closed as the first thing: from then on the process is leaving, and its port goes next.
  await screen.gone()
  await eventually(
    () =>
      fetch(`${stack.url}/health/live`).then(
        () => 'answered',
        () => 'closed',
      ),
    (port) => port === 'closed',
    'the end of the port',
    5,
  )
  for (const heard of await Promise.all(requests.map(({ finish }) => finish()))) expect(heard).toContain('HTTP/1.1 201')
  const [code] = await left
  expect([code, performance.now() - started < 20_000]).toEqual([0, true])
  silent.destroy()
  await stack.restart()
  expect((await keeper.get('/orders?limit=200')).body.items).toHaveLength(20)
})
