import type { Handlers } from '../../jobs/engine.ts'
import { type EffectHandlers, settleEffect } from './effects.commands.ts'

/** The jobs of effects, given how each kind of effect is done. */
export const effectJobs = (handlers: EffectHandlers) =>
  ({
    'effects.run': (ctx, { effectId }) => settleEffect(ctx, handlers, effectId, 'run'),
    'effects.compensate': (ctx, { effectId }) => settleEffect(ctx, handlers, effectId, 'reverse'),
  }) satisfies Partial<Handlers>
