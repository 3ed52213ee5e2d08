import type { Merchant, SignedIn, User } from '@sendocki/domain/identity/account'
import { Refused } from '@sendocki/domain/result'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { accessTokenSeconds } from './auth.ts'

/** A session that was opened, renewed or moved; what a command hands to its route. */
export interface OpenSession {
  readonly sessionId: string
  /** The new refresh token; null when the one in the browser stays. */
  readonly refreshToken: string | null
  /** Null for a session that ends with the browser. */
  readonly rememberedUntil: string | null
  readonly user: User
  readonly merchant: Merchant | null
}

const name = '__Host-sendocki'
const rules = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const

/** Puts the refresh token into its cookie and answers the access token: the two never travel together. */
export const grant = (reply: FastifyReply, session: OpenSession): SignedIn => {
  const { sessionId, refreshToken, rememberedUntil, user, merchant } = session
  if (refreshToken)
    void reply.setCookie(name, refreshToken, {
      ...rules,
      ...(rememberedUntil ? { expires: new Date(rememberedUntil) } : {}),
    })
  const accessToken = reply.server.jwt.sign({ sub: user.id, sid: sessionId })
  return { accessToken, expiresInSeconds: accessTokenSeconds, user, merchant }
}

export const forgetCookie = (reply: FastifyReply): void => void reply.clearCookie(name, rules)

export const refreshTokenOf = (req: FastifyRequest): string | undefined => req.cookies[name]

/**
 * For routes that act on the cookie: another site can neither send JSON nor hide where it comes from. A client that is
 * not a browser sends no Origin; the cookie is its own then.
 */
export const refuseForeignOrigin = async (req: FastifyRequest): Promise<void> => {
  const { origin } = req.headers
  const { appUrl } = req.publicCtx.config
  const own = [new URL(appUrl).origin, `${req.protocol}://${req.host}`]
  if (origin !== undefined && !own.includes(origin)) throw new Refused('auth.origin_refused')
  if (!/^application\/json\s*(;|$)/.test(req.headers['content-type'] ?? ''))
    throw new Refused('request.unsupported_type')
}
