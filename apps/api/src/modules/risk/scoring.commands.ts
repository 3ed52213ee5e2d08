import { type Ended, type RiskFacts, type RiskScore, scoreRisk } from '@sendocki/domain/risk/score'
import type { Ctx, MerchantTx } from '../../context.ts'
import { type HistoryRow, type LookRow, lookAround, type Rate, type RiskSubject } from './history.queries.ts'
import { countRates, keepRates, type Usual, usualAmount } from './rates.queries.ts'
import { findRiskSettings } from './risk.queries.ts'
import {
  beforeAll,
  forgetRisks,
  type Judged,
  judgedPage,
  judgedStates,
  keepRisks,
  type PageKey,
  subjectsOf,
  touchedSince,
} from './subjects.queries.ts'

/** Orders judged in one transaction. */
const pageOrders = 300
/** When more were touched than this, all are judged anew. */
const mostTouched = 3_000
const dayMillis = 86_400_000

/** What is known around an order, as the rules ask for it. */
export const factsOf = (
  subject: RiskSubject,
  row: HistoryRow,
  { rates, usual }: { readonly rates: ReadonlyMap<string, Ended>; readonly usual: Usual | null },
): RiskFacts => ({
  totalCentimes: subject.totalCentimes,
  isPhoneDoubtful: subject.phoneVerdict === 'doubtful',
  placedAt: subject.placedAt,
  customer: row,
  address: { delivered: row.addressDelivered, returned: row.addressReturned, customers: row.addressCustomers },
  city: subject.cityId === null ? null : (rates.get(`city ${subject.cityId}`) ?? null),
  products: subject.productIds.flatMap((id) => rates.get(`product ${id}`) ?? []),
  all: rates.get('all ') ?? { delivered: 0, returned: 0 },
  usual,
})

export const ratesByKey = (rates: readonly Rate[]): Map<string, Ended> =>
  new Map(rates.map((rate) => [`${rate.kind} ${rate.key}`, rate]))

const scoreOf = (subject: RiskSubject, row: LookRow): RiskScore | null => {
  const usual = row.usualCentimes === null ? null : { centimes: row.usualCentimes, orders: row.usualOrders }
  return scoreRisk(factsOf(subject, row, { rates: ratesByKey(row.rates), usual }), row.settings)
}

const judge = async (tx: MerchantTx, subjects: readonly RiskSubject[]): Promise<Judged[]> => {
  if (subjects.length === 0) return []
  const rows = new Map((await lookAround(tx, subjects)).map((row) => [row.id, row]))
  return subjects.flatMap((subject) => {
    const row = rows.get(subject.id)
    return row ? [{ id: subject.id, risk: scoreOf(subject, row) }] : []
  })
}

/** What an order keeps of its risk. */
export const riskColumns = (risk: RiskScore | null) => ({
  riskLevel: risk?.level ?? null,
  riskScore: risk?.score ?? null,
  riskReasons: risk === null ? null : [...risk.reasons],
})

/** What the merchant's past says of an order that is about to be written: one statement. */
export const riskOfNew = async (tx: MerchantTx, subject: RiskSubject): Promise<ReturnType<typeof riskColumns>> => {
  const [judged] = await judge(tx, [subject])
  return riskColumns(judged?.risk ?? null)
}

/** Judges named orders anew, those about which something can still be decided. */
export const judgeAnew = async (ctx: Ctx, tx: MerchantTx, ids: readonly string[]): Promise<void> => {
  const subjects = await subjectsOf(tx, ids, ctx.now.toISOString())
  const changed = await keepRisks(tx, await judge(tx, subjects))
  tx.outbox.changes.push(...changed.map((id) => ({ noun: 'order', id })))
}

/** Judges the orders whose customer or address had news since an instant. */
export const followRisk = async (ctx: Ctx, since: string): Promise<void> => {
  const ids = await ctx.read((tx) => touchedSince(tx, since, mostTouched))
  if (ids.length >= mostTouched) return judgeAll(ctx)
  for (let start = 0; start < ids.length; start += pageOrders)
    await ctx.transaction((tx) => judgeAnew(ctx, tx, ids.slice(start, start + pageOrders)))
}

const judgeAll = async (ctx: Ctx): Promise<void> => {
  const until = ctx.now.toISOString()
  for (const state of judgedStates) {
    let after: PageKey | null = beforeAll
    while (after !== null) {
      const from: PageKey = after
      after = await ctx.transaction(async (tx) => {
        const { subjects, last } = await judgedPage(tx, state, { after: from, limit: pageOrders, until })
        const changed = await keepRisks(tx, await judge(tx, subjects))
        if (changed.length > 0) tx.outbox.changes.push({ noun: 'order', id: null })
        return last
      })
    }
  }
}

const forgetAll = async (ctx: Ctx): Promise<void> => {
  for (let left = pageOrders; left === pageOrders; )
    left = await ctx.transaction(async (tx) => {
      const forgotten = await forgetRisks(tx, pageOrders)
      if (forgotten > 0) tx.outbox.changes.push({ noun: 'order', id: null })
      return forgotten
    })
}

/** The span of a merchant's window that ends at an instant. */
export const windowBefore = (until: string, days: number): { from: string; until: string } => ({
  from: new Date(Date.parse(until) - days * dayMillis).toISOString(),
  until,
})

/** Counts cities, products and the usual amount anew, then judges every open order; switched off, forgets what was said. */
export const refreshRisk = async (ctx: Ctx): Promise<void> => {
  const settings = (await ctx.read(findRiskSettings))?.settings
  if (!settings?.enabled) return forgetAll(ctx)
  const now = ctx.now.toISOString()
  await ctx.transaction(async (tx) => {
    const rates = await countRates(tx, windowBefore(now, settings.windowDays))
    await keepRates(tx, { rates, usual: await usualAmount(tx, now), now })
  })
  await judgeAll(ctx)
}
