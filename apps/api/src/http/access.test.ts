import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { registerAccess } from './access.ts'

it.each([
  ['nothing', undefined],
  ['a word that is no permission', 'orders.everything'],
  ['an empty word', ''],
])('an operation that declares %s does not start', (_name, permission) => {
  const app = Fastify()
  registerAccess(app)
  const register = (url: string) => app.get(url, { config: { permission: permission as never } }, () => null)
  expect(() => register('/api/v1/open')).toThrow(/GET \/api\/v1\/open declares no permission/)
  expect(() => register('/hooks/open')).toThrow(/declares no permission/)
})
