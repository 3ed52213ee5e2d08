import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const lock = readFileSync(join(import.meta.dirname, '../../pnpm-lock.yaml'), 'utf8')
const versionsOf = (name: string): string[] =>
  lock.split('\n').flatMap((line) => {
    const [key = ''] = line.trim().replaceAll("'", '').split('(')
    const version = key.startsWith(`${name}@`) ? /^\d+\.\d+\.\d+/.exec(key.slice(name.length + 1))?.[0] : undefined
    return version ? [version] : []
  })
const isBelow = (version: string, floor: string): boolean => {
  const [a, b] = [version, floor].map((text) => text.split('.').map(Number))
  for (let i = 0; i < 3; i += 1) if (a![i] !== b![i]) return a![i]! < b![i]!
  return false
}

// Versions below these have published holes that this product would be open to.
it.each([
  ['fastify', '5.12.1'],
  ['fast-jwt', '6.3.0'],
  ['drizzle-orm', '0.45.2'],
  ['nodemailer', '10.1.4'],
])('%s is never older than %s', (name, floor) => {
  const versions = versionsOf(name)
  expect(versions.length).toBeGreaterThan(0)
  expect(versions.filter((version) => isBelow(version, floor))).toEqual([])
})

it.each(['adm-zip', 'json-2-csv', 'xlsx', 'country-state-city'])('%s is not used', (name) => {
  expect(versionsOf(name)).toEqual([])
})
