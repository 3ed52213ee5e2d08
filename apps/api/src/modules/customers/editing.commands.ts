import type { Customer, EditCustomer } from '@sendocki/domain/customers/customer'
import { isMaskedInput, readContact } from '@sendocki/domain/orders/arrival'
import { Refused } from '@sendocki/domain/result'
import { type Ctx, hides, type MerchantTx } from '../../context.ts'
import { sealPersonal } from '../../db/sealed.ts'
import { addTerms } from '../search/index.ts'
import { readSpelledAddress } from '../spellings/index.ts'
import { cardOf } from './card.commands.ts'
import { assertCustomer, termsOf } from './customers.commands.ts'
import { type CustomerRow, replaceTags, updateCustomer } from './customers.queries.ts'

type Edit = Omit<EditCustomer, 'version'>
type Changes = Partial<CustomerRow>

/** The locked customer in the version that the person saw, or the refusal with the current one. */
const loadVersion = async (ctx: Ctx, tx: MerchantTx, id: string, version: number): Promise<CustomerRow> => {
  const row = await assertCustomer(ctx, tx, id, { locked: true })
  if (row.version !== version) throw new Refused('customer.changed_meanwhile', { current: await cardOf(ctx, tx, row) })
  return row
}

/** Changes what is known of a customer in the version that was read; their orders keep what each was given. */
export const editCustomer = (ctx: Ctx, id: string, { version, ...edit }: EditCustomer): Promise<Customer> =>
  ctx.transaction(async (tx) => {
    assertVisible(ctx, edit)
    const row = await loadVersion(ctx, tx, id, version)
    if (row.erasedAt !== null) throw new Refused('customer.not_found')
    const set = await changesOf(ctx, tx, row, edit)
    const changed = (Object.keys(set) as (keyof CustomerRow)[]).filter(
      (name) => JSON.stringify(row[name]) !== JSON.stringify(set[name]),
    )
    if (changed.length === 0) return cardOf(ctx, tx, row)
    const after = { ...row, ...set, version: row.version + 1, updatedAt: ctx.now.toISOString() }
    await updateCustomer(tx, row.id, { ...set, version: after.version, updatedAt: after.updatedAt })
    if (changed.includes('tags')) await replaceTags(tx, row.id, after.tags)
    await addTerms(tx, row.id, termsOf(after))
    await recordEdit(ctx, tx, row, after, changed)
    return cardOf(ctx, tx, after)
  })

/** What a role does not see it does not overwrite, and a mask is nobody's number. */
const assertVisible = (ctx: Ctx, edit: Edit): void => {
  if (isMaskedInput(edit.alternatePhone))
    throw new Refused('order.masked_value', undefined, [{ path: 'alternatePhone', code: 'masked' }])
  if (hides(ctx, 'phone') && edit.alternatePhone !== undefined) throw new Refused('auth.forbidden')
  const { city: _city, ...hidden } = edit.address ?? {}
  if (hides(ctx, 'address') && Object.keys(hidden).length > 0) throw new Refused('auth.forbidden')
}

const changesOf = async (ctx: Ctx, tx: MerchantTx, row: CustomerRow, edit: Edit): Promise<Changes> => ({
  ...(edit.name === undefined ? {} : { name: edit.name.trim() }),
  ...(edit.email === undefined ? {} : { email: edit.email?.trim().toLowerCase() ?? null }),
  ...(edit.alternatePhone === undefined ? {} : { alternatePhone: phoneTyped(edit.alternatePhone) }),
  ...(edit.tags === undefined ? {} : { tags: edit.tags }),
  ...(edit.address === undefined ? {} : await addressChange(tx, row, edit.address)),
  ...(edit.consent === undefined ? {} : consentChange(ctx, row, edit.consent)),
})

const phoneTyped = (typed: string | null): string | null => {
  if (typed === null) return null
  const { phone } = readContact({ name: null, phones: [typed], email: null })
  if (phone === null)
    throw new Refused('order.phone_impossible', undefined, [{ path: 'alternatePhone', code: 'impossible' }])
  return phone
}

const addressChange = async (
  tx: MerchantTx,
  row: CustomerRow,
  edit: NonNullable<Edit['address']>,
): Promise<Changes> => {
  const given = edit.city !== undefined
  const read = await readSpelledAddress(tx, {
    line: edit.line === undefined ? row.addressLine : edit.line,
    // What was resolved once is not asked again because somebody corrects the street.
    city: edit.city === undefined ? (row.cityId ?? row.cityText) : edit.city,
    district: edit.district === undefined ? (given ? null : row.district) : edit.district,
    landmark: edit.landmark === undefined ? row.landmark : edit.landmark,
  })
  const { addressLine, district, landmark, cityId, regionCode } = read
  const cityText = edit.city === undefined ? row.cityText : edit.city
  return { addressLine, district, landmark, cityText, cityId, regionCode }
}

/** A consent is dated when it changes, not when it is told again. */
const consentChange = (ctx: Ctx, row: CustomerRow, consent: NonNullable<Edit['consent']> | null): Changes => {
  if (consent === null) return { marketingConsent: null, consentSource: null, consentAt: null }
  const source = consent.source === undefined ? row.consentSource : consent.source
  const same = consent.given === row.marketingConsent && source === row.consentSource
  const at = same ? row.consentAt : ctx.now.toISOString()
  return { marketingConsent: consent.given, consentSource: source, consentAt: at }
}

const personal = ['name', 'email', 'alternatePhone', 'addressLine', 'district', 'landmark', 'cityText'] as const

const recordEdit = async (
  ctx: Ctx,
  tx: MerchantTx,
  before: CustomerRow,
  after: CustomerRow,
  changed: readonly (keyof CustomerRow)[],
): Promise<void> => {
  const eventId = ctx.newId()
  const factsOf = ({ tags, cityId, marketingConsent }: CustomerRow) => ({ tags, cityId, marketingConsent })
  ctx.record(tx, {
    id: eventId,
    type: 'customer.edited',
    subject: { kind: 'customer', id: before.id },
    before: factsOf(before),
    after: factsOf(after),
    data: { changed },
  })
  const names = personal.filter((name) => changed.includes(name))
  if (names.length === 0) return
  const pick = (row: CustomerRow) => Object.fromEntries(names.map((name) => [name, row[name]]))
  const values = { before: pick(before), after: pick(after) }
  await sealPersonal(tx, ctx.secrets, { eventId, customerId: before.id, values })
}
