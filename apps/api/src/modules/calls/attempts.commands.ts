import type { Ctx } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { assertCustomer, everyIdOf } from '../customers/index.ts'
import { holds } from '../leases/index.ts'
import { viewerOf } from '../orders/index.ts'
import { attemptsOfCustomer } from './attempts.queries.ts'

/**
 * What was tried with a customer, and with those who were merged into them: of the orders that the actor's rows reach, or
 * all of it with the hand on the customer.
 */
export const readAttempts = (ctx: Ctx, id: string, { limit = 20, cursor }: { limit?: number; cursor?: string }) =>
  ctx.read(async (tx) => {
    const list = `attempts:${id}`
    const after = decodeCursor(list, cursor, 2) as readonly [string, string] | null
    const customer = await assertCustomer(ctx, tx, id)
    const [customerIds, held] = await Promise.all([everyIdOf(tx, customer.id), holds(ctx, tx, customer.id)])
    const viewer = held ? null : viewerOf(ctx)
    const rows = await attemptsOfCustomer(tx, { customerIds, viewer, after, limit: limit + 1 })
    return pageOf(
      rows,
      limit,
      list,
      ({ at, id: attemptId }) => [at, attemptId],
      (row) => ({ ...row, because: [...row.because] }),
    )
  })
