import { planTogether } from '@sendocki/domain/orders/together'
import { orRefuse, Refused } from '@sendocki/domain/result'
import type { MerchantTx } from '../../context.ts'
import { type OrderToShip, ordersToShip } from './axes.commands.ts'
import { findMany } from './many.queries.ts'
import { isUnderWay } from './options.commands.ts'
import { everything, type NewOrderRow } from './orders.queries.ts'
import { feeColumns } from './parting.commands.ts'
import type { OrderRow } from './rows.queries.ts'
import { holdTravelling, settleTogether, withCompany } from './together.queries.ts'

/*
 * Orders that travel in one parcel, by a decision about duplicates: who joins whom, what their fees are then, and how they
 * part again while no parcel carries them.
 */

/** What the event of an order that joined keeps, so that it can leave again. */
interface Joining {
  readonly shipWithBefore: string | null
  readonly waivedCentimes: number
}
interface Joined {
  readonly lead: OrderRow
  /** Those that the decision changes, the lead among them, each with what it keeps and what is written. */
  readonly changes: readonly { readonly row: OrderRow; readonly data: Joining; readonly set: Partial<NewOrderRow> }[]
}

/** The orders chosen and all that travel with one of them already, locked as every change of many locks them. */
export const lockTogether = async (tx: MerchantTx, ids: readonly string[]): Promise<ReadonlyMap<string, OrderRow>> =>
  findMany(tx, everything, await withCompany(tx, ids), { locked: true })

/**
 * Joins the chosen orders to one parcel: to that in which one of them travels already, else to the address of the one that
 * is named.
 */
export const joinTogether = async (
  tx: MerchantTx,
  rows: ReadonlyMap<string, OrderRow>,
  { leadId, now }: { readonly leadId: string; readonly now: string },
): Promise<Joined> => {
  const all = [...rows.values()]
  const lead = rows.get(all.find((row) => row.shipWithOrderId !== null)?.shipWithOrderId ?? leadId)
  if (!lead) throw new Refused('order.not_found')
  const others = all.filter(({ id }) => id !== lead.id)
  const members = others.filter(({ shipWithOrderId }) => shipWithOrderId !== null)
  const joining = others.filter(({ shipWithOrderId }) => shipWithOrderId === null)
  const waived = orRefuse(planTogether([lead, ...members, ...joining]))
  const changes = [lead, ...joining].map((row) => {
    const data = { shipWithBefore: row.shipWithOrderId, waivedCentimes: waived.get(row.id) ?? 0 }
    return { row, data, set: { shipWithOrderId: lead.id, ...feeColumns(row, -data.waivedCentimes) } }
  })
  const joiners = changes.flatMap(({ row, data }) => (data.shipWithBefore === null ? [row.id] : []))
  await settleTogether(tx, { joining: joiners, group: [...rows.keys()] }, 'together', now)
  return { lead, changes }
}

/** What an order becomes when the decision by which it joined is taken back; nothing for any other decision. */
export const partedColumns = (row: OrderRow, data: Partial<Joining> | null | undefined): Partial<NewOrderRow> =>
  data?.shipWithBefore === undefined
    ? {}
    : { shipWithOrderId: data.shipWithBefore, ...feeColumns(row, data.waivedCentimes ?? 0) }

/**
 * Parts orders again, which no parcel may carry; the question about them is open as it was. The id of the only one that is
 * left where those that it travelled with have left before.
 */
export const partTogether = async (
  tx: MerchantTx,
  rows: ReadonlyMap<string, OrderRow>,
  { leaving, now }: { readonly leaving: readonly string[]; readonly now: string },
): Promise<string | null> => {
  if ([...rows.values()].some(isUnderWay)) throw new Refused('order.locked_by_parcel')
  const group = await withCompany(tx, [...rows.keys()])
  await settleTogether(tx, { joining: leaving, group }, null, now)
  const [last, ...others] = group.filter((id) => !leaving.includes(id))
  return others.length === 0 ? (last ?? null) : null
}

/** The orders of one parcel, its lead first. */
export type Consignment = readonly [OrderToShip, ...OrderToShip[]]

/**
 * The parcels that these orders are to become, those that travel together in one: nobody decides otherwise before the
 * transaction has ended. A cancelled order travels with nobody; when it was the lead, the oldest of the rest leads.
 */
export const consignmentsOf = async (tx: MerchantTx, ids: readonly string[]): Promise<Consignment[]> => {
  const held = await holdTravelling(tx, ids)
  const found = await ordersToShip(
    tx,
    held.map(({ id }) => id),
  )
  const groups = Map.groupBy(found, ({ id, state, shipWithOrderId }) =>
    shipWithOrderId === null || state === 'cancelled' ? id : `with ${shipWithOrderId}`,
  )
  return [...groups.values()].map((orders) => leadFirst(orders))
}

const leadFirst = (orders: readonly OrderToShip[]): Consignment => {
  const [first, ...others] = [...orders].sort(
    (one, other) => Number(isLead(other)) - Number(isLead(one)) || one.number - other.number,
  )
  if (!first) throw new Error('A parcel of no order.')
  return [first, ...others]
}

const isLead = ({ id, shipWithOrderId }: OrderToShip): boolean => id === shipWithOrderId
