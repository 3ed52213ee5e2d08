import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Receiver {
  readonly url: string
  readonly received: Received[]
  /** Statuses of the next answers; 200 once they are used up. */
  readonly answers: number[]
}

/** Someone who waits for webhooks, for the length of one test. */
export const startReceiver = async (): Promise<Receiver> => {
  const received: Received[] = []
  const answers: number[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    received.push({
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(parts).toString('utf8'),
    })
    const status = answers.shift() ?? 200
    response.writeHead(status, status >= 300 && status < 400 ? { location: '/elsewhere' } : {}).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received, answers }
}

/** Waits until a fact is true, or fails after ten seconds. */
export const until = async <T>(fact: () => T | Promise<T>): Promise<T> => {
  const deadline = Date.now() + 10_000
  for (;;) {
    const found = await fact()
    if (found) return found
    if (Date.now() > deadline) throw new Error('It did not become true within ten seconds.')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
