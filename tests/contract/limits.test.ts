import { expect, it } from 'vitest'
import { startApi } from '../support/app.ts'

const perMinute = 50
const api = await startApi({ env: { REQUESTS_PER_MINUTE: String(perMinute), TRUST_PROXY: 'true' } })

/** Asks until it is told to wait, and gives how often it was answered, and the refusal. */
const askUntilRefused = async (ask: () => ReturnType<ReturnType<typeof api.as>['get']>) => {
  for (let answered = 0; answered <= perMinute; answered += 1) {
    const answer = await ask()
    if (answer.status === 429) return { answered, refusal: answer }
    expect(answer.headers['ratelimit-limit']).toBeDefined()
  }
  throw new Error('It was never told to wait.')
}

it('limits an account whatever the session, says until when, and leaves the others alone', async () => {
  const { answered, refusal } = await askUntilRefused(() => api.as('owner').get('/me'))
  expect(answered).toBe(perMinute)
  expect(refusal.body.code).toBe('request.too_many')
  expect(Number(refusal.headers['retry-after'])).toBeGreaterThan(0)
  expect(refusal.headers).toMatchObject({ 'ratelimit-limit': String(perMinute), 'ratelimit-remaining': '0' })
  expect(Number(refusal.headers['ratelimit-reset'])).toBeGreaterThan(0)
  expect((await api.as('manager').get('/me')).status).toBe(200)
})

it('limits a key apart from its maker, its address and other keys', async () => {
  const from = { 'x-forwarded-for': '192.0.2.7' }
  const ask = (role: 'manager' | 'viewer') => api.asKey(role).get('/orders?limit=1', from)
  // Until it was met, a key counts for its address.
  await ask('manager')
  const { answered } = await askUntilRefused(() => ask('manager'))
  expect(answered).toBe(perMinute)
  expect((await api.as('viewer').get('/me', from)).status).toBe(200)
  expect((await ask('viewer')).status).toBe(200)
})

it('limits an address: a made-up token is no account of its own', async () => {
  let made = 0
  const { answered } = await askUntilRefused(() => api.withToken(`made.up.${(made += 1)}`).get('/me'))
  expect(answered).toBe(perMinute)
  expect((await api.withToken(null).get('/instance')).status).toBe(429)
  expect((await api.withToken(`sk_${'0'.repeat(12)}_made-up`).get('/orders')).status).toBe(429)
  expect((await api.as('manager').get('/me')).status).toBe(200)
})

it.each(['/search?q=fatima', '/orders?q=fatima', '/orders/count?q=fatima', '/board?q=fatima'])(
  'allows fewer searches by %s, counted together and apart from the rest',
  async (path) => {
    const { answered } = await askUntilRefused(() => api.as('viewer').get(path))
    expect(answered).toBeLessThanOrEqual(perMinute / 2)
    expect((await api.as('viewer').get('/orders?limit=1')).status).toBe(200)
  },
)

it('allows fewer readings of the whole journal and fewer label sheets', async () => {
  const { answered } = await askUntilRefused(() => api.as('manager').get('/audit-log?limit=1'))
  expect(answered).toBe(perMinute / 2)
  const labels = { parcelIds: [crypto.randomUUID()] }
  expect((await api.as('manager').post('/labels', labels)).status).toBe(429)
})
