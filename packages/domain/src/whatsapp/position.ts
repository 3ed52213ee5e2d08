import type { Message } from './message.ts'

/** Of an order's address. */
const landmarkLongest = 200

/** Where somebody is, in words that fit into an address: what they called the place, then the coordinates. */
export const landmarkOf = (
  { latitude, longitude, name }: NonNullable<Message['location']>,
  before: string | null,
): string => {
  const place = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`
  const known = (before ?? '').replace(/ ?·? ?-?\d{1,2}\.\d{5}, -?\d{1,3}\.\d{5}$/, '')
  const called = (name ?? '').replace(/\p{Cc}+/gu, ' ').trim()
  const words = known.includes(called) ? known : [known, called].filter(Boolean).join(' · ')
  // No sign is cut in half.
  const fitting = words
    .trim()
    .slice(0, landmarkLongest - place.length - 3)
    .replace(/[\ud800-\udbff]$/, '')
    .trim()
  return fitting === '' ? place : `${fitting} · ${place}`
}
