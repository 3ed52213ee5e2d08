import { type ChangePassword, type ResetPassword, resetMinutes } from '@sendocki/domain/identity/account'
import { checkPassword } from '@sendocki/domain/identity/password'
import { orRefuse, Refused } from '@sendocki/domain/result'
import type { PlatformTx, PublicCtx } from '../../context.ts'
import { randomToken } from '../../secrets.ts'
import { sendMail } from './mails.ts'
import { findReset, insertReset, takeReset, voidResets } from './passwords.queries.ts'
import { type Person, recordForPerson } from './people.commands.ts'
import { endAllBut } from './sessions.commands.ts'
import { type Attempt, returnTries, takeTries } from './tries.commands.ts'
import { findUser, findUserByEmail, lockUser, savePasswordHash, type UserWithPassword } from './users.queries.ts'

/** Sends a link to the address if it has an account. The answer is the same if it has none. */
export const askForReset = async (ctx: PublicCtx, input: { email: string }): Promise<null> => {
  const email = input.email.toLowerCase()
  await takeTries(ctx, [
    ['password.forgot_email', email],
    ['password.forgot_address', ctx.origin.address],
  ])
  return ctx.platform(async (tx) => {
    const user = await findUserByEmail(tx, email)
    if (!user) return null
    const token = randomToken()
    const expiresAt = new Date(ctx.now.getTime() + resetMinutes * 60_000).toISOString()
    await insertReset(tx, { hash: ctx.secrets.hashToken(token), userId: user.id, expiresAt })
    sendMail(ctx, tx, user, { kind: 'password_reset', fullName: user.fullName, token })
    return null
  })
}

/** A new password by the link, once; every session of the person ends, and a second factor stays in force. */
export const resetPassword = async (ctx: PublicCtx, { token, password }: ResetPassword): Promise<null> => {
  const attempts: Attempt[] = [['password.reset_address', ctx.origin.address]]
  await takeTries(ctx, attempts)
  const hash = ctx.secrets.hashToken(token)
  const now = ctx.now.toISOString()
  const user = await ctx.platform(async (tx) => {
    const found = await findReset(tx, hash, now)
    return found && findUser(tx, found.userId)
  })
  if (!user) throw new Refused('auth.link_expired')
  orRefuse(checkPassword(password, user))
  const passwordHash = await ctx.passwords.hash(password)
  return ctx.platform(async (tx) => {
    const locked = await lockUser(tx, user.id)
    if (!locked || !(await takeReset(tx, hash, now))) throw new Refused('auth.link_expired')
    await returnTries(ctx, tx, attempts)
    await setPassword(ctx, tx, locked, passwordHash)
    await endAllBut(ctx, tx, { userId: user.id, sessionId: null }, 'password_changed')
    return null
  })
}

/** Asks for the old password; other sessions end unless the person wants to keep them. */
export const changePassword = async (ctx: PublicCtx, person: Person, input: ChangePassword): Promise<null> => {
  const before = await ctx.platform((tx) => lockUser(tx, person.userId))
  if (!before) throw new Refused('auth.required')
  orRefuse(checkPassword(input.newPassword, before))
  const attempts: Attempt[] = [['password.change', person.userId]]
  await takeTries(ctx, attempts)
  if (!(await ctx.passwords.matches(before.passwordHash, input.currentPassword))) {
    ctx.log.warn({ security: 'password_change_failed', userId: person.userId, ...ctx.origin }, 'security')
    throw new Refused('auth.wrong_password')
  }
  const passwordHash = await ctx.passwords.hash(input.newPassword)
  return ctx.platform(async (tx) => {
    const user = await lockUser(tx, person.userId)
    if (!user || user.passwordHash !== before.passwordHash) throw new Refused('auth.wrong_password')
    await returnTries(ctx, tx, attempts)
    await setPassword(ctx, tx, user, passwordHash)
    if (input.endOtherSessions ?? true) await endAllBut(ctx, tx, person, 'password_changed')
    return null
  })
}

/** Stores the hash, voids every link that could set another, and tells the person and their merchants' journals. */
const setPassword = async (
  ctx: PublicCtx,
  tx: PlatformTx,
  user: UserWithPassword,
  passwordHash: string,
): Promise<void> => {
  await savePasswordHash(tx, user.id, passwordHash)
  await voidResets(tx, user.id, ctx.now.toISOString())
  await recordForPerson(ctx, tx, user.id, { type: 'member.password_changed', by: 'person' })
  sendMail(ctx, tx, user, { kind: 'password_changed', fullName: user.fullName, at: ctx.now.toISOString() })
}
