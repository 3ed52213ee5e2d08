import { type Static, type TSchema, Type } from 'typebox'

/** Gives a schema the name under which it is published in the contract and referenced by routes. */
export const named = <T extends TSchema>(id: string, schema: T): T & { $id: string } => ({ ...schema, $id: id })

/** A schema with a value that it accepts, for whoever tries the operation on the reference page. */
export const withExample = <T extends TSchema>(schema: T, example: Static<T>): T => ({ ...schema, examples: [example] })

/** The schema that a reference stands for; the API publishes it when a route first refers to it. */
const target = Symbol.for('sendocki.schema')

/** Refers to a named schema instead of repeating it, keeping its static type. */
export const ref = <T extends TSchema>(schema: T & { $id: string }) => {
  const reference = Type.Unsafe<Static<T>>({ $ref: `${schema.$id}#` })
  Object.defineProperty(reference, target, { value: schema, enumerable: false })
  return reference
}

/** The named schema behind a reference made by `ref`, or undefined for anything else. */
export const targetOf = (schema: unknown): (TSchema & { $id: string }) | undefined =>
  typeof schema === 'object' && schema !== null ? (schema as Record<symbol, never>)[target] : undefined

/** A value or null. A plain type becomes a type list, which serialises faster than `anyOf`. */
export const nullable = <T extends TSchema>(schema: T) => {
  const { type } = schema as unknown as { type?: string }
  if (typeof type !== 'string') return Type.Unsafe<Static<T> | null>({ anyOf: [schema, { type: 'null' }] })
  const { enum: values } = schema as unknown as { enum?: unknown[] }
  return Type.Unsafe<Static<T> | null>({
    ...schema,
    type: [type, 'null'],
    ...(values ? { enum: [...values, null] } : {}),
  })
}

/** A closed list of words, published as an enumeration. */
export const oneOf = <const T extends readonly string[]>(values: T, options: object = {}) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values], ...options })

export const Uuid = Type.String({ format: 'uuid', minLength: 36, maxLength: 36 })
export const Instant = Type.String({ format: 'date-time', maxLength: 40, description: 'ISO 8601, UTC' })
export const Day = Type.String({ format: 'date', maxLength: 10, description: 'A day in Africa/Casablanca' })
export const Version = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
/** Centimes of MAD. The range keeps sums of 200,000 rows exact in a double. */
export const Centimes = Type.Integer({ minimum: 0, maximum: 99_999_999_999 })
/** What a double holds exactly. */
const exact = { minimum: -9_007_199_254_740_991, maximum: 9_007_199_254_740_991 }
export const SignedCentimes = Type.Integer(exact)
/** Any whole number. */
export const Whole = Type.Integer(exact)

/** One line of text without control characters. */
export const Line = (maxLength: number, options: object = {}) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '^[^\\u0000-\\u001f\\u007f]*\\S[^\\u0000-\\u001f\\u007f]*$',
    ...options,
  })
/** Text that may have several lines. */
export const Text = (maxLength: number) => Type.String({ maxLength })
export const Email = Type.String({
  minLength: 3,
  maxLength: 254,
  pattern: '^[^\\s@<>"(),;:\\\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,186}[A-Za-z0-9])?\\.[A-Za-z]{2,63}$',
})
export const IdParams = Type.Object({ id: Uuid }, { additionalProperties: false })

/** The answer of every list: the items and the cursor of the next page, null on the last one. */
export const page = <T extends TSchema>(id: string, item: T) =>
  named(id, Type.Object({ items: Type.Array(item), nextCursor: nullable(Type.String({ maxLength: 500 })) }))
/** The paging part of a list's query. Defaults are applied by the server, so both are optional. */
export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
}
export const Count = named('Count', Type.Object({ count: Type.Integer({ minimum: 0 }), capped: Type.Boolean() }))
/** A body without unknown fields; requests are closed, answers are open. */
export const closed = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })
