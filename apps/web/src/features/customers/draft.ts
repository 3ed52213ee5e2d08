import type { Customer, EditCustomer } from '@sendocki/domain/customers/customer'

export const consents = ['unknown', 'given', 'refused'] as const

/** What the form holds: texts, where an empty one is nothing. */
export interface CustomerDraft {
  readonly name: string
  readonly alternatePhone: string
  readonly email: string
  readonly line: string
  readonly city: string
  readonly district: string
  readonly tags: string[]
  readonly consent: (typeof consents)[number]
  readonly source: string
}

export const draftOf = (customer: Customer, city: string): CustomerDraft => ({
  name: customer.name,
  alternatePhone: customer.alternatePhone ?? '',
  email: customer.email ?? '',
  line: customer.address.line ?? '',
  city,
  district: customer.address.district ?? '',
  tags: [...customer.tags],
  consent: customer.consent === null ? 'unknown' : customer.consent.given ? 'given' : 'refused',
  source: customer.consent?.source ?? '',
})

const orNull = (text: string): string | null => text.trim() || null

const consentOf = ({ consent, source }: CustomerDraft): NonNullable<EditCustomer['consent']> | null =>
  consent === 'unknown' ? null : { given: consent === 'given', source: orNull(source) }

/** Only what was changed is sent: a city that is not surely known must not be asked again with every edit. */
export const editOf = (draft: CustomerDraft, initial: CustomerDraft): Omit<EditCustomer, 'version'> => {
  const differs = (...names: (keyof CustomerDraft)[]) =>
    names.some((name) => JSON.stringify(draft[name]) !== JSON.stringify(initial[name]))
  const address = {
    ...(differs('line') ? { line: orNull(draft.line) } : {}),
    ...(differs('city') ? { city: orNull(draft.city) } : {}),
    ...(differs('district') ? { district: orNull(draft.district) } : {}),
  }
  return {
    ...(differs('name') ? { name: draft.name.trim() } : {}),
    ...(differs('alternatePhone') ? { alternatePhone: orNull(draft.alternatePhone) } : {}),
    ...(differs('email') ? { email: orNull(draft.email) } : {}),
    ...(Object.keys(address).length > 0 ? { address } : {}),
    ...(differs('tags') ? { tags: draft.tags } : {}),
    ...(differs('consent', 'source') ? { consent: consentOf(draft) } : {}),
  }
}
