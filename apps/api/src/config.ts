import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A missing or malformed setting: stops the start with its one sentence. */
export class BadSetting extends Error {}

export interface Config {
  /** Of the product, shown under help and in bug reports. */
  readonly version: string
  readonly host: string
  readonly port: number
  readonly appUrl: string
  readonly dataDir: string
  /** Where files made for people are kept until they expire. */
  readonly filesDir: string
  /** The owner's connection; null means the embedded server. */
  readonly databaseUrl: string | null
  readonly databaseAppUrl: string | null
  readonly databasePlatformUrl: string | null
  readonly worker: 'inline' | 'off'
  readonly sandbox: { readonly url: string; readonly port: number; readonly smtpPort: number } | null
  readonly secretKey: string
  readonly secretKeyPrevious: string | null
  readonly smtpUrl: string
  readonly mailFrom: string
  readonly trustProxy: boolean | string
  readonly metricsToken: string | null
  readonly logLevel: string
  readonly webDir: string
  readonly poolSize: number
  /** What one caller may ask in a minute; sign-in and codes have stricter limits of their own. */
  readonly requestsPerMinute: number
  /** Base addresses of third parties. `{shop}` stands for the shop's host. */
  readonly providers: {
    readonly shopify: {
      readonly baseUrl: string
      readonly clientId: string | null
      readonly clientSecret: string | null
      /** The secret before the last rotation, while deliveries may still be signed with it. */
      readonly clientSecretPrevious: string | null
      readonly apiVersion: string
    }
    readonly sendit: { readonly baseUrl: string }
  }
}

type Environment = Readonly<Record<string, string | undefined>>

const repository = resolve(import.meta.dirname, '../../..')

/** Reads and checks every setting once; the only reader of the environment. */
export const readConfig = (env: Environment = process.env): Config => {
  const dataDir = resolve(repository, env.DATA_DIR ?? 'data')
  const databaseUrl = url(env, 'DATABASE_URL', ['postgres:', 'postgresql:'])
  const host = env.HOST ?? '127.0.0.1'
  const port = integer(env, 'PORT', 3000, 0, 65_535)
  const sandbox = sandboxOf(env, databaseUrl === null)
  const smtpUrl =
    url(env, 'SMTP_URL', ['smtp:', 'smtps:']) ??
    (sandbox ? `smtp://${new URL(sandbox.url).hostname}:${sandbox.smtpPort}` : undefined)
  if (!smtpUrl)
    throw new BadSetting(
      'SMTP_URL is missing: without the sandbox, mail needs a server (smtp://user:password@host:587).',
    )
  return {
    version: versionOf(),
    host,
    port,
    appUrl: (url(env, 'APP_URL', ['http:', 'https:']) ?? `http://localhost:${port}`).replace(/\/$/, ''),
    dataDir,
    filesDir: filesDirOf(env, dataDir),
    databaseUrl,
    databaseAppUrl: url(env, 'DATABASE_APP_URL', ['postgres:', 'postgresql:']),
    databasePlatformUrl: url(env, 'DATABASE_PLATFORM_URL', ['postgres:', 'postgresql:']),
    worker: oneOf(env, 'WORKER', ['inline', 'off'] as const, 'inline'),
    sandbox,
    secretKey: secretKeyOf(env, dataDir, databaseUrl === null),
    secretKeyPrevious: env.SECRET_KEY_PREVIOUS ? checkedKey('SECRET_KEY_PREVIOUS', env.SECRET_KEY_PREVIOUS) : null,
    smtpUrl,
    mailFrom: env.MAIL_FROM ?? 'Sendocki <bonjour@sendocki.localhost>',
    trustProxy: env.TRUST_PROXY === undefined ? false : env.TRUST_PROXY === 'true' ? true : env.TRUST_PROXY,
    metricsToken: env.METRICS_TOKEN ?? null,
    logLevel: oneOf(env, 'LOG_LEVEL', ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const, 'info'),
    webDir: resolve(repository, 'apps/web/dist'),
    poolSize: integer(env, 'DATABASE_POOL_SIZE', 10, 2, 200),
    requestsPerMinute: integer(env, 'REQUESTS_PER_MINUTE', 1_200, 10, 1_000_000_000),
    providers: {
      shopify: {
        baseUrl: env.SHOPIFY_BASE_URL ?? (sandbox ? `${sandbox.url}/shopify/{shop}` : 'https://{shop}'),
        clientId: env.SHOPIFY_CLIENT_ID ?? (sandbox ? 'demo' : null),
        clientSecret: env.SHOPIFY_CLIENT_SECRET ?? (sandbox ? 'demo' : null),
        clientSecretPrevious: env.SHOPIFY_CLIENT_SECRET_PREVIOUS ?? null,
        apiVersion: env.SHOPIFY_API_VERSION ?? '2026-10',
      },
      sendit: {
        baseUrl: env.SENDIT_BASE_URL ?? (sandbox ? `${sandbox.url}/sendit/api/v1` : 'https://app.sendit.ma/api/v1'),
      },
    },
  }
}

const versionOf = (): string =>
  (JSON.parse(readFileSync(resolve(repository, 'package.json'), 'utf8')) as { version: string }).version

const integer = (env: Environment, name: string, fallback: number, min: number, max: number): number => {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < min || value > max)
    throw new BadSetting(`${name} must be a whole number from ${min} to ${max}, not "${text}".`)
  return value
}

const url = (env: Environment, name: string, protocols: readonly string[]): string | null => {
  const text = env[name]
  if (text === undefined || text === '') return null
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol))
    throw new BadSetting(`${name} must be an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}.`)
  return text
}

const filesDirOf = (env: Environment, dataDir: string): string => {
  const address = url(env, 'FILES_URL', ['file:'])
  return address === null ? resolve(dataDir, 'files') : fileURLToPath(address)
}

const oneOf = <const T extends string>(env: Environment, name: string, values: readonly T[], fallback: T): T => {
  const text = env[name] ?? fallback
  const value = values.find((candidate) => candidate === text)
  if (!value) throw new BadSetting(`${name} must be one of ${values.join(', ')}, not "${text}".`)
  return value
}

const sandboxOf = (env: Environment, embedded: boolean): Config['sandbox'] => {
  if (oneOf(env, 'SANDBOX', ['on', 'off'] as const, embedded ? 'on' : 'off') === 'off') return null
  const port = integer(env, 'SANDBOX_PORT', 4000, 0, 65_535)
  return {
    port,
    // Elsewhere than on this machine only when the parts run in containers of their own.
    url: (url(env, 'SANDBOX_URL', ['http:', 'https:']) ?? `http://127.0.0.1:${port}`).replace(/\/$/, ''),
    smtpPort: integer(env, 'SANDBOX_SMTP_PORT', port + 25, 0, 65_535),
  }
}

const checkedKey = (name: string, key: string): string => {
  if (key.length < 32) throw new BadSetting(`${name} must have at least 32 characters.`)
  return key
}

/** Beside the embedded database the key is made once and kept with the data; elsewhere it must be given. */
const secretKeyOf = (env: Environment, dataDir: string, embedded: boolean): string => {
  if (env.SECRET_KEY) return checkedKey('SECRET_KEY', env.SECRET_KEY)
  if (!embedded)
    throw new BadSetting('SECRET_KEY is missing: with DATABASE_URL set, give a key of at least 32 characters.')
  const file = resolve(dataDir, 'secret-key')
  try {
    return checkedKey('The kept secret-key file', readFileSync(file, 'utf8').trim())
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const key = randomBytes(48).toString('base64url')
  writeFileSync(file, `${key}\n`, { mode: 0o600, flag: 'wx' })
  return key
}
