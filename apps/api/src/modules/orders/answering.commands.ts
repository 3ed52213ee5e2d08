import type { RunEffect } from '@sendocki/domain/automations/automation'
import { planAnsweredMove } from '@sendocki/domain/orders/answering'
import type { Move } from '@sendocki/domain/orders/pipeline'
import type { OrderFlag } from '@sendocki/domain/orders/states'
import type { Ctx, MerchantTx } from '../../context.ts'
import { pipelineOf } from '../pipeline/index.ts'
import { mustAgreeTwice } from '../risk/index.ts'
import { askForCall } from './calling.commands.ts'
import { flagOrder, saveMove } from './moves.commands.ts'
import { movableOf, type OrderRow } from './rows.queries.ts'

/**
 * Moves a locked order where a buyer's answer, or their silence, takes it. A yes to an order that lacks something, or of
 * which a second yes is wanted, becomes a call at the head of the queue.
 */
export const moveByAnswer = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: OrderRow,
  { stageId, data }: { readonly stageId: string; readonly data: Readonly<Record<string, unknown>> },
): Promise<RunEffect> => {
  const [pipeline, asksTwice] = await Promise.all([pipelineOf(tx), mustAgreeTwice(tx, row.riskLevel)])
  const planned = planAnsweredMove(movableOf(row), pipeline, stageId, ctx.now.toISOString(), { asksTwice })
  const store = async (move: Move): Promise<void> => {
    if (!(await saveMove(ctx, tx, row, move, { undoable: true, data: { byRule: true, ...data } })))
      throw new Error('A locked order changed.')
  }
  switch (planned.kind) {
    case 'move':
      await store(planned.move)
      return { outcome: 'moved', stageId }
    case 'to_complete':
    case 'second_yes':
      if (planned.move) await store(planned.move)
      await askForCall(ctx, tx, row.id, 'said_yes')
      return { outcome: planned.kind, stageId: planned.move?.after.stageId ?? null }
    case 'refused':
      if (planned.flag) await flagOrder(ctx, tx, row, planned.flag, {})
      return { outcome: 'refused', stageId: null }
    case 'stays':
      return { outcome: 'stayed', stageId: null }
  }
}

/** Asks for somebody's eyes on a locked order, at the head of the calls while it waits for one. */
export const askToLook = async (ctx: Ctx, tx: MerchantTx, row: OrderRow, flag: OrderFlag): Promise<void> => {
  if (row.callAt !== null) await askForCall(ctx, tx, row.id, 'check')
  await flagOrder(ctx, tx, row, flag, {})
}
