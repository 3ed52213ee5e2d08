import type { Handlers } from '../../jobs/engine.ts'
import { clearSamples, makeSamples } from './samples.commands.ts'

export const samplesJobs = {
  'samples.add': (ctx) => makeSamples(ctx),
  'samples.remove': (ctx) => clearSamples(ctx),
} satisfies Partial<Handlers>
