import { randomBytes } from 'node:crypto'
import type { World } from '../world.ts'

/** What a code or a token opens. */
export interface Grant {
  readonly shop: string
  readonly clientId: string
  readonly scopes: readonly string[]
  /** Milliseconds; null never ends. */
  readonly expiresAt: number | null
}

/** Codes and tokens of a platform with OAuth. */
export interface Grants {
  readonly codes: Map<string, Grant>
  readonly accessTokens: Map<string, Grant>
  readonly refreshTokens: Map<string, Grant>
}

export const noGrants = (): Grants => ({ codes: new Map(), accessTokens: new Map(), refreshTokens: new Map() })

const codeMilliseconds = 10 * 60_000

export const issueCode = (world: World, { codes }: Grants, grant: Omit<Grant, 'expiresAt'>): string => {
  const code = randomBytes(16).toString('hex')
  codes.set(code, { ...grant, expiresAt: world.now().getTime() + codeMilliseconds })
  return code
}

/** Codes and refresh tokens open once. */
export const spend = (world: World, grants: Map<string, Grant>, key: unknown, clientId: string): Grant | undefined => {
  const grant = typeof key === 'string' ? grants.get(key) : undefined
  if (!grant || grant.clientId !== clientId) return undefined
  grants.delete(String(key))
  return isAlive(world, grant) ? grant : undefined
}

/** Whether a call brings a living bearer token, and what it opens. */
export const bearerOf = (
  world: World,
  { accessTokens }: Grants,
  authorization: string | undefined,
): Grant | undefined => {
  const grant = accessTokens.get(/^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '')
  return grant && isAlive(world, grant) ? grant : undefined
}

const isAlive = (world: World, { expiresAt }: Grant): boolean => expiresAt === null || expiresAt > world.now().getTime()

/** The consent is gone: nothing that opens this shop opens it any more. */
export const forget = (grants: Grants, shop: string): void => {
  for (const kind of [grants.codes, grants.accessTokens, grants.refreshTokens])
    for (const [key, grant] of kind) if (grant.shop === shop) kind.delete(key)
}
