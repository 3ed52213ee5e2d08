import type { OrderState } from '@sendocki/domain/orders/states'
import { addDays, dayOf, startOfDay } from '@sendocki/domain/time'
import type { Chance } from '../../src/modules/samples/chance.ts'

/** Where people bring an order; the stage without a state is "Preparation". */
export type Destination = Exclude<OrderState, 'shipped' | 'delivered' | 'returned'> | 'preparation'

/** One thing that happens to an order. */
export type Act =
  | { readonly kind: 'arrive' }
  /** An agent writes in what the shop left out. */
  | { readonly kind: 'complete' }
  | {
      readonly kind: 'move'
      readonly to: Destination
      readonly reason?: string
      readonly by: 'confirmation_agent' | 'manager'
    }
  | { readonly kind: 'ship' }
  /** The carrier says a word of its own. */
  | { readonly kind: 'news'; readonly word: string; readonly comment: string | null }

export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly act: Act
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** The next instant at which an office is open, nine to eight on Moroccan clocks; after a night, some minutes in. */
const whenOpen = (chance: Chance, at: number): number => {
  const today = dayOf(new Date(at))
  const opens = Date.parse(startOfDay(today)) + 9 * hour
  const settled = chance.between(1, 80) * minute
  if (at < opens) return opens + settled
  return at < opens + 11 * hour ? at : Date.parse(startOfDay(addDays(today, 1))) + 9 * hour + settled
}

/** Parcels are handed over in two rounds a day; everything that is ready goes with the next one. */
const nextRound = (at: number): number => {
  const midnight = Date.parse(startOfDay(dayOf(new Date(at))))
  const rounds = [10.5, 16.5, 34.5].map((hours) => midnight + hours * hour)
  return rounds.find((round) => round > at) ?? at
}

const reasons: readonly (readonly [string, number])[] = [
  ['changed_mind', 5],
  ['too_expensive', 3],
  ['wrong_number', 3],
  ['never_ordered', 4],
  ['out_of_stock', 1],
]

/** Facts of one order that its life depends on. */
export interface Birth {
  readonly placedAt: number
  readonly isComplete: boolean
  /** The same form sent twice. */
  readonly isRepeat: boolean
  /** Confirmed at once and shipped, and nothing is heard of the parcel after this word of the carrier's. */
  readonly lastWord: string | null
}

/** Writes moments down one after the other. */
interface Diary {
  readonly moments: Moment[]
  readonly at: number
  note(act: Act): void
  move(to: Destination, reason?: string): void
  pass(millis: number): void
  /** Until somebody in an office gets to it. */
  wait(fromMillis: number, toMillis: number): void
}

const openDiary = (chance: Chance, begin: number): Diary => {
  const moments: Moment[] = []
  let at = begin
  const note = (act: Act) => void moments.push({ at, act })
  return {
    moments,
    get at() {
      return at
    },
    note,
    move: (to, reason) => note({ kind: 'move', to, ...(reason ? { reason } : {}), by: 'confirmation_agent' }),
    pass: (millis) => void (at += millis),
    wait: (fromMillis, toMillis) => void (at = whenOpen(chance, at + chance.between(fromMillis, toMillis))),
  }
}

/**
 * The whole life of an order, from its arrival to its end, in the order of time. What lies in the future has simply not
 * happened yet: so the newest orders are the open work.
 */
export const planLife = (chance: Chance, birth: Birth): Moment[] => {
  const diary = openDiary(chance, birth.placedAt)
  diary.pass(chance.between(2, 40) * 1000)
  diary.note({ kind: 'arrive' })
  diary.wait(8 * minute, 5 * hour)
  if (!isConfirmed(chance, diary, birth)) return diary.moments
  if (chance.happens(0.4)) {
    diary.wait(20 * minute, 3 * hour)
    diary.note({ kind: 'move', to: 'preparation', by: 'manager' })
  }
  const isSlow = birth.lastWord === null && chance.happens(0.1)
  const shippedAt = nextRound(diary.at + chance.between(20 * minute, isSlow ? 3 * day : 5 * hour))
  const shipping: Moment = { at: shippedAt, act: { kind: 'ship' } }
  return [...diary.moments, shipping, ...planDelivery(chance, shippedAt, birth.lastWord)]
}

/** The calls to the buyer; of a hundred orders about sixty-three are confirmed in the end. */
const isConfirmed = (chance: Chance, diary: Diary, { isRepeat, isComplete, lastWord }: Birth): boolean => {
  if (isRepeat) diary.move('cancelled', 'duplicate')
  if (isRepeat || (!isComplete && !isCompleted(chance, diary))) return false
  if (lastWord === null) return settleCalls(chance, diary)
  diary.move('confirmed')
  return true
}

/** Of the orders without phone or city some are asked for it elsewhere, the others called off. */
const isCompleted = (chance: Chance, diary: Diary): boolean => {
  diary.wait(6 * hour, 3 * day)
  if (chance.happens(0.6)) {
    diary.move('cancelled', 'wrong_number')
    return false
  }
  diary.note({ kind: 'complete' })
  diary.pass(chance.between(2, 9) * minute)
  return true
}

const settleCalls = (chance: Chance, diary: Diary): boolean => {
  const first = chance.weighted([
    ['confirmed', 45],
    ['unreachable', 27],
    ['to_confirm', 11],
    ['cancelled', 17],
  ] as const)
  diary.move(first, first === 'cancelled' ? chance.weighted(reasons) : undefined)
  if (first === 'confirmed' || first === 'cancelled') return first === 'confirmed'
  diary.wait(3 * hour, 40 * hour)
  if (first === 'unreachable' && chance.happens(0.2)) {
    diary.move('to_confirm')
    diary.wait(3 * hour, 30 * hour)
  }
  const confirms = chance.happens(first === 'unreachable' ? 0.4 : 0.72)
  diary.move(confirms ? 'confirmed' : 'cancelled', confirms ? undefined : chance.weighted(reasons))
  return confirms
}

type Word = readonly [word: string, afterMillis: number, comment?: string | null]

/** How deliveries end, after the courier has set out: what the carrier says, how long after, and how often. */
const ends: readonly (readonly [readonly Word[], number])[] = [
  [[['DELIVERED', 4 * hour]], 62],
  [
    [
      ['POSTPONED', 3 * hour, 'Reporté à demain par le client'],
      ['DELIVERING', 22 * hour],
      ['DELIVERED', 3 * hour],
    ],
    7,
  ],
  [
    [
      ['UNREACHABLE', 4 * hour, 'Pas de réponse'],
      ['DELIVERING', 20 * hour],
      ['DELIVERED', 5 * hour],
    ],
    8,
  ],
  [
    [
      ['NEW_DESTINATION', 2 * hour, 'Adresse à préciser'],
      ['DELIVERING', 26 * hour],
      ['DELIVERED', 4 * hour],
    ],
    2,
  ],
  [
    [
      ['REJECTED', 5 * hour, 'Refusé par le client'],
      ['RETOUR_PENDING', 40 * hour],
      ['RETURN_SELLER', 4 * day],
    ],
    13,
  ],
  [
    [
      ['UNREACHABLE', 4 * hour, 'Téléphone éteint'],
      ['DELIVERING', 20 * hour],
      ['UNREACHABLE', 5 * hour, 'Pas de réponse'],
      ['RETOUR_PENDING', 2 * day],
      ['RETURN_SELLER', 4 * day],
    ],
    7,
  ],
  [[['CANCELED', 2 * hour, 'Annulé à la demande du client']], 1],
]

const planDelivery = (chance: Chance, shippedAt: number, lastWord: string | null): Moment[] => {
  let at = shippedAt
  const say = ([word, afterMillis, comment = null]: Word): Moment => {
    at += Math.round(afterMillis * (0.85 + chance.next() * 0.3))
    return { at, act: { kind: 'news', word, comment } }
  }
  const way = (['TO_PICKUP', 'PICKEDUP', 'TRANSIT'] as const).map((word) => say([word, wayMillis[word]]))
  const nights = chance.happens(0.35) ? 2 : 1
  at = Date.parse(startOfDay(addDays(dayOf(new Date(at)), nights))) + 9 * hour + chance.between(0, 90) * minute
  const moments = [...way, say(['DELIVERING', minute]), ...endWith(chance, lastWord).map(say)]
  if (lastWord === null) return moments
  const last = moments.findIndex(({ act }) => act.kind === 'news' && act.word === lastWord)
  return moments.slice(0, last + 1)
}

const wayMillis = { TO_PICKUP: 40 * minute, PICKEDUP: 5 * hour, TRANSIT: 3 * hour } as const
/** What is said of every parcel, and "booked", after which nothing is said at all. */
const usual = ['PENDING', ...Object.keys(wayMillis), 'DELIVERING']

/** An end that contains the word; a word that no end has is the end itself. */
const endWith = (chance: Chance, lastWord: string | null): readonly Word[] => {
  if (lastWord === null || usual.includes(lastWord)) return chance.weighted(ends)
  const fitting = ends.filter(([words]) => words.some(([word]) => word === lastWord))
  return fitting.length > 0 ? chance.weighted(fitting) : [[lastWord, 3 * hour]]
}

/** Fridays at five in the afternoon, when the carrier's payment is checked, from one instant up to another. */
export const paymentDays = (from: number, until: number): number[] => {
  const days: number[] = []
  for (let on = dayOf(new Date(from)); ; on = addDays(on, 1)) {
    const at = Date.parse(startOfDay(on)) + 17 * hour
    if (at >= until) return days
    if (new Date(at).getUTCDay() === 5) days.push(at)
  }
}
