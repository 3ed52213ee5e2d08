import type { FastifyInstance } from 'fastify'

export interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly minimum?: number
  readonly minItems?: number
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly $ref?: string
  readonly 'x-mask'?: string
}

interface Operation {
  readonly path: string
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  readonly name: string
  readonly operationId: string
  readonly permission: string
  readonly parameters: readonly {
    readonly name: string
    readonly in: string
    readonly required?: boolean
    readonly schema: Schema
  }[]
  readonly body: Schema | undefined
  readonly answers: Readonly<Record<string, unknown>>
}

export interface Contract {
  readonly operations: readonly Operation[]
  readonly schemas: Readonly<Record<string, Schema>>
}

/** The published contract as tests walk it. */
export const contractOf = (app: FastifyInstance): Contract => {
  const document = app.swagger() as unknown as {
    paths: Record<string, Record<string, Record<string, never>>>
    components: { schemas: Record<string, Schema> }
  }
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]): Operation => ({
        path,
        method: method as Operation['method'],
        name: `${method.toUpperCase()} ${path}`,
        operationId: operation.operationId ?? '',
        permission: operation['x-permission'] ?? '',
        parameters: operation.parameters ?? [],
        body: Object.values(
          (operation.requestBody as { content?: Record<string, { schema: Schema }> } | undefined)?.content ?? {},
        )[0]?.schema,
        answers: operation.responses ?? {},
      }),
    ),
  )
  return { operations, schemas: document.components.schemas }
}

const textFor: Record<string, string> = {
  uuid: '019a0000-0000-7000-8000-00000000dead',
  'date-time': '2026-11-20T10:00:00.000Z',
  date: '2026-11-20',
}

/** The smallest value that a schema accepts: required fields only, first words of lists, shortest texts. */
export const sampleOf = (schema: Schema, schemas: Contract['schemas']): unknown => {
  if (schema.$ref) return sampleOf(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return sampleOf(schema.anyOf[0] ?? {}, schemas)
  const [type = 'object'] = [schema.type ?? 'object'].flat()
  switch (type) {
    case 'string':
      return textFor[schema.format ?? ''] ?? textOf(schema)
    case 'integer':
    case 'number':
      return schema.minimum ?? 1
    case 'boolean':
      return true
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}, schemas))
    default:
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, sampleOf(schema.properties?.[name] ?? {}, schemas)]),
      )
  }
}

const textOf = ({ pattern, minLength = 1 }: Schema): string => {
  const candidates = [
    'sample',
    'a@example.test',
    '123456',
    'sample-0.myshopify.com',
    'x'.repeat(Math.max(minLength, 1)),
  ]
  // eslint-disable-next-line no-restricted-syntax -- a pattern of our own contract, not of data
  const fits = (text: string) => text.length >= minLength && (!pattern || new RegExp(pattern, 'u').test(text))
  return candidates.find(fits) ?? 'x'.repeat(Math.max(minLength, 1))
}

const targetOf = (schema: Schema, schemas: Contract['schemas']): Schema =>
  schema.$ref ? targetOf(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas) : schema

/** Where a value of this schema holds ids of ours, as paths of field names; `*` is any member of a list. */
export const idPathsOf = (given: Schema | undefined, schemas: Contract['schemas']): string[][] => {
  const schema = targetOf(given ?? {}, schemas)
  if (schema.format === 'uuid') return [[]]
  const inner: readonly (readonly [string[], Schema])[] = schema.anyOf
    ? schema.anyOf.map((one) => [[], one])
    : schema.items
      ? [[['*'], schema.items]]
      : Object.entries(schema.properties ?? {}).map(([name, one]) => [[name], one])
  const found = inner.flatMap(([at, one]) => idPathsOf(one, schemas).map((path) => [...at, ...path]))
  return [...new Map(found.map((path) => [path.join('.'), path])).values()]
}

/** The smallest value that holds this id at this place. */
export const sampleWithId = (
  given: Schema,
  path: readonly string[],
  id: string,
  schemas: Contract['schemas'],
): Record<string, unknown> => build(given, path, id, schemas) as Record<string, unknown>

const build = (given: Schema, path: readonly string[], id: string, schemas: Contract['schemas']): unknown => {
  const schema = targetOf(given, schemas)
  if (schema.anyOf) {
    const leading = schema.anyOf.find((one) => idPathsOf(one, schemas).some((at) => at.join('.') === path.join('.')))
    return build(leading ?? {}, path, id, schemas)
  }
  const [name, ...rest] = path
  if (name === undefined) return id
  if (name === '*') return [build(schema.items ?? {}, rest, id, schemas)]
  const inner = build(schema.properties?.[name] ?? {}, rest, id, schemas)
  return { ...(sampleOf(schema, schemas) as object), [name]: inner }
}
