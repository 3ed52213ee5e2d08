import { parsePhone, type UsablePhone } from '../phone.ts'
import { isPhoneMask } from '../phone-format.ts'
import { type City, cityById } from '../places/cities.ts'
import { resolvePlace } from '../places/place.ts'
import { placeKey } from '../places/place-key.ts'
import { addressKey } from './duplicates.ts'
import type { IncompleteReason, PhoneVerdictWord } from './states.ts'

/*
 * What an order says of its buyer, read once on arrival and again whenever it is edited. Whatever cannot be read is kept
 * as it was written and sends the order to the tray "to complete"; nothing is guessed. Source: product.md 3 and 5.
 */

export interface Contact {
  readonly name: string
  /** E.164. */
  readonly phone: string | null
  readonly phoneVerdict: PhoneVerdictWord | null
  /** What was typed, kept only while no phone could be read in it. */
  readonly phoneText: string | null
  readonly alternatePhone: string | null
  readonly email: string | null
}

const longestPhoneText = 60

/** The first good phone of those that were typed, else the first doubtful one; another usable one is the alternate. */
export const readContact = (typed: {
  readonly name: string | null
  readonly phones: readonly string[]
  readonly alternatePhone?: string | null
  readonly email: string | null
}): Contact => {
  const texts = typed.phones.map((text) => text.trim()).filter(Boolean)
  const usable = texts.flatMap((text): UsablePhone[] => {
    const reading = parsePhone(text)
    return reading.e164 === null ? [] : [reading, ...(reading.alternate ? [reading.alternate] : [])]
  })
  const chosen = usable.find(({ verdict }) => verdict === 'good') ?? usable[0]
  const second = typed.alternatePhone ? parsePhone(typed.alternatePhone).e164 : null
  const other = usable.find(({ e164 }) => e164 !== chosen?.e164)?.e164 ?? null
  return {
    name: typed.name?.trim() || '–',
    phone: chosen?.e164 ?? null,
    phoneVerdict: chosen?.verdict ?? (texts.length > 0 ? 'impossible' : null),
    phoneText: chosen ? null : (texts[0]?.slice(0, longestPhoneText) ?? null),
    alternatePhone: second !== null && second !== chosen?.e164 ? second : other,
    email: typed.email?.trim().toLowerCase() || null,
  }
}

/** Whether a typed phone is one of our own masks, which are never taken back. */
export const isMaskedInput = (text: string | null | undefined): boolean =>
  text !== null && text !== undefined && isPhoneMask(text)

export interface Address {
  readonly addressLine: string | null
  readonly district: string | null
  readonly landmark: string | null
  readonly cityText: string | null
  readonly cityId: string | null
  /** One key for its spellings while the city is open; null once it is known, or when nothing was written. */
  readonly cityKey: string | null
  readonly regionCode: string | null
  readonly addressKey: string | null
}

export type CityDoubt = Extract<IncompleteReason, 'city_missing' | 'city_unknown' | 'city_ambiguous'>

const longestCityKey = 120

/** By what two spellings of an unknown city are one; null for a text without letters. */
export const cityKeyOf = (cityText: string): string | null => placeKey(cityText).slice(0, longestCityKey) || null

/** City, region and quarter of an address, and why the city stays open if it does. An id of ours is a city too. */
export const readAddress = (typed: {
  readonly line: string | null
  readonly city: string | null
  readonly district: string | null
  readonly landmark: string | null
}): Address & { readonly doubt: CityDoubt | null } => {
  const cityText = typed.city?.trim() || null
  const line = typed.line?.trim() || null
  const place = cityText === null ? null : resolvePlace(cityText, [typed.district, line].filter(Boolean).join(', '))
  const city: City | undefined =
    cityById.get(cityText ?? '') ?? (place?.city.kind === 'exact' ? place.city.city : undefined)
  const unresolved = place?.city.kind === 'suggested' ? 'city_ambiguous' : 'city_unknown'
  return {
    addressLine: line,
    district: typed.district?.trim() || place?.district?.fr || null,
    landmark: typed.landmark?.trim() || null,
    cityText,
    cityId: city?.id ?? null,
    cityKey: city || cityText === null ? null : cityKeyOf(cityText),
    regionCode: city?.region ?? null,
    addressKey: addressKey(city?.id ?? null, line),
    doubt: city ? null : cityText === null ? 'city_missing' : unresolved,
  }
}

/** Why an order must be completed before it can be promised to anybody; empty when it is whole. */
export const incompleteReasonsOf = (order: {
  readonly contact: Pick<Contact, 'phone' | 'phoneText'>
  readonly cityDoubt: CityDoubt | null
  readonly currency: string
  readonly test: boolean
  readonly signed: boolean
  readonly lineCount: number
}): IncompleteReason[] => [
  ...(order.contact.phone === null
    ? ([order.contact.phoneText === null ? 'phone_missing' : 'phone_impossible'] as const)
    : []),
  ...(order.cityDoubt === null ? [] : [order.cityDoubt]),
  ...(order.currency === 'MAD' ? [] : (['currency_not_mad'] as const)),
  ...(order.test ? (['test_order'] as const) : []),
  ...(order.lineCount === 0 ? (['lines_missing'] as const) : []),
  ...(order.signed ? [] : (['unsigned_source'] as const)),
]

/** Reasons that an edit can settle; the others stay with the order. */
export const settledByEdit: readonly IncompleteReason[] = [
  'phone_missing',
  'phone_impossible',
  'city_missing',
  'city_unknown',
  'city_ambiguous',
  'lines_missing',
]
