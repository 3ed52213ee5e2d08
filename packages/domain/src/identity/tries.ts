/*
 * How often something may be tried. Tries beyond the limit are not locked out but slowed: each further one waits twice as
 * long as the one before, and everything is forgotten once nobody has tried for a while. A success gives its try back, so
 * what counts is failures. Source: product.md 14, reliability.md 6.1.1.
 */

export interface Tries {
  readonly tries: number
  readonly lastTryAt: string
  readonly blockedUntil: string | null
}

const forgetMinutes = 15
const firstWaitSeconds = 30
const longestWaitSeconds = 8 * 60

/** Tries in a quarter of an hour before waiting begins, for one account from one address, one account, one address. */
export const triesAllowed = {
  'sign_in.account_at_address': 10,
  'sign_in.account': 50,
  'sign_in.address': 100,
  'sign_up.address': 20,
  'sign_up.email': 5,
  'sign_up.code_at_address': 30,
  'password.forgot_email': 5,
  'password.forgot_address': 20,
  'password.reset_address': 30,
  'password.change': 10,
  'password.confirm': 10,
  'invitation.merchant': 50,
  'invitation.email': 5,
  'invitation.token_at_address': 30,
  'demo.address': 30,
} as const
export type TryKind = keyof typeof triesAllowed

export type TryVerdict =
  | { readonly allowed: true; readonly tries: Tries }
  | { readonly allowed: false; readonly waitSeconds: number }

/** Whether one more try may be made now, and what is remembered of it. A refused try is not counted. */
export const judgeTry = (before: Tries | null, kind: TryKind, now: Date): TryVerdict => {
  const blockedMillis = before?.blockedUntil ? Date.parse(before.blockedUntil) - now.getTime() : 0
  if (blockedMillis > 0) return { allowed: false, waitSeconds: Math.ceil(blockedMillis / 1000) }
  const forgotten = !before || now.getTime() - Date.parse(before.lastTryAt) >= forgetMinutes * 60_000
  const tries = forgotten ? 1 : before.tries + 1
  const beyond = tries - triesAllowed[kind]
  const waitSeconds = beyond < 0 ? 0 : Math.min(firstWaitSeconds * 2 ** beyond, longestWaitSeconds)
  return {
    allowed: true,
    tries: {
      tries,
      lastTryAt: now.toISOString(),
      blockedUntil: waitSeconds === 0 ? null : new Date(now.getTime() + waitSeconds * 1000).toISOString(),
    },
  }
}
