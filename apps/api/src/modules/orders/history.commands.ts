import type { HistoryEvent } from '@sendocki/domain/orders/order'
import { isReversible, undoHours } from '@sendocki/domain/orders/undo'
import { maskPhone } from '@sendocki/domain/phone-format'
import { type Ctx, hides, type MerchantTx } from '../../context.ts'
import { openPersonal, type PersonalValues, sealPersonal } from '../../db/sealed.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { type EffectRow, effectsOf } from './effects.queries.ts'
import { type EventRow, findHistory } from './history.queries.ts'
import { loadOrder, sightOf } from './orders.commands.ts'
import { findMember } from './orders.queries.ts'
import type { OrderRow } from './rows.queries.ts'

/** The history of an order, newest first: who did what, before and after, what it triggered, what can be undone. */
export const readHistory = (ctx: Ctx, id: string, { limit = 50, cursor }: { limit?: number; cursor?: string }) =>
  ctx.read(async (tx) => {
    const list = `history:${id}`
    const [before] = decodeCursor(list, cursor, 1) ?? []
    const [order, rows] = await Promise.all([
      loadOrder(ctx, tx, id),
      findHistory(tx, id, typeof before === 'number' ? before : null, limit),
    ])
    const events = await toEvents(ctx, tx, order, rows)
    return pageOf(
      rows,
      limit,
      list,
      ({ sequence }) => [sequence],
      (row) => events.get(row.id) as HistoryEvent,
    )
  })

const toEvents = async (
  ctx: Ctx,
  tx: MerchantTx,
  order: OrderRow,
  rows: readonly EventRow[],
): Promise<Map<string, HistoryEvent>> => {
  const ids = rows.map(({ id }) => id)
  const [personal, effects] = await Promise.all([openPersonal(tx, ctx.secrets, ids), effectsOf(tx, ids)])
  const hide = hiderOf(ctx, order)
  return new Map(rows.map((row) => [row.id, eventOf(ctx, order, row, hide(personal.get(row.id)), effects.get(row.id))]))
}

const eventOf = (
  ctx: Ctx,
  order: OrderRow,
  row: EventRow,
  personal: PersonalValues | undefined,
  effects: readonly EffectRow[] = [],
): HistoryEvent => ({
  id: row.id,
  type: row.type,
  at: row.occurredAt,
  actor: { kind: row.actorKind as HistoryEvent['actor']['kind'], id: row.actorId, name: row.actorName },
  before: merged(row.before, personal?.before),
  after: merged(row.after, personal?.after),
  data: row.data,
  effects: effects.map((effect) => {
    const { id, kind, status } = effect
    return { id, kind, status, reversible: isReversible(effect, order) }
  }),
  undoable:
    row.undoable &&
    order.undoEventId === row.id &&
    effects.every((effect) => effect.status !== 'done' || isReversible(effect, order)) &&
    ctx.now.getTime() - Date.parse(row.occurredAt) <= undoHours * 3_600_000,
})

const merged = (facts: Record<string, unknown> | null, personal: Readonly<Record<string, unknown>> | undefined) =>
  personal === undefined ? facts : { ...facts, ...personal }

const phoneNames = ['phone', 'alternatePhone']
const addressNames = ['addressLine', 'district', 'landmark']

/** The past shows no more of a person than the present does. */
const hiderOf = (ctx: Ctx, order: OrderRow) => {
  const { phones, since } = sightOf(ctx)
  const over = order.endedAt !== null && order.endedAt < since
  const masked = phones === 'never' || phones === 'held' || (phones === 'until_settled' && over)
  const hidden = hides(ctx, 'address')
  const shown = (values: Readonly<Record<string, unknown>> | undefined) =>
    values &&
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]): [string, unknown][] => {
        if (hidden && addressNames.includes(name)) return []
        return [[name, masked && phoneNames.includes(name) && typeof value === 'string' ? maskPhone(value) : value]]
      }),
    )
  return (values: PersonalValues | undefined): PersonalValues | undefined => {
    if (!values) return undefined
    const [before, after] = [shown(values.before), shown(values.after)]
    return { ...(before ? { before } : {}), ...(after ? { after } : {}) }
  }
}

/** Adds a note to the history. What people write of a buyer is personal, so the words lie under the customer's key. */
export const addNote = (ctx: Ctx, id: string, text: string): Promise<HistoryEvent> =>
  ctx.transaction(async (tx) => {
    const order = await loadOrder(ctx, tx, id)
    const eventId = ctx.newId()
    ctx.record(tx, { id: eventId, type: 'order.note_added', subject: { kind: 'order', id } })
    const values = { after: { text } }
    await sealPersonal(tx, ctx.secrets, { eventId, customerId: order.customerId, values })
    const { kind, id: actorId } = ctx.actor
    const author = actorId === null ? undefined : await findMember(tx, actorId)
    return {
      id: eventId,
      type: 'order.note_added',
      at: ctx.now.toISOString(),
      actor: { kind, id: actorId, name: author?.name ?? ctx.actor.name },
      before: null,
      after: { text },
      data: null,
      effects: [],
      undoable: false,
    }
  })
