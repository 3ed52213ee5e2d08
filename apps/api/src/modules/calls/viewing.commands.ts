import { isUnusualViewing, viewsNeverUnusual } from '@sendocki/domain/calls/viewing'
import { type Ctx, type MerchantTx, memberOf } from '../../context.ts'
import { countClaimedCustomers, usualClaimedCustomers, wasAlerted } from './viewing.queries.ts'

const hourMillis = 3_600_000

/** Tells those who read the audit log, once an hour, that somebody is shown many more phones than usual. */
export const watchViewing = async (ctx: Ctx, tx: MerchantTx): Promise<void> => {
  const memberId = memberOf(ctx)
  const count = await countClaimedCustomers(tx, memberId)
  if (count <= viewsNeverUnusual) return
  const usual = await usualClaimedCustomers(tx, memberId)
  if (!isUnusualViewing(count, usual)) return
  if (await wasAlerted(tx, memberId, new Date(ctx.now.getTime() - hourMillis).toISOString())) return
  ctx.record(tx, {
    type: 'member.unusual_viewing',
    subject: { kind: 'member', id: memberId },
    data: { count, usual: Math.round(usual) },
  })
}
