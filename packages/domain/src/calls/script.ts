import { type Static, Type } from 'typebox'
import { type Tongue, tongues } from '../messages/buyer-message.ts'
import { closed, Instant, named, nullable, oneOf, ref, Uuid, Version } from '../schema.ts'

/*
 * What an agent reads out while calling: one text per product and tongue, and one for every product that has none. What
 * stands in braces is filled from the order. Source: product.md 6.
 */

export const scriptVariables = ['customer', 'shop', 'number', 'products', 'amount', 'city', 'agent'] as const
export type ScriptVariable = (typeof scriptVariables)[number]

/** Scripts of a merchant: the products they are written for are few. */
export const mostScripts = 200

const ScriptText = Type.String({ minLength: 1, maxLength: 4_000, pattern: '\\S' })

export const CallScript = named(
  'CallScript',
  Type.Object({
    id: Uuid,
    /** Null: read for every product without a script of its own in this tongue. */
    productId: nullable(Uuid),
    productName: nullable(Type.String()),
    tongue: oneOf(tongues),
    text: Type.String(),
    version: Version,
    updatedAt: Instant,
  }),
)
export type CallScript = Static<typeof CallScript>
export const CallScriptList = named('CallScriptList', Type.Object({ items: Type.Array(ref(CallScript)) }))

export const CreateCallScript = named(
  'CreateCallScript',
  closed({ productId: Type.Optional(nullable(Uuid)), tongue: oneOf(tongues), text: ScriptText }),
)
export type CreateCallScript = Static<typeof CreateCallScript>
export const EditCallScript = named('EditCallScript', closed({ version: Version, text: ScriptText }))
export type EditCallScript = Static<typeof EditCallScript>

const braces = /\{([^{}]*)\}/g

const isVariable = (name: string): name is ScriptVariable => (scriptVariables as readonly string[]).includes(name)

/** What stands in braces and is no variable: a person would read it out. */
export const unknownVariables = (text: string): string[] => [
  ...new Set([...text.matchAll(braces)].map(([, name = '']) => name).filter((name) => !isVariable(name))),
]

/** What an order says for each variable; null where it is unknown. */
export type ScriptFacts = Readonly<Record<ScriptVariable, string | null>>

/** The text for an order. What is unknown becomes three points, which a person asks for instead of reading out. */
export const fillScript = (text: string, facts: ScriptFacts): string =>
  text.replace(braces, (whole, name: string) => (isVariable(name) ? (facts[name] ?? '…') : whole))

/** The script for an order: of its first product that has one in the tongue, else the merchant's own for all. */
export const scriptFor = <Script extends { readonly productId: string | null; readonly tongue: Tongue }>(
  scripts: readonly Script[],
  tongue: Tongue,
  productIds: readonly string[],
): Script | null => {
  const spoken = scripts.filter((script) => script.tongue === tongue)
  for (const productId of productIds) {
    const own = spoken.find((script) => script.productId === productId)
    if (own) return own
  }
  return spoken.find((script) => script.productId === null) ?? null
}
