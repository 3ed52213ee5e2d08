import { MailRefused } from '../../adapters/mail/port.ts'
import { sweepQueues } from '../../jobs/engine.queries.ts'
import { GiveUp, type Handlers } from '../../jobs/engine.ts'
import { sweep } from './cleanup.queries.ts'
import { openMail } from './mails.ts'

export const identityJobs = {
  'mail.send': async (ctx, { sealed }) => {
    await ctx.ports.mail.send(openMail(ctx, sealed)).catch((error: unknown) => {
      if (error instanceof MailRefused) throw new GiveUp('mail.refused', error.message)
      throw error
    })
  },
  'schedule.cleanup': async (ctx) => {
    await ctx.platform((tx) => sweep(tx, ctx.now))
    await ctx.platform(sweepQueues)
  },
} satisfies Partial<Handlers>
