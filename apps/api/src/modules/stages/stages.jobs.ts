import type { Handlers } from '../../jobs/engine.ts'
import { emptyRest, realignRest } from './following.commands.ts'

export const stagesJobs = {
  'stages.empty': (ctx, { stageId }) => emptyRest(ctx, stageId),
  'stages.realign': (ctx, { stageId }) => realignRest(ctx, stageId),
} satisfies Partial<Handlers>
