import { foldText } from '../customers/names.ts'
import { readAddress, readContact } from '../orders/arrival.ts'
import { parsePhone } from '../phone.ts'
import { isEmail } from './emails.ts'
import type { CustomerField, DuplicateChoice, ImportOutcome, ImportReason } from './import.ts'

/*
 * What a row of a customer list says, and what it does to those who are known already. The phone decides who is one
 * customer; without one that is known, the e-mail does. Nothing is guessed: what cannot be read refuses the row or is left
 * out with a word.
 */

export interface CustomerValues {
  readonly name: string
  readonly phone: string | null
  readonly alternatePhone: string | null
  readonly email: string | null
  readonly addressLine: string | null
  readonly district: string | null
  readonly landmark: string | null
  readonly cityText: string | null
  readonly cityId: string | null
  readonly regionCode: string | null
  readonly tags: readonly string[]
  readonly marketingConsent: boolean | null
}

export interface ReadCustomer {
  readonly values: CustomerValues
  readonly refused: ImportReason | null
  readonly notes: readonly ImportReason[]
}

/** The name of somebody who has none. */
const nameless = '–'
const mostTags = 20
const longestTag = 40
const longest = { name: 120, line: 300, place: 120 } as const

const yes = new Set(['oui', 'yes', 'y', 'o', '1', 'true', 'vrai', 'ok', 'نعم', 'اجل', 'subscribed'])
const no = new Set(['non', 'no', 'n', '0', 'false', 'faux', 'لا', 'unsubscribed'])

const consentOf = (text: string | undefined): boolean | null | undefined => {
  if (text === undefined) return null
  const word = foldText(text)
  return yes.has(word) ? true : no.has(word) ? false : undefined
}

/** Cells may hold several lines; a value is one. */
const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()

const tagsOf = (text: string | undefined): string[] => {
  const tags = (text ?? '').split(/[,;|]/).map((tag) => oneLine(tag).slice(0, longestTag))
  return [...new Set(tags.filter(Boolean))].slice(0, mostTags)
}

const short = (text: string | undefined, most: number): string | null => oneLine(text ?? '').slice(0, most) || null

export type CustomerRow = Partial<Record<CustomerField, string>>

/** Reads one row. */
export const readCustomerRow = (row: CustomerRow): ReadCustomer => {
  const name = row.name ?? [row.firstName, row.lastName].filter(Boolean).join(' ')
  const contact = readContact({
    name: oneLine(name).slice(0, longest.name),
    phones: row.phone === undefined ? [] : [row.phone],
    alternatePhone: row.alternatePhone ?? null,
    email: row.email ?? null,
  })
  const place = readAddress({
    line: short(row.address, longest.line),
    city: short(row.city, longest.place),
    district: short(row.district, longest.place),
    landmark: short(row.landmark, longest.line),
  })
  const consent = consentOf(row.consent)
  const { addressLine, district, landmark, cityText, cityId, regionCode } = place
  const values: CustomerValues = {
    ...{ name: contact.name, phone: contact.phone, alternatePhone: contact.alternatePhone, email: contact.email },
    ...{ addressLine, district, landmark, cityText, cityId, regionCode },
    tags: tagsOf(row.tags),
    marketingConsent: consent ?? null,
  }
  const alternateLost = row.alternatePhone !== undefined && parsePhone(row.alternatePhone).e164 === null
  const notes: ImportReason[] = [
    ...(values.name === nameless ? (['name_missing'] as const) : []),
    ...(contact.phoneVerdict === 'doubtful' ? (['phone_doubtful'] as const) : []),
    ...(alternateLost ? (['alternate_phone_impossible'] as const) : []),
    ...(cityText !== null && cityId === null ? (['city_unknown'] as const) : []),
    ...(consent === undefined ? (['consent_unreadable'] as const) : []),
  ]
  return { values, refused: refusalOf(row, values), notes }
}

const refusalOf = (row: CustomerRow, { phone, email }: CustomerValues): ImportReason | null => {
  if (row.phone !== undefined && phone === null) return 'phone_impossible'
  if (email !== null && !isEmail(email)) return 'email_invalid'
  return phone === null && email === null ? 'contact_missing' : null
}

/** A customer as known before a row: in the base, or by an earlier row of the same file. */
export interface KnownCustomer {
  readonly id: string
  readonly values: CustomerValues
  readonly inFile: boolean
}

const addressOf = ({ addressLine, district, landmark, cityText, cityId, regionCode }: CustomerValues) => ({
  ...{ addressLine, district, landmark, cityText, cityId, regionCode },
})

/** An address is taken as a whole: half of one and half of another lead nowhere. */
const addressAfter = (known: CustomerValues, read: CustomerValues, overwrite: boolean) => {
  if (read.addressLine === null && read.cityText === null) return addressOf(known)
  const empty = known.addressLine === null && known.cityText === null
  const sameCity = known.addressLine === null && known.cityId !== null && known.cityId === read.cityId
  return addressOf(overwrite || empty || sameCity ? read : known)
}

/** What a customer is after a row, and what of the row was not taken. */
export const customerAfter = (
  known: CustomerValues,
  read: CustomerValues,
  choice: Exclude<DuplicateChoice, 'skip'>,
): { values: CustomerValues; notes: ImportReason[] } => {
  const overwrite = choice === 'overwrite'
  const chosen = <T>(before: T | null, said: T | null): T | null => (overwrite ? (said ?? before) : (before ?? said))
  // Whoever is known by another phone keeps it: it is what makes them one customer. The new one is their other phone.
  const other = known.phone !== null && read.phone !== null && read.phone !== known.phone ? read.phone : null
  const alternate = chosen(known.alternatePhone, other ?? read.alternatePhone)
  const lost = other !== null && alternate !== other && known.alternatePhone !== other
  // Who said no has said no; a list that knows nothing of it does not say yes for them.
  const refusedBefore = known.marketingConsent === false && read.marketingConsent === true
  const consent = refusedBefore ? false : chosen(known.marketingConsent, read.marketingConsent)
  const hasName = read.name !== nameless
  const phone = known.phone ?? read.phone
  return {
    values: {
      name: hasName && (overwrite || known.name === nameless) ? read.name : known.name,
      phone,
      alternatePhone: alternate === phone ? known.alternatePhone : alternate,
      email: chosen(known.email, read.email),
      ...addressAfter(known, read, overwrite),
      tags: [...new Set([...known.tags, ...read.tags])].slice(0, Math.max(mostTags, known.tags.length)),
      marketingConsent: consent,
    },
    notes: [...(lost ? (['phone_kept'] as const) : []), ...(refusedBefore ? (['consent_kept'] as const) : [])],
  }
}

const inOrder = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
    : value

/** Whether two say the same, whatever the order of their fields: what was kept in a row comes back in another. */
export const sameValues = (one: object, other: object): boolean => {
  const text = (value: object): string => JSON.stringify(value, (_name, inner: unknown) => inOrder(inner))
  return text(one) === text(other)
}

/** Who is known by a phone or an e-mail. Rows of the file join it as they are planned. */
export class KnownCustomers {
  private readonly byPhone = new Map<string, KnownCustomer>()
  private readonly byEmail = new Map<string, Map<string, KnownCustomer>>()
  private readonly byId = new Map<string, KnownCustomer>()

  constructor(customers: Iterable<KnownCustomer>) {
    for (const customer of customers) this.put(customer)
  }

  /** Adds a customer, or what became of one. */
  put(customer: KnownCustomer, phones: readonly string[] = []): void {
    const before = this.byId.get(customer.id)
    if (before?.values.email) this.byEmail.get(before.values.email)?.delete(customer.id)
    this.byId.set(customer.id, customer)
    for (const phone of [customer.values.phone, ...phones]) if (phone !== null) this.byPhone.set(phone, customer)
    const { email } = customer.values
    if (email === null) return
    const sharing = this.byEmail.get(email) ?? new Map<string, KnownCustomer>()
    this.byEmail.set(email, sharing.set(customer.id, customer))
  }

  /** The customer whom a row is about, how that is known, or that several could be meant. */
  find({
    phone,
    email,
  }: CustomerValues): { known: KnownCustomer; by: 'known_phone' | 'known_email' } | 'several' | null {
    const byPhone = phone === null ? undefined : this.byPhone.get(phone)
    if (byPhone) return { known: this.byId.get(byPhone.id) ?? byPhone, by: 'known_phone' }
    const sharing = email === null ? undefined : this.byEmail.get(email)
    if (!sharing || sharing.size === 0) return null
    const [only] = sharing.values()
    return sharing.size === 1 && only ? { known: only, by: 'known_email' } : 'several'
  }
}

export interface RowToPlan {
  readonly row: number
  readonly read: ReadCustomer
  readonly choice: DuplicateChoice
}

export interface CustomerPlan {
  readonly row: number
  readonly outcome: ImportOutcome
  readonly reasons: readonly ImportReason[]
  readonly customerId: string | null
  /** What the customer was before the row; null for a new one. */
  readonly before: CustomerValues | null
  /** What the customer is after it; null where nothing changes. */
  readonly after: CustomerValues | null
}

/** What one row does, given everybody known until then. */
export const planCustomerRow = ({ row, read, choice }: RowToPlan, known: KnownCustomers, id: string): CustomerPlan => {
  const { values, refused, notes } = read
  const none = { row, customerId: null, before: null, after: null }
  if (refused !== null) return { ...none, outcome: 'refused', reasons: [refused] }
  const found = known.find(values)
  if (found === 'several') return { ...none, outcome: 'refused', reasons: ['email_ambiguous'] }
  if (found === null) {
    known.put({ id, values, inFile: true })
    return { row, outcome: 'created', reasons: notes, customerId: id, before: null, after: values }
  }
  const { known: customer, by } = found
  const why: ImportReason[] = [...notes, customer.inFile ? 'repeated_in_file' : by]
  const same = { row, outcome: 'unchanged', customerId: customer.id, before: null, after: null } as const
  if (choice === 'skip') return { ...same, reasons: why }
  const after = customerAfter(customer.values, values, choice)
  const reasons = [...why, ...after.notes]
  if (sameValues(customer.values, after.values)) return { ...same, reasons: [...reasons, 'nothing_new'] }
  known.put({ ...customer, values: after.values, inFile: true })
  return { row, outcome: 'updated', reasons, customerId: customer.id, before: customer.values, after: after.values }
}
