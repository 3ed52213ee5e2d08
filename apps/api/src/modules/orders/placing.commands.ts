import {
  type Address,
  type Contact,
  incompleteReasonsOf,
  isMaskedInput,
  readContact,
} from '@sendocki/domain/orders/arrival'
import { type DeliveryDefaults, type DeliveryPlace, optionsOf, sourcesOf } from '@sendocki/domain/orders/options'
import type { CreateOrder, Order } from '@sendocki/domain/orders/order'
import type { Begun, Placement, PlannedEffect } from '@sendocki/domain/orders/pipeline'
import type { ShopMarks } from '@sendocki/domain/orders/shop-changes'
import type { IncompleteReason } from '@sendocki/domain/orders/states'
import { type Totals, totalsOf } from '@sendocki/domain/orders/totals'
import { orRefuse, Refused } from '@sendocki/domain/result'
import { codeTerm } from '@sendocki/domain/search/query'
import type { Ctx, MerchantTx } from '../../context.ts'
import { beginRuns } from '../automation-runs/index.ts'
import { customerOf } from '../customers/index.ts'
import { linkLines, nameLines } from '../products/index.ts'
import { riskOfNew } from '../risk/index.ts'
import { addTerms } from '../search/index.ts'
import { readSpelledAddress } from '../spellings/index.ts'
import { assertMember } from './assigning.commands.ts'
import { mergeSameClick } from './deciding.commands.ts'
import { facedOf, findPairs, findSameClick, keepPairs, phonesOf } from './duplicates.commands.ts'
import { beginEffects } from './moves.commands.ts'
import { loadOrder, readBack } from './orders.commands.ts'
import { findStoreDefaults, insertOrder, type NewLine, nextOrderNumber } from './orders.queries.ts'
import { firstEntryColumns } from './rows.queries.ts'
import { startOf } from './starting.commands.ts'

export interface DraftLine {
  readonly externalId?: string | null
  /** Which variant a person chose. */
  readonly variantId?: string | null
  readonly sku: string | null
  readonly name: string
  readonly quantity: number
  readonly unitPriceCentimes: number
}

/** Where an order came from; null when a person wrote it here. */
export interface ShopOrigin {
  readonly storeId: string
  readonly externalId: string
  readonly updatedAt: string | null
  readonly marks: ShopMarks
}

/** An order that is about to be: read, resolved and computed. */
export interface Draft {
  readonly shop: ShopOrigin | null
  readonly storeId: string | null
  readonly source: string | null
  readonly sourceReference: string | null
  readonly sourceCurrency: string
  readonly placedAt: string
  readonly contact: Contact
  readonly address: Address & { readonly citySpellingId: string | null }
  readonly lines: readonly DraftLine[]
  readonly totals: Totals
  /** Null while the currency is not ours. */
  readonly codAmountCentimes: number | null
  readonly toComplete: readonly IncompleteReason[]
  readonly place: Placement
  /** The messages that it begins by arriving; none for what is written down afterwards. */
  readonly begins?: readonly Begun[]
  /** What entering its stage triggers, where a person chose the stage. */
  readonly effects?: readonly PlannedEffect[]
  readonly paymentMethod: string | null
  readonly paymentStatus: string | null
  readonly utm: Record<string, string>
  readonly tags: readonly string[]
  readonly note: string | null
  readonly allowOpen?: boolean | null
  readonly allowTry?: boolean | null
  readonly fragile?: boolean | null
  readonly exchangeOfOrderId?: string | null
  readonly shipNotBefore?: string | null
  readonly deliverTo?: DeliveryPlace | null
  readonly isSample?: boolean
}

interface LinesFrom {
  readonly storeId: string | null
  readonly byShop: boolean
}

/** Lines with what they are, as far as it is known. Those that a shop tells go on the review list where it is not. */
export const newLines = async (
  ctx: Ctx,
  tx: MerchantTx,
  from: LinesFrom,
  lines: readonly DraftLine[],
): Promise<NewLine[]> => (await linkedLines(ctx, tx, from, lines)).lines

/** The lines, and what their products ask of the handover: both come from the statements that know the products. */
const linkedLines = async (
  ctx: Ctx,
  tx: MerchantTx,
  { storeId, byShop }: LinesFrom,
  lines: readonly DraftLine[],
): Promise<{ lines: NewLine[]; delivery: DeliveryDefaults[] }> => {
  const linked = await linkLines(ctx, tx, { storeId, lines, review: byShop })
  return {
    lines: lines.map(({ externalId = null, sku, name, quantity, unitPriceCentimes }, index) => ({
      ...linked[index]?.link,
      id: ctx.newId(),
      externalId,
      sku,
      name,
      quantity,
      unitPriceCentimes,
    })),
    delivery: linked.map(({ delivery }) => delivery),
  }
}

/** Writes an order with everything that hangs on it: customer, number, lines, search, duplicates, history. */
export const bringIn = async (ctx: Ctx, tx: MerchantTx, draft: Draft): Promise<string> => {
  const { shop, contact, address, lines, totals, place, begins = [], effects = [], ...rest } = draft
  const now = ctx.now.toISOString()
  const id = ctx.newId()
  const orderedBy = await customerOf(ctx, tx, { ...contact, isSample: draft.isSample ?? false, address })
  const phones = phonesOf(contact)
  const pairs = await findPairs(tx, { id, phones, addressKey: address.addressKey, createdAt: now, lines })
  const linked = await linkedLines(ctx, tx, { storeId: draft.storeId, byShop: shop !== null }, lines)
  // Asked in one flight, before the number, which every order of the merchant waits for.
  const [risk, number] = await Promise.all([
    draft.isSample ? {} : riskOfNew(tx, riskSubjectOf(draft, { id, until: now, ...orderedBy }, linked.lines)),
    nextOrderNumber(tx),
  ])
  const storeDefaults = (draft.storeId === null ? undefined : await findStoreDefaults(tx, draft.storeId)) ?? {}
  const options = optionsOf(draft, linked.delivery, storeDefaults)
  const { name: contactName, ...reached } = contact
  const faced = facedOf({ ...contact, ...address, ...totals, ...rest, contactName, createdAt: now }, id, lines)
  await insertOrder(
    tx,
    {
      ...rest,
      ...reached,
      ...address,
      ...totals,
      ...place,
      ...options,
      ...orderedBy,
      ...risk,
      codAmountCentimes: draft.codAmountCentimes,
      id,
      number,
      contactName,
      externalId: shop?.externalId ?? null,
      shopUpdatedAt: shop?.updatedAt ?? null,
      shopMarks: shop?.marks ?? null,
      createdAt: now,
      updatedAt: now,
      ...(place.state === null ? {} : { [firstEntryColumns[place.state]]: place.stateSince }),
    },
    linked.lines,
  )
  await addOrderTerms(tx, id, number, draft.sourceReference)
  const eventId = ctx.record(tx, {
    type: 'order.created',
    subject: { kind: 'order', id },
    after: { number, stageId: place.stageId, state: place.state, totalCentimes: totals.totalCentimes },
    data: {
      ...{ source: draft.source, storeId: draft.storeId, toComplete: draft.toComplete },
      options: sourcesOf(draft, linked.delivery, storeDefaults),
    },
  })
  await beginEffects(ctx, tx, { orderId: id, eventId }, effects)
  await beginRuns(ctx, tx, [{ orderId: id, eventId, stageId: place.stageId, enteredAt: place.stateSince, begins }])
  if (pairs.length > 0) await keepPairs(ctx, tx, id, pairs)
  const keptId = shop === null ? undefined : await findSameClick(tx, faced, pairs)
  if (keptId !== undefined) await mergeSameClick(ctx, tx, { keptId, id })
  return id
}

/** By what the past of an order is looked up. */
const riskSubjectOf = (
  { contact, address, totals, placedAt }: Draft,
  { id, customerId, until }: { readonly id: string; readonly customerId: string; readonly until: string },
  lines: readonly NewLine[],
) => ({
  id,
  customerId,
  until,
  placedAt,
  addressKey: address.addressKey,
  cityId: address.cityId,
  productIds: [...new Set(lines.flatMap(({ productId }) => productId ?? []))],
  totalCentimes: totals.totalCentimes,
  phoneVerdict: contact.phoneVerdict,
})

const addOrderTerms = async (tx: MerchantTx, id: string, number: number, reference: string | null): Promise<void> => {
  const code = reference === null ? '' : codeTerm(reference)
  await addTerms(tx, id, [
    { kind: 'number', term: String(number) },
    ...(code === '' ? [] : [{ kind: 'reference', term: code } as const]),
  ])
}

/** A contact typed by a person must have a phone that can be called, where the person typed one. */
export const contactTyped = (
  typed: {
    readonly name: string
    readonly phone: string
    readonly alternatePhone?: string | null
    readonly email?: string | null
  },
  { phoneNeeded = true } = {},
): Contact => {
  const fields = (['phone', 'alternatePhone'] as const).filter((name) => isMaskedInput(typed[name]))
  if (fields.length > 0)
    throw new Refused(
      'order.masked_value',
      undefined,
      fields.map((name) => ({ path: `customer.${name}`, code: 'masked' })),
    )
  const contact = readContact({ ...typed, phones: [typed.phone], email: typed.email ?? null })
  if (contact.phone === null && phoneNeeded)
    throw new Refused('order.phone_impossible', undefined, [{ path: 'customer.phone', code: 'impossible' }])
  return contact
}

/** Lines typed by a person: each has a name of its own, or is a variant and takes that one's. */
export const linesTyped = (lines: CreateOrder['lines']): DraftLine[] =>
  lines.map(({ name, variantId = null, sku = null, quantity, unitPriceCentimes }, index) => {
    if (name === undefined && variantId === null)
      throw new Refused('order.field_required', { fields: ['name'] }, [
        { path: `lines.${index}.name`, code: 'missing' },
      ])
    return { variantId, sku, name: name ?? '', quantity, unitPriceCentimes }
  })

/** An order by hand: the server computes the totals; the city may still be open, the phone may not. */
export const createOrder = (ctx: Ctx, input: CreateOrder): Promise<Order> => {
  const contact = contactTyped(input.customer)
  const { line = null, city, district = null, landmark = null } = input.shippingAddress
  const typed = linesTyped(input.lines)
  const { shippingFeeCentimes = 0, discountCentimes = 0, depositCentimes = 0 } = input
  const totals = orRefuse(totalsOf(typed, { shippingFeeCentimes, discountCentimes, depositCentimes }))
  return ctx.transaction(async (tx) => {
    const { doubt, ...address } = await readSpelledAddress(tx, { line, city, district, landmark })
    const lines = await nameLines(tx, typed)
    if (input.assigneeId !== undefined) {
      if (ctx.actor.role && !ctx.actor.role.permissions.has('orders.assign') && input.assigneeId !== ctx.actor.memberId)
        throw new Refused('auth.forbidden')
      await assertMember(tx, input.assigneeId)
    }
    // Nothing real may hang on an example, or it could not be taken away again.
    if (input.exchangeOfOrderId !== undefined && (await loadOrder(ctx, tx, input.exchangeOfOrderId)).isSample)
      throw new Refused('order.sample')
    if (input.storeId !== undefined && !(await findStoreDefaults(tx, input.storeId)))
      throw new Refused('store.not_found')
    const id = await bringIn(ctx, tx, {
      shop: null,
      storeId: input.storeId ?? null,
      source: input.source ?? 'manual',
      sourceReference: input.externalReference ?? null,
      sourceCurrency: 'MAD',
      placedAt: ctx.now.toISOString(),
      contact,
      address,
      lines,
      totals,
      codAmountCentimes: totals.codAmountCentimes,
      toComplete: incompleteReasonsOf({
        contact,
        cityDoubt: doubt,
        currency: 'MAD',
        test: false,
        signed: true,
        lineCount: lines.length,
      }),
      ...(await startOf(ctx, tx, input, { ...contact, ...address, ...totals })),
      paymentMethod: input.paymentMethod ?? null,
      paymentStatus: null,
      utm: input.utm ?? {},
      tags: input.tags ?? [],
      note: input.note ?? null,
      allowOpen: input.allowOpen ?? null,
      allowTry: input.allowTry ?? null,
      fragile: input.fragile ?? null,
      exchangeOfOrderId: input.exchangeOfOrderId ?? null,
      shipNotBefore: input.shipNotBefore ?? null,
      deliverTo: input.deliverTo ?? null,
    })
    return readBack(ctx, tx, id)
  })
}
