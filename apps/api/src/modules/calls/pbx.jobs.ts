import { PbxNews, pbxStatusAfter } from '@sendocki/domain/calls/pbx'
import { parsePhone } from '@sendocki/domain/phone'
import { Check } from 'typebox/value'
import type { JobCtx, MerchantTx } from '../../context.ts'
import { GiveUp, type Handlers } from '../../jobs/engine.ts'
import { eraseBody, failInbound, findInbound, finishInbound, lockInbound } from '../inbound/index.ts'
import { customerOfPhone } from './calls.queries.ts'
import { lockPbxCall, memberByEmail, notePbxEvent, savePbxCall } from './pbx.queries.ts'

const newsIn = (body: Buffer): PbxNews | null => {
  try {
    const told: unknown = JSON.parse(body.toString('utf8'))
    return Check(PbxNews, told) ? told : null
  } catch {
    return null
  }
}

/** Reads one stored delivery of an exchange. Its bytes hold a number, and go once it is read. */
const process: Handlers['pbx.process'] = async (ctx, { inboundId }) => {
  const stored = await ctx.read((tx) => findInbound(tx, inboundId))
  if (!stored || stored.processedAt || !stored.body) return
  const news = newsIn(stored.body)
  if (!news) {
    await ctx.transaction((tx) => failInbound(tx, inboundId, 'unreadable', ctx.now.toISOString()))
    throw new GiveUp('inbound.unreadable', 'This is not what an exchange tells.')
  }
  await ctx.transaction(async (tx) => {
    if (!(await lockInbound(tx, inboundId))) return
    const outcome = await apply(ctx, tx, news, stored.receivedAt)
    await finishInbound(tx, inboundId, {
      ...{ at: ctx.clock().toISOString(), outcome, orderId: null, subject: news.callId, subjectVersion: null },
    })
    await eraseBody(tx, inboundId)
    await notePbxEvent(tx, stored.receivedAt)
  })
}

const apply = async (
  ctx: JobCtx,
  tx: MerchantTx,
  { callId, event, from, agent, at: told }: PbxNews,
  receivedAt: string,
): Promise<string> => {
  const before = await lockPbxCall(tx, callId)
  const status = pbxStatusAfter(before?.status ?? null, event)
  const at = told ?? receivedAt
  const { e164 } = parsePhone(from)
  const customerId = before ? before.customerId : e164 === null ? null : ((await customerOfPhone(tx, e164)) ?? null)
  const answering = agent === undefined ? null : await memberByEmail(tx, agent.trim().toLowerCase())
  const call = before ?? {
    id: ctx.newId(),
    callId,
    startedAt: at,
    answeredAt: null,
    endedAt: null,
    openedBy: null,
    openedAt: null,
  }
  await savePbxCall(tx, {
    ...call,
    ...{ customerId, status, heardAt: receivedAt, memberId: answering ?? before?.memberId ?? null },
    ...(event === 'answered' && call.answeredAt === null ? { answeredAt: at } : {}),
    ...(event === 'ended' && call.endedAt === null ? { endedAt: at } : {}),
  })
  if (!before && customerId !== null)
    ctx.record(tx, { type: 'customer.called_in', subject: { kind: 'customer', id: customerId }, at })
  tx.outbox.changes.push({ noun: 'call', id: call.id })
  return customerId === null ? 'unknown_caller' : 'applied'
}

export const pbxJobs = { 'pbx.process': process } satisfies Partial<Handlers>
