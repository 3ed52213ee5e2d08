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
  ['a list as body', '[]', 400],
  ['nothing at all', '', 400],
  ['fifty thousand lists in each other', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 400],
  [
    'sixty thousand fields',
    JSON.stringify(Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`f${i}`, 1]))),
    400,
  ],
  ['a field that is given twice', '{"note":"a","note":"b"}', 400],
  ['a field that is given twice, once in other letters', '{"note":"a","n\\u006fte":"b"}', 400],
  ['a field that is given twice deep inside', '{"customer":{"name":"\\"a\\":","phone":"1","phone":"2"}}', 400],
  ['a number beyond all', '{"shippingFeeCentimes":1e400}', 400],
  ['a number with too many digits', `{"shippingFeeCentimes":${'9'.repeat(400)}}`, 400],
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
  'application/json x',
  'application/json\tx',
  'application/json,text/plain',
  'application/json application/xml',
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
  '\tapplication/json',
  'application/json ;;',
  'APPLICATION/JSON',
])('never lets the spelling of the type "%s" pass a body unvalidated', async (type) => {
  const answer = await send('{"unknownField":1}', type)
  expectTame(answer, type)
  expect([400, 415]).toContain(answer.status)
})

const good = () => ({
  customer: { name: 'Salma Bennani', phone: `06${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}` },
  shippingAddress: { line: '4 rue Exemple', city: 'Rabat' },
  lines: [{ name: 'Lampe solaire', quantity: 1, unitPriceCentimes: 21_900 }],
})

it.each([
  ['no lines', { lines: [] }, 'lines'],
  ['a negative quantity', { lines: [{ ...good().lines[0], quantity: -1 }] }, 'lines.0.quantity'],
  ['no quantity', { lines: [{ ...good().lines[0], quantity: 0 }] }, 'lines.0.quantity'],
  ['half a piece', { lines: [{ ...good().lines[0], quantity: 0.5 }] }, 'lines.0.quantity'],
  ['a negative price', { lines: [{ ...good().lines[0], unitPriceCentimes: -1 }] }, 'lines.0.unitPriceCentimes'],
  [
    'a price beyond counting',
    { lines: [{ ...good().lines[0], unitPriceCentimes: 2 ** 53 }] },
    'lines.0.unitPriceCentimes',
  ],
  ['a price as a text', { lines: [{ ...good().lines[0], unitPriceCentimes: '219' }] }, 'lines.0.unitPriceCentimes'],
] as const)('refuses an order with %s and names the field', async (_what, change, path) => {
  const { status, body } = await send(JSON.stringify({ ...good(), ...change }))
  expect(status).toBe(400)
  expect(body.fields.map((field: { path: string }) => field.path)).toContain(path)
})

it.each(['Salma 🌹 بنّاني', 'ⵙⴰⵍⵎⴰ Bennani', "O'Brien-Lévêque <b>", '李小龍 👨‍👩‍👧‍👦', 'e\u0301toile'])(
  'keeps the name "%s" as it was given',
  async (name) => {
    const order = good()
    const { status, body, text } = await send(JSON.stringify({ ...order, customer: { ...order.customer, name } }))
    expect(status, text).toBe(201)
    expect(body.customer.name.normalize('NFC')).toBe(name.normalize('NFC'))
  },
)
