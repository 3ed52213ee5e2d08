import { type Static, Type } from 'typebox'
import { closed, Day, oneOf } from '../schema.ts'
import { addDays, dayOf, daysBetween, mondayOf } from '../time.ts'

/*
 * When a carrier pays. Merchants know it as a habit ("Tuesdays and Fridays", "every ten days", "the 15th"), not as a
 * number of days, so the habit is what is kept and the day follows. Source: product.md 9.
 */

export const rhythmKinds = ['week', 'every', 'month'] as const

/**
 * `week`: `days` are 1 (Monday) to 7. `every`: `days` holds one number, counted from `from`. `month`: `days` of the
 * month; a day that a month lacks is its last.
 */
export const PayoutRhythm = closed({
  kind: oneOf(rhythmKinds),
  days: Type.Array(Type.Integer({ minimum: 1, maximum: 31 }), { minItems: 1, maxItems: 31, uniqueItems: true }),
  from: Type.Optional(Day),
})
export type PayoutRhythm = Static<typeof PayoutRhythm>

/** What the schema cannot say of a rhythm; null when it makes sense. */
export const rhythmFault = ({ kind, days, from }: PayoutRhythm): 'days' | 'from' | null => {
  if (kind === 'week' && days.some((day) => day > 7)) return 'days'
  if (kind === 'every' && days.length !== 1) return 'days'
  return kind === 'every' && from === undefined ? 'from' : null
}

const isLastOfMonth = (day: string): boolean => addDays(day, 1).slice(8) === '01'

const paysOn = ({ kind, days, from }: PayoutRhythm, day: string): boolean => {
  switch (kind) {
    case 'week':
      return days.includes(daysBetween(mondayOf(day), day) + 1)
    case 'every':
      return daysBetween(from ?? day, day) % (days[0] ?? 1) === 0
    case 'month': {
      const number = Number(day.slice(8))
      return days.includes(number) || (isLastOfMonth(day) && days.some((wanted) => wanted > number))
    }
  }
}

/** A month has at most 31 days, and so has the longest wait. */
const longestWait = 31

export interface PayoutHabit {
  /** Days that the carrier keeps the money at least. */
  readonly payoutDays: number | null
  readonly payoutRhythm: PayoutRhythm | null
}

/**
 * The day a carrier is expected to pay a parcel: the first of its days once it has kept the money for as long as it
 * does, a day at least. Null while nobody has said anything of it.
 */
export const expectedPayoutDay = (deliveredAt: string, { payoutDays, payoutRhythm }: PayoutHabit): string | null => {
  if (payoutRhythm === null) return payoutDays === null ? null : addDays(dayOf(deliveredAt), payoutDays)
  const first = addDays(dayOf(deliveredAt), payoutDays ?? 1)
  for (let wait = 0; wait <= longestWait; wait += 1)
    if (paysOn(payoutRhythm, addDays(first, wait))) return addDays(first, wait)
  return null
}
