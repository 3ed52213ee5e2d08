import { parseMoney } from '@sendocki/domain/money'
import { CreateOrder, type EditOrder, type Order } from '@sendocki/domain/orders/order'
import { totalsOf } from '@sendocki/domain/orders/totals'
import { parsePhone } from '@sendocki/domain/phone'
import { formatPhone } from '@sendocki/domain/phone-format'
import { Value } from 'typebox/value'

/** An order as it is typed: texts only, amounts in dirhams. Names follow the API's, so that its answers find their field. */
export interface Draft {
  readonly customer: {
    readonly name: string
    readonly phone: string
    readonly alternatePhone: string
    readonly email: string
  }
  readonly shippingAddress: {
    readonly city: string
    readonly district: string
    readonly line: string
    readonly landmark: string
  }
  readonly lines: readonly DraftLine[]
  readonly shippingFee: string
  readonly discount: string
  readonly deposit: string
  readonly note: string
}
export interface DraftLine {
  readonly name: string
  readonly sku: string
  /** Which variant it is, where that is known; no field shows it. */
  readonly variantId: string
  readonly quantity: string
  readonly unitPrice: string
}

/** What is wrong, by the path of the field in the draft; the codes are those of the API's `fields`. */
export type DraftErrors = Readonly<Record<string, string>>
export type DraftReading<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly errors: DraftErrors }

export const emptyLine: DraftLine = { name: '', sku: '', variantId: '', quantity: '1', unitPrice: '' }
export const emptyDraft: Draft = {
  customer: { name: '', phone: '', alternatePhone: '', email: '' },
  shippingAddress: { city: '', district: '', line: '', landmark: '' },
  lines: [emptyLine],
  shippingFee: '',
  discount: '',
  deposit: '',
  note: '',
}

export const inDirhams = (centimes: number): string =>
  centimes % 100 === 0 ? String(centimes / 100) : (centimes / 100).toFixed(2)

const typedAmount = (centimes: number): string => (centimes === 0 ? '' : inDirhams(centimes))

/** A stored order as it would be typed. A masked phone is left empty: a mask is never sent back. */
export const draftOf = (order: Order): Draft => {
  const { customer, shippingAddress: address } = order
  const seen = (phone: string | null): string => (customer.phoneMasked || phone === null ? '' : formatPhone(phone))
  return {
    customer: {
      name: customer.name,
      // What no phone could be read in is where the correction starts.
      phone: seen(customer.phone) || (customer.phoneMasked ? '' : (customer.phoneText ?? '')),
      alternatePhone: seen(customer.alternatePhone),
      email: customer.email ?? '',
    },
    shippingAddress: {
      city: address.city?.name ?? address.cityText ?? '',
      district: address.district ?? '',
      line: address.line ?? '',
      landmark: address.landmark ?? '',
    },
    lines: order.lines.map(({ name, sku, variantId, quantity, unitPriceCentimes }) => ({
      name,
      sku: sku ?? '',
      variantId: variantId ?? '',
      quantity: String(quantity),
      unitPrice: inDirhams(unitPriceCentimes),
    })),
    shippingFee: typedAmount(order.shippingFeeCentimes),
    discount: typedAmount(order.discountCentimes),
    deposit: typedAmount(order.depositCentimes),
    note: order.note ?? '',
  }
}

const isUntouched = ({ name, sku, unitPrice }: DraftLine): boolean => !name.trim() && !sku.trim() && !unitPrice.trim()

/** The lines with something in them, with their place in the draft. Empty lines wait to be typed and are not sent. */
const typedLines = (lines: readonly DraftLine[]) =>
  lines.map((line, at) => ({ line, at })).filter(({ line }) => !isUntouched(line))

/** Lines as they are shown: those typed and one more to type in, so that no button is needed to add one. */
export const withLineToType = (lines: readonly DraftLine[]): readonly DraftLine[] => {
  const last = lines.at(-1)
  return last && isUntouched(last) ? lines : [...lines, emptyLine]
}

/** An amount in centimes; nothing typed is nothing, and what cannot be read is NaN. */
const centimesOf = (text: string): number => {
  if (text.trim() === '') return 0
  const reading = parseMoney(text, { decimalSign: text.includes(',') ? ',' : '.' })
  return reading.ok ? reading.centimes : Number.NaN
}

const filled = <T extends Record<string, string>>(values: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value.trim() ? [[key, value.trim()]] : [])),
  ) as Partial<T>

const lineBody = ({ name, sku, variantId, quantity, unitPrice }: DraftLine) => ({
  ...filled({ name, sku, variantId }),
  quantity: /^\d+$/.test(quantity.trim()) ? Number(quantity) : Number.NaN,
  unitPriceCentimes: unitPrice.trim() === '' ? Number.NaN : centimesOf(unitPrice),
})

const amountsOf = ({ shippingFee, discount, deposit }: Draft) => ({
  shippingFeeCentimes: centimesOf(shippingFee),
  discountCentimes: centimesOf(discount),
  depositCentimes: centimesOf(deposit),
})

const bodyOf = (draft: Draft) => ({
  customer: { ...filled({ ...draft.customer }) },
  shippingAddress: { ...filled({ ...draft.shippingAddress }) },
  lines: typedLines(draft.lines).map(({ line }) => lineBody(line)),
  ...amountsOf(draft),
  ...filled({ note: draft.note }),
})

const fieldByName: Record<string, string> = {
  unitPriceCentimes: 'unitPrice',
  shippingFeeCentimes: 'shippingFee',
  discountCentimes: 'discount',
  depositCentimes: 'deposit',
}

/** The field of the draft that a path of the API's body is about. Places of lines are those of the draft. */
export const draftPath = (path: string, lines: readonly DraftLine[]): string => {
  const places = typedLines(lines).map(({ at }) => at)
  return path
    .split('.')
    .map((part, index, parts) =>
      parts[index - 1] === 'lines' ? String(places[Number(part)] ?? part) : (fieldByName[part] ?? part),
    )
    .join('.')
}

const codeByKeyword: Record<string, string> = {
  required: 'missing',
  type: 'wrong_format',
  minimum: 'too_small',
  maximum: 'too_large',
  minLength: 'missing',
  maxLength: 'too_long',
  minItems: 'missing',
  pattern: 'wrong_format',
}

interface SchemaFault {
  readonly keyword: string
  readonly instancePath: string
  readonly params: object
}

/** The API's own schema, asked before the API is. One code a field, the first. */
const schemaErrors = (body: unknown, lines: readonly DraftLine[]): DraftErrors => {
  const errors: Record<string, string> = {}
  for (const { keyword, instancePath, params } of Value.Errors(CreateOrder, body) as SchemaFault[]) {
    const here = instancePath.split('/').filter(Boolean)
    const { requiredProperties = [null] } = params as { requiredProperties?: readonly (string | null)[] }
    for (const name of keyword === 'required' ? requiredProperties : [null]) {
      const path = draftPath([...here, ...(name === null ? [] : [name])].join('.'), lines)
      errors[path === 'lines' ? 'lines.0.name' : path] ??= codeByKeyword[keyword] ?? 'invalid'
    }
  }
  return errors
}

/** What the schema cannot say: a phone must be one, a line has a name, and a deposit fits the total. */
const ruleErrors = (draft: Draft): DraftErrors => {
  const errors: Record<string, string> = {}
  for (const name of ['phone', 'alternatePhone'] as const) {
    const text = draft.customer[name].trim()
    const reading = text === '' ? null : parsePhone(text)
    if (reading?.verdict === 'impossible') errors[`customer.${name}`] = `phone_${reading.reason}`
  }
  for (const { line, at } of typedLines(draft.lines)) if (!line.name.trim()) errors[`lines.${at}.name`] = 'missing'
  const totals = totalsOfDraft(draft)
  if (totals && !totals.ok)
    for (const { path, code } of totals.refusal.fields ?? []) errors[draftPath(path, draft.lines)] = code
  return errors
}

/** Total and amount to collect while they are typed; null as long as an amount cannot be read. The server has the last word. */
export const totalsOfDraft = (draft: Draft) => {
  const lines = typedLines(draft.lines).map(({ line }) => lineBody(line))
  const amounts = amountsOf(draft)
  const numbers = [
    ...lines.flatMap(({ quantity, unitPriceCentimes }) => [quantity, unitPriceCentimes]),
    ...Object.values(amounts),
  ]
  return numbers.some(Number.isNaN) ? null : totalsOf(lines, amounts)
}

/** The body of a new order, or what is wrong with the draft. A phone that is known already need not be typed. */
export const readDraft = (draft: Draft, { phoneKnown = false } = {}): DraftReading<CreateOrder> => {
  const body = bodyOf(draft)
  const { 'customer.phone': phoneFault, ...others } = { ...schemaErrors(body, draft.lines), ...ruleErrors(draft) }
  const untyped = phoneKnown && draft.customer.phone.trim() === ''
  const errors: DraftErrors = phoneFault && !untyped ? { 'customer.phone': phoneFault, ...others } : others
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, body: body as CreateOrder }
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What was typed anew, emptied values as null; undefined when nothing was. */
const changed = <T extends Record<string, string>>(
  before: T,
  after: T,
): Partial<Record<keyof T, string | null>> | undefined => {
  const entries = Object.entries(after).filter(([key, value]) => value.trim() !== (before[key] ?? '').trim())
  if (entries.length === 0) return undefined
  return Object.fromEntries(entries.map(([key, value]) => [key, value.trim() || null])) as Partial<
    Record<keyof T, string | null>
  >
}

/**
 * The changes between an order and its draft, for `PATCH`: what was not touched is not sent, so that two people who edit
 * different parts do not undo each other. `body` has only the version when nothing changed.
 */
export const readChanges = (order: Order, draft: Draft): DraftReading<EditOrder> => {
  const before = draftOf(order)
  // An order that was already incomplete can be completed part by part: only what was touched is checked.
  const reading = readDraft(draft)
  const faults = reading.ok ? {} : touchedErrors(reading.errors, before, draft)
  if (Object.keys(faults).length > 0) return { ok: false, errors: faults }
  const full = bodyOf(draft)
  const parts = {
    customer: changed({ ...before.customer }, { ...draft.customer }),
    shippingAddress: changed({ ...before.shippingAddress }, { ...draft.shippingAddress }),
    lines: same(typedLines(before.lines), typedLines(draft.lines)) ? undefined : full.lines,
    shippingFeeCentimes: before.shippingFee === draft.shippingFee ? undefined : full.shippingFeeCentimes,
    discountCentimes: before.discount === draft.discount ? undefined : full.discountCentimes,
    depositCentimes: before.deposit === draft.deposit ? undefined : full.depositCentimes,
    note: before.note === draft.note ? undefined : draft.note.trim() || null,
  }
  const sent = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined))
  return { ok: true, body: { version: order.version, ...sent } as EditOrder }
}

const at = (draft: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], draft)

/** Faults of fields that were typed in; emptying a field that must be filled counts as typing in it. */
const touchedErrors = (errors: DraftErrors, before: Draft, after: Draft): DraftErrors =>
  Object.fromEntries(Object.entries(errors).filter(([path]) => !same(at(before, path), at(after, path))))
