import type { SignIn, User } from '@sendocki/domain/identity/account'
import { browserOf } from '@sendocki/domain/identity/browser'
import { Refused } from '@sendocki/domain/result'
import type { PlatformTx, PublicCtx } from '../../context.ts'
import type { OpenSession } from '../../http/session-cookie.ts'
import { sendMail } from './mails.ts'
import { recordForPerson } from './people.commands.ts'
import { openSession } from './sessions.commands.ts'
import { recentSessions } from './sessions.queries.ts'
import { type Attempt, returnTries, takeTries } from './tries.commands.ts'
import { findDemoOwner, findUserByEmail, lockUser, type UserWithPassword } from './users.queries.ts'

/**
 * Wrong e-mail and wrong password are one refusal, after the same work. A second factor, once there is one, is asked for
 * where the session would be opened.
 */
export const signIn = async (ctx: PublicCtx, input: SignIn): Promise<OpenSession> => {
  const email = input.email.toLowerCase()
  const { address } = ctx.origin
  const attempts: Attempt[] = [
    ['sign_in.account_at_address', email, address],
    ['sign_in.account', email],
    ['sign_in.address', address],
  ]
  await takeTries(ctx, attempts)
  const found = await ctx.platform((tx) => findUserByEmail(tx, email))
  const isRight = await ctx.passwords.matches(found?.passwordHash ?? null, input.password)
  if (!found || !isRight) return refuseSignIn(ctx, found)
  return ctx.platform(async (tx) => {
    const user = await lockUser(tx, found.id)
    // The password may have been changed between the comparison and the lock.
    if (!user || user.passwordHash !== found.passwordHash) throw new Refused('auth.wrong_credentials')
    await returnTries(ctx, tx, attempts)
    await warnOfUnknownBrowser(ctx, tx, user)
    const { passwordHash: _secret, ...shown } = user
    return openSession(ctx, tx, shown, { rememberMe: input.rememberMe ?? false })
  })
}

const refuseSignIn = async (ctx: PublicCtx, user: UserWithPassword | undefined): Promise<never> => {
  ctx.log.warn({ security: 'sign_in_failed', userId: user?.id, ...ctx.origin }, 'security')
  if (user)
    await ctx.platform((tx) => recordForPerson(ctx, tx, user.id, { type: 'member.sign_in_failed', by: 'unknown' }))
  throw new Refused('auth.wrong_credentials')
}

/** A mail to the person when the browser is none of those that their latest sessions came from. */
const warnOfUnknownBrowser = async (ctx: PublicCtx, tx: PlatformTx, user: User): Promise<void> => {
  const now = browserOf(ctx.origin.userAgent)
  const before = (await recentSessions(tx, user.id)).map(({ userAgent }) => browserOf(userAgent))
  const isKnown = before.some(({ browser, system }) => browser === now.browser && system === now.system)
  if (before.length === 0 || isKnown) return
  sendMail(ctx, tx, user, {
    kind: 'new_sign_in',
    fullName: user.fullName,
    ...now,
    address: ctx.origin.address,
    at: ctx.now.toISOString(),
  })
}

/** Signs a visitor in as the demo merchant's owner. The demo exists beside the sandbox only. */
export const signInToDemo = async (ctx: PublicCtx): Promise<OpenSession> => {
  if (!ctx.config.sandbox) throw new Refused('demo.not_available')
  await takeTries(ctx, [['demo.address', ctx.origin.address]])
  return ctx.platform(async (tx) => {
    const owner = await findDemoOwner(tx)
    if (!owner) throw new Refused('demo.not_available')
    return openSession(ctx, tx, owner, { rememberMe: false })
  })
}
