import { freshSignInMinutes } from '@sendocki/domain/identity/account'
import { Refused } from '@sendocki/domain/result'
import type { PublicCtx } from '../../context.ts'
import { type Attempt, returnTries, takeTries } from './tries.commands.ts'
import { findPasswordHash } from './users.queries.ts'

/**
 * Before what outlives a session the password is asked for again, unless the person has just signed in: whoever sits down
 * at an open screen must not walk away with a key.
 */
export const confirmPerson = async (
  ctx: PublicCtx,
  person: { readonly userId: string; readonly signedInAt: string },
  password: string | undefined,
): Promise<void> => {
  const minutes = (ctx.now.getTime() - Date.parse(person.signedInAt)) / 60_000
  if (password === undefined && minutes < freshSignInMinutes) return
  if (password === undefined) throw new Refused('auth.password_needed')
  const attempts: Attempt[] = [['password.confirm', person.userId]]
  await takeTries(ctx, attempts)
  const stored = await ctx.platform((tx) => findPasswordHash(tx, person.userId))
  if (!(await ctx.passwords.matches(stored, password))) {
    ctx.log.warn({ security: 'confirmation_failed', userId: person.userId, ...ctx.origin }, 'security')
    throw new Refused('auth.wrong_password')
  }
  await ctx.platform((tx) => returnTries(ctx, tx, attempts))
}
