import {
  type EditOnboarding,
  nextStep,
  type Onboarding,
  skippedAfter,
  stepsOf,
} from '@sendocki/domain/onboarding/onboarding'
import type { Ctx } from '../../context.ts'
import { type Facts, findFacts, findWishes, lockWishes, saveWishes, type Wishes } from './onboarding.queries.ts'

const shown = ({ merchantName, ...facts }: Facts, { skipped, putAwayAt }: Wishes): Onboarding => {
  const steps = stepsOf(facts, skipped)
  const next = nextStep(steps)
  return { steps, next, finished: next === null, putAway: putAwayAt !== null, merchantName }
}

/** Facts and wishes, asked for in one trip. */
export const readOnboarding = (ctx: Ctx): Promise<Onboarding> =>
  ctx.read(
    async (tx) => {
      const [facts, wishes] = await Promise.all([findFacts(tx), findWishes(tx)])
      return shown(facts, wishes)
    },
    { oneFlight: true },
  )

/** What the merchant wishes of the steps is kept for all who lead it, and written down. */
export const editOnboarding = (ctx: Ctx, edit: EditOnboarding): Promise<Onboarding> =>
  ctx.transaction(async (tx) => {
    const before = await lockWishes(tx)
    const after: Wishes = {
      skipped: skippedAfter(before.skipped, edit),
      putAwayAt: edit.putAway === undefined ? before.putAwayAt : edit.putAway ? ctx.now.toISOString() : null,
    }
    const putAway = (wishes: Wishes) => wishes.putAwayAt !== null
    if (after.skipped.join() !== before.skipped.join() || putAway(after) !== putAway(before)) {
      await saveWishes(tx, after)
      ctx.record(tx, {
        type: 'onboarding.changed',
        subject: { kind: 'onboarding', id: ctx.merchantId },
        before: { skipped: before.skipped, putAway: putAway(before) },
        after: { skipped: after.skipped, putAway: putAway(after) },
      })
    }
    return shown(await findFacts(tx), after)
  })
