import type { JobCtx } from '../../context.ts'
import type { Handlers } from '../../jobs/engine.ts'
import { merchantsAtRisk } from './risk.queries.ts'
import { followRisk, refreshRisk } from './scoring.commands.ts'
import { failTrial, runTrial } from './trial.commands.ts'

/** How far back a look at changes reaches: twice the time between two looks, so that a late commit is not missed. */
const lookBackMinutes = 10

const lookedBack = (ctx: JobCtx): string => new Date(ctx.now.getTime() - lookBackMinutes * 60_000).toISOString()

/** Every few minutes where orders changed; at night everywhere, because the past moves on. */
const scheduled =
  (job: 'risk.refresh' | 'risk.follow') =>
  async (ctx: JobCtx): Promise<void> => {
    await ctx.platform(async (tx) => {
      for (const merchantId of await merchantsAtRisk(tx, job === 'risk.follow' ? lookedBack(ctx) : null))
        ctx.enqueue(tx, job, { merchantId }, { key: `${job}:${merchantId}`, queue: `risk:${merchantId}` })
    })
  }

export const riskJobs = {
  'risk.refresh': (ctx) => refreshRisk(ctx),
  'risk.follow': (ctx) => followRisk(ctx, lookedBack(ctx)),
  'risk.try': async (ctx, { trialId }) => {
    try {
      await runTrial(ctx, trialId)
    } catch (error) {
      if (ctx.job.lastAttempt) await failTrial(ctx, trialId)
      throw error
    }
  },
  'schedule.risk': scheduled('risk.follow'),
  'schedule.risk_nightly': scheduled('risk.refresh'),
} satisfies Partial<Handlers>
