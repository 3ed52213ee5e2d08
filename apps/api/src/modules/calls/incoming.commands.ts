import type { Call, ClaimCall } from '@sendocki/domain/calls/call-schema'
import { isMaskedInput } from '@sendocki/domain/orders/arrival'
import { parsePhone } from '@sendocki/domain/phone'
import { Refused } from '@sendocki/domain/result'
import { withoutPhone } from '@sendocki/domain/whatsapp/conversation'
import { type Ctx, type MerchantTx, memberOf } from '../../context.ts'
import { customerOf } from '../customers/index.ts'
import { contactOfPhone } from '../whatsapp/index.ts'
import { countIncoming, customerOfPhone, orderToTalkAbout } from './calls.queries.ts'
import { claimOne, claimWaiting } from './claiming.commands.ts'
import { openPbxCall } from './pbx.queries.ts'

const incomingAllowed = 30
const incomingMinutes = 5

/**
 * Gives the actor the hand on a customer: of an order they name, of a number or a call that comes in, or of the next order
 * of the queue; whatever they hold already comes back first. Null when nothing waits.
 */
export const claimCall = (ctx: Ctx, { orderId, phone, incomingCallId }: ClaimCall): Promise<Call | null> => {
  if (phone !== undefined) return claimCaller(ctx, phone)
  if (incomingCallId !== undefined) return claimIncoming(ctx, incomingCallId)
  return claimWaiting(ctx, orderId)
}

/**
 * Somebody calls: whoever answers types the whole number. Each number typed is written down, found or not, and nobody
 * types more of them than can be talked to.
 */
const claimCaller = async (ctx: Ctx, phone: string): Promise<Call> => {
  const { e164 } = parsePhone(phone)
  if (e164 === null || isMaskedInput(phone))
    throw new Refused('call.phone_incomplete', undefined, [{ path: 'phone', code: 'impossible' }])
  const memberId = memberOf(ctx)
  const customerId = await ctx.transaction(async (tx) => {
    const since = new Date(ctx.now.getTime() - incomingMinutes * 60_000).toISOString()
    if ((await countIncoming(tx, memberId, since)) >= incomingAllowed)
      throw new Refused('request.too_many', { retryAfterSeconds: incomingMinutes * 60 })
    const found = (await customerOfPhone(tx, e164)) ?? (await customerWhoWrote(ctx, tx, e164))
    const data = { customerId: found }
    ctx.record(tx, { type: 'member.incoming_call', subject: { kind: 'member', id: memberId }, data, quiet: true })
    return found
  })
  if (customerId === null) throw new Refused('call.phone_unknown')
  return ctx.transaction(async (tx) => {
    const orderId = (await orderToTalkAbout(tx, customerId)) ?? null
    return claimOne(ctx, tx, { customerId, orderId, way: 'phone' })
  })
}

/**
 * Whoever wrote on WhatsApp before they ordered anything is a customer from their call on: what was written is theirs, and
 * the hand on them keeps others away. Null for a number that never wrote, and for who may not read what was written.
 */
const customerWhoWrote = async (ctx: Ctx, tx: MerchantTx, phone: string): Promise<string | null> => {
  if (ctx.actor.role?.permissions.has('conversations.read') === false) return null
  const contact = await contactOfPhone(tx, phone)
  if (!contact) return null
  const shown = withoutPhone(contact.profileName ?? '', phone)
  const { customerId } = await customerOf(ctx, tx, {
    ...{ name: /\p{L}/u.test(shown) ? shown : '–', phone, phoneVerdict: null, phoneText: null },
    ...{ alternatePhone: null, email: null },
  })
  return customerId
}

/** Somebody calls, as the exchange tells: whoever opens the call has the hand on its customer, and types no number. */
const claimIncoming = (ctx: Ctx, id: string): Promise<Call> =>
  ctx.transaction(async (tx) => {
    const memberId = memberOf(ctx)
    const opened = await openPbxCall(tx, { id, memberId, now: ctx.now })
    if (!opened) throw new Refused('call.incoming_over')
    const { customerId } = opened
    if (customerId === null) throw new Refused('call.phone_unknown')
    ctx.record(tx, {
      type: 'member.incoming_call',
      subject: { kind: 'member', id: memberId },
      data: { customerId, incomingCallId: id },
      quiet: true,
    })
    const orderId = (await orderToTalkAbout(tx, customerId)) ?? null
    return claimOne(ctx, tx, { customerId, orderId, way: 'phone' })
  })
