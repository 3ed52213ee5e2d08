import { randomInt } from 'node:crypto'
import {
  type SignUp,
  signUpMinutes,
  signUpTries,
  type User,
  type VerifySignUp,
} from '@sendocki/domain/identity/account'
import { checkPassword } from '@sendocki/domain/identity/password'
import type { Language } from '@sendocki/domain/language'
import { roleNames } from '@sendocki/domain/members/role'
import type { RoleKey } from '@sendocki/domain/permissions'
import { orRefuse, type Refusal, Refused } from '@sendocki/domain/result'
import { type PlatformTx, type PublicCtx, systemActor } from '../../context.ts'
import type { OpenSession } from '../../http/session-cookie.ts'
import { randomToken, sameBytes } from '../../secrets.ts'
import { seedPipeline } from '../pipeline/index.ts'
import { sendMail } from './mails.ts'
import { openSession } from './sessions.commands.ts'
import {
  deleteSignUp,
  insertBuiltInRoles,
  insertMember,
  insertMerchant,
  replaceSignUp,
  type SignUpRow,
  takeSignUpTry,
} from './sign-up.queries.ts'
import { type Attempt, returnTries, takeTries } from './tries.commands.ts'
import { findUserByEmail, insertUser } from './users.queries.ts'

/**
 * Sends a code to the address. Where the address has an account already the same is stored and answered, with a code that
 * nobody knows, and the mail says so: the asker learns nothing.
 */
export const startSignUp = async (ctx: PublicCtx, input: SignUp): Promise<{ signUpId: string }> => {
  orRefuse(checkPassword(input.password, input))
  const email = input.email.toLowerCase()
  await takeTries(ctx, signUpAttempts(ctx, email))
  const passwordHash = await ctx.passwords.hash(input.password)
  const { fullName, merchantName, language = 'fr', country = 'MA' } = input
  const signUpId = ctx.newId()
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  return ctx.platform(async (tx) => {
    const known = await findUserByEmail(tx, email)
    await replaceSignUp(tx, {
      ...{ id: signUpId, email, passwordHash, fullName, merchantName, language, country },
      codeHash: codeHashOf(ctx, signUpId, known ? randomToken() : code),
      triesLeft: signUpTries,
      expiresAt: new Date(ctx.now.getTime() + signUpMinutes * 60_000).toISOString(),
      createdAt: ctx.now.toISOString(),
    })
    if (known) sendMail(ctx, tx, known, { kind: 'address_known', fullName: known.fullName })
    else sendMail(ctx, tx, { email, language }, { kind: 'sign_up_code', fullName, code })
    return { signUpId }
  })
}

/** A sign-up that is finished gives its tries back: what is limited is mail to addresses that nobody confirms. */
const signUpAttempts = (ctx: PublicCtx, email: string): Attempt[] => [
  ['sign_up.address', ctx.origin.address],
  ['sign_up.email', email],
]

/** Bound to its sign-up: the code of another one does not fit. */
const codeHashOf = ({ secrets }: PublicCtx, signUpId: string, code: string): Buffer =>
  secrets.hashToken(`${signUpId}/${code}`)

/** With the right code, makes the person, the merchant and all that a merchant starts with, at once. */
export const verifySignUp = async (ctx: PublicCtx, { signUpId, code }: VerifySignUp): Promise<OpenSession> => {
  const attempts: Attempt[] = [['sign_up.code_at_address', ctx.origin.address]]
  await takeTries(ctx, attempts)
  // A refusal is returned, not thrown: the try that was spent must stay spent.
  const outcome = await ctx.platform(async (tx): Promise<OpenSession | Refusal> => {
    const signUp = await takeSignUpTry(tx, signUpId, ctx.now.toISOString())
    if (!signUp) return { code: 'auth.code_expired' }
    if (!sameBytes(signUp.codeHash, codeHashOf(ctx, signUpId, code)))
      return { code: 'auth.wrong_code', params: { triesLeft: signUp.triesLeft } }
    await deleteSignUp(tx, signUpId)
    await returnTries(ctx, tx, [...attempts, ...signUpAttempts(ctx, signUp.email)])
    return openAccount(ctx, tx, signUp)
  })
  if ('code' in outcome) throw new Refused(outcome.code, outcome.params)
  return outcome
}

const openAccount = async (ctx: PublicCtx, tx: PlatformTx, signUp: SignUpRow): Promise<OpenSession | Refusal> => {
  const { email, passwordHash, fullName, merchantName, language, country } = signUp
  const user = await insertUser(tx, {
    ...{ id: ctx.newId(), email, passwordHash, fullName, language },
    createdAt: ctx.now.toISOString(),
  })
  // Another sign-up of the same address was finished first.
  if (!user) return { code: 'auth.code_expired' }
  const { merchantId } = await foundMerchant(ctx, tx, { name: merchantName, language, country, owner: user })
  return openSession(ctx, tx, user, { rememberMe: false, merchantId })
}

export interface NewMerchant {
  readonly name: string
  readonly language: Language
  readonly country: string
  readonly owner: User
  /** Marks the merchant that visitors of the sandbox may look around in. */
  readonly isDemo?: boolean
}

/** Makes a merchant with its counters, its five roles, its pipeline and its first owner. */
export const foundMerchant = async (
  ctx: PublicCtx,
  tx: PlatformTx,
  { owner, ...merchant }: NewMerchant,
): Promise<{ merchantId: string; memberId: string; roleIds: Record<RoleKey, string> }> => {
  const merchantId = ctx.newId()
  const memberId = ctx.newId()
  const now = ctx.now.toISOString()
  await insertMerchant(tx, { ...merchant, id: merchantId, createdAt: now })
  const merchantTx = await tx.inMerchant(merchantId)
  const roleIds = await insertBuiltInRoles(merchantTx, (key) => roleNames[key][merchant.language], ctx.newId)
  await insertMember(merchantTx, {
    id: memberId,
    userId: owner.id,
    roleId: roleIds.owner,
    fullName: owner.fullName,
    email: owner.email,
    joinedAt: now,
  })
  await seedPipeline(ctx, merchantTx)
  const { record } = ctx.inMerchant(merchantId, {
    ...systemActor('member', memberId),
    userId: owner.id,
    memberId,
  })
  record(merchantTx, { type: 'merchant.founded', subject: { kind: 'merchant', id: merchantId } })
  record(merchantTx, {
    type: 'member.joined',
    subject: { kind: 'member', id: memberId },
    after: { roleKey: 'owner' satisfies RoleKey },
  })
  return { merchantId, memberId, roleIds }
}
