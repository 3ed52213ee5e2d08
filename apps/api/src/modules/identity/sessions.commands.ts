import {
  type Merchant,
  rememberedDays,
  rotationGraceSeconds,
  type SessionEnd,
  type SessionView,
  sessionHours,
  type User,
} from '@sendocki/domain/identity/account'
import { browserOf } from '@sendocki/domain/identity/browser'
import { Refused } from '@sendocki/domain/result'
import type { PlatformTx, PublicCtx } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import type { OpenSession } from '../../http/session-cookie.ts'
import { randomToken } from '../../secrets.ts'
import { type Person, recordForPerson } from './people.commands.ts'
import {
  endSession,
  endSessionsOf,
  findSession,
  freeLeasesOfUser,
  insertRefreshToken,
  insertSession,
  isInside,
  listSessions,
  lockSessionByToken,
  recentSessions,
  type SessionRow,
  saveSession,
  useRefreshTokens,
} from './sessions.queries.ts'
import { findMerchant, findUser, listMemberships } from './users.queries.ts'

/** Opens a session in the wanted merchant, else where the person worked last, else in the first of theirs. */
export const openSession = async (
  ctx: PublicCtx,
  tx: PlatformTx,
  user: User,
  options: { rememberMe: boolean; merchantId?: string },
): Promise<OpenSession> => {
  const merchant = await merchantFor(tx, user.id, options.merchantId ? { wanted: options.merchantId } : {})
  const id = ctx.newId()
  const now = ctx.now.toISOString()
  const hours = options.rememberMe ? rememberedDays * 24 : sessionHours
  const expiresAt = new Date(ctx.now.getTime() + hours * 3_600_000).toISOString()
  await insertSession(tx, {
    id,
    userId: user.id,
    merchantId: merchant?.id ?? null,
    remembered: options.rememberMe,
    ...seenFrom(ctx),
    createdAt: now,
    enteredAt: now,
    expiresAt,
  })
  const refreshToken = await giveToken(ctx, tx, id)
  await recordForPerson(ctx, tx, user.id, {
    type: 'member.signed_in',
    by: 'person',
    merchantId: merchant?.id ?? null,
    data: { sessionId: id },
  })
  return { sessionId: id, refreshToken, rememberedUntil: options.rememberMe ? expiresAt : null, user, merchant }
}

/**
 * A new refresh token for the one shown, which is used up by it. One that was used before is a copy in other hands, and
 * ends the session; but two tabs may show the same one at once, so for a few seconds it is renewed again.
 */
export const refreshSession = async (ctx: PublicCtx, token: string | undefined): Promise<OpenSession> => {
  const renewed = token ? await ctx.platform((tx) => renew(ctx, tx, ctx.secrets.hashToken(token))) : null
  if (!renewed) throw new Refused('auth.session_ended')
  return renewed
}

/** Null when the session is over, by its time, by hand, or now. Returned, not thrown: what ended must stay ended. */
const renew = async (ctx: PublicCtx, tx: PlatformTx, hash: Buffer): Promise<OpenSession | null> => {
  const found = await lockSessionByToken(tx, hash)
  const now = ctx.now.toISOString()
  if (!found || found.session.endedAt || Date.parse(found.session.expiresAt) <= ctx.now.getTime()) return null
  const { session, usedAt } = found
  if (usedAt && ctx.now.getTime() - Date.parse(usedAt) > rotationGraceSeconds * 1000) {
    ctx.log.warn({ security: 'refresh_token_reused', userId: session.userId, ...ctx.origin }, 'security')
    await finish(ctx, tx, session, 'token_reused')
    return null
  }
  const user = await findUser(tx, session.userId)
  const place = await stayOrMove(ctx, tx, session)
  if (!user || place === 'nowhere') {
    await finish(ctx, tx, session, 'no_membership')
    return null
  }
  if (!usedAt) await useRefreshTokens(tx, session.id, now)
  await saveSession(tx, session.id, seenFrom(ctx))
  const refreshToken = await giveToken(ctx, tx, session.id)
  const rememberedUntil = session.remembered ? session.expiresAt : null
  return { sessionId: session.id, refreshToken, rememberedUntil, user, merchant: place }
}

export const switchMerchant = (ctx: PublicCtx, person: Person, merchantId: string): Promise<OpenSession> =>
  ctx.platform((tx) => moveSession(ctx, tx, person, merchantId))

/** Moves a session into another of its person's merchants, whose journal tells it; its refresh token stays. */
export const moveSession = async (
  ctx: PublicCtx,
  tx: PlatformTx,
  { userId, sessionId }: Person,
  merchantId: string,
): Promise<OpenSession> => {
  const user = await findUser(tx, userId)
  const merchant = await merchantFor(tx, userId, { wanted: merchantId })
  if (!user || !merchant) throw new Refused('merchant.not_found')
  await enter(ctx, tx, sessionId, merchant.id)
  await recordForPerson(ctx, tx, userId, {
    type: 'member.signed_in',
    by: 'person',
    merchantId: merchant.id,
    data: { sessionId },
  })
  return { sessionId, refreshToken: null, rememberedUntil: null, user, merchant }
}

/** Ends the session of the cookie, the token's, or both. Whoever has none is signed out already. */
export const signOut = (ctx: PublicCtx, token: string | undefined, person: Person | null): Promise<null> =>
  ctx.platform(async (tx) => {
    const byToken = token ? (await lockSessionByToken(tx, ctx.secrets.hashToken(token)))?.session : undefined
    const byPerson = person ? await findSession(tx, person.sessionId) : undefined
    for (const session of [byToken, byPerson])
      if (session && !session.endedAt && (await finish(ctx, tx, session, 'signed_out')))
        await freeLeasesOfUser(tx, session.userId)
    return null
  })

export const readSessions = (ctx: PublicCtx, person: Person, query: { limit?: number; cursor?: string }) =>
  ctx.platform(async (tx) => {
    const limit = query.limit ?? 50
    const [before = null] = decodeCursor('sessions', query.cursor, 1) ?? []
    const rows = await listSessions(tx, person.userId, ctx.now.toISOString(), {
      limit,
      before: before === null ? null : String(before),
    })
    return pageOf(
      rows,
      limit,
      'sessions',
      (row) => [row.id],
      (row) => viewOf(row, person),
    )
  })

export const endOneSession = (ctx: PublicCtx, person: Person, sessionId: string): Promise<null> =>
  ctx.platform(async (tx) => {
    const session = await findSession(tx, sessionId)
    if (!session || session.userId !== person.userId || !(await finish(ctx, tx, session, 'ended')))
      throw new Refused('session.not_found')
    return null
  })

export const endOtherSessions = (ctx: PublicCtx, person: Person): Promise<null> =>
  ctx.platform(async (tx) => {
    await endAllBut(ctx, tx, person, 'ended')
    return null
  })

/** Ends the person's sessions but the one they speak in, if any. */
export const endAllBut = async (
  ctx: PublicCtx,
  tx: PlatformTx,
  person: { userId: string; sessionId: string | null },
  reason: SessionEnd,
): Promise<void> => {
  await endSessionsOf(tx, person.userId, person.sessionId, reason, ctx.now.toISOString())
  ctx.dropSessions(tx, person.userId)
}

/** Ends a session with all that belongs to it; false when it had ended before. */
const finish = async (ctx: PublicCtx, tx: PlatformTx, session: SessionRow, reason: SessionEnd): Promise<boolean> => {
  if (!(await endSession(tx, session.id, session.userId, reason, ctx.now.toISOString()))) return false
  ctx.dropSessions(tx, session.id)
  await recordForPerson(ctx, tx, session.userId, {
    type: reason === 'signed_out' ? 'member.signed_out' : 'member.session_ended',
    by: reason === 'token_reused' ? 'unknown' : 'person',
    merchantId: session.merchantId,
    data: { sessionId: session.id, reason },
  })
  return true
}

/**
 * Where the session goes on: in its merchant while that is open to it, else in another of the person's. Being let in
 * again brings no ended session back. `nowhere`: everything is closed; null: there never was a merchant.
 */
const stayOrMove = async (
  ctx: PublicCtx,
  tx: PlatformTx,
  session: SessionRow,
): Promise<Merchant | null | 'nowhere'> => {
  if (session.merchantId && (await isInside(tx, session))) return (await findMerchant(tx, session.merchantId)) ?? null
  const other = await merchantFor(tx, session.userId, { except: session.merchantId })
  if (!other) return session.merchantId ? 'nowhere' : null
  await enter(ctx, tx, session.id, other.id)
  return other
}

const enter = async (ctx: PublicCtx, tx: PlatformTx, sessionId: string, merchantId: string): Promise<void> => {
  await saveSession(tx, sessionId, { merchantId, enteredAt: ctx.now.toISOString() })
  ctx.dropSessions(tx, sessionId)
}

const merchantFor = async (
  tx: PlatformTx,
  userId: string,
  { wanted, except }: { wanted?: string; except?: string | null },
): Promise<Merchant | null> => {
  const open = (await listMemberships(tx, userId)).map(({ merchantId }) => merchantId).filter((id) => id !== except)
  const worked = wanted ? [wanted] : (await recentSessions(tx, userId)).map(({ merchantId }) => merchantId)
  const last = worked.find((id) => id !== null && open.includes(id))
  const chosen = last ?? (wanted ? undefined : open[0])
  return chosen ? ((await findMerchant(tx, chosen)) ?? null) : null
}

const giveToken = async (ctx: PublicCtx, tx: PlatformTx, sessionId: string): Promise<string> => {
  const token = randomToken()
  await insertRefreshToken(tx, { hash: ctx.secrets.hashToken(token), sessionId, createdAt: ctx.now.toISOString() })
  return token
}

const seenFrom = ({ now, origin }: PublicCtx) => ({
  lastSeenAt: now.toISOString(),
  address: origin.address,
  userAgent: origin.userAgent,
})

const viewOf = (row: SessionRow, person: Person): SessionView => ({
  id: row.id,
  ...browserOf(row.userAgent),
  address: row.address,
  remembered: row.remembered,
  createdAt: row.createdAt,
  lastSeenAt: row.lastSeenAt,
  expiresAt: row.expiresAt,
  current: row.id === person.sessionId,
})
