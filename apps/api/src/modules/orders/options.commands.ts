import {
  type OptionHappening,
  type OptionSources,
  type OrderOptionName,
  type OrderOptions,
  orderOptionNames,
  originsOf,
} from '@sendocki/domain/orders/options'
import { planUndoOfNewest } from '@sendocki/domain/orders/undo'
import { liveParcelStatuses } from '@sendocki/domain/parcels/parcel'
import { orRefuse, Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { type EventRow, findOptionEvents } from './history.queries.ts'
import { loadOrder } from './orders.commands.ts'
import { editOrderRow } from './orders.queries.ts'
import type { OrderRow } from './rows.queries.ts'

/*
 * How an order wants to be handed over: changed as one thing, told in the history as one thing, and taken back as one.
 */

const optionsIn = (row: OrderOptions): OrderOptions => ({
  allowOpen: row.allowOpen,
  allowTry: row.allowTry,
  fragile: row.fragile,
  exchangeOfOrderId: row.exchangeOfOrderId,
  shipNotBefore: row.shipNotBefore,
  deliverTo: row.deliverTo,
})

/** The options that differ. */
export const optionsChanged = (before: OrderOptions, after: OrderOptions) =>
  orderOptionNames.filter((name) => before[name] !== after[name])

/** Whether a carrier holds the order's parcel: what it was told cannot be changed here any more. */
export const isUnderWay = ({ parcelStatus }: Pick<OrderRow, 'parcelStatus'>): boolean =>
  parcelStatus !== null && liveParcelStatuses.includes(parcelStatus)

/** Journals a change of options under an id that the order already carries as its newest undoable change. */
export const recordOptions = (ctx: Ctx, eventId: string, tx: MerchantTx, before: OrderRow, after: OrderRow): void => {
  ctx.record(tx, {
    id: eventId,
    type: 'order.options_changed',
    subject: { kind: 'order', id: before.id },
    before: optionsIn(before),
    after: optionsIn(after),
    data: { changed: optionsChanged(before, after), previousUndoId: before.undoEventId },
    undoable: true,
  })
}

/** Takes back the newest undoable change of a locked order when that was one of options. */
export const takeBackOptions = async (ctx: Ctx, tx: MerchantTx, row: OrderRow, event: EventRow): Promise<void> => {
  orRefuse(planUndoOfNewest(row, event, ctx.now))
  if (isUnderWay(row)) throw new Refused('order.locked_by_parcel')
  const before = optionsIn(event.before as unknown as OrderOptions)
  const undoEventId = (event.data?.previousUndoId ?? null) as string | null
  if (!(await editOrderRow(tx, row, { ...before, undoEventId, updatedAt: ctx.now.toISOString() })))
    throw new Error('A locked order changed.')
  ctx.record(tx, {
    type: 'order.undone',
    subject: { kind: 'order', id: row.id },
    before: optionsIn(row),
    after: before,
    data: { undoes: event.id, type: event.type },
  })
}

/** What an event says of the options; null when it is about something else. */
const happeningOf = ({ id, type, actorName: by, occurredAt: at, data }: EventRow): OptionHappening | null => {
  const told = { id, by, at }
  switch (type) {
    case 'order.created':
      return { ...told, kind: 'arrived', sources: (data?.options ?? {}) as OptionSources }
    case 'order.options_changed':
      return { ...told, kind: 'changed', names: (data?.changed ?? []) as OrderOptionName[] }
    default:
      return data?.type === 'order.options_changed' ? { ...told, kind: 'undone', undoes: String(data.undoes) } : null
  }
}

/** Whose word each option of an order is: a person's, or the default of its product or store. */
export const readOptionOrigins = (ctx: Ctx, id: string) =>
  ctx.read(async (tx) => {
    await loadOrder(ctx, tx, id)
    const origins = originsOf((await findOptionEvents(tx, id)).flatMap((event) => happeningOf(event) ?? []))
    return {
      items: orderOptionNames.flatMap((name) => {
        const origin = origins[name]
        return origin ? [{ name, ...origin }] : []
      }),
    }
  })
