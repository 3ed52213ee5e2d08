import type { EditMe, EditMerchant, Instance, Me, Merchant, User } from '@sendocki/domain/identity/account'
import { Refused } from '@sendocki/domain/result'
import { addDays, clockBetween, dayOf } from '@sendocki/domain/time'
import type { Ctx, PublicCtx } from '../../context.ts'
import { lastSequence } from '../events/index.ts'
import { type Person, recordForPerson } from './people.commands.ts'
import {
  findDemoOwner,
  findMerchant,
  findUser,
  listMemberships,
  saveMemberName,
  saveMerchant,
  saveUser,
} from './users.queries.ts'

/** What a visitor may know before signing in. */
export const readInstance = async (ctx: PublicCtx): Promise<Instance> => {
  const { sandbox, version } = ctx.config
  const demo = sandbox !== null && (await ctx.platform(findDemoOwner)) !== undefined
  return { sandbox: sandbox !== null, sandboxUrl: sandbox?.publicUrl ?? null, demo, version }
}

/** Two years each way and some: what is shown lies within. */
const clockDays = 800
let lastClock: { readonly day: string; readonly clock: Me['clock'] } | undefined

/** Found once a day: looking through the days of four years takes some milliseconds. */
const clockAround = (day: string): Me['clock'] => {
  if (lastClock?.day !== day) {
    const { changes, until } = clockBetween(addDays(day, -clockDays), addDays(day, clockDays))
    lastClock = { day, clock: { changes: [...changes], until } }
  }
  return lastClock.clock
}

/** `merchantId`: where the person's session works now. */
export const readMe = (ctx: PublicCtx, person: Person, merchantId: string | null): Promise<Me> =>
  ctx.platform(async (tx) => {
    const [user, memberships, merchant, sequence] = await Promise.all([
      findUser(tx, person.userId),
      listMemberships(tx, person.userId),
      merchantId ? findMerchant(tx, merchantId) : null,
      merchantId ? lastSequence(tx, merchantId) : 0,
    ])
    if (!user) throw new Refused('auth.required')
    const { sessionId } = person
    const clock = clockAround(dayOf(ctx.now))
    return { user, memberships, merchant: merchant ?? null, sessionId, lastSequence: sequence, clock }
  })

export const editMe = (ctx: PublicCtx, person: Person, { version, ...changes }: EditMe): Promise<User> =>
  ctx.platform(async (tx) => {
    const before = await findUser(tx, person.userId)
    const after = await saveUser(tx, person.userId, version, changes)
    if (!before || !after) throw new Refused('member.changed_meanwhile', { current: before })
    const changed = (['fullName', 'language'] as const).filter((field) => before[field] !== after[field])
    if (changed.includes('fullName')) await saveMemberName(tx, person.userId, after.fullName)
    if (changed.length > 0)
      await recordForPerson(ctx, tx, person.userId, { type: 'member.edited', by: 'person', data: { changed } })
    ctx.dropSessions(tx, person.userId)
    return after
  })

export const readMerchant = (ctx: Ctx): Promise<Merchant> =>
  ctx.read(async (tx) => {
    const merchant = await findMerchant(tx, tx.merchantId)
    if (!merchant) throw new Refused('merchant.not_found')
    return merchant
  })

const settingsOf = ({ name, language, mergesIdentical }: Merchant) => ({ name, language, mergesIdentical })

export const editMerchant = (ctx: Ctx, { version, ...changes }: EditMerchant): Promise<Merchant> =>
  ctx.transaction(async (tx) => {
    const before = await findMerchant(tx, tx.merchantId)
    const after = await saveMerchant(tx, version, changes)
    if (!before || !after) throw new Refused('merchant.changed_meanwhile', { current: before })
    ctx.record(tx, {
      type: 'merchant.edited',
      subject: { kind: 'merchant', id: tx.merchantId },
      before: settingsOf(before),
      after: settingsOf(after),
    })
    return after
  })
