import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { answerCounts, callAttempts } from '../../db/schema/calls.ts'

const everyCity = ''

/** The counts of a city and of every city together, by their key. */
export const readAnswerCounts = async (tx: MerchantTx, cityId: string | null) => {
  const { weekday, hour, tried, answered } = answerCounts
  const rows = await tx.db
    .select({ cityId: answerCounts.cityId, weekday, hour, tried, answered })
    .from(answerCounts)
    .where(
      and(
        eq(answerCounts.merchantId, tx.merchantId),
        inArray(answerCounts.cityId, cityId === null ? [everyCity] : [everyCity, cityId]),
      ),
    )
  return {
    merchant: rows.filter((row) => row.cityId === everyCity),
    city: rows.filter((row) => row.cityId !== everyCity),
  }
}

const rememberedTries = 50
/** What was tried with a customer lately and counted, by `call_attempts_customer`. */
export const triesOfCustomer = (tx: MerchantTx, customerId: string) =>
  tx.db
    .select({ at: callAttempts.at, outcome: callAttempts.outcome })
    .from(callAttempts)
    .where(
      and(
        eq(callAttempts.merchantId, tx.merchantId),
        eq(callAttempts.customerId, customerId),
        isNull(callAttempts.setAside),
      ),
    )
    .orderBy(desc(callAttempts.at))
    .limit(rememberedTries)

interface Answer {
  readonly cityId: string | null
  readonly weekday: number
  readonly hour: number
  readonly answered: boolean
}

/** Counts one call. Every caller writes the row of all cities first, so that two of them never wait for each other. */
export const addAnswer = async (tx: MerchantTx, { cityId, weekday, hour, answered }: Answer): Promise<void> => {
  const { merchantId } = tx
  const row = { merchantId, weekday, hour, tried: 1, answered: answered ? 1 : 0 }
  await tx.db
    .insert(answerCounts)
    .values((cityId === null ? [everyCity] : [everyCity, cityId]).map((place) => ({ ...row, cityId: place })))
    .onConflictDoUpdate({
      target: [answerCounts.merchantId, answerCounts.cityId, answerCounts.weekday, answerCounts.hour],
      set: {
        tried: sql`${answerCounts.tried} + 1`,
        answered: sql`${answerCounts.answered} + excluded.answered`,
      },
    })
}
