import type { LastRiskTrial, RiskTrial } from '@sendocki/domain/risk/risk'
import { scoreRisk } from '@sendocki/domain/risk/score'
import { defaultRiskSettings, type RiskSettings } from '@sendocki/domain/risk/settings'
import { addTried, emptyTally, mostTried, type TriedOrder, trialDays } from '@sendocki/domain/risk/trial'
import type { Ctx, MerchantTx } from '../../context.ts'
import { historyOf } from './history.queries.ts'
import { countRates, usualAmount } from './rates.queries.ts'
import { assertSound } from './risk.commands.ts'
import { findTrial, replaceTrial, saveTrial, type TrialRow } from './risk.queries.ts'
import { factsOf, ratesByKey, windowBefore } from './scoring.commands.ts'
import { endedIn } from './subjects.queries.ts'

const weekMillis = 7 * 86_400_000
const weeks = Math.ceil(trialDays / 7)
const mostOfWeek = Math.ceil(mostTried / weeks)

const shown = ({
  status,
  settings,
  startedAt,
  finishedAt,
  fromAt,
  weeksDone,
  endedOrders,
  tally,
}: TrialRow): RiskTrial => ({
  status,
  // What was tried before a field existed had the field's default.
  settings: { ...defaultRiskSettings, ...settings },
  startedAt,
  finishedAt,
  from: fromAt,
  percentDone: Math.round((100 * weeksDone) / weeks),
  endedOrders,
  ...tally,
})

/** The trial that runs, or the last one. */
export const readTrial = (ctx: Ctx): Promise<LastRiskTrial> =>
  ctx.read(async (tx) => {
    const row = await findTrial(tx)
    return { trial: row ? shown(row) : null }
  })

/** Tries settings on the orders of the past 90 days, by a job; the trial before it is forgotten. */
export const startTrial = (ctx: Ctx, settings: RiskSettings): Promise<RiskTrial> =>
  ctx.transaction(async (tx) => {
    assertSound(settings)
    const row: TrialRow = {
      id: ctx.newId(),
      settings,
      status: 'running',
      startedAt: ctx.now.toISOString(),
      finishedAt: null,
      fromAt: new Date(ctx.now.getTime() - weeks * weekMillis).toISOString(),
      weeksDone: 0,
      endedOrders: 0,
      tally: emptyTally,
    }
    await replaceTrial(tx, row)
    ctx.enqueue(
      tx,
      'risk.try',
      { merchantId: ctx.merchantId, trialId: row.id },
      { key: `risk.try:${ctx.merchantId}`, queue: `risk.try:${ctx.merchantId}` },
    )
    return shown(row)
  })

const told = (tx: MerchantTx): void => void tx.outbox.changes.push({ noun: 'risk_trial', id: null })

/** Goes on with a trial, a week of the past a transaction. What a killed process had counted stays counted. */
export const runTrial = async (ctx: Ctx, id: string): Promise<void> => {
  for (;;) {
    const row = await ctx.read(findTrial)
    if (row?.id !== id || row.status !== 'running') return
    if (row.weeksDone >= weeks) return endTrial(ctx, row, 'done')
    await ctx.transaction(async (tx) => {
      const { count, tried } = await tryWeek(tx, row)
      await saveTrial(tx, row, {
        weeksDone: row.weeksDone + 1,
        endedOrders: row.endedOrders + count,
        tally: addTried(row.tally, tried),
      })
      told(tx)
    })
  }
}

const endTrial = (ctx: Ctx, row: TrialRow, status: 'done' | 'failed'): Promise<void> =>
  ctx.transaction(async (tx) => {
    if (await saveTrial(tx, row, { status, finishedAt: ctx.now.toISOString() })) told(tx)
  })

/** The work could not be done to its end: the screen says so. */
export const failTrial = async (ctx: Ctx, id: string): Promise<void> => {
  const row = await ctx.read(findTrial)
  if (row?.id === id && row.status === 'running') await endTrial(ctx, row, 'failed')
}

/** Judges the orders of one week as on the day on which they came: by what had ended before them, and nothing else. */
const tryWeek = async (
  tx: MerchantTx,
  { settings, fromAt, weeksDone }: TrialRow,
): Promise<{ count: number; tried: TriedOrder[] }> => {
  const start = Date.parse(fromAt) + weeksDone * weekMillis
  const from = new Date(start).toISOString()
  const to = new Date(start + weekMillis).toISOString()
  const { count, orders } = await endedIn(tx, { from, to, limit: mostOfWeek })
  if (orders.length === 0) return { count, tried: [] }
  const rates = ratesByKey(await countRates(tx, windowBefore(from, settings.windowDays)))
  const usual = await usualAmount(tx, from)
  const subjects = orders.map(({ subject }) => subject)
  const rows = new Map((await historyOf(tx, subjects, settings.windowDays)).map((row) => [row.id, row]))
  const tried = orders.flatMap(({ subject, number, state }) => {
    const row = rows.get(subject.id)
    if (!row) return []
    const risk = scoreRisk(factsOf(subject, row, { rates, usual }), settings)
    return [{ id: subject.id, number, state, risk }]
  })
  return { count, tried }
}
