import responseValidation from '@fastify/response-validation'
import { buildApp } from '@sendocki/api/app'
import { type Config, readConfig } from '@sendocki/api/config'
import { type Ctx, publicContext, systemActor } from '@sendocki/api/context'
import { createDeps, type Deps } from '@sendocki/api/deps'
import { handlers } from '@sendocki/api/handlers'
import { runDueJobs } from '@sendocki/api/jobs/engine'
import { createLog } from '@sendocki/api/log'
import type { RoleKey } from '@sendocki/domain/permissions'
import { Ajv } from 'ajv'
import addFormatsModule from 'ajv-formats'
import type { FastifyInstance } from 'fastify'
import { afterAll, inject } from 'vitest'
import { type Founded, type KeyRole, merchant, rival } from './founding.ts'
import { cloneDatabase, testSecret, withDatabase } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    serverUrl: string
    template: string
  }
}

export interface Answer {
  readonly status: number
  // A test reads answers of many shapes; the contract checks them on the way out.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly body: any
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  readonly text: string
}

type Headers = Readonly<Record<string, string>>
export interface Client {
  get(path: string, headers?: Headers): Promise<Answer>
  post(path: string, body?: unknown, headers?: Headers): Promise<Answer>
  patch(path: string, body?: unknown, headers?: Headers): Promise<Answer>
  put(path: string, body?: unknown, headers?: Headers): Promise<Answer>
  delete(path: string, body?: unknown, headers?: Headers): Promise<Answer>
}

export interface TestApi {
  readonly app: FastifyInstance
  readonly deps: Deps
  readonly merchant: Founded
  readonly rival: Founded
  readonly clock: { now(): Date; set(iso: string): void; advance(milliseconds: number): void }
  /** A member of the first merchant, signed in. Paths are below `/api/v1` unless they begin with `//`. */
  as(role: RoleKey): Client
  asRival(role: RoleKey): Client
  /** An API key of the first merchant, or of another. */
  asKey(role: KeyRole, one?: Founded): Client
  withToken(token: string | null, headers?: Headers): Client
  tokenOf(one: Founded, role: RoleKey): string
  /** Runs what is due to the end. */
  runJobs(): Promise<void>
  /** A machine's context in a merchant, for builders that go through commands. */
  ctx(one?: Founded): Ctx
  /** The owner's connection string of this test's database. */
  readonly databaseUrl: string
}

export interface ApiOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Answers are checked against the contract unless a test is about something else. */
  readonly checkAnswers?: boolean
  /** Where the API reaches the database server, when that is not where it stands. */
  readonly wire?: string
}

/** The whole API on a database of its own, closed after the file's tests. */
export const startApi = async (options: ApiOptions = {}): Promise<TestApi> => {
  const { url, drop } = await cloneDatabase(inject('serverUrl'), inject('template'))
  const ownerUrl = options.wire ? withDatabase(options.wire, new URL(url).pathname.slice(1)) : url
  const config: Config = readConfig({
    DATABASE_URL: ownerUrl,
    SECRET_KEY: testSecret,
    SMTP_URL: 'smtp://127.0.0.1:9',
    LOG_LEVEL: 'silent',
    SANDBOX: 'off',
    APP_URL: 'http://localhost:3000',
    REQUESTS_PER_MINUTE: '1000000',
    ...options.env,
  })
  let offset = 0
  const now = () => new Date(Date.now() + offset)
  const deps = await createDeps({ config, ownerUrl, log: createLog(config.logLevel), clock: now })
  const app = await buildApp(deps, {
    ...(options.checkAnswers === false ? {} : { prepare: checkAnswers }),
  })
  await app.ready()
  deps.readiness.running(true)
  afterAll(async () => {
    await app.close()
    await deps.close()
    await drop()
  })
  const tokenOf = (one: Founded, role: RoleKey) =>
    app.jwt.sign({ sub: one.people[role].userId, sid: one.people[role].sessionId })
  const withToken = (token: string | null, headers: Headers = {}) =>
    clientOf(app, { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers })
  return {
    app,
    deps,
    merchant,
    rival,
    databaseUrl: url,
    clock: {
      now,
      set: (iso) => void (offset = Date.parse(iso) - Date.now()),
      advance: (milliseconds) => void (offset += milliseconds),
    },
    as: (role) => withToken(tokenOf(merchant, role)),
    asRival: (role) => withToken(tokenOf(rival, role)),
    asKey: (role, one = merchant) => withToken(one.keys[role].key),
    withToken,
    tokenOf,
    runJobs: () => runDueJobs({ world: deps.world, ports: deps.ports, handlers, ownerUrl: url }),
    ctx: (one = merchant) =>
      publicContext(deps.world, { address: '', userAgent: '', requestId: 'test' }).inMerchant(
        one.merchantId,
        systemActor(),
      ),
  }
}

const clientOf = (app: FastifyInstance, defaults: Headers): Client => {
  const send =
    (method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE') =>
    async (path: string, body?: unknown, headers: Headers = {}): Promise<Answer> => {
      const {
        statusCode,
        headers: given,
        body: text,
      } = await app.inject({
        method,
        url: path.startsWith('//') ? path.slice(1) : `/api/v1${path}`,
        headers: {
          ...defaults,
          ...(body === undefined || typeof body === 'string' || Buffer.isBuffer(body)
            ? {}
            : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
      })
      const isJson = String(given['content-type'] ?? '').includes('json')
      return { status: statusCode, headers: given, text, body: isJson && text ? JSON.parse(text) : null }
    }
  const get = send('GET')
  return {
    get: (path, headers) => get(path, undefined, headers),
    post: send('POST'),
    patch: send('PATCH'),
    put: send('PUT'),
    delete: send('DELETE'),
  }
}

/** Every answer of every test is held against the published contract, status included. */
const checkAnswers = async (app: FastifyInstance): Promise<void> => {
  const ajv = new Ajv({ removeAdditional: false, coerceTypes: false, allErrors: true, strict: false })
  ;(addFormatsModule as unknown as (ajv: Ajv) => void)(ajv)
  app.addHook('onRoute', () => {
    for (const [id, schema] of Object.entries(app.getSchemas()))
      if (!ajv.getSchema(id)) ajv.addSchema(schema as object, id)
  })
  await app.register(responseValidation, { ajv: ajv as never, responseStatusCodeValidation: true })
}
