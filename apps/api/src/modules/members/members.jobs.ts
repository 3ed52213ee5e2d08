import { systemActor } from '../../context.ts'
import type { Handlers } from '../../jobs/engine.ts'
import { reassignRest } from './reassigning.commands.ts'

export const membersJobs = {
  'members.reassign': async (ctx, { merchantId, fromMemberId, toMemberId, byMemberId }) => {
    // The journal names who asked, not the machine that finished it.
    const actor = byMemberId ? { ...systemActor('member', byMemberId), memberId: byMemberId } : ctx.actor
    await reassignRest(ctx.inMerchant(merchantId, actor), fromMemberId, toMemberId)
  },
} satisfies Partial<Handlers>
