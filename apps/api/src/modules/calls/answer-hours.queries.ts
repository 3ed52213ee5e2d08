import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { answerCounts, callAttempts } from '../../db/schema/calls.ts'
import { rawStatement, statement } from '../../db/statement.ts'

const value = (name: string) => sql.placeholder(name)

const everyCity = ''

const countsOf = statement('answer_counts', (qb) => {
  const { cityId, weekday, hour, tried, answered } = answerCounts
  return qb
    .select({ cityId, weekday, hour, tried, answered })
    .from(answerCounts)
    .where(and(eq(answerCounts.merchantId, value('merchantId')), inArray(cityId, [everyCity, value('cityId')])))
})
/** The counts of a city and of every city together, by their key. */
export const readAnswerCounts = async (tx: MerchantTx, cityId: string | null) => {
  const rows = await tx.run(countsOf, { merchantId: tx.merchantId, cityId: cityId ?? everyCity })
  return {
    merchant: rows.filter((row) => row.cityId === everyCity),
    city: rows.filter((row) => row.cityId !== everyCity),
  }
}

const rememberedTries = 50
const triesOf = statement('call_attempts_of_customer', (qb) =>
  qb
    .select({ at: callAttempts.at, outcome: callAttempts.outcome })
    .from(callAttempts)
    .where(
      and(
        eq(callAttempts.merchantId, value('merchantId')),
        eq(callAttempts.customerId, value('customerId')),
        isNull(callAttempts.setAside),
      ),
    )
    .orderBy(desc(callAttempts.at))
    .limit(rememberedTries),
)
/** What was tried with a customer lately and counted, by `call_attempts_customer`. */
export const triesOfCustomer = (tx: MerchantTx, customerId: string) =>
  tx.run(triesOf, { merchantId: tx.merchantId, customerId })

interface Answer {
  readonly cityId: string | null
  readonly weekday: number
  readonly hour: number
  readonly answered: boolean
}

const countAnswer = rawStatement<never>(
  'answer_counted',
  sql`insert into answer_counts as c (merchant_id, city_id, weekday, hour, tried, answered)
    select ${value('merchantId')}::uuid, place.id, ${value('weekday')}::smallint, ${value('hour')}::smallint, 1,
      ${value('answered')}::int from unnest(${value('places')}::text[]) with ordinality as place (id, n) order by place.n
    on conflict (merchant_id, city_id, weekday, hour)
    do update set tried = c.tried + 1, answered = c.answered + excluded.answered`,
  [],
)
/** Counts one call. Every caller writes the row of all cities first, so that two of them never wait for each other. */
export const addAnswer = async (tx: MerchantTx, { cityId, answered, ...when }: Answer): Promise<void> => {
  const places = cityId === null ? [everyCity] : [everyCity, cityId]
  await tx.run(countAnswer, { ...when, merchantId: tx.merchantId, places, answered: answered ? 1 : 0 })
}
