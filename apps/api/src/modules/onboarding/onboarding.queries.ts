import type { OnboardingFacts, Step } from '@sendocki/domain/onboarding/onboarding'
import { eq, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { carrierAccounts } from '../../db/schema/carriers.ts'
import { invitations, members } from '../../db/schema/members.ts'
import { onboardings } from '../../db/schema/onboarding.ts'
import { orders } from '../../db/schema/orders.ts'
import { stages } from '../../db/schema/pipeline.ts'
import { merchants } from '../../db/schema/platform.ts'
import { stores } from '../../db/schema/stores.ts'
import { whatsappNumbers } from '../../db/schema/whatsapp.ts'
import { rawStatement, statement } from '../../db/statement.ts'

export type Facts = OnboardingFacts & { readonly merchantName: string }

export interface Wishes {
  readonly skipped: readonly Step[]
  readonly putAwayAt: string | null
}

const value = (name: string) => sql.placeholder(name)
/** Counting stops at a hundred: beyond it nobody is a beginner. */
const counted = (from: ReturnType<typeof sql>) =>
  sql`(select count(*) from (select 1 from ${from} limit 100) as few)::int`
const mine = sql`merchant_id = ${value('merchantId')}`

/** Everything by the first columns of a key; orders stop at the first real one. */
const facts = rawStatement<Facts>(
  'onboarding facts',
  sql`select ${merchants.name},
    greatest(${counted(sql`${members} where ${mine}`)} - 1, 0)
      + ${counted(sql`${invitations} where ${mine} and accepted_at is null and revoked_at is null`)},
    ${counted(sql`${stages} where ${mine} and active and not leaving`)},
    ${counted(sql`${stores} where ${mine} and status in ('connected', 'webhook_only', 'reconnect') and platform <> 'manual'`)},
    ${counted(sql`${carrierAccounts} where ${mine} and status in ('connected', 'reconnect')`)},
    ${counted(sql`${whatsappNumbers} where ${mine} and status in ('connected', 'reconnect', 'action_needed')`)},
    (select count(*) from (select 1 from ${orders} where ${mine} and not is_sample limit 1) as first)::int
    from ${merchants} where ${merchants.id} = ${value('merchantId')}`,
  ['merchantName', 'colleagues', 'stages', 'stores', 'carriers', 'numbers', 'orders'],
)

export const findFacts = async (tx: MerchantTx): Promise<Facts> => {
  const [row] = await tx.run(facts, { merchantId: tx.merchantId })
  if (!row) throw new Error('A merchant without a row of its own.')
  return row
}

const wishes = statement('onboarding wishes', (qb) =>
  qb
    .select({ skipped: onboardings.skipped, putAwayAt: onboardings.putAwayAt })
    .from(onboardings)
    .where(eq(onboardings.merchantId, value('merchantId'))),
)

export const findWishes = async (tx: MerchantTx): Promise<Wishes> =>
  (await tx.run(wishes, { merchantId: tx.merchantId }))[0] ?? { skipped: [], putAwayAt: null }

/** The same, made if it is not there, and waiting for whoever changes it. */
export const lockWishes = async (tx: MerchantTx): Promise<Wishes> => {
  await tx.db.insert(onboardings).values({ merchantId: tx.merchantId }).onConflictDoNothing()
  const [row] = await tx.db
    .select({ skipped: onboardings.skipped, putAwayAt: onboardings.putAwayAt })
    .from(onboardings)
    .where(eq(onboardings.merchantId, tx.merchantId))
    .for('update')
  return row ?? { skipped: [], putAwayAt: null }
}

export const saveWishes = async (tx: MerchantTx, { skipped, putAwayAt }: Wishes): Promise<void> => {
  await tx.db.update(onboardings).set({ skipped, putAwayAt }).where(eq(onboardings.merchantId, tx.merchantId))
}
