import { randomInt } from 'node:crypto'
import { meetFault } from '../faults.ts'
import { localText } from '../moroccan-clock.ts'
import type { World } from '../world.ts'
import { districtOf, districtShown, feeBetween } from './districts.ts'
import type { Parcel, Product } from './state.ts'
import { goesBack, isChangeable, isReturnStatus, unknownStatus } from './statuses.ts'

export type Errors = Readonly<Record<string, readonly string[]>>
/** A refusal, in the ways Sendit has to word one: fields that are wrong, or a sentence inside a 200. */
export type Refusal =
  | { readonly kind: 'fields'; readonly errors: Errors; readonly code?: '422' }
  | { readonly kind: 'sentence'; readonly message: string }

const codeSigns = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const amountCeiling = 5000

/** `DH` and nine signs; no order in them, and none ever comes twice. */
const newCode = (world: World): string => {
  const code = `DH${Array.from({ length: 9 }, () => codeSigns[randomInt(codeSigns.length)]).join('')}`
  return world.state.sendit.parcels.has(code) ? newCode(world) : code
}

type Body = Readonly<Record<string, unknown>>
const texts = ['name', 'phone', 'address', 'comment', 'reference', 'delivery_exchange_id'] as const
const flags = ['allow_open', 'allow_try', 'products_from_stock', 'option_exchange'] as const

/** What is wrong with the body of a parcel, field by field. Source: integrations.md 1.5. */
export const refusalOf = (world: World, body: Body): Refusal | null => {
  const errors: Record<string, string[]> = {}
  const wrong = (field: string, sentence: string) => {
    errors[field] = [...(errors[field] ?? []), sentence]
  }
  for (const field of ['pickup_district_id', 'district_id', 'name', 'phone', 'address', 'amount'])
    if (body[field] === undefined || body[field] === null || body[field] === '')
      wrong(field, `Le champ ${field} est obligatoire.`)
  for (const field of texts)
    if (body[field] !== undefined && body[field] !== null && typeof body[field] !== 'string')
      wrong(field, `Le champ ${field} doit être une chaîne de caractères.`)
  for (const field of flags)
    if (
      body[field] !== undefined &&
      body[field] !== null &&
      ![0, 1, '0', '1', true, false].includes(body[field] as never)
    )
      wrong(field, `Le champ ${field} doit être vrai ou faux.`)
  if (typeof body.phone === 'string' && body.phone !== '' && !/^0[5-8]\d{8}$/.test(body.phone))
    wrong('phone', 'Le format du champ phone est invalide.')
  const amount = Number(body.amount ?? 0)
  if (!Number.isFinite(amount) || amount < 0) wrong('amount', 'Le champ amount doit être un nombre positif.')
  if (
    Number(body.option_exchange ?? 0) === 1 &&
    !world.state.sendit.parcels.has(String(body.delivery_exchange_id ?? ''))
  )
    wrong('delivery_exchange_id', 'Le colis à échanger est introuvable.')
  if (Number(body.products_from_stock ?? 0) === 1 && !body.packaging_id)
    wrong('packaging_id', 'Le champ packaging_id est obligatoire.')
  if (Object.keys(errors).length > 0) return { kind: 'fields', errors }
  return placesWrong(world, body) ?? tooMuch(amount)
}

const placesWrong = (world: World, body: Body): Refusal | null => {
  const served = (field: string) => {
    const district = districtOf(Number(body[field]))
    return district && !world.state.sendit.goneDistricts.has(district.id) ? district : undefined
  }
  const pickup = served('pickup_district_id')
  if (!pickup || pickup.pickup_district !== 1)
    return { kind: 'fields', code: '422', errors: { pickup_district_id: ['La ville de ramassage est invalide.'] } }
  if (!served('district_id'))
    return { kind: 'fields', code: '422', errors: { district_id: ['Le district est invalide.'] } }
  return null
}

const tooMuch = (amount: number): Refusal | null =>
  amount > amountCeiling ? { kind: 'sentence', message: `Le montant ne peut pas dépasser ${amountCeiling} DH.` } : null

/** A parcel from a body without fault. */
export const createParcel = (world: World, account: string, body: Body): Parcel => {
  const now = world.now()
  const status = Number(body.products_from_stock ?? 0) === 1 ? 'TO_PREPARE' : 'PENDING'
  const parcel: Parcel = {
    account,
    code: newCode(world),
    status,
    status_return: null,
    fee: 0,
    ...fieldsOf(body),
    counter_unreachable: 0,
    last_action_at: localText(now),
    lastActionMs: now.getTime(),
    created_at: now.toISOString(),
    updated_at: now.toISOString(),
    audits: [],
  }
  const to = districtOf(parcel.district_id)
  const priced = { ...parcel, fee: to ? feeBetween(districtOf(parcel.pickup_district_id), to) : 0 }
  audit(priced, 'created', status, null)
  world.state.sendit.parcels.set(priced.code, priced)
  return priced
}

const fieldsOf = (body: Body) => {
  const flag = (name: string): 0 | 1 => (Number(body[name] ?? 0) === 1 ? 1 : 0)
  const text = (name: string) => String(body[name] ?? '')
  return {
    name: text('name'),
    phone: text('phone'),
    address: text('address'),
    amount: Number(body.amount),
    comment: text('comment'),
    reference: text('reference'),
    district_id: Number(body.district_id),
    pickup_district_id: Number(body.pickup_district_id),
    allow_open: flag('allow_open'),
    allow_try: flag('allow_try'),
    products_from_stock: flag('products_from_stock'),
    packaging_id: body.packaging_id ? Number(body.packaging_id) : null,
    option_exchange: flag('option_exchange'),
    delivery_exchange_id: text('delivery_exchange_id'),
    products: productsIn(text('products')),
  }
}

/** `SKU1:2;SKU2:1` names stock; any other text is one product of that name. */
const productsIn = (text: string): readonly Product[] => {
  if (text === '') return []
  const stock = text.split(';').map((item) => /^([^:]+):(\d+)$/.exec(item.trim()))
  if (stock.every((match) => match !== null))
    return stock.map((match) => ({
      reference: match[1] ?? '',
      code: match[1] ?? '',
      name: match[1] ?? '',
      quantity: Number(match[2]),
    }))
  return [{ reference: '', code: '', name: text, quantity: 1 }]
}

/** Changes a parcel that was not picked up yet, or says why not. */
export const changeParcel = (world: World, parcel: Parcel, body: Body): Refusal | null => {
  if (!isChangeable(parcel.status)) return { kind: 'sentence', message: 'Ce colis ne peut plus être modifié.' }
  const whole = { ...shownBody(parcel), ...body }
  const refusal = refusalOf(world, whole)
  if (refusal) return refusal
  const { products, ...fields } = fieldsOf(whole)
  Object.assign(parcel, fields, body.products === undefined ? {} : { products })
  touch(world, parcel)
  audit(parcel, 'updated', parcel.status, null)
  return null
}

const shownBody = ({ products, ...parcel }: Parcel): Body => ({
  ...parcel,
  products: products.map(({ name }) => name).join(', '),
})

export const deleteParcel = (world: World, parcel: Parcel): Refusal | null => {
  if (!isChangeable(parcel.status)) return { kind: 'sentence', message: 'Ce colis ne peut plus être supprimé.' }
  world.state.sendit.parcels.delete(parcel.code)
  return null
}

export interface StatusChange {
  readonly status: string
  readonly comment: string | null
  /** When the carrier says it happened; null is now. */
  readonly at: Date | null
}

export interface StatusChanged {
  readonly oldStatus: string
  readonly newStatus: string
  readonly lastActionAt: string
}

/**
 * The carrier's word about a parcel, recorded as given. News older than the last one enters the history and leaves the
 * state alone. A parcel refused or cancelled on its way starts its way back. Sendit writes whole seconds, and two calls
 * of a courier never fall into one: news without a time is at least a second younger than what is known.
 */
export const recordStatus = (world: World, parcel: Parcel, { status, comment, at }: StatusChange): StatusChanged => {
  const word = meetFault(world.faults, 'sendit', ['unknown_status']) ? unknownStatus : status
  const ms = at?.getTime() ?? Math.max(world.now().getTime(), parcel.lastActionMs + 1000)
  const lastActionAt = localText(new Date(ms))
  const late = ms < parcel.lastActionMs
  const oldStatus = isReturnStatus(word) ? (parcel.status_return ?? parcel.status) : parcel.status
  audit(parcel, 'status', word, comment, lastActionAt)
  if (word === 'UNREACHABLE') parcel.counter_unreachable++
  if (!late) {
    if (isReturnStatus(word)) parcel.status_return = word
    else {
      if (goesBack(word) && !isChangeable(parcel.status)) parcel.status_return ??= 'RETOUR_PENDING'
      parcel.status = word
    }
    parcel.last_action_at = lastActionAt
    parcel.lastActionMs = ms
    parcel.updated_at = world.now().toISOString()
  }
  return { oldStatus, newStatus: word, lastActionAt }
}

const touch = (world: World, parcel: Parcel): void => {
  parcel.updated_at = world.now().toISOString()
  parcel.last_action_at = localText(world.now())
  parcel.lastActionMs = world.now().getTime()
}

const audit = (parcel: Parcel, event: string, status: string, comment: string | null, at = parcel.last_action_at) => {
  const district = districtOf(parcel.district_id)?.name ?? ''
  parcel.audits.push({
    event,
    user: event === 'status' ? 'Agence' : 'API',
    created_at: at,
    data: { status, district, comment },
  })
  parcel.audits.sort((one, other) =>
    one.created_at < other.created_at ? -1 : one.created_at > other.created_at ? 1 : 0,
  )
}

/** As the API answers it. */
export const parcelShown = (parcel: Parcel) => {
  const { account: _account, district_id, lastActionMs: _ms, counter_unreachable: _counter, ...shown } = parcel
  const to = districtOf(district_id)
  return { ...shown, district: to ? withoutPickup(districtShown(to, districtOf(parcel.pickup_district_id))) : null }
}

const withoutPickup = ({ pickup_district: _pickup, ...district }: ReturnType<typeof districtShown>) => district

/** Parcels of an account, newest first, whose code, name, phone, address or reference contains the text. */
export const searchParcels = (world: World, account: string, text: string): readonly Parcel[] => {
  const wanted = text.trim().toLowerCase()
  return [...world.state.sendit.parcels.values()]
    .filter((parcel) => parcel.account === account)
    .filter(({ code, name, phone, address, reference }) =>
      [code, name, phone, address, reference].some((field) => field.toLowerCase().includes(wanted)),
    )
    .toReversed()
}
