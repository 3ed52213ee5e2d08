import type { Begun } from '@sendocki/domain/orders/pipeline'
import type { Ctx, MerchantTx } from '../../context.ts'
import { insertRuns } from './runs.queries.ts'

/** An order that entered a stage, and the messages which that begins. */
export interface Entry {
  readonly orderId: string
  readonly eventId: string
  readonly stageId: string
  /** The order's `stateSince` from then on. */
  readonly enteredAt: string
  readonly begins: readonly Begun[]
}

/** Makes the runs of entries in the transaction of the moves, and has each looked at when its time comes. */
export const beginRuns = async (ctx: Ctx, tx: MerchantTx, entries: readonly Entry[]): Promise<void> => {
  const createdAt = ctx.now.toISOString()
  const rows = entries.flatMap(({ begins, ...entry }) =>
    begins.map((begun) => ({ ...entry, ...begun, id: ctx.newId(), status: 'scheduled' as const, createdAt })),
  )
  await insertRuns(tx, rows)
  for (const { id, scheduledAt } of rows) {
    const later = new Date(scheduledAt)
    ctx.enqueue(
      tx,
      'automations.send',
      { merchantId: tx.merchantId, runId: id },
      { key: `automations.send:${id}`, ...(later > ctx.now ? { runAt: later } : {}) },
    )
  }
}
