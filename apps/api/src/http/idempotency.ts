import { createHash } from 'node:crypto'
import { Refused } from '@sendocki/domain/result'
import { targetOf } from '@sendocki/domain/schema'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Actor, type Ctx, merchantContext, type PublicCtx, type Wrap } from '../context.ts'
import { findAnswer, lockKey, saveAnswer } from '../db/idempotency.ts'

/** Thrown out of the transaction to send the first answer again; not a failure. */
class Replay extends Error {
  readonly answer: unknown
  constructor(answer: unknown) {
    super('replayed')
    this.answer = answer
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    replayed: boolean
  }
}

/**
 * The key's lock, the replay and the stored answer live in the command's own transaction: a killed process leaves
 * nothing that blocks, and an answer exists exactly when its effects do. Our own 500 is not stored: it rolled back.
 */
export const idempotencyOf = (req: FastifyRequest, base: PublicCtx, merchantId: string, actor: Actor): Ctx => {
  const key = keyOf(req)
  if (key === undefined || !actor.id) return merchantContext(base, merchantId, actor)
  const actorId = actor.id
  const wrap: Wrap = (work) => async (tx) => {
    const requestHash = hashOf(req)
    if (!(await lockKey(tx, `${merchantId}/${actorId}/${key}`))) throw new Refused('idempotency.in_progress')
    const first = await findAnswer(tx, actorId, key)
    if (first && !first.requestHash.equals(requestHash)) throw new Refused('idempotency.key_reused')
    if (first) throw new Replay(first.answer)
    const result = await work(tx)
    await saveAnswer(tx, { actorId, key, requestHash, status: 200, answer: withoutSecrets(req, result), now: base.now })
    return result
  }
  return merchantContext(base, merchantId, actor, wrap)
}

export const registerIdempotency = (app: FastifyInstance): void => {
  app.decorateRequest('replayed', false)
  app.addHook('onRoute', (route) => {
    const wanted = route.config?.idempotency
    if (route.method !== 'POST' || wanted === 'none') return
    const { handler } = route
    route.handler = async function replaying(req, reply) {
      try {
        return await handler.call(this, req, reply)
      } catch (error) {
        if (!(error instanceof Replay)) throw error
        reply.header('idempotency-replayed', 'true').code(successOf(req)?.status ?? 200)
        return error.answer
      }
    }
  })
  app.addHook('preHandler', async (req) => {
    if (req.routeOptions.config.idempotency === 'required' && keyOf(req) === undefined)
      throw new Refused('idempotency.key_required')
  })
}

const keyOf = (req: FastifyRequest): string | undefined => {
  const { permission, idempotency } = req.routeOptions.config
  if (req.method !== 'POST' || permission === 'public' || permission === 'session' || idempotency === 'none')
    return undefined
  const key = req.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key !== 'string' || key.length < 1 || key.length > 255)
    throw new Refused('request.invalid', undefined, [{ path: 'headers.idempotency-key', code: 'wrong_format' }])
  return key
}

/** A password proves who asks and is no part of what is asked; a hash of it that is quick to try is kept nowhere. */
const hashOf = (req: FastifyRequest): Buffer =>
  createHash('sha256')
    .update(`${req.method} ${req.url}\n`)
    .update(JSON.stringify(req.body ?? null, (name, value: unknown) => (name === 'password' ? undefined : value)))
    .digest()

/** Values that are shown once are not kept: a repeat gets the answer without them. */
const withoutSecrets = (req: FastifyRequest, answer: unknown): unknown => {
  const success = successOf(req)?.schema
  const properties = (
    (targetOf(success) ?? success) as { properties?: Record<string, { 'x-secret'?: boolean }> } | undefined
  )?.properties
  if (!properties || typeof answer !== 'object' || answer === null) return answer
  const kept = Object.entries(answer).map(([name, value]) => [name, properties[name]?.['x-secret'] ? null : value])
  return Object.fromEntries(kept) as unknown
}

/** The one success that the route declares. */
const successOf = (req: FastifyRequest): { readonly status: number; readonly schema: unknown } | undefined => {
  const { response = {} } = (req.routeOptions.schema ?? {}) as { response?: Record<string, unknown> }
  const [status, schema] = Object.entries(response).find(([code]) => code.startsWith('2')) ?? []
  return status === undefined ? undefined : { status: Number(status), schema }
}
