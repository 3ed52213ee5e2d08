import {
  comparisonNames,
  daySpan,
  figureKeys,
  filtersOfFigure,
  isCompared,
  readsOwnFigures,
  spanBefore,
  type Today,
} from '@sendocki/domain/reports/today'
import { dayOf } from '@sendocki/domain/time'
import type { Ctx } from '../../context.ts'
import { type Tally, tallyAll } from '../orders/index.ts'

/** Every figure of the day and those that it is compared with: all are lists of orders, counted in one trip. */
export const readToday = async (ctx: Ctx): Promise<Today> => {
  const { actor, now } = ctx
  const own = actor.memberId !== null && readsOwnFigures(actor.role?.scope ?? ['all'])
  const today = figureKeys.map((key) => ({ key, filters: filtersOfFigure(key, daySpan(now), own) }))
  const earlier = figureKeys
    .filter(isCompared)
    .flatMap((of) =>
      comparisonNames.map((key) => ({ of, key, filters: filtersOfFigure(of, spanBefore(now, key), own) })),
    )
  const tallies = await tallyAll(
    ctx,
    [...today, ...earlier].map(({ filters }) => filters),
  )
  const before = earlier.map(({ of, key }, index) => ({ of, key, tally: tallyAt(tallies, today.length + index) }))
  return {
    day: dayOf(now),
    at: now.toISOString(),
    own,
    figures: today.map(({ key, filters }, index) => {
      const { count, capped, codSumCentimes } = tallyAt(tallies, index)
      return {
        ...{ key, count, capped, filters },
        sumCentimes: key === 'due' ? codSumCentimes : null,
        before: before
          .filter(({ of }) => of === key)
          .map((one) => ({ key: one.key, count: one.tally.count, capped: one.tally.capped })),
      }
    }),
  }
}

const tallyAt = (tallies: readonly Tally[], index: number): Tally => {
  const tally = tallies[index]
  if (!tally) throw new Error('A figure was not counted.')
  return tally
}
