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
