import type { EffectKind } from '@sendocki/domain/orders/pipeline-schema'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { type EffectRow, lockEffect, setEffects } from './effects.queries.ts'
import { setOrderFlag } from './moves.commands.ts'

/**
 * How one kind of effect is done and taken back, written by the module whose noun it touches. Both work inside the
 * transaction that settles the effect and write intents only, so that a killed process leaves either nothing or all.
 */
export interface EffectHandler {
  run(ctx: Ctx, tx: MerchantTx, effect: EffectRow): Promise<void>
  reverse(ctx: Ctx, tx: MerchantTx, effect: EffectRow): Promise<void>
}
export type EffectHandlers = Readonly<Record<EffectKind, EffectHandler>>

const steps = {
  run: { from: 'pending', to: 'done', failure: 'effect.failed' },
  reverse: { from: 'reversing', to: 'reversed', failure: 'effect.not_reversed' },
} as const

/**
 * Takes an effect one step on, once: the row is locked, and its status decides. A refusal settles it as failed, flags
 * the order and is not tried again; anything else throws, and the job comes back.
 */
export const settleEffect = async (
  ctx: Ctx,
  handlers: EffectHandlers,
  effectId: string,
  step: keyof typeof steps,
): Promise<void> => {
  const { from, to } = steps[step]
  const settledAt = ctx.now.toISOString()
  try {
    await ctx.transaction(async (tx) => {
      const effect = await lockEffect(tx, effectId)
      if (effect?.status !== from) return
      await handlers[effect.kind][step](ctx, tx, effect)
      await setEffects(tx, [effectId], { status: to, problem: null, settledAt })
      ctx.record(tx, { type: `effect.${to}`, ...aboutEffect(effect) })
    })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    await failEffect(ctx, effectId, step, error)
  }
}

const failEffect = (ctx: Ctx, effectId: string, step: keyof typeof steps, { refusal }: Refused): Promise<void> =>
  ctx.transaction(async (tx) => {
    const effect = await lockEffect(tx, effectId)
    if (effect?.status !== steps[step].from) return
    await setEffects(tx, [effectId], { status: 'failed', problem: refusal.code, settledAt: ctx.now.toISOString() })
    ctx.record(tx, { type: steps[step].failure, ...aboutEffect(effect), after: { problem: refusal.code } })
    await setOrderFlag(ctx, tx, effect.orderId, 'effect_failed')
  })

const aboutEffect = ({ id, orderId, kind }: EffectRow) => ({
  subject: { kind: 'effect', id },
  orderId,
  data: { kind },
})
