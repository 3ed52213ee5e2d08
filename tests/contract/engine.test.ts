import { expect, it } from 'vitest'
import { startApi } from '../support/app.ts'

const api = await startApi()

it('answers live and ready', async () => {
  expect((await api.as('owner').get('//health/live')).status).toBe(200)
  expect((await api.as('owner').get('//health/ready')).status).toBe(200)
})

it('answers an unknown address with a problem and strict headers', async () => {
  const answer = await api.as('owner').get('/nothing-here')
  expect(answer.status).toBe(404)
  expect(answer.body.code).toBe('request.not_found')
  expect(answer.headers['content-security-policy']).toContain("default-src 'self'")
  expect(answer.headers['cache-control']).toBe('no-store')
})
