import { randomBytes } from 'node:crypto'
import { accessSync, constants, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A missing or malformed setting: stops the start with its one sentence. */
export class BadSetting extends Error {}

/**
 * How Node is started for API and worker. Left alone, V8 keeps some 300 MB of what the start has thrown away and lets
 * its young generation grow under load; with these a process stays within 400 MB at the same speed.
 */
export const nodeFlags = ['--max-old-space-size=320', '--max-semi-space-size=32'] as const

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
  /** Where the health and the figures of a worker process are served; null means nowhere. */
  readonly workerPort: number | null
  readonly sandbox: {
    readonly url: string
    /** The same sandbox as a browser reaches it. */
    readonly publicUrl: string
    readonly port: number
    readonly smtpPort: number
  } | null
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
  /** Base addresses of third parties. `{shop}` stands for the shop's host, `{site}` for that of a merchant's own site. */
  readonly providers: {
    readonly youcan: AppSettings & { readonly consentUrl: string; readonly apiUrl: string }
    readonly woocommerce: { readonly baseUrl: string }
    readonly lightfunnels: AppSettings & {
      readonly consentUrl: string
      readonly tokenUrl: string
      readonly apiUrl: string
    }
    readonly shopify: AppSettings & {
      readonly baseUrl: string
      /** The same for pages that a person's browser opens. */
      readonly pageUrl: string
      readonly apiVersion: string
    }
    readonly sendit: { readonly baseUrl: string }
    /** Meta's graph with its version. */
    readonly whatsapp: { readonly baseUrl: string }
  }
}

/** Our app, as it is registered with a platform; without it shops of that platform connect by webhook only. */
export interface AppSettings {
  readonly clientId: string | null
  readonly clientSecret: string | null
  /** The secret before the last rotation, while deliveries may still be signed with it. */
  readonly clientSecretPrevious: string | null
}

type Environment = Readonly<Record<string, string | undefined>>

const web = ['http:', 'https:']
const postgres = ['postgres:', 'postgresql:']
const repository = resolve(import.meta.dirname, '../../..')

/** The passphrase of backups; null without one, and then they are not encrypted. */
export const readPassphrase = ({ BACKUP_PASSPHRASE: text = '' }: Environment = process.env): string | null => {
  if (text !== '' && text.length < 12) throw new BadSetting('BACKUP_PASSPHRASE must have at least 12 characters.')
  return text === '' ? null : text
}

/**
 * Reads and checks every setting once; the only reader of the environment. `restored` is the key that a backup brought
 * along: it becomes the kept one where there is none yet.
 */
export const readConfig = (given: Environment = process.env, restored: string | null = null): Config => {
  // A composition hands over what is not set as an empty text.
  const env = Object.fromEntries(Object.entries(given).filter(([, text]) => text !== ''))
  const dataDir = resolve(repository, env.DATA_DIR ?? 'data')
  const databaseUrl = url(env, 'DATABASE_URL', postgres)
  const host = env.HOST ?? '127.0.0.1'
  const port = integer(env, 'PORT', 3000, 0, 65_535)
  const sandbox = sandboxOf(env, databaseUrl === null)
  const shopify = url(env, 'SHOPIFY_BASE_URL', web)
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
    appUrl: (url(env, 'APP_URL', web) ?? `http://localhost:${port}`).replace(/\/$/, ''),
    dataDir,
    filesDir: filesDirOf(env, dataDir),
    databaseUrl,
    databaseAppUrl: url(env, 'DATABASE_APP_URL', postgres),
    databasePlatformUrl: url(env, 'DATABASE_PLATFORM_URL', postgres),
    worker: oneOf(env, 'WORKER', ['inline', 'off'] as const, 'inline'),
    workerPort: env.WORKER_PORT === undefined ? null : integer(env, 'WORKER_PORT', 0, 0, 65_535),
    sandbox,
    secretKey: secretKeyOf(env, dataDir, { embedded: databaseUrl === null, restored }),
    secretKeyPrevious: env.SECRET_KEY_PREVIOUS ? checkedKey('SECRET_KEY_PREVIOUS', env.SECRET_KEY_PREVIOUS) : null,
    smtpUrl,
    mailFrom: env.MAIL_FROM ?? 'Sendocki <bonjour@sendocki.localhost>',
    trustProxy: proxiesOf(env),
    metricsToken: env.METRICS_TOKEN ?? null,
    logLevel: oneOf(env, 'LOG_LEVEL', ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const, 'info'),
    webDir: resolve(repository, 'apps/web/dist'),
    poolSize: integer(env, 'DATABASE_POOL_SIZE', 10, 2, 200),
    requestsPerMinute: integer(env, 'REQUESTS_PER_MINUTE', 1_200, 10, 1_000_000_000),
    providers: {
      shopify: {
        baseUrl: shopify ?? (sandbox ? `${sandbox.url}/shopify/{shop}` : 'https://{shop}'),
        pageUrl: shopify ?? (sandbox ? `${sandbox.publicUrl}/shopify/{shop}` : 'https://{shop}'),
        ...appOf(env, 'SHOPIFY', sandbox !== null),
        apiVersion: env.SHOPIFY_API_VERSION ?? '2026-10',
      },
      youcan: {
        consentUrl:
          url(env, 'YOUCAN_CONSENT_URL', web) ??
          (sandbox ? `${sandbox.publicUrl}/youcan/seller/admin` : 'https://seller-area.youcan.shop/admin') +
            '/oauth/authorize',
        apiUrl: url(env, 'YOUCAN_API_URL', web) ?? (sandbox ? `${sandbox.url}/youcan/api` : 'https://api.youcan.shop'),
        ...appOf(env, 'YOUCAN', sandbox !== null),
      },
      woocommerce: {
        baseUrl:
          url(env, 'WOOCOMMERCE_BASE_URL', web) ?? (sandbox ? `${sandbox.url}/woocommerce/{site}` : 'https://{site}'),
      },
      lightfunnels: {
        consentUrl:
          url(env, 'LIGHTFUNNELS_CONSENT_URL', web) ??
          (sandbox ? `${sandbox.publicUrl}/lightfunnels/app` : 'https://app.lightfunnels.com') + '/admin/oauth',
        tokenUrl:
          url(env, 'LIGHTFUNNELS_TOKEN_URL', web) ??
          (sandbox ? `${sandbox.url}/lightfunnels/auth` : 'https://api.lightfunnels.com') + '/oauth/access_token',
        apiUrl:
          url(env, 'LIGHTFUNNELS_API_URL', web) ??
          (sandbox ? `${sandbox.url}/lightfunnels/services` : 'https://services.lightfunnels.com') + '/api/v2',
        ...appOf(env, 'LIGHTFUNNELS', sandbox !== null),
      },
      sendit: {
        baseUrl:
          url(env, 'SENDIT_BASE_URL', web) ??
          (sandbox ? `${sandbox.url}/sendit/api/v1` : 'https://app.sendit.ma/api/v1'),
      },
      whatsapp: {
        baseUrl: (
          url(env, 'WHATSAPP_BASE_URL', web) ??
          (sandbox ? `${sandbox.url}/whatsapp` : 'https://graph.facebook.com/v24.0')
        ).replace(/\/$/, ''),
      },
    },
  }
}

/** Beside the sandbox our app is registered everywhere, as `demo`. */
const appOf = (env: Environment, platform: string, sandbox: boolean): AppSettings => ({
  clientId: env[`${platform}_CLIENT_ID`] ?? (sandbox ? 'demo' : null),
  clientSecret: env[`${platform}_CLIENT_SECRET`] ?? (sandbox ? 'demo' : null),
  clientSecretPrevious: env[`${platform}_CLIENT_SECRET_PREVIOUS`] ?? null,
})

const versionOf = (): string =>
  (JSON.parse(readFileSync(resolve(repository, 'package.json'), 'utf8')) as { version: string }).version

const integer = (env: Environment, name: string, fallback: number, min: number, max: number): number => {
  const text = env[name]
  if (text === undefined) return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < min || value > max)
    throw new BadSetting(`${name} must be a whole number from ${min} to ${max}, not "${text}".`)
  return value
}

const url = (env: Environment, name: string, protocols: readonly string[]): string | null => {
  const text = env[name]
  if (text === undefined) return null
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
  // Elsewhere than on this machine only when the parts run in containers of their own.
  const own = (url(env, 'SANDBOX_URL', web) ?? `http://127.0.0.1:${port}`).replace(/\/$/, '')
  return {
    port,
    url: own,
    publicUrl: (url(env, 'SANDBOX_PUBLIC_URL', web) ?? own).replace(/\/$/, ''),
    smtpPort: integer(env, 'SANDBOX_SMTP_PORT', port + 25, 0, 65_535),
  }
}

/** All that stand before us, none, or a list of addresses and networks. */
const proxiesOf = (env: Environment): boolean | string => {
  const text = env.TRUST_PROXY ?? 'false'
  if (text === 'true' || text === 'false') return text === 'true'
  const readable = text.split(',').every((part) => {
    const [address = '', bits] = part.trim().split('/')
    const most = isIP(address) === 4 ? 32 : 128
    return isIP(address) !== 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  })
  if (!readable) throw new BadSetting('TRUST_PROXY must be true, false, or addresses and networks parted by commas.')
  return text
}

const checkedKey = (name: string, key: string): string => {
  if (key.length < 32) throw new BadSetting(`${name} must have at least 32 characters.`)
  return key
}

/** Beside the embedded database the key is made once and kept with the data; elsewhere it must be given. */
const secretKeyOf = (
  env: Environment,
  dataDir: string,
  { embedded, restored }: { readonly embedded: boolean; readonly restored: string | null },
): string => {
  if (env.SECRET_KEY) return checkedKey('SECRET_KEY', env.SECRET_KEY)
  if (!embedded && restored === null)
    throw new BadSetting('SECRET_KEY is missing: with DATABASE_URL set, give a key of at least 32 characters.')
  const file = keptKeyFile(dataDir)
  try {
    return checkedKey('The kept secret-key file', readFileSync(file, 'utf8').trim())
  } catch (error) {
    if (error instanceof BadSetting) throw error
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      throw new BadSetting(`DATA_DIR must be a folder of this user's: ${file} cannot be read.`)
  }
  ownFolder(dataDir)
  // Whole or absent, whenever this process ends; the first of two that start together decides.
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${restored ?? randomBytes(48).toString('base64url')}\n`, { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(draft)
  }
  return readFileSync(file, 'utf8').trim()
}

/** Where the secret key is kept when it is not a setting. */
export const keptKeyFile = (dataDir: string): string => resolve(dataDir, 'secret-key')

/** Makes the folder of data if it is absent, or says that it cannot be written. */
export const ownFolder = (dataDir: string): void => {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.W_OK)
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new BadSetting(`DATA_DIR must be a folder that this user may write: ${dataDir} is not (${why}).`)
  }
}
