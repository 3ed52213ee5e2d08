export type Fields = Readonly<Record<string, unknown>>
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {}
export const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : [])
export const wordOf = (value: unknown): string => String(value ?? '').toUpperCase()

/** A part of a template by its kind, in whatever case it was written. */
export const partOf = (components: unknown, type: string): Fields | undefined =>
  listOf(components).find((one) => wordOf(one.type) === type)
