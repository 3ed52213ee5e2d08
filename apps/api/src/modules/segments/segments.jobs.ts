import type { JobCtx } from '../../context.ts'
import type { Handlers } from '../../jobs/engine.ts'
import { followChanges, refreshAll } from './segments.commands.ts'
import { merchantsToRefresh } from './segments.queries.ts'

/** How far back a look at changes reaches: twice the time between two looks, so that a late commit is not missed. */
const lookBackMinutes = 20

const lookedBack = (ctx: JobCtx): string => new Date(ctx.now.getTime() - lookBackMinutes * 60_000).toISOString()

/** Every few minutes whose orders changed; at night everybody, because days pass without an order. */
const scheduled =
  (job: 'segments.refresh' | 'segments.follow') =>
  async (ctx: JobCtx): Promise<void> => {
    await ctx.platform(async (tx) => {
      for (const merchantId of await merchantsToRefresh(tx, job === 'segments.follow' ? lookedBack(ctx) : null))
        ctx.enqueue(tx, job, { merchantId }, { key: `${job}:${merchantId}`, queue: `segments:${merchantId}` })
    })
  }

export const segmentJobs = {
  'segments.refresh': (ctx) => refreshAll(ctx),
  'segments.follow': (ctx) => followChanges(ctx, lookedBack(ctx)),
  'schedule.segments': scheduled('segments.follow'),
  'schedule.segments_nightly': scheduled('segments.refresh'),
} satisfies Partial<Handlers>
