import { SerializerSelector } from '@fastify/fast-json-stringify-compiler'

type Schema = Readonly<Record<string, unknown>>
type Schemas = Readonly<Record<string, Schema>>
type Serialise = (answer: unknown) => string
interface Answer {
  readonly schema: Schema
  readonly method: string
  readonly url: string
  readonly httpStatus?: string
}

/**
 * Answers are written by code made from their schemas, which drops what is not declared. Making it for every refusal of
 * every route took most of a start; so it is made when an answer first needs it, and once for all that look alike. Given
 * to Fastify as its builder, like the validators'.
 */
export const buildSerializer = (shared: Schemas, options: object): ((answer: Answer) => Serialise) => {
  const build = SerializerSelector() as unknown as (schemas: Schemas, options: object) => (answer: Answer) => Serialise
  const made = new Map<string, Serialise>()
  const serialiserOf = (key: string, answer: Answer): Serialise => {
    const known = made.get(key)
    if (known) return known
    const serialise = build(namedIn(answer.schema, shared), options)(answer)
    made.set(key, serialise)
    return serialise
  }
  return (answer) => {
    const key = JSON.stringify(answer.schema)
    let serialise: Serialise | undefined
    return (value) => {
      serialise ??= serialiserOf(key, answer)
      return serialise(value)
    }
  }
}

/** The named schemas that this one leans on, at any depth: each is checked anew for every serialiser that is given it. */
const namedIn = (schema: Schema, shared: Schemas): Schemas => {
  const found: Record<string, Schema> = {}
  const waiting: unknown[] = [schema]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next !== 'object' || next === null) continue
    const { $ref } = next as { $ref?: unknown }
    const name = typeof $ref === 'string' ? $ref.replace(/#.*$/, '') : ''
    const target = shared[name]
    if (target && !found[name]) {
      found[name] = target
      waiting.push(target)
    }
    waiting.push(...Object.values(next))
  }
  return found
}
