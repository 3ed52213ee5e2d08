import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { parseMoney } from '@sendocki/domain/money'
import type { ParcelStatus } from '@sendocki/domain/parcels/parcel'
import { localPhone } from '@sendocki/domain/phone-format'
import { fromMoroccanClock, parseInstant } from '@sendocki/domain/time'
import type {
  BookedParcel,
  CarrierMap,
  CarrierPlace,
  CarrierWord,
  ParcelRequest,
  ParsedTracking,
  PickupRequest,
  RawDelivery,
  TrackingNews,
  Verdict,
} from '../port.ts'

/*
 * Sendit's words and ours. Source: integrations.md 1; what is marked C or D there is read leniently here.
 */

const statuses: Readonly<Record<string, ParcelStatus>> = {
  PENDING: 'created',
  TO_PREPARE: 'created',
  NEW_DESTINATION: 'action_needed',
  TO_PICKUP: 'awaiting_pickup',
  TOPICKUP: 'awaiting_pickup',
  PICKEDUP: 'picked_up',
  WAREHOUSE: 'in_transit',
  TRANSIT: 'in_transit',
  DISTRIBUTED: 'in_transit',
  DELIVERING: 'out_for_delivery',
  UNREACHABLE: 'attempt_failed',
  POSTPONED: 'postponed',
  DELIVERED: 'delivered',
  CANCELED: 'cancelled',
  CANCELLED: 'cancelled',
  REJECTED: 'refused',
  RETOUR_PENDING: 'returning',
  TORETURN: 'returning',
  RETURN_WAREHOUSE: 'returning',
  RETURN_TOCHECK: 'returning',
  RETURN_STOCK: 'returned',
  RETURN_SELLER: 'returned',
}

export const wordOf = (raw: string): CarrierWord => {
  const folded = raw
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .trim()
    .toUpperCase()
    .replace(/[\s_]+/g, '_')
  const status = Object.hasOwn(statuses, folded) ? statuses[folded] : undefined
  return status ? { kind: 'known', status } : { kind: 'unknown', raw }
}

export type Json = Readonly<Record<string, unknown>>
export const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
/** A text, or a number that stands for one: ids arrive as either. */
export const asText = (value: unknown): string | null => {
  const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''
  return text === '' ? null : text
}

/** Whatever a carrier sends as a status, a person can be asked about it. */
const statusTextOf = (value: unknown): string | null => asText(value)?.slice(0, 120) ?? null

const centimesOf = (value: unknown): number | null => {
  const reading = parseMoney(value, { decimalSign: '.' })
  return reading.ok && reading.centimes >= 0 ? reading.centimes : null
}

/** Sendit writes Moroccan wall-clock time, and ISO where Laravel prints its own dates. */
const instantOf = (value: unknown): string | null => {
  const text = asText(value)
  return text === null ? null : (parseInstant(text) ?? fromMoroccanClock(text)?.at ?? null)
}

const countOf = (value: unknown): number | null => {
  const count = Number(asText(value) ?? Number.NaN)
  return Number.isInteger(count) && count >= 0 && count < 1_000 ? count : null
}

const commentOf = (value: unknown): string | null => asText(value)?.slice(0, 500) ?? null

/** A district of Sendit's list; null when it has no id or no name. */
export const placeOf = (value: unknown): CarrierPlace | null => {
  const district = asObject(value)
  const id = asText(district.id)
  const name = asText(district.name) ?? asText(district.ville)
  if (id === null || name === null) return null
  return {
    id,
    name,
    city: asText(district.ville) ?? name,
    arabicName: asText(district.arabic_name),
    deliveredFeeCentimes: centimesOf(district.price),
    delay: asText(district.delais),
    pickup: [1, '1', true].includes(district.pickup_district as never),
  }
}

/** A parcel of Sendit's as we book it; null when it carries no code. */
export const bookedOf = (value: unknown): BookedParcel | null => {
  const parcel = asObject(value)
  const trackingNumber = asText(parcel.code)
  if (trackingNumber === null) return null
  const raw = statusTextOf(parcel.status) ?? 'PENDING'
  return {
    trackingNumber,
    reference: asText(parcel.reference),
    raw,
    word: wordOf(raw),
    at: instantOf(parcel.last_action_at) ?? instantOf(parcel.created_at),
    feeCentimes: centimesOf(parcel.fee),
  }
}

const newsOf = (trackingNumber: string, raw: string, at: string | null, comment: string | null): TrackingNews => ({
  trackingNumber,
  raw,
  word: wordOf(raw),
  at,
  comment,
  attempts: null,
})

/** Everything one parcel's answer tells: its history, where it is now, and its way back when it has one. */
export const trackingOf = (value: unknown): readonly TrackingNews[] => {
  const parcel = asObject(value)
  const code = asText(parcel.code)
  if (code === null) return []
  const history = asList(parcel.audits).flatMap((audit) => {
    const { created_at: at, data } = asObject(audit)
    const { status, comment } = asObject(data)
    const raw = statusTextOf(status)
    return raw === null || instantOf(at) === null ? [] : [newsOf(code, raw, instantOf(at), commentOf(comment))]
  })
  const at = instantOf(parcel.last_action_at) ?? instantOf(parcel.updated_at)
  const now = [statusTextOf(parcel.status), statusTextOf(parcel.status_return)].flatMap((raw) =>
    raw === null ? [] : [newsOf(code, raw, at, null)],
  )
  return [...history, ...now]
}

/** Our parcel in Sendit's fields. The reference is its only guard against doubles, so it always goes along. */
export const bodyOf = (request: ParcelRequest, pickupPlaceId: string): Json => ({
  pickup_district_id: Number(pickupPlaceId),
  district_id: Number(request.placeId),
  name: request.recipientName.slice(0, 120),
  phone: localPhone(request.phone) ?? request.phone,
  address: request.address.slice(0, 250),
  amount: request.amountCentimes / 100,
  comment: (request.comment ?? '').slice(0, 250),
  reference: request.reference,
  ...(request.allowOpen === null ? {} : { allow_open: Number(request.allowOpen) }),
  ...(request.allowTry === null ? {} : { allow_try: Number(request.allowTry) }),
  products_from_stock: 0,
  products: productsOf(request.products),
  option_exchange: request.exchangeOf === null ? 0 : 1,
  delivery_exchange_id: request.exchangeOf ?? '',
})

/** Sendit reads `:` `;` and `|` as its own separators. */
const productsOf = (products: ParcelRequest['products']): string =>
  products
    .map(({ name, quantity }) => `${name.replace(/[:;|]/g, ' ').replace(/\s+/g, ' ').trim()} x${quantity}`)
    .join(', ')
    .slice(0, 250)

export const pickupBodyOf = (pickup: PickupRequest): Json => ({
  district_id: Number(pickup.placeId),
  name: pickup.name,
  phone: localPhone(pickup.phone) ?? pickup.phone,
  address: pickup.address,
  note: pickup.note,
  deliveries: pickup.trackingNumbers.join(','),
})

/** Why Sendit refused: its French message and, field by field, what its validation says. */
export const reasonsOf = (answer: unknown): readonly string[] => {
  const { message, errors } = asObject(answer)
  const details = Object.values(asObject(errors)).flatMap((texts) =>
    asList(texts).flatMap((text) => asText(text) ?? []),
  )
  const reasons = details.length > 0 ? details : [asText(message)].flatMap((text) => text ?? [])
  return reasons.slice(0, 10).map((text) => text.slice(0, 300))
}

const jsonOf = (body: Buffer): Json | null => {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null
  } catch {
    return null
  }
}

const key = ({ body }: RawDelivery): string => {
  const { code, newStatus, lastActionAt } = jsonOf(body) ?? {}
  const parts = [asText(code), asText(newStatus), asText(lastActionAt)]
  if (parts.every((part) => part !== null)) return parts.join('|').slice(0, 200)
  return createHash('sha256').update(body).digest('hex')
}

/** Hexadecimal in most clients, base64 in some, with or without `sha256=`: all are the same 32 bytes. */
const verify = ({ headers, body }: RawDelivery, secrets: readonly string[]): Verdict => {
  const given = headers['x-sendit-signature']?.trim()
  if (given === undefined || given === '') return { ok: true, trust: 'unsigned' }
  const text = given.replace(/^sha256=/i, '')
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  const matches = secrets.map((secret) => {
    const expected = createHmac('sha256', secret).update(body).digest()
    return bytes.length === expected.length && timingSafeEqual(bytes, expected)
  })
  return matches.includes(true) ? { ok: true, trust: 'signed' } : { ok: false }
}

const parse = (body: Buffer): ParsedTracking => {
  const json = jsonOf(body)
  if (!json) return { ok: false, why: 'not_json' }
  if (json.event !== undefined && json.event !== 'delivery.status.update') return { ok: true, news: [] }
  const trackingNumber = asText(json.code)
  const raw = statusTextOf(json.newStatus)
  if (trackingNumber === null || raw === null) return { ok: false, why: 'code_or_status_missing' }
  const news: TrackingNews = {
    trackingNumber,
    raw,
    word: wordOf(raw),
    at: instantOf(json.lastActionAt),
    comment: commentOf(json.message),
    attempts: countOf(json.counterUnreachable),
  }
  return { ok: true, news: [news] }
}

export const senditMap: CarrierMap = {
  carrier: 'sendit',
  name: 'Sendit',
  capabilities: {
    api: true,
    labels: true,
    pickups: true,
    cancel: true,
    webhook: true,
    remittance: false,
    pickupPlace: true,
    wholeDirhams: true,
    agencyDelivery: false,
    localPhones: true,
    allowOpen: true,
    allowTry: true,
    fragile: false,
    exchange: true,
  },
  credentialFields: [
    { name: 'publicKey', secret: false },
    { name: 'secretKey', secret: true },
  ],
  secretsOf: ({ secretKey }) => (secretKey ? [secretKey] : []),
  key,
  verify,
  parse,
  wordOf,
}
