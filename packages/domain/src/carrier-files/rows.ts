import { parseMoney } from '../money.ts'
import type { ParcelStatus } from '../parcels/parcel.ts'
import { parsePhone } from '../phone.ts'
import { dayOf, fromMoroccanClock, isDay, parseInstant, startOfDay } from '../time.ts'
import type { ColumnField } from './columns.ts'
import { wordKey } from './words.ts'

/*
 * What one row of a carrier's file means, given what we know of the parcels it may be about. Facts in, decision out: a dry
 * run and the real one decide alike. Every row gets exactly one outcome (law 11).
 */

/**
 * `matched`: will change something · `same`: is so already · `word_unknown`: its parcel is known, its word is not, and
 * moves nothing (law 13) · `unknown`: no parcel of ours · `repeated`: an earlier row says it · `foreign`: a parcel of
 * another carrier account · `ambiguous`: several parcels fit · `not_due`: no cash is due of it · `refused`: the row
 * itself cannot be read, or contradicts what we know.
 */
export const rowOutcomes = [
  'matched',
  'same',
  'word_unknown',
  'unknown',
  'repeated',
  'foreign',
  'ambiguous',
  'not_due',
  'refused',
] as const
export type RowOutcome = (typeof rowOutcomes)[number]

/** Why a row is refused, or what to know of one that is not. */
export const rowReasons = [
  'number_missing',
  'number_taken',
  'number_differs',
  'says_otherwise',
  'date_unreadable',
  'date_future',
  'amount_unreadable',
  'amount_differs',
  'city_missing',
  'city_unmatched',
  'city_weak',
  'fee_unreadable',
  'failed',
] as const
export type RowReason = (typeof rowReasons)[number]

/** A parcel as far as a row depends on it. */
export interface KnownParcel {
  readonly id: string
  readonly orderNumber: number
  /** Of the other orders that travel in it. */
  readonly otherNumbers: readonly number[]
  readonly carrierAccountId: string
  readonly reference: string
  readonly trackingNumber: string | null
  readonly status: ParcelStatus
  readonly since: string
  readonly live: boolean
  readonly phone: string | null
  readonly amountCentimes: number
}

export type RowFields = Partial<Record<ColumnField, string>>

/** A number of a carrier's, as it is compared: people add blanks and change the case. */
export const trackingKey = (text: string): string => text.replace(/\s+/g, '').toUpperCase()

/** The digits of an order's number, `#10421` and `10421` alike; null when it is none. */
export const orderNumberOf = (text: string): number | null => {
  const digits = /^#?\s*(\d{1,12})$/.exec(text.trim())?.[1]
  return digits === undefined ? null : Number(digits)
}

export const phoneOf = (text: string): string | null => {
  const phone = parsePhone(text)
  return phone.verdict === 'impossible' ? null : phone.e164
}

export type Found =
  | { readonly kind: 'found'; readonly parcel: KnownParcel }
  | { readonly kind: 'unknown' | 'foreign' | 'ambiguous' | 'missing' }

const oneOf = (all: readonly KnownParcel[], carrierAccountId: string): Found | null => {
  const own = all.filter((parcel) => parcel.carrierAccountId === carrierAccountId)
  const live = own.filter((parcel) => parcel.live)
  const [only, ...others] = live.length > 0 ? live : own
  if (only) return others.length === 0 ? { kind: 'found', parcel: only } : { kind: 'ambiguous' }
  return all.length > 0 ? { kind: 'foreign' } : null
}

/**
 * The parcel that a row names: by the carrier's number, else by our reference, the order's number, and last by phone, of
 * parcels that have no number yet. The surest name decides; a weaker one is asked only when it is not there or not known.
 */
export const findParcel = (row: RowFields, known: readonly KnownParcel[], carrierAccountId: string): Found => {
  const tests: ((parcel: KnownParcel) => boolean)[] = []
  const { tracking, reference, orderNumber, phone, amount } = row
  if (tracking) {
    const key = trackingKey(tracking)
    tests.push(({ trackingNumber }) => trackingNumber !== null && trackingKey(trackingNumber) === key)
    // Portals often show our own reference in place of a number of theirs.
    tests.push((parcel) => trackingKey(parcel.reference) === key)
  }
  if (reference) tests.push((parcel) => trackingKey(parcel.reference) === trackingKey(reference))
  const number = orderNumberOf(orderNumber ?? reference ?? '')
  if (number !== null) tests.push((parcel) => parcel.orderNumber === number || parcel.otherNumbers.includes(number))
  const e164 = phone ? phoneOf(phone) : null
  const money = amount ? parseMoney(amount) : null
  if (e164 !== null)
    tests.push(
      (parcel) =>
        parcel.phone === e164 &&
        parcel.trackingNumber === null &&
        parcel.live &&
        (!money?.ok || money.centimes === parcel.amountCentimes),
    )
  if (tests.length === 0) return { kind: 'missing' }
  for (const test of tests) {
    const found = oneOf(known.filter(test), carrierAccountId)
    if (found) return found
  }
  return { kind: 'unknown' }
}

/**
 * When a row says that it happened, in UTC: with an hour by the Moroccan clock, else noon of that day. `25/11/2026` is a
 * day before a month, as everywhere in Morocco. Null when it cannot be read.
 */
export const readDate = (text: string): string | null => {
  const written = text.trim()
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(.*)$/.exec(written)
  const [, day = '', month = '', year = '', rest = ''] = french ?? []
  const iso = french ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${rest}` : written.replaceAll('/', '-')
  const date = iso.slice(0, 10)
  if (!isDay(date)) return null
  const time = /^[ T,à-]*(\d{1,2})[:hH](\d{2})(?::(\d{2}))?/.exec(iso.slice(10))
  if (iso.length > 10 && !time) return parseInstant(iso)
  if (!time) return new Date(Date.parse(startOfDay(date)) + 12 * 3_600_000).toISOString()
  const [, hour = '', minute = '', second = '00'] = time
  return parseInstant(iso) ?? fromMoroccanClock(`${date} ${hour.padStart(2, '0')}:${minute}:${second}`)?.at ?? null
}

/** What a row does to its parcel; done again it does nothing. */
export interface RowEffect {
  /** The carrier's number, when the parcel has none. */
  readonly trackingNumber: string | null
  /** The carrier's word, with what it was said to mean; null for a word that nobody has explained. */
  readonly word: string | null
  readonly status: ParcelStatus | null
  readonly at: string | null
  readonly comment: string | null
}

export interface RowPlan {
  readonly outcome: RowOutcome
  readonly reason: RowReason | null
  readonly parcelId: string | null
  readonly effect: RowEffect | null
}

const plan = (outcome: RowOutcome, parcelId: string | null = null, reason: RowReason | null = null): RowPlan => ({
  outcome,
  reason,
  parcelId,
  effect: null,
})

const notFound = ({ kind }: Exclude<Found, { kind: 'found' }>): RowPlan =>
  kind === 'missing' ? plan('refused', null, 'number_missing') : plan(kind)

export interface FileFacts {
  readonly carrierAccountId: string
  readonly known: readonly KnownParcel[]
  /** What the carrier's words mean, by `wordKey`. */
  readonly words: ReadonlyMap<string, ParcelStatus>
  readonly now: string
}

/** What the rows before said: of which parcel which word, and which number was given to which parcel. */
interface Said {
  readonly words: Map<string, string>
  readonly numbers: Map<string, string>
}

const planTrackingRow = (row: RowFields, facts: FileFacts, said: Said): RowPlan => {
  const found = findParcel(row, facts.known, facts.carrierAccountId)
  if (found.kind !== 'found') return notFound(found)
  const { parcel } = found
  const number = newNumberOf(row, parcel, facts, said)
  if (typeof number === 'object' && number !== null) return plan('refused', parcel.id, number.reason)
  const at = row.date ? readDate(row.date) : null
  if (row.date && at === null) return plan('refused', parcel.id, 'date_unreadable')
  if (at !== null && Date.parse(at) > Date.parse(facts.now) && dayOf(at) > dayOf(facts.now))
    return plan('refused', parcel.id, 'date_future')
  const word = row.status ?? null
  const key = `${parcel.id} ${at ?? ''}`
  const before = said.words.get(key)
  const saying = word === null ? '' : wordKey(word)
  if (before !== undefined) return plan('repeated', parcel.id, before === saying ? null : 'says_otherwise')
  said.words.set(key, saying)
  const status = word === null ? null : (facts.words.get(saying) ?? null)
  // An event of today may be dated noon before noon has come.
  const happened = at !== null && at > facts.now ? facts.now : at
  const effect = { trackingNumber: number, word, status, at: happened, comment: row.comment?.slice(0, 300) ?? null }
  if (word !== null && status === null) return { ...plan('word_unknown', parcel.id), effect }
  const saidAlready =
    status === null ||
    (status === parcel.status && (happened === null || Date.parse(happened) <= Date.parse(parcel.since)))
  if (number === null && saidAlready) return plan('same', parcel.id)
  return { ...plan('matched', parcel.id), effect: saidAlready ? { ...effect, word: null, status: null } : effect }
}

/** The number that a row gives its parcel; null when it gives none, or the one that it has. */
const newNumberOf = (
  { tracking }: RowFields,
  parcel: KnownParcel,
  { known }: FileFacts,
  { numbers }: Said,
): string | null | { readonly reason: RowReason } => {
  if (!tracking) return null
  const key = trackingKey(tracking)
  if (key === trackingKey(parcel.reference)) return null
  if (parcel.trackingNumber !== null)
    return trackingKey(parcel.trackingNumber) === key ? null : { reason: 'number_differs' }
  const holder = numbers.get(key)
  const taken = known.some(
    ({ id, trackingNumber }) => id !== parcel.id && trackingNumber !== null && trackingKey(trackingNumber) === key,
  )
  if (taken || (holder !== undefined && holder !== parcel.id)) return { reason: 'number_taken' }
  numbers.set(key, parcel.id)
  return tracking.trim()
}

/** What each row of numbers and statuses does, in the order of the file. */
export const planTracking = (rows: readonly RowFields[], facts: FileFacts): RowPlan[] => {
  const said: Said = { words: new Map(), numbers: new Map() }
  return rows.map((row) => planTrackingRow(row, facts, said))
}

/** A parcel's cash: whether it can be marked as received. */
export type CashOf = ReadonlyMap<string, 'due' | 'collected' | 'in_dispute'>

/** Which parcels a list of what was paid selects. What is disputed is due as well: it was paid after all. */
export const planPayout = (rows: readonly RowFields[], facts: FileFacts, cash: CashOf): RowPlan[] => {
  const seen = new Set<string>()
  return rows.map((row) => {
    const found = findParcel(row, facts.known, facts.carrierAccountId)
    if (found.kind !== 'found') return notFound(found)
    const { id, amountCentimes } = found.parcel
    if (seen.has(id)) return plan('repeated', id)
    seen.add(id)
    const held = cash.get(id)
    if (held === undefined) return plan('not_due', id)
    if (held === 'collected') return plan('same', id)
    const money = row.amount ? parseMoney(row.amount) : null
    if (money && !money.ok) return plan('matched', id, 'amount_unreadable')
    return plan('matched', id, money && money.centimes !== amountCentimes ? 'amount_differs' : null)
  })
}
