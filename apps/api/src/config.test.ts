import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { BadSetting, readConfig } from './config.ts'

const given = {
  DATABASE_URL: 'postgres://owner@127.0.0.1:5432/sendocki',
  SECRET_KEY: 'a-key-of-more-than-thirty-two-characters',
  SMTP_URL: 'smtp://127.0.0.1:25',
}

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'sendocki-config-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

it.each([
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['PORT', '3000.5'],
  ['APP_URL', 'app.example'],
  ['DATABASE_URL', 'mysql://x'],
  ['DATABASE_APP_URL', 'nowhere'],
  ['DATABASE_PLATFORM_URL', 'http://x'],
  ['DATABASE_POOL_SIZE', '1'],
  ['REQUESTS_PER_MINUTE', '0'],
  ['WORKER', 'maybe'],
  ['WORKER_PORT', '-1'],
  ['SANDBOX', 'yes'],
  ['SECRET_KEY', 'short'],
  ['SECRET_KEY_PREVIOUS', 'short'],
  ['SMTP_URL', 'mail.example'],
  ['TRUST_PROXY', 'nginx'],
  ['TRUST_PROXY', '10.0.0.0/33'],
  ['LOG_LEVEL', 'loud'],
  ['SHOPIFY_BASE_URL', 'shop'],
  ['SENDIT_BASE_URL', 'ftp://x'],
])('stops at %s=%s with one sentence that names it', (name, value) => {
  const read = () => readConfig({ ...given, [name]: value })
  expect(read).toThrow(BadSetting)
  expect(read).toThrow(new RegExp(`^${name} [^\\n]+\\.$`))
})

it.each([
  ['SECRET_KEY', { SECRET_KEY: undefined }],
  ['SMTP_URL', { SMTP_URL: undefined }],
  ['SANDBOX_PORT', { SANDBOX: 'on', SANDBOX_PORT: 'x' }],
  ['SANDBOX_PUBLIC_URL', { SANDBOX: 'on', SANDBOX_PUBLIC_URL: 'x' }],
  ['DATA_DIR', { DATABASE_URL: undefined, SECRET_KEY: undefined, DATA_DIR: '/dev/null/data' }],
])('stops for want of %s with one sentence that names it', (name, change) => {
  expect(() => readConfig({ ...given, ...change })).toThrow(new RegExp(`^${name} [^\\n]+$`))
})

it('takes an empty setting for one that is not set', () => {
  const empty = Object.fromEntries(['PORT', 'WORKER', 'SHOPIFY_CLIENT_ID', 'METRICS_TOKEN'].map((name) => [name, '']))
  expect(readConfig({ ...given, ...empty })).toEqual(readConfig(given))
})

it('believes proxies only as told', () => {
  const trusted = (TRUST_PROXY?: string) => readConfig({ ...given, ...(TRUST_PROXY ? { TRUST_PROXY } : {}) }).trustProxy
  expect([trusted(), trusted('false'), trusted('true')]).toEqual([false, false, true])
  expect(trusted('10.0.0.0/8, ::1')).toBe('10.0.0.0/8, ::1')
})

it('sends browsers to the public address of the sandbox, and itself to the inner one', () => {
  const addresses = { SANDBOX: 'on', SANDBOX_URL: 'http://sandbox:4000', SANDBOX_PUBLIC_URL: 'http://localhost:4000' }
  const { sandbox, providers, smtpUrl } = readConfig({ ...given, SMTP_URL: undefined, ...addresses })
  expect(sandbox?.publicUrl).toBe('http://localhost:4000')
  expect(providers.shopify.pageUrl).toBe('http://localhost:4000/shopify/{shop}')
  expect(providers.shopify.baseUrl).toBe('http://sandbox:4000/shopify/{shop}')
  expect(smtpUrl).toBe('smtp://sandbox:4025')
})

it('makes the key once beside the embedded database, for its owner alone', () => {
  const DATA_DIR = join(folder(), 'data')
  const { secretKey } = readConfig({ DATA_DIR })
  expect(secretKey.length).toBeGreaterThanOrEqual(32)
  expect(readConfig({ DATA_DIR }).secretKey).toBe(secretKey)
  expect(readFileSync(join(DATA_DIR, 'secret-key'), 'utf8').trim()).toBe(secretKey)
  expect(statSync(join(DATA_DIR, 'secret-key')).mode & 0o777).toBe(0o600)
})

it('refuses a kept key that was cut short', () => {
  const DATA_DIR = folder()
  writeFileSync(join(DATA_DIR, 'secret-key'), 'short')
  expect(() => readConfig({ DATA_DIR })).toThrow(/secret-key/)
})
