import { judgeTry, type TryKind } from '@sendocki/domain/identity/tries'
import { Refused } from '@sendocki/domain/result'
import type { PlatformTx, PublicCtx } from '../../context.ts'
import { lockTries, returnTry, saveTries } from './tries.queries.ts'

/** What is tried, and by whom or against what: an address, an account. */
export type Attempt = readonly [kind: TryKind, ...who: string[]]

/**
 * Counts a try under each of the keys before any work is done, in a transaction of its own, so that it stays counted
 * whatever follows. Over a limit it is refused with the seconds to wait, and counted under none.
 */
export const takeTries = async (ctx: PublicCtx, attempts: readonly Attempt[]): Promise<void> => {
  const waitSeconds = await ctx.platform(async (tx) => {
    const verdicts = []
    for (const { kind, key } of keysOf(ctx, attempts))
      verdicts.push({ key, verdict: judgeTry(await lockTries(tx, key, ctx.now.toISOString()), kind, ctx.now) })
    const longest = Math.max(0, ...verdicts.map(({ verdict }) => (verdict.allowed ? 0 : verdict.waitSeconds)))
    if (longest > 0) return longest
    for (const { key, verdict } of verdicts) if (verdict.allowed) await saveTries(tx, key, verdict.tries)
    return 0
  })
  if (waitSeconds === 0) return
  const { address, requestId } = ctx.origin
  ctx.log.warn({ security: 'too_many_tries', kind: attempts[0]?.[0], address, requestId }, 'security')
  throw new Refused('request.too_many', { retryAfterSeconds: waitSeconds })
}

/** Gives the tries of a success back. */
export const returnTries = async (ctx: PublicCtx, tx: PlatformTx, attempts: readonly Attempt[]): Promise<void> => {
  for (const { key } of keysOf(ctx, attempts)) await returnTry(tx, key)
}

/** Hashed, so that the table names nobody; in one order, so that two transactions never wait for each other. */
const keysOf = ({ secrets }: PublicCtx, attempts: readonly Attempt[]): { kind: TryKind; key: Buffer }[] =>
  attempts
    .map(([kind, ...who]) => ({ kind, key: secrets.hashToken(JSON.stringify([kind, ...who])) }))
    .sort((a, b) => a.key.compare(b.key))
