import { Refused } from '@sendocki/domain/result'
import { Ajv, type Options } from 'ajv'
import addFormatsModule from 'ajv-formats'
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify'

const addFormats = addFormatsModule as unknown as (ajv: Ajv) => void
const depthMax = 64
export const jsonBytesMax = 1_048_576

/**
 * Bodies are strict: unknown fields refused, nothing coerced. Everything that arrives as text (query, path, headers)
 * is coerced, with defaults applied. Given to Fastify as its builder of validators: a compiler that is set afterwards
 * is forgotten by every scope to which a schema is added later. A validator is made when a request first needs it: to
 * make them all would take longer than the rest of the start.
 */
export const buildValidator = (shared: Readonly<Record<string, object>>): FastifySchemaCompiler<object> => {
  const strict = once(() => ajvOf(shared, { coerceTypes: false, useDefaults: false }))
  const lenient = once(() => ajvOf(shared, { coerceTypes: 'array', useDefaults: true }))
  return ({ schema, httpPart }) => {
    const made = once(() => (httpPart === 'body' ? strict() : lenient()).compile(schema))
    const validate: Validate = (value) => {
      const valid = made()(value)
      validate.errors = made().errors ?? null
      return valid
    }
    return validate as ReturnType<FastifySchemaCompiler<object>>
  }
}

type Validate = ((value: unknown) => boolean) & { errors?: unknown }

const ajvOf = (shared: Readonly<Record<string, object>>, options: Options): Ajv => {
  const ajv = new Ajv({ removeAdditional: false, allErrors: true, strict: false, validateSchema: false, ...options })
  addFormats(ajv)
  for (const [id, schema] of Object.entries(shared)) ajv.addSchema(schema, id)
  return ajv
}

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** The one parser of bodies, and the texts that no column can hold. */
export const registerValidation = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    /^application\/json\s*(;|$)/,
    { parseAs: 'buffer', bodyLimit: jsonBytesMax },
    (_req, body, done) => {
      try {
        done(null, parseJson(body as Buffer))
      } catch (error) {
        done(error as Error)
      }
    },
  )
  app.addHook('preValidation', async (req) => {
    for (const value of Object.values((req.query ?? {}) as Record<string, unknown>)) assertText(String(value))
  })
}

/** Accepts what JSON means and nothing that would trip a later reader: bad UTF-8, NUL, lone surrogates, prototypes, towers. */
export const parseJson = (body: Buffer): unknown => {
  if (body.length === 0) return undefined
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw new Refused('request.invalid', { why: 'not_json' })
  }
  assertTame(value)
  return value
}

const assertTame = (root: unknown): void => {
  const waiting: { value: unknown; depth: number }[] = [{ value: root, depth: 1 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, depth } = next
    if (typeof value === 'string') assertText(value)
    if (typeof value !== 'object' || value === null) continue
    if (depth > depthMax) throw new Refused('request.invalid', { why: 'too_deep' })
    for (const [key, inner] of Object.entries(value)) {
      assertText(key)
      if (key === '__proto__' || key === 'constructor' || key === 'prototype')
        throw new Refused('request.invalid', { why: 'forbidden_key' })
      waiting.push({ value: inner, depth: depth + 1 })
    }
  }
}

const assertText = (text: string): void => {
  if (text.includes('\0') || !text.isWellFormed()) throw new Refused('request.invalid', { why: 'text_not_storable' })
}
