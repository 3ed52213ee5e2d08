import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import type { Deps } from './deps.ts'
import { registerAccess } from './http/access.ts'
import type { Api } from './http/api.ts'
import { registerAuth, registerTokens } from './http/auth.ts'
import { registerContract } from './http/contract.ts'
import { registerHealth } from './http/health.ts'
import { registerIdempotency } from './http/idempotency.ts'
import { registerLimits } from './http/limits.ts'
import { letConnectionsGo } from './http/listen.ts'
import { registerMetrics } from './http/metrics.ts'
import { refuseUnreadable, registerProblems, sendProblem } from './http/problem.ts'
import { bareHeaders, registerSecurity } from './http/security.ts'
import { registerSecurityEvents } from './http/security-events.ts'
import { buildSerializer } from './http/serializing.ts'
import { registerStream } from './http/stream.ts'
import { buildValidator, registerValidation } from './http/validation.ts'
import { registerWeb } from './http/web.ts'
import { registerModules } from './modules.ts'

export interface AppOptions {
  /** Runs before the routes; tests use it to check answers against the contract. */
  readonly prepare?: (app: FastifyInstance) => Promise<void>
}

/** What shows how a worker process is: its health and its figures, and nothing else. */
export const buildWorkerApp = async ({ world, metrics, readiness }: Deps): Promise<FastifyInstance> => {
  const app = Fastify({
    loggerInstance: world.log,
    logController: new LogController({ disableRequestLogging: true }),
  } as object) as unknown as FastifyInstance
  registerProblems(app)
  await registerSecurity(app)
  registerMetrics(app, world.config, metrics)
  registerHealth(app, world.database, readiness)
  app.setNotFoundHandler((req, reply) => sendProblem(req, reply, { code: 'request.not_found' }))
  return app
}

/** Everything a request passes, in the order it passes it, then every module's routes. */
export const buildApp = async (deps: Deps, options: AppOptions = {}): Promise<FastifyInstance> => {
  const { world } = deps
  const app = Fastify({
    loggerInstance: world.log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: world.config.trustProxy,
    genReqId: () => crypto.randomUUID(),
    requestTimeout: 60_000,
    connectionTimeout: 65_000,
    // Whoever sends a header byte by byte is cut after ten seconds, and looked for every two.
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 2_000 },
    clientErrorHandler: refuseUnreadable,
    bodyLimit: 1_048_576,
    schemaController: { compilersFactory: { buildValidator, buildSerializer } },
    routerOptions: { maxParamLength: 200 },
    // What comes on an open connection while the process stops is still answered, and the connection then closed.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    // An address that no route can read passes no hook.
    frameworkErrors: (_error: unknown, req: FastifyRequest, reply: FastifyReply) =>
      void sendProblem(req, reply.headers(bareHeaders), { code: 'request.invalid' }),
  } as object) as unknown as FastifyInstance
  registerProblems(app)
  registerValidation(app)
  await registerSecurity(app)
  await app.register(cookie)
  await registerTokens(app, world, deps.apiKeys)
  await registerLimits(app, world.config.requestsPerMinute)
  registerAuth(app, world, deps)
  registerMetrics(app, world.config, deps.metrics)
  // Before whatever looks at routes: the schemas that a route refers to are published when it is registered.
  await registerContract(app)
  await options.prepare?.(app)
  registerAccess(app)
  registerIdempotency(app)
  registerSecurityEvents(app)
  registerHealth(app, world.database, deps.readiness)
  registerStream(app, deps.listener)
  await registerModules(app as unknown as Api, deps)
  await registerWeb(app, world.config.webDir)
  letConnectionsGo(app)
  app.addHook('onResponse', (req, reply, done) => {
    req.log.info(
      {
        method: req.method,
        route: req.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        requestId: req.id,
        address: req.ip,
        merchantId: req.merchantCtx?.merchantId,
        memberId: req.actor?.memberId,
        keyId: req.actor?.kind === 'key' ? req.actor.id : undefined,
      },
      'request',
    )
    done()
  })
  return app
}
