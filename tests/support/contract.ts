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
        // A file is no body that a sample could be made for.
        body: (operation.requestBody as { content?: Record<string, { schema: Schema }> } | undefined)?.content?.[
          'application/json'
        ]?.schema,
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

const targetIn = (schema: Schema, schemas: Contract['schemas']): Schema =>
  schema.$ref ? targetIn(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas) : schema

/** Where a value of a schema holds ids: the ways to them, `*` for the items of a list. */
export const idPathsOf = (schema: Schema, schemas: Contract['schemas'], path: readonly string[] = []): string[][] => {
  const { format, properties = {}, items, anyOf = [] } = targetIn(schema, schemas)
  if (path.length > 8) return []
  if (format === 'uuid') return [[...path]]
  return [
    ...Object.entries(properties).flatMap(([name, inner]) => idPathsOf(inner, schemas, [...path, name])),
    ...(items ? idPathsOf(items, schemas, [...path, '*']) : []),
    ...anyOf.flatMap((option) => idPathsOf(option, schemas, path)),
  ]
}

/** The smallest value that a schema accepts with something at the end of a way into it. */
export const sampleWith = (
  schema: Schema,
  schemas: Contract['schemas'],
  path: readonly string[],
  value: unknown,
): unknown => {
  const [head, ...rest] = path
  const { anyOf, items = {}, properties = {} } = targetIn(schema, schemas)
  if (head === undefined) return value
  if (anyOf) {
    const option = anyOf.find((one) => idPathsOf(one, schemas).length > 0) ?? {}
    return sampleWith(option, schemas, path, value)
  }
  if (head === '*') return [sampleWith(items, schemas, rest, value)]
  return {
    ...(sampleOf(schema, schemas) as object),
    [head]: sampleWith(properties[head] ?? {}, schemas, rest, value),
  }
}

/** What the smallest bodies lack to be taken as far as their ids: a phone that can be called, lines with a name. */
export const believable = (value: unknown, key = ''): unknown => {
  if (Array.isArray(value))
    return value.map((item) => (key === 'lines' ? { name: 'Savon noir', ...(item as object) } : believable(item)))
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, believable(inner, name)]))
  return key === 'phone' ? '0661234567' : value
}

const textOf = ({ pattern, minLength = 1 }: Schema): string => {
  const candidates = [
    'sample',
    'a@example.test',
    '123456',
    '09:00',
    'sample-0.myshopify.com',
    'x'.repeat(Math.max(minLength, 1)),
  ]
  const fits = (text: string) => text.length >= minLength && (!pattern || new RegExp(pattern, 'u').test(text))
  return candidates.find(fits) ?? 'x'.repeat(Math.max(minLength, 1))
}
