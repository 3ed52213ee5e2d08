import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { playProvider } from '../provider.ts'
import { consentPage, isWebAddress, sentencePage, withParameters } from '../shops/consent-page.ts'
import { bearerOf, type Grant, issueCode, spend } from '../shops/grants.ts'
import { type PlayedShop, shopNamed } from '../shops/storefront.ts'
import type { World } from '../world.ts'
import { youcanFront } from './front.ts'

type Parameters = Readonly<Record<string, unknown>>

const refreshSeconds = 30 * 24 * 3600
/** Active hooks of one event, client and shop. */
const mostHooks = 7
const mostInPage = 100
const events = [
  'order.created',
  'order.updated',
  'order.paid',
  'order.create',
  'upsell.accept',
  'upsell.accepted',
  'inventory.low',
  'product.inventory.low',
  'app.uninstalled',
  'app.charge_updated',
]

/** The seller area with its consent page, and the API. Source: integrations.md 3.2. */
export const youcanRoutes = (app: FastifyInstance, world: World): void => {
  playProvider(app, world, {
    provider: 'youcan',
    changes: ({ method, url }) => method === 'POST' && !url.includes('/oauth/'),
    succeeded: (status) => status >= 200 && status < 300,
    refusals: { http_401: { status: 401, body: unauthenticated } },
  })
  consentRoutes(app, world)
  app.post<{ Body: Parameters | undefined }>('/api/oauth/token', ({ body = {} }, reply) => {
    const answer = tokenAnswer(world, body)
    return typeof answer === 'string'
      ? reply.code(answer === 'invalid_client' ? 401 : 400).send({ error: answer })
      : answer
  })
  storeRoutes(app, world)
  hookRoutes(app, world)
}

const unauthenticated = { status: 401, detail: 'Unauthenticated.' }

const consentRoutes = (app: FastifyInstance, world: World): void => {
  const page = '/seller/admin/oauth/authorize'
  app.get<{ Querystring: Parameters }>(page, ({ query }, reply) => {
    const asked = askedOf(world, { ...query, scope: [query['scope[]']].flat().join(' ') })
    reply.type('text/html; charset=utf-8')
    if (typeof asked === 'string') return reply.code(400).send(sentencePage(asked))
    return consentPage({
      platform: 'YouCan',
      app: new URL(asked.redirect_uri).host,
      scopes: asked.scope.split(' '),
      shop: youcanFront.usualName,
      chooses: true,
      hidden: { ...asked },
    })
  })
  app.post<{ Body: Parameters | undefined }>(page, ({ body = {} }, reply) => {
    const asked = askedOf(world, body)
    const shop = shopNamed(world, youcanFront, String(body.shop ?? ''))
    reply.type('text/html; charset=utf-8')
    if (typeof asked === 'string') return reply.code(400).send(sentencePage(asked))
    const back = (parameters: Readonly<Record<string, string>>) =>
      reply.redirect(withParameters(asked.redirect_uri, { ...parameters, state: asked.state }), 302)
    if (body.choice !== 'install') return back({ error: 'access_denied' })
    if (!shop) return reply.code(404).send(sentencePage("Cette boutique n'existe pas."))
    const grant = { shop: shop.name, clientId: asked.client_id, scopes: asked.scope.split(' ') }
    return back({ code: issueCode(world, world.state.youcan, grant) })
  })
}

interface Asked {
  readonly client_id: string
  readonly scope: string
  readonly redirect_uri: string
  readonly state: string
}

/** What the app asks for, or the sentence that says why it cannot be asked. */
const askedOf = (world: World, parameters: Parameters): Asked | string => {
  const [client_id, redirect_uri, scope, state] = ['client_id', 'redirect_uri', 'scope', 'state'].map((name) =>
    String(parameters[name] ?? ''),
  ) as [string, string, string, string]
  if (!world.appSecrets.has(client_id)) return 'Application inconnue : client_id ne correspond à aucune application.'
  if (!isWebAddress(redirect_uri)) return 'redirect_uri doit être une adresse complète.'
  return { client_id, redirect_uri, scope, state }
}

const tokenAnswer = (world: World, body: Parameters) => {
  const { youcan } = world.state
  const clientId = String(body.client_id ?? '')
  if (!world.appSecrets.has(clientId) || world.appSecrets.get(clientId) !== body.client_secret) return 'invalid_client'
  const refreshes = body.grant_type === 'refresh_token'
  const grant = refreshes
    ? spend(world, youcan.refreshTokens, body.refresh_token, clientId)
    : spend(world, youcan.codes, body.code, clientId)
  const shop = grant && shopNamed(world, youcanFront, grant.shop)
  if (!grant || !shop || (!refreshes && !isWebAddress(String(body.redirect_uri ?? '')))) return 'invalid_grant'
  if (!refreshes) {
    shop.installedBy = clientId
    shop.installedAt = world.now().getTime()
  }
  return issue(world, grant)
}

const issue = (world: World, grant: Grant) => {
  const { accessTokens, refreshTokens, tokenSeconds } = world.state.youcan
  const now = world.now().getTime()
  const [accessToken, refreshToken] = [randomBytes(24).toString('hex'), randomBytes(24).toString('hex')]
  accessTokens.set(accessToken, { ...grant, expiresAt: now + tokenSeconds * 1000 })
  refreshTokens.set(refreshToken, { ...grant, expiresAt: now + refreshSeconds * 1000 })
  return { token_type: 'Bearer', expires_in: tokenSeconds, access_token: accessToken, refresh_token: refreshToken }
}

/** The shop that a call may touch, or the refusal that was sent. */
const shopOf = (world: World, request: FastifyRequest, reply: FastifyReply, scope: string): PlayedShop | null => {
  const grant = bearerOf(world, world.state.youcan, request.headers.authorization)
  if (!grant) {
    void reply.code(401).send(unauthenticated)
    return null
  }
  if (!grant.scopes.includes(scope) && !grant.scopes.includes('*')) {
    void reply.code(403).send({ status: 403, detail: 'Invalid scope(s) provided.' })
    return null
  }
  return shopNamed(world, youcanFront, grant.shop) ?? null
}

const storeRoutes = (app: FastifyInstance, world: World): void => {
  app.get('/api/me', (request, reply) => {
    const shop = shopOf(world, request, reply, 'view-store-info')
    if (!shop) return reply
    return {
      id: `store-${shop.name}`,
      slug: shop.name,
      name: shop.title,
      domain: `${shop.name}.youcan.shop`,
      currency: { code: 'MAD', symbol: 'DH' },
      is_active: true,
    }
  })
  app.get<{ Querystring: Parameters }>('/api/orders', (request, reply) => {
    const shop = shopOf(world, request, reply, 'read-orders')
    return shop ? listOf(shop, request.query) : reply
  })
  app.get<{ Params: { id: string } }>('/api/orders/:id', (request, reply) => {
    const shop = shopOf(world, request, reply, 'read-orders')
    if (!shop) return reply
    const order = shop.orders.get(request.params.id)
    return order ? order.body : reply.code(404).send({ status: 404, detail: 'Order not found.' })
  })
}

/** Sorted by the day of placing, in either direction; the parts that were not asked for are left out. */
const listOf = (shop: PlayedShop, query: Parameters) => {
  const [page, limit] = [
    Math.max(1, Number(query.page ?? 1)),
    Math.min(mostInPage, Math.max(1, Number(query.limit ?? 20))),
  ]
  const sign = query.sort_order === 'asc' ? 1 : -1
  const sorted = [...shop.orders.values()]
    .map(({ body }) => body)
    .toSorted((one, other) => sign * (keyOf(one) < keyOf(other) ? -1 : 1))
  const included = String(query.include ?? '').split(',')
  const data = sorted
    .slice((page - 1) * limit, page * limit)
    .map((order) =>
      Object.fromEntries(
        Object.entries(order).filter(
          ([name]) => !['customer', 'payment', 'shipping', 'variants'].includes(name) || included.includes(name),
        ),
      ),
    )
  const total_pages = Math.max(1, Math.ceil(sorted.length / limit))
  return {
    data,
    meta: {
      pagination: {
        total: sorted.length,
        count: data.length,
        per_page: limit,
        current_page: page,
        total_pages,
        links: page < total_pages ? { next: `?page=${page + 1}` } : {},
      },
    },
  }
}

const keyOf = (order: Parameters): string => `${String(order.created_at)} ${String(order.id)}`

const hookRoutes = (app: FastifyInstance, world: World): void => {
  app.get('/api/resthooks/list', (request, reply) => {
    const shop = shopOf(world, request, reply, 'read-rest-hooks')
    return shop
      ? [...shop.hooks.values()].map(({ id, topic: event, url: target_url }) => ({ id, event, target_url }))
      : reply
  })
  app.post<{ Body: Parameters | undefined }>('/api/resthooks/subscribe', (request, reply) => {
    const shop = shopOf(world, request, reply, 'edit-rest-hooks')
    if (!shop) return reply
    const { event, target_url: url } = request.body ?? {}
    const fields = {
      ...(events.includes(String(event)) ? {} : { event: ['The selected event is invalid.'] }),
      ...(isWebAddress(String(url)) ? {} : { target_url: ['The target url format is invalid.'] }),
    }
    if (Object.keys(fields).length > 0)
      return reply.code(422).send({ status: 422, detail: 'The given data was invalid.', meta: { fields } })
    if ([...shop.hooks.values()].filter(({ topic }) => topic === event).length >= mostHooks)
      return reply.code(429).send({ status: 429, detail: 'Too many active subscriptions.' })
    const secret = world.appSecrets.get(shop.installedBy ?? '') ?? ''
    const id = randomUUID()
    shop.hooks.set(id, { id, topic: String(event), url: String(url), secret, status: 'active', failures: 0 })
    return { id }
  })
  app.post<{ Params: { id: string } }>('/api/resthooks/unsubscribe/:id', (request, reply) => {
    const shop = shopOf(world, request, reply, 'edit-rest-hooks')
    if (!shop) return reply
    if (!shop.hooks.delete(request.params.id)) return reply.code(404).send({ status: 404, detail: 'Not found.' })
    return { success: true }
  })
}
