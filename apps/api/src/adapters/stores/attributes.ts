import { textOf } from './reading.ts'

/*
 * Form apps and checkout builders put what the checkout did not ask (a phone, a city) in fields of their own, named by
 * whoever built the form. Source: integrations.md 3.1.
 */

export interface Attribute {
  readonly name: string
  readonly value: string
}

const names = {
  phone: /phone|\bt[eé]l|\bgsm|mobile|portable|whats\s*app|هاتف|جوال|واتس/iu,
  city: /^(city|ville)\b|^(ال)?مدينة/iu,
  district: /quartier|district|neighbou?rhood|secteur|الحي|حي$/iu,
  name: /^(full\s*)?name$|^nom( complet| et pr[eé]nom)?$|^(الاسم|الإسم)/iu,
  address: /^(address|adresse|العنوان)/iu,
} as const

export const attributeOf = (name: unknown, value: unknown): readonly Attribute[] => {
  const attribute = { name: textOf(name, 120), value: textOf(value, 500) }
  return attribute.name !== null && attribute.value !== null ? [attribute as Attribute] : []
}

/** All that was said under names of one meaning, in three languages. */
export const allSaid = (attributes: readonly Attribute[], what: keyof typeof names): readonly string[] =>
  attributes.filter(({ name }) => names[what].test(name)).map(({ value }) => value)

export const said = (attributes: readonly Attribute[], what: keyof typeof names): string | null =>
  allSaid(attributes, what)[0] ?? null

/** `utm_…` fields, at most twenty; the first of a name counts least, as a later one is nearer to the order. */
export const utmIn = (fields: readonly (readonly [name: string, value: unknown])[]): Record<string, string> => {
  const known = fields.flatMap(([name, value]) => {
    const [key, text] = [name.toLowerCase(), textOf(value, 300)]
    return /^utm_[a-z_]{1,40}$/.test(key) && text !== null ? [[key, text] as const] : []
  })
  return Object.fromEntries(known.slice(0, 20))
}

/** Different phones as they were written, the likeliest first. */
export const phonesIn = (...values: readonly unknown[]): readonly string[] =>
  [...new Set(values.flatMap((phone) => textOf(phone, 60) ?? []))].slice(0, 6)
