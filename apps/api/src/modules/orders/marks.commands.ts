import type { OrderMarks } from '@sendocki/domain/orders/marks'
import type { Ctx } from '../../context.ts'
import { seesAll } from '../customers/index.ts'
import { listMarks, type MarksRow } from './marks.queries.ts'
import { viewerOf } from './orders.commands.ts'

const holderOf = ({ holderId, holderName, claimedAt, expiresAt, dialledAt }: MarksRow): OrderMarks['holder'] =>
  holderId === null || holderName === null || claimedAt === null || expiresAt === null
    ? null
    : { id: holderId, name: holderName, claimedAt, expiresAt, dialledAt }

/** What cards show beside their orders, for those of the ids that are in sight. */
export const readMarks = (ctx: Ctx, ids: readonly string[]): Promise<{ items: OrderMarks[] }> =>
  ctx.read(
    async (tx) => {
      const { role } = ctx.actor
      const readsMessages = role?.permissions.has('conversations.read') ?? true
      const readsRecord = seesAll(ctx) && (role?.permissions.has('customers.read') ?? true)
      const rows = await listMarks(tx, viewerOf(ctx), ids)
      return {
        items: rows.map((row) => ({
          orderId: row.orderId,
          unreadCount: readsMessages ? row.unreadCount : null,
          conversationId: readsMessages ? row.conversationId : null,
          record: readsRecord ? { deliveredCount: row.deliveredCount, returnedCount: row.returnedCount } : null,
          holder: holderOf(row),
        })),
      }
    },
    { oneFlight: true },
  )
