import type { Membership } from '@sendocki/domain/identity/account'
import { type Actor, type PlatformTx, type PublicCtx, systemActor } from '../../context.ts'
import { listMemberships } from './users.queries.ts'

/** The person behind a request that is not a merchant's: their user and the session they speak in. */
export interface Person {
  readonly userId: string
  readonly sessionId: string
}

const actingMember = (userId: string, { memberId }: Membership): Actor => ({
  ...systemActor('member', memberId),
  userId,
  memberId,
})

/**
 * Writes what happened to a person into the journal of the merchants where they are a member: there it is seen who came
 * in, from where, and who tried to. `by` says whether the person did it or somebody unknown.
 */
export const recordForPerson = async (
  ctx: PublicCtx,
  tx: PlatformTx,
  userId: string,
  happening: { type: string; by: 'person' | 'unknown'; data?: object; merchantId?: string | null },
): Promise<void> => {
  const { type, by, data, merchantId } = happening
  for (const membership of await listMemberships(tx, userId)) {
    if (merchantId !== undefined && membership.merchantId !== merchantId) continue
    const merchantTx = await tx.inMerchant(membership.merchantId)
    const actor = by === 'person' ? actingMember(userId, membership) : systemActor()
    ctx.inMerchant(membership.merchantId, actor).record(merchantTx, {
      type,
      subject: { kind: 'member', id: membership.memberId },
      ...(data ? { data } : {}),
    })
  }
}
