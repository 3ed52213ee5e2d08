import type { FastifyInstance, FastifyRequest } from 'fastify'

const rememberedMax = 10_000
const forgetMillis = 3_600_000

/**
 * A refusal for want of a right leaves a line in the log and, where the merchant is known, one in its audit log: once an
 * hour for each session or key and operation, so that nobody can fill an append-only journal by knocking.
 */
export const registerSecurityEvents = (app: FastifyInstance): void => {
  let noted = new Set<string>()
  const forget = setInterval(() => {
    noted = new Set()
  }, forgetMillis).unref()
  app.addHook('preClose', async () => clearInterval(forget))
  app.addHook('onSend', async (req, reply) => {
    const { refusal } = req
    if (reply.statusCode !== 403 || !refusal) return
    const { operationId = req.routeOptions.url ?? '' } = (req.routeOptions.schema ?? {}) as { operationId?: string }
    req.log.warn({ security: refusal, operationId, memberId: req.actor?.memberId, ...origin(req) }, 'security')
    const { actor } = req
    const key = `${req.person?.sessionId ?? actor?.id}/${operationId}`
    if (!req.merchantCtx || !actor?.id || noted.has(key) || noted.size >= rememberedMax) return
    noted.add(key)
    const ctx = req.publicCtx.inMerchant(req.merchantCtx.merchantId, actor)
    const subject = { kind: actor.kind === 'key' ? 'api_key' : 'member', id: actor.id }
    await ctx
      .transaction(async (tx) => {
        ctx.record(tx, { type: `${subject.kind}.refused`, subject, data: { operationId, code: refusal }, quiet: true })
      })
      // The refusal stands whether or not it could be written down; the log has it.
      .catch((error: Error) => req.log.warn({ cause: error.message }, 'a refusal was not journalled'))
  })
}

const origin = ({ ip, id }: FastifyRequest) => ({ address: ip, requestId: id })
