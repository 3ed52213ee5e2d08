import { permissions, personalPermissions } from '@sendocki/domain/permissions'
import { Ajv } from 'ajv'
import addFormatsModule from 'ajv-formats'
import { expect, it } from 'vitest'
import { startApi } from '../support/app.ts'

const api = await startApi()
const contract = api.app.swagger() as unknown as Contract

interface Schema {
  type?: string | string[]
  enum?: unknown[]
  format?: string
  maxLength?: number
  maxItems?: number
  maximum?: number
  const?: unknown
  pattern?: string
  properties?: Record<string, Schema>
  patternProperties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  $ref?: string
  examples?: unknown[]
}
interface Operation {
  operationId?: string
  summary?: string
  tags?: string[]
  'x-permission'?: string
  parameters?: { name: string; in: string; schema: Schema }[]
  security?: Record<string, unknown>[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses?: Record<string, unknown>
}
interface Contract {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema & { additionalProperties?: boolean }> }
}

const operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    path,
    method,
    operation,
    name: `${method.toUpperCase()} ${path}`,
  })),
)

it('names every operation in verbNoun, once, with a summary, a tag and a permission', () => {
  const ids = operations.map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { name, operation } of operations) {
    expect(operation.operationId, name).toMatch(/^[a-z]+[A-Z]\w+$/)
    expect(operation.summary, name).toBeTruthy()
    expect(operation.tags?.length, name).toBeGreaterThan(0)
    expect(['public', 'session', ...permissions], name).toContain(operation['x-permission'])
  }
})

it('lists by cursor: every list takes limit and cursor, none takes an offset', () => {
  for (const { name, operation } of operations) {
    const names = (operation.parameters ?? []).map((parameter) => parameter.name)
    expect(names, name).not.toContain('offset')
    if (names.includes('cursor')) expect(names, name).toContain('limit')
  }
})

/** Every place in a request where a text, a list or a number could grow without end. */
const unbounded = (schema: Schema, path: string, seen: ReadonlySet<string>): string[] => {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) as string
    const target = contract.components.schemas[name]
    return seen.has(name) || !target ? [] : unbounded(target, `${path}(${name})`, new Set([...seen, name]))
  }
  const types = [schema.type ?? []].flat()
  const own = [
    types.includes('string') &&
      !schema.enum &&
      schema.const === undefined &&
      !schema.format?.match(/^(uuid|date)$/) &&
      schema.maxLength === undefined &&
      `${path}: text without maxLength`,
    types.includes('array') && schema.maxItems === undefined && `${path}: list without maxItems`,
    types.includes('integer') && schema.maximum === undefined && `${path}: number without maximum`,
    types.includes('number') && schema.maximum === undefined && `${path}: number without maximum`,
  ].filter((finding) => typeof finding === 'string')
  const inner = [
    ...Object.entries({ ...schema.properties, ...schema.patternProperties }),
    ...(schema.items ? [['[]', schema.items] as const] : []),
    ...(schema.anyOf ?? []).map((option, index) => [String(index), option] as const),
  ]
  return [...own, ...inner.flatMap(([key, value]) => unbounded(value, `${path}.${key}`, seen))]
}

it('bounds every text, list and number that a request can carry', () => {
  const findings = operations.flatMap(({ name, operation }) => [
    ...(operation.parameters ?? []).flatMap((parameter) =>
      unbounded(parameter.schema, `${name} ${parameter.name}`, new Set()),
    ),
    ...Object.values(operation.requestBody?.content ?? {}).flatMap(({ schema }) =>
      unbounded(schema, `${name} body`, new Set()),
    ),
  ])
  expect(findings).toEqual([])
})

it('refuses unknown fields: every request body is closed', () => {
  const isOpen = (schema: Schema & { additionalProperties?: boolean }): boolean => {
    const target = schema.$ref ? contract.components.schemas[schema.$ref.split('/').at(-1) as string] : schema
    return target?.properties !== undefined && target.additionalProperties !== false
  }
  const open = operations
    .filter(({ operation }) =>
      Object.values(operation.requestBody?.content ?? {}).some(({ schema }) => isOpen(schema as never)),
    )
    .map(({ name }) => name)
  expect(open).toEqual([])
})

it('declares how each operation says no', () => {
  for (const { name, operation } of operations.filter(
    ({ path }) => path.startsWith('/api/v1') && !path.endsWith('/stream'),
  ))
    expect(Object.keys(operation.responses ?? {}), name).toEqual(
      expect.arrayContaining(['400', '401', '403', '404', '409', '422', '429', '503']),
    )
})

it('says of each operation which way in it takes: nobody, a key or a person, a person only', () => {
  const personal: readonly string[] = ['session', ...personalPermissions]
  for (const { name, operation } of operations.filter(({ path }) => path.startsWith('/api/v1'))) {
    const permission = operation['x-permission'] ?? ''
    // What is not said here is what holds for the whole contract.
    const ways = operation.security?.flatMap(Object.keys) ?? ['apiKey', 'bearer']
    const wanted = permission === 'public' ? [] : personal.includes(permission) ? ['bearer'] : ['apiKey', 'bearer']
    expect([name, ways]).toEqual([name, wanted])
  }
})

it('proposes examples that its own rules accept', () => {
  const ajv = new Ajv({ strict: false })
  ;(addFormatsModule as unknown as (ajv: Ajv) => void)(ajv)
  ajv.addSchema({ $id: 'contract', components: contract.components })
  const proposed = Object.entries(contract.components.schemas).filter(([, { examples }]) => examples)
  expect(proposed.map(([name]) => name)).toContain('CreateOrder')
  for (const [name, { examples = [] }] of proposed)
    for (const example of examples) {
      const accepts = ajv.compile({ $ref: `contract#/components/schemas/${name}` })
      expect([name, accepts(example), accepts.errors]).toEqual([name, true, null])
    }
})
