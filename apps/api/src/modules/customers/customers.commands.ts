import type { Customer } from '@sendocki/domain/customers/customer'
import { nameTerms } from '@sendocki/domain/customers/names'
import type { Contact } from '@sendocki/domain/orders/arrival'
import { phoneSightOf, phonesSeenSince, revealMinutes, revealsAllowed } from '@sendocki/domain/orders/visibility'
import { maskPhone } from '@sendocki/domain/phone-format'
import { phoneSearchTerms } from '@sendocki/domain/phone-search'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { destroyPersonal } from '../../db/sealed.ts'
import { holds } from '../leases/index.ts'
import { addTerms, removeTerms, type Term } from '../search/index.ts'
import {
  blankCustomers,
  type CustomerRow,
  deleteCustomers,
  findCustomer,
  isInScope,
  listReveals,
  unnamedSamples,
  updateCustomer,
  upsertCustomer,
} from './customers.queries.ts'

/** Under what a contact is found in the search box. */
const termsOf = (contact: Contact): Term[] => [
  ...[contact.phone, contact.alternatePhone].flatMap((phone) =>
    phone === null ? [] : phoneSearchTerms(phone).map((term) => ({ kind: 'phone', term }) as const),
  ),
  ...nameTerms(contact.name).map((term) => ({ kind: 'name', term }) as const),
  ...(contact.email === null ? [] : [{ kind: 'email', term: contact.email.slice(0, 254) } as const]),
]

/**
 * The customer whose phone this is, made if nobody has it: two orders of one phone are one customer's. A contact without
 * a usable phone is a customer of its own (the `previous` one, when an order is edited). Whatever an order says of them
 * makes them findable.
 */
export const customerOf = async (
  ctx: Ctx,
  tx: MerchantTx,
  contact: Contact & { readonly isSample?: boolean },
  previous?: { readonly id: string; readonly hadPhone: boolean },
): Promise<string> => {
  const { phone, name, alternatePhone, email, isSample = false } = contact
  const now = ctx.now.toISOString()
  if (phone === null && previous && !previous.hadPhone) {
    await updateCustomer(tx, previous.id, { name, alternatePhone, email, updatedAt: now })
    await removeTerms(tx, [previous.id])
    await addTerms(tx, previous.id, termsOf(contact))
    return previous.id
  }
  const { id, isNew } = await upsertCustomer(tx, { id: ctx.newId(), phone, name, alternatePhone, email, isSample, now })
  await addTerms(tx, id, termsOf(contact))
  // Whoever had no phone had this one order; nobody is to be found there any more.
  if (previous && !previous.hadPhone) await removeTerms(tx, [previous.id])
  if (isNew) ctx.record(tx, { type: 'customer.created', subject: { kind: 'customer', id } })
  return id
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
 * Forgets who these customers are: their values, their search terms, and the key with which the journal's own were
 * encrypted. Rows and events stay.
 */
export const eraseCustomers = async (ctx: Ctx, tx: MerchantTx, customerIds: readonly string[]): Promise<void> => {
  await blankCustomers(tx, customerIds, ctx.now.toISOString())
  await removeTerms(tx, customerIds)
  await destroyPersonal(tx, customerIds)
  for (const id of customerIds) ctx.record(tx, { type: 'customer.erased', subject: { kind: 'customer', id } })
}

const viewerOf = ({ actor }: Ctx) => ({ scope: actor.role?.scope ?? (['all'] as const), memberId: actor.memberId })

/** The customer, or the one refusal for who is missing, another merchant's, or out of the actor's sight. */
export const assertCustomer = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<CustomerRow> => {
  const row = await findCustomer(tx, id)
  if (!row || !((await isInScope(tx, viewerOf(ctx), id)) || (await holds(ctx, tx, id))))
    throw new Refused('customer.not_found')
  return row
}

/** Opens a customer whose orders the actor may see, or on whom they have the hand. */
export const openCustomer = (ctx: Ctx, id: string): Promise<Customer> =>
  ctx.read(async (tx) => {
    const { merchantId: _merchant, ...customer } = await assertCustomer(ctx, tx, id)
    if (await seesPhone(ctx, tx, id)) return { ...customer, phoneMasked: false }
    const masked = (phone: string | null) => phone && maskPhone(phone)
    return {
      ...customer,
      phone: masked(customer.phone),
      alternatePhone: masked(customer.alternatePhone),
      phoneMasked: true,
    }
  })

/** Under a lease, or, for a role that sees only its own orders, as long as one of them needs it. */
const seesPhone = async (ctx: Ctx, tx: MerchantTx, customerId: string): Promise<boolean> => {
  const sight = phoneSightOf(ctx.actor.role)
  if (sight === 'held') return holds(ctx, tx, customerId)
  if (sight !== 'until_settled') return true
  return isInScope(tx, viewerOf(ctx), customerId, { endedSince: phonesSeenSince(ctx.now) })
}

/** Whether the actor sees a phone, which lists hide, with the hand on its customer. */
export const revealsPhones = (ctx: Ctx): boolean => phoneSightOf(ctx.actor.role) === 'held'

/**
 * Writes down that somebody is shown a phone: in the audit log, not in the order's history. Whoever claims customer
 * after customer, faster than anybody could call them, is told to wait.
 */
export const recordReveal = async (ctx: Ctx, tx: MerchantTx, customerId: string, orderId?: string): Promise<void> => {
  const { id: actorId } = ctx.actor
  if (actorId === null) throw new Refused('auth.forbidden')
  const before = await listReveals(tx, actorId, {
    since: new Date(ctx.now.getTime() - revealMinutes * 60_000).toISOString(),
    limit: revealsAllowed,
  })
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
