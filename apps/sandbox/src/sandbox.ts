import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import { createWorld, type WorldOptions } from './beginning.ts'
import { carrierControls } from './control/carriers.ts'
import { faultControls } from './control/faults.ts'
import { pageRoutes } from './control/page.ts'
import { shopControls } from './control/shops.ts'
import { stateControls } from './control/state.ts'
import { resumeStreams, streamControls } from './control/stream.ts'
import { whatsappControls } from './control/whatsapp.ts'
import { readKept, writeKept } from './kept.ts'
import { lightfunnelsRoutes } from './lightfunnels/routes.ts'
import { mailboxRoutes } from './mailbox/routes.ts'
import { createSmtp } from './mailbox/smtp.ts'
import { sheetRoute } from './sendit/labels.ts'
import { senditRoutes } from './sendit/routes.ts'
import { shopifyRoutes } from './shopify/routes.ts'
import { whatsappRoutes } from './whatsapp/routes.ts'
import { woocommerceRoutes } from './woocommerce/routes.ts'
import type { World } from './world.ts'
import { youcanRoutes } from './youcan/routes.ts'

export interface SandboxOptions extends WorldOptions {
  /** 0 takes any free port. */
  readonly port?: number
  readonly smtpPort?: number
  /** Loopback, unless the parts run in containers of their own. */
  readonly host?: string
  /** Where the state is kept between two starts; without it all is forgotten. */
  readonly stateFile?: string
}

export interface Sandbox {
  readonly url: string
  readonly port: number
  readonly smtpUrl: string
  readonly smtpPort: number
  /** Ends every connection and timer at once. */
  close(): Promise<void>
}

const keepEvery = 2_000

/** Starts the outside world: shops, carriers and a mailbox in one process. Rejects when a port is taken. */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const { port = 0, smtpPort = 0, host = '127.0.0.1', stateFile } = options
  const world = createWorld(options)
  world.state = (stateFile && readKept(stateFile)) || world.state
  const app = buildSandbox(world)
  const smtp = createSmtp(world)
  try {
    await app.listen({ port, host })
    await new Promise<void>((resolve, reject) => {
      smtp.once('error', reject)
      smtp.listen(smtpPort, host, resolve)
    })
  } catch (error) {
    await app.close()
    throw error
  }
  // A client that hangs up in the middle of a mail is no reason to stop.
  smtp.removeAllListeners('error').on('error', () => undefined)
  resumeStreams(world)
  const keeper = stateFile ? keepState(world, stateFile) : undefined
  const heard = { http: app.server.address() as AddressInfo, smtp: smtp.server.address() as AddressInfo }
  const shownHost = host === '0.0.0.0' ? '127.0.0.1' : host
  return {
    url: `http://${shownHost}:${heard.http.port}`,
    port: heard.http.port,
    smtpUrl: `smtp://${shownHost}:${heard.smtp.port}`,
    smtpPort: heard.smtp.port,
    close: async () => {
      clearInterval(keeper)
      world.timers.clear()
      world.streamTimers.clear()
      world.stopping.abort()
      await Promise.all([app.close(), new Promise<void>((resolve) => smtp.close(resolve))])
      if (stateFile) keep(world, stateFile)
    },
  }
}

const keepState = (world: World, file: string): NodeJS.Timeout => {
  let kept = world.changes
  return setInterval(() => {
    if (kept === world.changes) return
    kept = world.changes
    keep(world, file)
  }, keepEvery)
}

/** A folder that cannot be written costs the memory between two starts, and nothing else. */
const keep = (world: World, file: string): void => {
  try {
    writeKept(file, world.state)
  } catch (error) {
    process.emitWarning(`The sandbox cannot keep its state: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const buildSandbox = (world: World): FastifyInstance => {
  const app = Fastify({
    forceCloseConnections: true,
    bodyLimit: 5 * 1024 * 1024,
    routerOptions: { maxParamLength: 200 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  })
  // Only JSON and forms: a page elsewhere cannot send JSON here without asking, and nobody answers its question.
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500
    return reply.code(status).send({ error: sentenceOf(error) })
  })
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ error: `The sandbox has nothing at ${request.method} ${request.url}.` }),
  )
  app.addHook('onRequest', async ({ method }) => {
    if (method !== 'GET') world.changes++
  })
  // Every field of a control call may be left out, so the whole body may be.
  app.addHook('preValidation', async (request) => {
    if (request.method === 'POST' && request.url.startsWith('/control/')) request.body ??= {}
  })
  pageRoutes(app)
  for (const controls of [
    shopControls,
    carrierControls,
    whatsappControls,
    faultControls,
    streamControls,
    stateControls,
  ])
    controls(app, world)
  mailboxRoutes(app, world)
  sheetRoute(app, world)
  app.register(async (scope) => shopifyRoutes(scope, world), { prefix: '/shopify' })
  app.register(async (scope) => youcanRoutes(scope, world), { prefix: '/youcan' })
  app.register(async (scope) => woocommerceRoutes(scope, world), { prefix: '/woocommerce' })
  app.register(async (scope) => lightfunnelsRoutes(scope, world), { prefix: '/lightfunnels' })
  app.register(async (scope) => senditRoutes(scope, world), { prefix: '/sendit/api/v1' })
  app.register(async (scope) => whatsappRoutes(scope, world), { prefix: '/whatsapp' })
  return app
}

/** One sentence that says which part of the input is wrong. */
const sentenceOf = (error: FastifyError): string => {
  const [first] = error.validation ?? []
  if (!first) return error.message
  const where = first.instancePath.replace(/^\//, '').replaceAll('/', '.') || 'The body'
  const unknown = first.params.additionalProperty
  const allowed = Array.isArray(first.params.allowedValues) ? `: ${first.params.allowedValues.join(', ')}` : ''
  return unknown
    ? `The body knows no field "${String(unknown)}".`
    : `${where} ${first.message ?? 'is wrong'}${allowed}.`
}
