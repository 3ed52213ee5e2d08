import type { ServerResponse } from 'node:http'
import { readableNouns } from '@sendocki/domain/events/event'
import { Refused } from '@sendocki/domain/result'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Listener } from '../db/listener.ts'

const streamsPerActor = 10
const beatSeconds = 20
/** What may wait for a screen that does not read: beyond it the screen is let go, and catches up when it returns. */
const unreadBytesMax = 65_536

interface Screen {
  readonly response: ServerResponse
  readonly merchantId: string
  /** The member or the key that listens. */
  readonly actorId: string
  readonly ids: readonly string[]
  /** The nouns that the role reads; null when it is all of them. */
  readonly nouns: readonly string[] | null
}

/**
 * `GET /api/v1/stream`: tells open screens what changed (noun and id, never data), one small message a transaction, of
 * the nouns that the member's role reads.
 * A browser that was away reads `/events` from its last sequence. A session that ends closes its streams at once.
 */
export const registerStream = (app: FastifyInstance, listener: Listener): void => {
  const screens = new Set<Screen>()
  const close = (screen: Screen) => {
    screens.delete(screen)
    screen.response.end()
  }
  const tell = (screen: Screen, message: string | null) => {
    if (message === null) return
    if (screen.response.writableLength > unreadBytesMax) screen.response.destroy()
    else screen.response.write(message)
  }
  const stops = [
    listener.onChange(({ merchantId, subjects }) => {
      for (const screen of screens) if (screen.merchantId === merchantId) tell(screen, changeFor(screen, subjects))
    }),
    listener.onSession((id) => {
      for (const screen of screens) if (screen.ids.includes(id)) close(screen)
    }),
    listener.onState((listening) => {
      // After a cut nobody knows what was missed: screens catch up from the feed.
      if (listening) for (const screen of screens) tell(screen, 'event: resync\ndata: {}\n\n')
    }),
  ]
  const beat = setInterval(() => {
    for (const screen of screens) tell(screen, ': alive\n\n')
  }, beatSeconds * 1000)
  app.addHook('preClose', async () => {
    clearInterval(beat)
    for (const stop of stops) stop()
    for (const screen of [...screens]) close(screen)
  })
  app.get(
    '/api/v1/stream',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'openStream',
        tags: ['Events'],
        summary: 'Server-sent events: what changed, as lists of [noun, id]',
        produces: ['text/event-stream'],
      } as object,
    },
    (req, reply) => {
      const screen = screenOf(req, reply.raw)
      if ([...screens].filter(({ actorId }) => actorId === screen.actorId).length >= streamsPerActor)
        throw new Refused('request.too_many')
      reply.hijack()
      const headers = Object.fromEntries(
        Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]),
      )
      reply.raw.writeHead(200, {
        ...headers,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      reply.raw.write('retry: 2000\nevent: ready\ndata: {}\n\n')
      screens.add(screen)
      req.raw.on('close', () => screens.delete(screen))
    },
  )
}

/** What the member may know of a change; null when it is nothing. */
const changeFor = (
  { nouns }: Screen,
  subjects: readonly (readonly [noun: string, id: string | null])[],
): string | null => {
  const read = nouns === null ? subjects : subjects.filter(([noun]) => nouns.includes(noun))
  return read.length > 0 ? `event: change\ndata: ${JSON.stringify(read)}\n\n` : null
}

const screenOf = (req: FastifyRequest, response: ServerResponse): Screen => {
  const { merchantId, actor } = req.ctx
  const nouns = readableNouns(actor.role?.permissions ?? null)
  return { response, merchantId, actorId: actor.id ?? '', ids: req.dependsOn, nouns }
}
