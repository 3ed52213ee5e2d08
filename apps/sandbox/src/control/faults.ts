import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { activeFaults, addFault, clearFaults, type FaultKind, faultKinds, type Provider, providers } from '../faults.ts'
import { noWooCommerceState } from '../woocommerce/state.ts'
import type { World } from '../world.ts'
import { refuse } from './answers.ts'

const allKinds = [...new Set(Object.values(faultKinds).flat())]
const FaultCall = Type.Object(
  {
    provider: Type.Unsafe<Provider>({ type: 'string', enum: providers }),
    kind: Type.Unsafe<FaultKind>({ type: 'string', enum: allKinds }),
    times: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    rate: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1 })),
    seconds: Type.Optional(Type.Number({ minimum: 0, maximum: 86_400 })),
    only: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  },
  { additionalProperties: false },
)

const withTokens = ['shopify', 'youcan', 'woocommerce', 'lightfunnels', 'sendit'] as const

const TokenCall = Type.Object(
  {
    provider: Type.Union(withTokens.map((provider) => Type.Literal(provider))),
    /** How long tokens made from now on live. */
    lifeSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 31_536_000 })),
    /** Every access token is dead now; a new login or a refresh brings another. */
    expire: Type.Optional(Type.Boolean()),
    /** The consent itself is gone: refreshes and logins are refused too, until `revoke` is false again. */
    revoke: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

/** Breaks the outside world, and mends it. Source: api.md 3, reliability.md 3. */
export const faultControls = (app: FastifyInstance, world: World): void => {
  app.get('/control/faults', () => ({ items: activeFaults(world.faults), kinds: faultKinds }))
  app.post<{ Body: Static<typeof FaultCall> }>('/control/faults', { schema: { body: FaultCall } }, (request, reply) => {
    const fault = addFault(world.faults, request.body)
    return typeof fault === 'string' ? refuse(reply, 400, fault) : reply.code(201).send(fault)
  })
  app.delete('/control/faults', () => {
    clearFaults(world.faults)
    return { items: [] }
  })
  app.post<{ Body: Static<typeof TokenCall> }>('/control/tokens', { schema: { body: TokenCall } }, ({ body }) => {
    const { shopify, youcan, woocommerce, lightfunnels, sendit } = world.state
    if (body.provider === 'shopify') {
      shopify.tokenSeconds = body.lifeSeconds ?? shopify.tokenSeconds
      if (body.expire || body.revoke) shopify.accessTokens.clear()
      if (body.revoke) shopify.refreshTokens.clear()
      return { provider: 'shopify', lifeSeconds: shopify.tokenSeconds, revoked: body.revoke ?? false }
    }
    if (body.provider === 'youcan') {
      youcan.tokenSeconds = body.lifeSeconds ?? youcan.tokenSeconds
      if (body.expire || body.revoke) youcan.accessTokens.clear()
      if (body.revoke) youcan.refreshTokens.clear()
      return { provider: 'youcan', lifeSeconds: youcan.tokenSeconds, revoked: body.revoke ?? false }
    }
    if (body.provider === 'woocommerce' || body.provider === 'lightfunnels') {
      // Their keys and tokens never end by themselves: they are only taken back.
      if (body.revoke && body.provider === 'lightfunnels') lightfunnels.accessTokens.clear()
      if (body.revoke && body.provider === 'woocommerce') woocommerce.keys.clear()
      if (body.revoke === false) for (const [key, one] of noWooCommerceState().keys) woocommerce.keys.set(key, one)
      return { provider: body.provider, lifeSeconds: null, revoked: body.revoke ?? false }
    }
    sendit.tokenSeconds = body.lifeSeconds ?? sendit.tokenSeconds
    sendit.keysRevoked = body.revoke ?? sendit.keysRevoked
    if (body.expire || body.revoke) sendit.tokens.clear()
    return { provider: 'sendit', lifeSeconds: sendit.tokenSeconds, revoked: sendit.keysRevoked }
  })
}
