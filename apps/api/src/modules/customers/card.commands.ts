import { standingBlock } from '@sendocki/domain/customers/block'
import type { Customer, CustomerNote } from '@sendocki/domain/customers/customer'
import { maskPhone } from '@sendocki/domain/phone-format'
import type { Ctx, MerchantTx } from '../../context.ts'
import { openPersonal, sealPersonal } from '../../db/sealed.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { everyIdOf, findBlock, findNotes, mergedInto, placesInScope, sumsInScope } from './card.queries.ts'
import { assertCustomer, seesPhone, viewerOf } from './customers.commands.ts'
import type { CustomerRow } from './customers.queries.ts'
import { addressOf, knownOf, seesAll, statisticsOf } from './list.commands.ts'

/** As many of the newest orders are looked at for other numbers and addresses. */
const ordersLookedAt = 50

/** The card of a customer whose orders the actor may see. */
export const cardOf = async (ctx: Ctx, tx: MerchantTx, row: CustomerRow): Promise<Customer> => {
  const viewer = viewerOf(ctx)
  const now = ctx.now.toISOString()
  const [sums, places, block, merged, seen] = await Promise.all([
    seesAll(ctx) ? row : sumsInScope(tx, viewer, row.id),
    placesInScope(tx, viewer, row.id, ordersLookedAt),
    findBlock(tx, row.id),
    mergedInto(tx, row.id),
    seesPhone(ctx, tx, row.id),
  ])
  const shown = (phone: string) => (seen ? phone : maskPhone(phone))
  const phones = [...merged, ...places].flatMap(({ phone, alternatePhone }) => [phone, alternatePhone])
  return {
    ...knownOf(row, !seen, now),
    statistics: statisticsOf(sums),
    block: block && standingBlock(row, now) ? block : null,
    consent:
      row.marketingConsent === null
        ? null
        : { given: row.marketingConsent, source: row.consentSource, at: row.consentAt },
    otherPhones: [...new Set(phones)]
      .filter((phone) => phone !== null && phone !== row.phone && phone !== row.alternatePhone)
      .map((phone) => shown(phone as string)),
    addresses: distinct(places.filter((place) => place.cityText !== null || place.addressLine !== null).map(addressOf)),
    merged: merged.map(({ mergeId, customerId, name, phone, at }) => ({
      mergeId,
      customerId,
      name,
      phone: phone && shown(phone),
      at,
    })),
    erasedAt: row.erasedAt,
  }
}

const distinct = <T extends object>(values: readonly T[]): T[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
]

/** Opens a customer whose orders the actor may see, or on whom they have the hand. */
export const openCustomer = (ctx: Ctx, id: string): Promise<Customer> =>
  ctx.read(async (tx) => cardOf(ctx, tx, await assertCustomer(ctx, tx, id)))

/** What colleagues wrote of a customer, and of those who were merged into them, newest first. */
export const readNotes = (ctx: Ctx, id: string, { limit = 50, cursor }: { limit?: number; cursor?: string }) =>
  ctx.read(async (tx) => {
    const list = `customer_notes:${id}`
    const [before] = decodeCursor(list, cursor, 1) ?? []
    const customer = await assertCustomer(ctx, tx, id)
    const everybody = await everyIdOf(tx, customer.id)
    const rows = await findNotes(tx, everybody, typeof before === 'number' ? before : null, limit)
    const personal = await openPersonal(
      tx,
      ctx.secrets,
      rows.map((row) => row.id),
    )
    return pageOf(
      rows,
      limit,
      list,
      ({ sequence }) => [sequence],
      (row): CustomerNote => ({
        id: row.id,
        text: (personal.get(row.id)?.after?.text as string | undefined) ?? null,
        author: row.author,
        at: row.at,
      }),
    )
  })

/** Adds a note. What people write of a buyer is personal, so the words lie under the customer's key. */
export const addNote = (ctx: Ctx, id: string, text: string): Promise<CustomerNote> =>
  ctx.transaction(async (tx) => {
    const { id: customerId } = await assertCustomer(ctx, tx, id)
    const eventId = ctx.newId()
    ctx.record(tx, { id: eventId, type: 'customer.note_added', subject: { kind: 'customer', id: customerId } })
    await sealPersonal(tx, ctx.secrets, { eventId, customerId, values: { after: { text } } })
    return { id: eventId, text, author: ctx.actor.name, at: ctx.now.toISOString() }
  })
