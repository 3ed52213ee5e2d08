import { existsSync, globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const here = import.meta.dirname
const shipped = readFileSync(join(here, 'mantine.css'), 'utf8')
const styles = dirname(createRequire(import.meta.url).resolve('@mantine/core/styles/Input.css'))
const sources = globSync('**/*.tsx', { cwd: join(here, '..') }).map((name) =>
  readFileSync(join(here, '..', name), 'utf8'),
)

const used = new Set(
  sources
    .flatMap((source) => [...source.matchAll(/import \{([^}]+)\} from '@mantine\/core'/g)])
    .flatMap(([, names]) => String(names).split(','))
    .map((name) => name.trim()),
)

test('every Mantine component in use has its styles shipped', () => {
  const missing = [...used].filter(
    (name) => existsSync(join(styles, `${name}.layer.css`)) && !shipped.includes(`styles/${name}.layer.css`),
  )
  expect(missing).toEqual([])
})

test('no component that writes style tags is used', () => {
  const forbidden = ['AppShell', 'Grid', 'SimpleGrid', 'ColorSchemeScript']
  expect(forbidden.filter((name) => used.has(name))).toEqual([])
})

test("a day is asked in the language of the app, and by no field of the browser's own", () => {
  expect(sources.filter((source) => /type="date/.test(source))).toEqual([])
})
