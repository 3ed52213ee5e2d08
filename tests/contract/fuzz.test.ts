import { expect, it } from 'vitest'
import type { Answer } from '../support/app.ts'
import { contractOf, sampleOf } from '../support/contract.ts'
import { fixtures, startPlayedApi } from '../support/fixtures.ts'

const api = await startPlayedApi({ checkAnswers: false })
const { operations, schemas } = contractOf(api.app)
const existing = await fixtures(api)

const fill = (path: string): string =>
  path
    .replace('/api/v1', '')
    .replaceAll(/([a-z-]+)\/\{[^}]+\}/g, (_all, noun: string) => `${noun}/${existing[noun] ?? crypto.randomUUID()}`)

/** No answer tells anything of the inside, and none of them is a surprise of ours. */
const expectTame = ({ status, text, headers }: Answer, what: string): void => {
  expect(status, `${what}: ${text}`).toBeLessThan(500)
  expect(text, what).not.toMatch(/node_modules|at .*\.ts:|select .* from|postgres:|drizzle|syntax error/i)
  expect(String(headers['content-type'] ?? ''), what).not.toMatch(/^text\/html/)
}

/** Calls that would end the session which all these tests share. */
const ending = ['signOut', 'switchMerchant', 'changePassword']
const writing = operations.filter(
  ({ path, method, body, operationId }) =>
    path.startsWith('/api/v1') && method !== 'get' && body && !ending.includes(operationId),
)
const reading = operations.filter(
  ({ path, method, parameters }) =>
    path.startsWith('/api/v1') &&
    method === 'get' &&
    !path.endsWith('/stream') &&
    parameters.some((parameter) => parameter.in === 'query'),
)
const json = () => ({ 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() })

const evilValues: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  2 ** 53,
  9.5,
  '',
  ' ',
  'x'.repeat(100_000),
  'a\0b',
  '\ud800',
  "' or 1=1 --",
  '%252e%00',
  '{{constructor}}',
  '<img src=x onerror=alert(1)>',
  '\u202e06 12',
  [],
  [[]],
  {},
  { $ne: 1 },
  '2026-13-45',
  '00000000-0000-0000-0000-000000000000',
]

it.each(writing.map((operation) => [operation.name, operation] as const))(
  '%s refuses fields that nobody declared',
  async (_name, { path, method, body }) => {
    const sample = sampleOf(body!, schemas) as Record<string, unknown>
    for (const extra of [
      { merchantId: api.rival.merchantId },
      { createdAt: '2020-01-01T00:00:00Z' },
      { unknownField: 1 },
    ]) {
      const answer = await api.as('owner')[method as 'post'](fill(path), { ...sample, ...extra }, json())
      expectTame(answer, JSON.stringify(extra))
      expect([400, 409]).toContain(answer.status)
      if (answer.status === 400)
        expect(answer.body.fields).toContainEqual({ path: Object.keys(extra)[0], code: 'unknown' })
    }
  },
)

it.each(writing.map((operation) => [operation.name, operation] as const))(
  '%s answers every wrong value with a clear refusal',
  async (_name, { path, method, body }) => {
    const sample = sampleOf(body!, schemas) as Record<string, unknown>
    for (const field of Object.keys(sample))
      for (const value of evilValues) {
        const answer = await api.as('owner')[method as 'post'](fill(path), { ...sample, [field]: value }, json())
        expectTame(answer, `${field}=${JSON.stringify(value)?.slice(0, 60)}`)
      }
  },
)

it.each(reading.map((operation) => [operation.name, operation] as const))(
  '%s answers every wrong parameter with a clear refusal',
  async (_name, { path, parameters }) => {
    for (const { name } of parameters.filter((parameter) => parameter.in === 'query'))
      for (const value of evilValues.filter((candidate) => typeof candidate !== 'object').map(String)) {
        const text = value.isWellFormed() ? encodeURIComponent(value.slice(0, 4_000)) : '%ED%A0%80'
        expectTame(await api.as('owner').get(`${fill(path)}?${name}=${text}`), `${name}=${value.slice(0, 60)}`)
      }
  },
)

const target = '/orders'
const send = (payload: string | Buffer, type = 'application/json') =>
  api.as('owner').post(target, payload, { 'content-type': type, 'idempotency-key': crypto.randomUUID() })

it.each([
  ['broken JSON', '{"a":', 400],
  ['NUL in a text', '{"note":"a\\u0000b"}', 400],
  ['a lone surrogate', '{"note":"\\ud800"}', 400],
  ['a prototype', '{"__proto__":{"polluted":true}}', 400],
  ['a constructor', '{"constructor":{"prototype":{}}}', 400],
  ['a tower of lists', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 400],
  ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 400],
  ['a number as body', '5', 400],
  ['more than a mebibyte', `{"note":"${'x'.repeat(1_100_000)}"}`, 413],
] as const)('refuses %s', async (_what, payload, status) => {
  const answer = await send(payload as string | Buffer)
  expectTame(answer, _what)
  expect(answer.status).toBe(status)
})

it.each([
  'text/plain',
  'application/xml',
  'multipart/form-data',
  'application/jsonx',
  ' text/json',
  '\tapplication/x-www-form-urlencoded',
  'application/json-patch+json',
])('does not read a body of type "%s"', async (type) => {
  const answer = await send('{"unknownField":1}', type)
  expectTame(answer, type)
  expect(answer.status).toBe(415)
})

it.each([
  ' application/json',
  'application/json ',
  'application/json;charset=utf-8',
  'application/json\t; charset=utf-8',
  'APPLICATION/JSON',
])('never lets the spelling of the type "%s" pass a body unvalidated', async (type) => {
  const answer = await send('{"unknownField":1}', type)
  expectTame(answer, type)
  expect([400, 415]).toContain(answer.status)
})
