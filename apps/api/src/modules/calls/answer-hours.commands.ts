import {
  type AnswerCurve,
  answerCurve,
  countAnswers,
  type UsualHours,
  usualHours,
} from '@sendocki/domain/calls/answer-hours'
import { type NextAttempt, nextAttempt } from '@sendocki/domain/calls/ladder'
import { type Attempt, type Outcome, type RetriedOutcome, wasAnswered } from '@sendocki/domain/calls/outcomes'
import type { CallSettings } from '@sendocki/domain/calls/settings'
import { wallClockOf } from '@sendocki/domain/time'
import type { Ctx, MerchantTx } from '../../context.ts'
import type { OrderRow } from '../orders/index.ts'
import { addAnswer, readAnswerCounts, triesOfCustomer } from './answer-hours.queries.ts'
import { attemptsOfOrder } from './calls.queries.ts'

/*
 * When people answer (X8): counted with each outcome, and asked by the ladder for the hour of the next try.
 */

const asAttempts = (rows: readonly { at: string; outcome: Outcome }[]): Attempt[] =>
  rows.map(({ at, outcome }) => ({ at: new Date(at), outcome }))

/** The curve of a customer of a city, with a call that has just ended on top of what was counted before. */
const hearAnswers = async (
  tx: MerchantTx,
  { customerId, cityId }: Pick<OrderRow, 'customerId' | 'cityId'>,
): Promise<(ended: Attempt) => AnswerCurve> => {
  const [counts, tries] = await Promise.all([readAnswerCounts(tx, cityId), triesOfCustomer(tx, customerId)])
  const before = asAttempts(tries)
  return (ended) => answerCurve({ ...counts, customer: countAnswers([...before, ended]) })
}

/** How an order is called again after an outcome at an instant: by its own tries and by when people answer. */
export const retriesOf = async (
  { now }: Ctx,
  tx: MerchantTx,
  settings: CallSettings,
  row: OrderRow,
): Promise<(outcome: RetriedOutcome, at: string) => NextAttempt> => {
  const [tried, curveAfter] = await Promise.all([
    attemptsOfOrder(tx, row.id),
    settings.useAnswerHours ? hearAnswers(tx, row) : undefined,
  ])
  return (outcome, at) => {
    const ended = { at: new Date(at), outcome }
    const curve = curveAfter?.(ended)
    return nextAttempt(settings, {
      ...{ outcome, attempts: [...asAttempts(tried), ended], now },
      ...(curve ? { curve } : {}),
    })
  }
}

/** Between which hours a customer answers most, by their own calls; null while that is unknown. */
export const usualHoursOf = async (tx: MerchantTx, customerId: string): Promise<UsualHours | null> =>
  usualHours(countAnswers(asAttempts(await triesOfCustomer(tx, customerId))))

/** Counts whether somebody answered in this hour. The rows are shared by all who call, so this is written last. */
export const keepAnswer = async (
  tx: MerchantTx,
  { cityId }: Pick<OrderRow, 'cityId'>,
  { outcome, at }: { readonly outcome: Outcome; readonly at: string },
): Promise<void> => {
  const answered = wasAnswered(outcome)
  if (answered === null) return
  const { weekday, hour } = wallClockOf(at)
  await addAnswer(tx, { cityId, weekday, hour, answered })
}
