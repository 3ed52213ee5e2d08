import { nameTerms } from '@sendocki/domain/customers/names'
import type { Address, Contact } from '@sendocki/domain/orders/arrival'
import { phoneSightOf, phonesSeenSince, revealMinutes, revealsAllowed } from '@sendocki/domain/orders/visibility'
import { phoneSearchTerms } from '@sendocki/domain/phone-search'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { destroyPersonal } from '../../db/sealed.ts'
import { holds } from '../leases/index.ts'
import { addTerms, removeTerms, type Term } from '../search/index.ts'
import {
  blankConversations,
  blankCustomers,
  type CustomerRow,
  deleteCustomers,
  findCustomer,
  forgetMerges,
  isInScope,
  listReveals,
  mergedIntoAny,
  unnamedSamples,
  updateCustomer,
  upsertCustomer,
} from './customers.queries.ts'

/** Under what a contact is found in the search box. */
export const termsOf = (contact: Pick<Contact, 'name' | 'phone' | 'alternatePhone' | 'email'>): Term[] => [
  ...[contact.phone, contact.alternatePhone].flatMap((phone) =>
    phone === null ? [] : phoneSearchTerms(phone).map((term) => ({ kind: 'phone', term }) as const),
  ),
  ...nameTerms(contact.name).map((term) => ({ kind: 'name', term }) as const),
  ...(contact.email === null ? [] : [{ kind: 'email', term: contact.email.slice(0, 254) } as const]),
]

/** What an order keeps of its customer. */
export interface OrderedBy {
  readonly customerId: string
  /** The block that their orders carry from their arrival; nothing of it moves them. */
  readonly blockMode: CustomerRow['blockMode']
  readonly blockedUntil: string | null
}

type KnownAddress = Pick<Address, 'addressLine' | 'district' | 'landmark' | 'cityText' | 'cityId' | 'regionCode'>
const noAddress: KnownAddress = {
  addressLine: null,
  district: null,
  landmark: null,
  cityText: null,
  cityId: null,
  regionCode: null,
}

/**
 * The customer whose phone this is, made if nobody has it: two orders of one phone are one customer's. A contact without
 * a usable phone is a customer of its own (the `previous` one, when an order is edited). Whatever an order says of them
 * makes them findable.
 */
export const customerOf = async (
  ctx: Ctx,
  tx: MerchantTx,
  contact: Contact & { readonly isSample?: boolean; readonly address?: KnownAddress },
  previous?: { readonly id: string; readonly hadPhone: boolean },
): Promise<OrderedBy> => {
  const { phone, name, alternatePhone, email, isSample = false, address = noAddress } = contact
  const now = ctx.now.toISOString()
  if (phone === null && previous && !previous.hadPhone) {
    await updateCustomer(tx, previous.id, { name, alternatePhone, email, updatedAt: now })
    await removeTerms(tx, [previous.id])
    await addTerms(tx, previous.id, termsOf(contact))
    const known = await findCustomer(tx, previous.id)
    return {
      customerId: previous.id,
      blockMode: known?.blockMode ?? null,
      blockedUntil: known?.blockedUntil ?? null,
    }
  }
  const { addressLine, district, landmark, cityText, cityId, regionCode } = address
  const place = { addressLine, district, landmark, cityText, cityId, regionCode }
  const reached = { phone, name, alternatePhone, email }
  const found = await upsertCustomer(tx, { id: ctx.newId(), ...reached, ...place, isSample, now })
  const { id, isNew, blockMode, blockedUntil } = found
  await addTerms(tx, id, termsOf(contact))
  // Whoever had no phone had this one order; nobody is to be found there any more.
  if (previous && !previous.hadPhone) await removeTerms(tx, [previous.id])
  if (isNew) ctx.record(tx, { type: 'customer.created', subject: { kind: 'customer', id } })
  return { customerId: id, blockMode, blockedUntil }
}

/**
 * Takes away up to so many customers whom only examples named and none names any more: row, search terms, and what the
 * journal kept of them. Returns how many.
 */
export const removeSampleCustomers = async (tx: MerchantTx, limit: number): Promise<number> => {
  const customerIds = await unnamedSamples(tx, limit)
  if (customerIds.length === 0) return 0
  await removeTerms(tx, customerIds)
  await destroyPersonal(tx, customerIds)
  await deleteCustomers(tx, customerIds)
  return customerIds.length
}

/**
 * Forgets who these customers are, and those who were merged into them: their values, their conversations, their search
 * terms, and the key with which the journal's own were encrypted. Rows and events stay.
 */
export const eraseCustomers = async (ctx: Ctx, tx: MerchantTx, customerIds: readonly string[]): Promise<void> => {
  const everybody = [...customerIds, ...(await mergedIntoAny(tx, customerIds))]
  const contactIds = await blankConversations(tx, everybody)
  await blankCustomers(tx, everybody, ctx.now.toISOString())
  await forgetMerges(tx, everybody)
  await removeTerms(tx, [...everybody, ...contactIds])
  await destroyPersonal(tx, everybody)
  for (const id of customerIds) ctx.record(tx, { type: 'customer.erased', subject: { kind: 'customer', id } })
}

export const viewerOf = ({ actor }: Ctx) => ({
  scope: actor.role?.scope ?? (['all'] as const),
  memberId: actor.memberId,
})

/**
 * The customer, or the one refusal for who is missing, another merchant's, or out of the actor's sight; the holder of a
 * lease sees theirs. Whoever was merged is the one into whom they were.
 */
export const assertCustomer = async (
  ctx: Ctx,
  tx: MerchantTx,
  id: string,
  options: { locked?: boolean } = {},
): Promise<CustomerRow> => {
  const row = await findCustomer(tx, id, options)
  if (row?.mergedIntoId) return assertCustomer(ctx, tx, row.mergedIntoId, options)
  if (!row || !((await isInScope(tx, viewerOf(ctx), id)) || (await holds(ctx, tx, id))))
    throw new Refused('customer.not_found')
  return row
}

/** Under a lease, or, for a role that sees only its own orders, as long as one of them needs it. */
export const seesPhone = async (ctx: Ctx, tx: MerchantTx, customerId: string): Promise<boolean> => {
  const sight = phoneSightOf(ctx.actor.role)
  if (sight === 'held') return holds(ctx, tx, customerId)
  if (sight !== 'until_settled') return true
  return isInScope(tx, viewerOf(ctx), customerId, { endedSince: phonesSeenSince(ctx.now) })
}

/** Whether the actor sees a phone, which lists hide, with the hand on its customer. */
export const revealsPhones = (ctx: Ctx): boolean => phoneSightOf(ctx.actor.role) === 'held'

const revealedLately = (ctx: Ctx, tx: MerchantTx, actorId: string) =>
  listReveals(tx, actorId, {
    since: new Date(ctx.now.getTime() - revealMinutes * 60_000).toISOString(),
    limit: revealsAllowed,
  })

/** Whether the actor may be shown one more customer's phone now. */
export const mayReveal = async (ctx: Ctx, tx: MerchantTx): Promise<boolean> => {
  const { id: actorId } = ctx.actor
  if (actorId === null || !revealsPhones(ctx)) return true
  return (await revealedLately(ctx, tx, actorId)).length < revealsAllowed
}

/**
 * Writes down that somebody is shown a phone: in the audit log, not in the order's history. Whoever claims customer
 * after customer, faster than anybody could call them, is told to wait.
 */
export const recordReveal = async (ctx: Ctx, tx: MerchantTx, customerId: string, orderId?: string): Promise<void> => {
  const { id: actorId } = ctx.actor
  if (actorId === null) throw new Refused('auth.forbidden')
  const before = await revealedLately(ctx, tx, actorId)
  const isNew = before.every((revealed) => revealed.customerId !== customerId)
  const oldest = before.at(0)
  if (isNew && oldest && before.length >= revealsAllowed) {
    const freeAt = Date.parse(oldest.at) + revealMinutes * 60_000
    throw new Refused('request.too_many', { retryAfterSeconds: Math.ceil((freeAt - ctx.now.getTime()) / 1000) })
  }
  ctx.record(tx, {
    type: 'customer.phone_revealed',
    subject: { kind: 'customer', id: customerId },
    ...(orderId ? { data: { orderId } } : {}),
    quiet: true,
  })
}
