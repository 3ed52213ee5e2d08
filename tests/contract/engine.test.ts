import { buildApp, buildWorkerApp } from '@sendocki/api/app'
import { createDeps } from '@sendocki/api/deps'
import { createLog } from '@sendocki/api/log'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { startApi } from '../support/app.ts'

const api = await startApi()
const guarded = await startApi({ env: { METRICS_TOKEN: 'a-token-of-the-operator' } })
const owner = api.as('owner')
const nobody = api.withToken(null)

it('answers live and ready', async () => {
  expect((await owner.get('//health/live')).status).toBe(200)
  expect((await owner.get('//health/ready')).status).toBe(200)
})

describe('every answer has strict headers', () => {
  it.each([
    [200, 'GET', '/health/live'],
    [200, 'GET', '/docs'],
    [200, 'GET', '/openapi.json'],
    [200, 'GET', '/metrics'],
    [400, 'GET', '/api/v1/orders?limit=none'],
    [400, 'GET', '/api/v1/orders/%zz'],
    [400, 'GET', `/api/v1/orders/${'x'.repeat(300)}`],
    [401, 'GET', '/api/v1/orders'],
    [401, 'POST', '/hooks/generic/01890000-0000-7000-8000-000000000000'],
    [404, 'GET', '/api/v1/nothing-here'],
    [404, 'TRACE', '/api/v1/orders'],
    [404, 'GET', '/.git/config'],
    [415, 'POST', '/api/v1/auth/sign-in'],
  ] as const)('%i %s %s', async (status, method, url) => {
    const headers = status === 400 ? { authorization: `Bearer ${api.tokenOf(api.merchant, 'owner')}` } : {}
    const sent = method === 'POST' ? { payload: '<x/>', headers: { 'content-type': 'text/xml' } } : { headers }
    const answer = await api.app.inject({ method: method as 'GET', url, ...sent })
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-security-policy']).toMatch(/^default-src '(self|none)';/)
    expect(answer.headers['content-security-policy']).not.toMatch(/script-src [^;]*unsafe|'none';script/)
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringContaining('max-age=31536000'),
    })
    if (status >= 400) {
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
      expect(answer.json()).toMatchObject({ status, code: expect.any(String), requestId: expect.any(String) })
    }
    if (url.startsWith('/api/')) expect(answer.headers['cache-control']).toBe('no-store')
  })
})

describe('the figures', () => {
  const figure = (text: string, name: string): number =>
    Number(new RegExp(`^${name.replace(/[{}"]/g, '\\$&')} (.+)$`, 'm').exec(text)?.[1])

  it('tell requests, the pool, jobs and the inbox as they are at that instant', async () => {
    const client = new pg.Client({ connectionString: api.databaseUrl })
    await client.connect()
    await client.query(`select graphile_worker.add_job('schedule.cleanup', '{}'::json)`)
    await nobody.get('//health/live')
    const { text } = await nobody.get('//metrics')
    await client.query('delete from graphile_worker._private_jobs')
    await client.end()
    expect(figure(text, 'sendocki_jobs_waiting')).toBe(1)
    expect(figure(text, 'sendocki_jobs_failing')).toBe(0)
    expect(figure(text, 'sendocki_inbox_lag_seconds')).toBe(0)
    expect(figure(text, 'sendocki_pool_connections{state="waiting"}')).toBe(0)
    expect(text).toContain('sendocki_request_seconds_bucket{le="0.005",method="GET",route="/health/live",status="200"}')
    expect(text).toContain('# TYPE sendocki_job_seconds histogram')
  })

  it('are for loopback, or for who holds the token', async () => {
    const far = await api.app.inject({ url: '/metrics', remoteAddress: '203.0.113.7' })
    expect(far.statusCode).toBe(404)
    expect((await guarded.withToken(null).get('//metrics')).status).toBe(404)
    expect((await guarded.withToken('a-token-of-the-operator').get('//metrics')).status).toBe(200)
  })
})

it('every request leaves one line: who, what, when, from where, and nothing of what was said', async () => {
  const { config } = api.deps.world
  const lines: string[] = []
  const log = createLog('info', { write: (line) => void lines.push(line) })
  const deps = await createDeps({ config, ownerUrl: api.databaseUrl, log })
  const app = await buildApp(deps)
  const token = api.tokenOf(api.merchant, 'owner')
  await app.inject({ url: '/api/v1/orders?q=0661234987', headers: { authorization: `Bearer ${token}` } })
  await app.close()
  await deps.close()
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'info',
    reqId: expect.any(String),
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    method: 'GET',
    route: '/api/v1/orders',
    status: 200,
    ms: expect.any(Number),
    requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    address: '127.0.0.1',
    merchantId: api.merchant.merchantId,
    memberId: api.merchant.people.owner.memberId,
    msg: 'request',
  })
  expect(lines[0]).not.toMatch(new RegExp(`${token}|1234987`))
})

it('a worker process shows its health and its figures, and nothing else', async () => {
  const { config } = api.deps.world
  const deps = await createDeps({ config, ownerUrl: api.databaseUrl, log: api.deps.world.log })
  const app = await buildWorkerApp(deps)
  expect((await app.inject('/health/ready')).statusCode).toBe(503)
  deps.readiness.running(true)
  expect((await app.inject('/health/ready')).json()).toEqual({
    ...{ status: 'ready', database: true, migrations: true, jobs: true },
  })
  expect((await app.inject('/metrics')).body).toContain('sendocki_job_seconds')
  const other = await app.inject('/api/v1/orders')
  expect([other.statusCode, other.json().code]).toEqual([404, 'request.not_found'])
  expect(other.headers['content-security-policy']).toContain("default-src 'none'")
  await app.close()
  await deps.close()
})

describe('a transaction', () => {
  it('hears no question once it has failed: a part of it that goes on reaches nothing', async () => {
    let part: Promise<unknown> = Promise.resolve()
    const failing = api.ctx().transaction(async (tx) => {
      part = tx.db.execute('select 1').then(() => tx.db.execute('select 1'))
      part.catch(() => undefined)
      throw new Error('Another part fails.')
    })
    await expect(failing).rejects.toThrow('Another part fails.')
    await expect(part).rejects.toThrow('after the end of its transaction')
  })

  it('hears none once it was committed', async () => {
    const kept = await api.ctx().transaction(async (tx) => tx)
    expect(() => kept.db).toThrow('after the end of its transaction')
  })
})
