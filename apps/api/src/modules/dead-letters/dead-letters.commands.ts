import type { DeadLetter, DeadLetterDetail, Settlement } from '@sendocki/domain/inbound/dead-letter'
import { Refused } from '@sendocki/domain/result'
import { Check } from 'typebox/value'
import type { Ctx, MerchantTx } from '../../context.ts'
import { catalogue, type JobName, type JobPayload } from '../../jobs/catalogue.ts'
import { findDetail, reopenInbound } from '../inbound/index.ts'
import { findDeadLetter, settleDeadLetter } from './dead-letters.queries.ts'

/** A dead letter with the delivery that its job could not read. */
export const readDeadLetter = (ctx: Ctx, id: string): Promise<DeadLetterDetail> =>
  ctx.read(async (tx) => {
    const found = await findOrRefuse(tx, id)
    const inbound = found.subject?.kind === 'inbound' ? await findDetail(ctx, tx, found.subject.id) : undefined
    return { ...found, inbound: inbound ?? null }
  })

/** Runs the job once more, from the start. If it fails again it becomes a dead letter of its own. */
export const replayDeadLetter = (ctx: Ctx, id: string): Promise<DeadLetter> =>
  ctx.transaction(async (tx) => {
    const found = await findOrRefuse(tx, id)
    const { job, payload } = found
    if (!(job in catalogue) || !Check(catalogue[job as JobName].payload, payload))
      throw new Refused('dead_letter.not_replayable')
    const settled = await settle(ctx, tx, found, 'replayed')
    if (found.subject?.kind === 'inbound') await reopenInbound(tx, found.subject.id)
    ctx.enqueue(tx, job as JobName, payload as JobPayload<JobName>, { key: `dead-letter:${id}` })
    return settled
  })

/** Somebody looked and decided that nothing is to be done. */
export const dismissDeadLetter = (ctx: Ctx, id: string): Promise<DeadLetter> =>
  ctx.transaction(async (tx) => settle(ctx, tx, await findOrRefuse(tx, id), 'dismissed'))

type Found = NonNullable<Awaited<ReturnType<typeof findDeadLetter>>>

const findOrRefuse = async (tx: MerchantTx, id: string): Promise<Found> => {
  const found = await findDeadLetter(tx, id)
  if (!found) throw new Refused('dead_letter.not_found')
  return found
}

const settle = async (
  ctx: Ctx,
  tx: MerchantTx,
  { payload: _payload, ...letter }: Found,
  as: Settlement,
): Promise<DeadLetter> => {
  const at = ctx.now.toISOString()
  if (!(await settleDeadLetter(tx, letter.id, as, at))) throw new Refused('dead_letter.settled')
  ctx.record(tx, {
    type: `dead_letter.${as}`,
    subject: { kind: 'dead_letter', id: letter.id },
    data: { job: letter.job, code: letter.code },
  })
  return { ...letter, settledAs: as, settledAt: at }
}
