import { type Static, Type } from 'typebox'
import { addressKey, nameSameness } from '../orders/duplicates.ts'
import { named, oneOf, ref } from '../schema.ts'
import { CustomerSummary } from './customer.ts'

/*
 * Two cards of one person: what makes it worth asking a person. Nothing is merged by itself, because a mother and her
 * daughter share a phone, and two neighbours a name.
 */

/** `phone`: one of their numbers is the same. `address`: names that sound alike at one address. `name`: one name in one city. */
export const twinReasons = ['phone', 'address', 'name'] as const
export type TwinReason = (typeof twinReasons)[number]

export interface ComparableCustomer {
  readonly name: string
  readonly phone: string | null
  readonly alternatePhone: string | null
  readonly addressLine: string | null
  readonly cityId: string | null
}

const phonesOf = ({ phone, alternatePhone }: ComparableCustomer): string[] =>
  [phone, alternatePhone].filter((one) => one !== null)

const keyOf = ({ cityId, addressLine }: ComparableCustomer): string | null => addressKey(cityId, addressLine)

/** A first name alone is shared by thousands. */
const isFullName = (name: string): boolean => name.trim().split(/\s+/).length > 1

/** Why these two may be one person; null when nothing says so. */
export const twinReason = (a: ComparableCustomer, b: ComparableCustomer): TwinReason | null => {
  if (phonesOf(a).some((phone) => phonesOf(b).includes(phone))) return 'phone'
  const names = nameSameness(a.name, b.name)
  const key = keyOf(a)
  if (key !== null && key === keyOf(b) && (names === 'same' || names === 'alike')) return 'address'
  return names === 'same' && isFullName(a.name) && a.cityId !== null && a.cityId === b.cityId ? 'name' : null
}

export const CustomerTwins = named(
  'CustomerTwins',
  Type.Object({ items: Type.Array(Type.Object({ reason: oneOf(twinReasons), customer: ref(CustomerSummary) })) }),
)
export type CustomerTwins = Static<typeof CustomerTwins>
