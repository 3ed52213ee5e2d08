import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { startApi } from '../support/app.ts'
import { openScreen } from '../support/screen.ts'
import { eventually } from '../support/stack.ts'

const api = await startApi({ checkAnswers: false })
const url = await api.app.listen({ host: '127.0.0.1', port: 0 })
const token = api.tokenOf(api.merchant, 'owner')

interface Heard {
  readonly status: number
  readonly body: string
  readonly seconds: number
  readonly sentBytes: number
}

/** Says these bytes on a bare connection, and `more` again and again, until the other side ends it. */
const say = (head: string, more?: { text: string; everyMillis: number }): Promise<Heard> =>
  new Promise((resolve) => {
    const started = performance.now()
    let talk: NodeJS.Timeout | undefined
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      socket.write(head)
      if (more) talk = setInterval(() => socket.writable && socket.write(more.text), more.everyMillis)
    })
    let heard = ''
    socket.on('data', (chunk) => {
      heard += chunk.toString()
    })
    // A server that refuses to read on may end the connection while we still write.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearInterval(talk)
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1] ?? 0),
        body: heard.slice(heard.indexOf('\r\n\r\n') + 4),
        seconds: (performance.now() - started) / 1000,
        sentBytes: socket.bytesWritten,
      })
    })
  })

const post = (headers: readonly string[], body = '') =>
  ['POST /api/v1/orders HTTP/1.1', 'host: localhost', `authorization: Bearer ${token}`, ...headers, '', body].join(
    '\r\n',
  )
const typed = 'content-type: application/json'
const expectProblem = ({ status, body }: Heard, code: string, expected: number) => {
  expect(status).toBe(expected)
  expect(JSON.parse(body)).toMatchObject({ status: expected, code, requestId: expect.any(String) })
}

it('refuses a body that says it is larger than a mebibyte before it has come', async () => {
  const heard = await say(post([typed, 'content-length: 1048577'], '{"note":"'))
  expectProblem(heard, 'request.too_large', 413)
  expect(heard.seconds).toBeLessThan(1)
})

it('reads no more than a mebibyte of a body that never ends', async () => {
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
  const heard = await say(post([typed, 'transfer-encoding: chunked'], '9\r\n{"note":"\r\n'), {
    text: chunk,
    everyMillis: 1,
  })
  expect(heard.status).toBe(413)
  expect(heard.sentBytes).toBeLessThan(8 * 1_048_576)
})

it.each([
  ['a length and chunks', ['content-length: 4', 'transfer-encoding: chunked']],
  ['two lengths', ['content-length: 4', 'content-length: 5']],
  ['a length that is none', ['content-length: 4x']],
  ['a negative length', ['content-length: -4']],
  ['an encoding after the chunks', ['transfer-encoding: chunked, identity']],
  ['a space before the colon', ['content-length : 4']],
  ['a header folded over lines', ['x-note: a\r\n b']],
] as const)('reads no request with %s, and ends the connection', async (_what, headers) => {
  expectProblem(await say(post([typed, ...headers], '{"a"')), 'request.invalid', 400)
})

it('reads no chunks that are rubbish', async () => {
  const heard = await say(post([typed, 'transfer-encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n'))
  expect(heard.status).toBe(400)
})

it('refuses headers that are too long', async () => {
  expectProblem(await say(post([`x-note: ${'x'.repeat(17_000)}`])), 'request.header_too_large', 431)
})

it('cuts those who send their headers byte by byte, and serves the others meanwhile', async () => {
  const crowd = Array.from({ length: 50 }, () =>
    say('GET /health/live HTTP/1.1\r\nhost: localhost\r\nx-slow: ', { text: 'x', everyMillis: 500 }),
  )
  const started = performance.now()
  expect((await fetch(`${url}/health/ready`)).status).toBe(200)
  expect(performance.now() - started).toBeLessThan(1_000)
  for (const heard of await Promise.all(crowd)) {
    expectProblem(heard, 'request.too_slow', 408)
    expect(heard.seconds).toBeLessThan(15)
  }
})

it('lets nobody take longer than 65 seconds over a request', () => {
  const { requestTimeout, timeout } = api.app.server
  expect([requestTimeout <= 60_000, timeout <= 65_000]).toEqual([true, true])
})

it('lets a flood of false sign-ins wait and be refused, and serves the others meanwhile', async () => {
  const flood = Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      fetch(`${url}/api/v1/auth/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: `personne${index % 5}@dar-argan.example`, password: 'pas le bon mot' }),
      }),
    ),
  )
  const honest: number[] = []
  for (let asked = 0; asked < 20; asked += 1) {
    const started = performance.now()
    const answer = await fetch(`${url}/api/v1/pipeline`, { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(200)
    honest.push(performance.now() - started)
  }
  const answers = await flood
  const refused = answers.filter(({ status }) => status === 429)
  expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true)
  expect(refused.length).toBeGreaterThan(100)
  for (const { headers } of refused) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  // Passwords are hashed on threads of their own and few at once: nobody else waits for them.
  expect(honest.toSorted((a, b) => a - b)[18]).toBeLessThan(1_000)
})

it('gives a member ten streams, the eleventh is refused, and a closed one makes room', async () => {
  const screens = await Promise.all(Array.from({ length: 10 }, () => openScreen(url, token)))
  expect(screens.map(({ status }) => status)).toEqual(screens.map(() => 200))
  const eleventh = await fetch(`${url}/api/v1/stream`, { headers: { authorization: `Bearer ${token}` } })
  expect(eleventh.status).toBe(429)
  expect(((await eleventh.json()) as { code: string }).code).toBe('request.too_many')
  const other = await openScreen(url, api.tokenOf(api.merchant, 'manager'))
  expect(other.status).toBe(200)
  screens[0]?.close()
  const again = await eventually(
    () => openScreen(url, token),
    ({ status }) => status === 200,
    'room for another stream',
  )
  for (const screen of [...screens, other, again]) screen.close()
})

it('ends the stream of a key when the key is revoked, and when its maker loses the access', async () => {
  const { keys, people } = api.rival
  const [revoked, paused] = await Promise.all([openScreen(url, keys.viewer.key), openScreen(url, keys.manager.key)])
  expect([revoked.status, paused.status]).toEqual([200, 200])
  await api.asRival('manager').delete(`/api-keys/${keys.viewer.id}`)
  await revoked.gone()
  const { database } = api.deps.world
  await database.platform(async (tx) => {
    await tx.db.execute(`update members set disabled_at = now() where id = '${people.owner.memberId}'`)
    tx.outbox.dropped.push(people.owner.memberId)
  })
  await paused.gone()
  expect((await openScreen(url, keys.manager.key)).status).toBe(401)
})
