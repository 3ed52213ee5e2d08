import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Fault, type FaultKind, meetFault, type Provider, retryAfterOf } from './faults.ts'
import { type Call, remember, type World } from './world.ts'

declare module 'fastify' {
  interface FastifyRequest {
    call: Call | null
  }
}

export interface ProviderManners {
  readonly provider: Provider
  /** Whether a call changes something, so that its answer can be lost after the deed. */
  readonly changes: (request: FastifyRequest) => boolean
  /** Whether an answer says that the deed was done; providers refuse inside a 200. */
  readonly succeeded: (status: number, body: string) => boolean
  /** How this provider words its refusals. */
  readonly refusals: Partial<Record<FaultKind, { readonly status: number; readonly body: unknown }>>
}

const before: readonly FaultKind[] = ['outage', 'timeout', 'http_429', 'http_500', 'slow']
const holdSeconds = { timeout: 60, timeout_after_success: 0, slow: 5 } as const
const mostCalls = 5_000

/** Makes a group of routes play a provider: its calls are logged, and its faults are met before and after the deed. */
export const playProvider = (app: FastifyInstance, world: World, manners: ProviderManners): void => {
  app.decorateRequest('call', null)
  app.addHook('onRequest', async (request) => {
    const path = request.url.split('?', 1)[0] ?? request.url
    const call: Call = {
      provider: manners.provider,
      at: world.now().toISOString(),
      method: request.method,
      path,
      status: null,
      fault: null,
    }
    request.call = remember(world.calls, call, mostCalls)
  })
  app.addHook('onRequest', (request, reply) => breakBefore(world, manners, request, reply))
  app.addHook('onSend', (request, reply, payload) => breakAfter(world, manners, request, reply, payload))
  app.addHook('onResponse', async (request, reply) => {
    if (request.call) request.call.status = reply.statusCode
  })
}

const breakBefore = async (world: World, manners: ProviderManners, request: FastifyRequest, reply: FastifyReply) => {
  const kinds = [...before, ...(Object.keys(manners.refusals) as FaultKind[])]
  const fault = meet(world, manners, request, kinds)
  if (!fault) return
  const worded = manners.refusals[fault.kind]
  if (worded) return reply.code(worded.status).send(worded.body)
  if (fault.kind === 'slow') return pause(world, fault.seconds ?? holdSeconds.slow)
  if (fault.kind === 'timeout') await pause(world, fault.seconds ?? holdSeconds.timeout)
  if (fault.kind === 'timeout' || fault.kind === 'outage') return hangUp(request, reply)
  if (fault.kind === 'http_500') return reply.code(500).type('text/html').send(brokenPage)
  const seconds = retryAfterOf(world.faults, fault)
  if (seconds !== null) reply.header('retry-after', String(seconds))
  return reply.code(429).send({ message: 'Too Many Attempts.' })
}

const brokenPage = '<!doctype html><title>500</title><h1>Internal Server Error</h1>'

/** The deed is done; its answer is lost or cut in half. */
const breakAfter = async (
  world: World,
  manners: ProviderManners,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> => {
  if (request.call?.fault || typeof payload !== 'string' || !manners.succeeded(reply.statusCode, payload))
    return payload
  if (manners.changes(request)) {
    const lost = meet(world, manners, request, ['timeout_after_success'])
    if (lost) {
      await pause(world, lost.seconds ?? holdSeconds.timeout_after_success)
      request.raw.socket.destroy()
      return payload
    }
  }
  if (!meet(world, manners, request, ['bad_json'])) return payload
  reply.removeHeader('content-length')
  return payload.slice(0, Math.ceil(payload.length / 2))
}

const meet = (world: World, manners: ProviderManners, request: FastifyRequest, kinds: readonly FaultKind[]) => {
  const fault: Fault | undefined = meetFault(
    world.faults,
    manners.provider,
    kinds,
    `${request.method} ${request.call?.path ?? ''}`,
  )
  if (fault && request.call) request.call.fault = fault.kind
  return fault
}

const hangUp = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  reply.hijack()
  request.raw.socket.destroy()
  return reply
}

/** Cut short, without a word, when the sandbox stops. */
const pause = (world: World, seconds: number): Promise<void> =>
  delay(seconds * 1000, undefined, { signal: world.stopping.signal }).catch(() => undefined)
