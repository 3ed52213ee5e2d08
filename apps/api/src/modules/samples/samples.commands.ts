import { Refused } from '@sendocki/domain/result'
import { type Samples, sampleSize } from '@sendocki/domain/samples/sample'
import { type Ctx, type MerchantTx, merchantContext, publicContext, systemActor } from '../../context.ts'
import { bringInSample, countSamples, removeSampleOrders } from '../orders/index.ts'
import { deleteSamples, findSamples, insertSamples, lockSamples, saveSamples } from './samples.queries.ts'
import { tellStory } from './story.ts'

/** How many examples come or go in one transaction. */
const atOnce = 20

const shown = async (tx: MerchantTx): Promise<Samples> => {
  const [row, counted] = await Promise.all([findSamples(tx), countSamples(tx)])
  return {
    ...{ status: row?.status ?? 'none', wanted: row?.wanted ?? 0, requestedAt: row?.requestedAt ?? null },
    ...counted,
  }
}

export const readSamples = (ctx: Ctx): Promise<Samples> => ctx.read(shown, { oneFlight: true })

const subjectOf = (ctx: Ctx) => ({ kind: 'sample', id: ctx.merchantId })

/** Says that examples are wanted; a job makes them, twenty at a time. */
export const addSamples = (ctx: Ctx): Promise<Samples> =>
  ctx.transaction(async (tx) => {
    const row = { status: 'adding', requestedAt: ctx.now.toISOString(), wanted: sampleSize.orders, made: 0 } as const
    if (!(await insertSamples(tx, row))) throw new Refused('sample.already_there')
    ctx.record(tx, { type: 'sample.requested', subject: subjectOf(ctx), after: { orders: row.wanted } })
    enqueue(ctx, tx, 'samples.add')
    return shown(tx)
  })

/** Says that no examples are wanted any more, also while they are still being made. */
export const removeSamples = (ctx: Ctx): Promise<Samples> =>
  ctx.transaction(async (tx) => {
    const row = await lockSamples(tx)
    if (!row) throw new Refused('sample.not_there')
    if (row.status !== 'removing') {
      await saveSamples(tx, { status: 'removing' })
      ctx.record(tx, { type: 'sample.removal_requested', subject: subjectOf(ctx) })
      enqueue(ctx, tx, 'samples.remove')
    }
    return shown(tx)
  })

const enqueue = (ctx: Ctx, tx: MerchantTx, job: 'samples.add' | 'samples.remove'): void =>
  ctx.enqueue(tx, job, { merchantId: ctx.merchantId }, { queue: `samples:${ctx.merchantId}` })

/** The merchant as it was at an instant, seen by the system: what a command does then is dated then. */
const at = (ctx: Ctx, instant: number): Ctx =>
  merchantContext(publicContext({ ...ctx, clock: () => new Date(instant) }, ctx.origin), ctx.merchantId, systemActor())

/** Makes what is still missing of the story. A job that is killed goes on where the last transaction ended. */
export const makeSamples = async (ctx: Ctx): Promise<void> => {
  while (await makeSome(ctx));
}

const makeSome = (ctx: Ctx): Promise<boolean> =>
  ctx.transaction(async (tx) => {
    const row = await lockSamples(tx)
    if (row?.status !== 'adding') return false
    const story = tellStory(Date.parse(row.requestedAt), { orders: row.wanted, days: sampleSize.days })
    const next = story.slice(row.made, row.made + atOnce)
    for (const sample of next) await bringInSample((instant) => at(ctx, instant), tx, sample)
    const made = row.made + next.length
    const done = made >= story.length
    await saveSamples(tx, { made, ...(done ? { status: 'there' } : {}) })
    if (done) ctx.record(tx, { type: 'sample.added', subject: subjectOf(ctx), after: { orders: made } })
    else tx.outbox.changes.push({ noun: 'sample', id: ctx.merchantId })
    return !done
  })

/** Takes the examples away until none is left. */
export const clearSamples = async (ctx: Ctx): Promise<void> => {
  while (await clearSome(ctx));
}

const clearSome = (ctx: Ctx): Promise<boolean> =>
  ctx.transaction(async (tx) => {
    const row = await lockSamples(tx)
    if (row?.status !== 'removing') return false
    const removed = await removeSampleOrders(tx, atOnce)
    if (removed > 0) {
      tx.outbox.changes.push({ noun: 'sample', id: ctx.merchantId })
      return true
    }
    await deleteSamples(tx)
    ctx.record(tx, { type: 'sample.removed', subject: subjectOf(ctx) })
    return false
  })
