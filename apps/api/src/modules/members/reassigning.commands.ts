import type { Reassigned } from '@sendocki/domain/members/member'
import { Refused } from '@sendocki/domain/result'
import type { Ctx } from '../../context.ts'
import { reassignOrders } from '../orders/index.ts'
import { findMember } from './members.queries.ts'

/** Gives a member's open orders to another, or to nobody: the first at once, the rest by a job. */
export const reassignMember = (ctx: Ctx, fromMemberId: string, toMemberId: string | null): Promise<Reassigned> =>
  ctx.transaction(async (tx) => {
    if (!(await findMember(tx, fromMemberId))) throw new Refused('member.not_found')
    if (toMemberId === fromMemberId)
      throw new Refused('request.invalid', undefined, [{ path: 'toMemberId', code: 'invalid' }])
    const orders = await reassignOrders(ctx, tx, fromMemberId, toMemberId)
    if (orders > 0) {
      const byMemberId = ctx.actor.memberId
      const payload = { merchantId: ctx.merchantId, fromMemberId, toMemberId, byMemberId }
      ctx.enqueue(tx, 'members.reassign', payload, { key: `members.reassign/${fromMemberId}` })
      ctx.record(tx, {
        type: 'member.reassigned',
        subject: { kind: 'member', id: fromMemberId },
        data: { toMemberId },
      })
    }
    return { orders }
  })

/** Goes on where the command stopped, a transaction for each part, until nothing is left. */
export const reassignRest = async (ctx: Ctx, fromMemberId: string, toMemberId: string | null): Promise<void> => {
  for (;;) {
    const given = await ctx.transaction((tx) => reassignOrders(ctx, tx, fromMemberId, toMemberId))
    if (given === 0) return
  }
}
