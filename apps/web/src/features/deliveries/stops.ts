import type { Stop } from '@sendocki/domain/deliveries/route'

type Place = Pick<Stop, 'addressLine' | 'district' | 'city'>

/** Where to ring, in one line, each part once. */
export const addressOf = ({ addressLine, district, city }: Place): string =>
  [...new Set([addressLine, district, city].flatMap((part) => part?.trim() || []))].join(', ')

/** The phone's own map, asked for the address: no key, no account, no tracking by us. */
export const mapLink = (stop: Place): string =>
  `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(`${addressOf(stop)}, Maroc`)}`

const options = ['allowOpen', 'allowTry', 'fragile'] as const

/** What the buyer may do at the door, and what to take care of. */
export const optionsOf = (stop: Pick<Stop, (typeof options)[number]>): (typeof options)[number][] =>
  options.filter((option) => stop[option] === true)
