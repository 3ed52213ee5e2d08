import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { answerOf, connectionOf, type Node } from '../graphql/answer.ts'
import { BadDocument, readDocument } from '../graphql/document.ts'
import { playProvider } from '../provider.ts'
import { consentPage, isWebAddress, sentencePage, withParameters } from '../shops/consent-page.ts'
import { bearerOf, issueCode, spend } from '../shops/grants.ts'
import { type PlayedShop, shopNamed } from '../shops/storefront.ts'
import { nextId, type World } from '../world.ts'
import { lightfunnelsFront } from './front.ts'

type Parameters = Readonly<Record<string, unknown>>

/** The account's consent page, the token endpoint and the GraphQL API. Source: integrations.md 3.4. */
export const lightfunnelsRoutes = (app: FastifyInstance, world: World): void => {
  playProvider(app, world, {
    provider: 'lightfunnels',
    changes: ({ body }) => /^\s*mutation\b/.test(String((body as Parameters | undefined)?.query ?? '')),
    succeeded: (status, body) => status === 200 && !body.startsWith('{"errors"'),
    refusals: {
      http_401: { status: 401, body: { message: 'Unauthenticated' } },
      throttled: { status: 200, body: failed('Too many requests', 'THROTTLED') },
    },
  })
  consentRoutes(app, world)
  app.post<{ Body: Parameters | undefined }>('/auth/oauth/access_token', ({ body = {} }, reply) => {
    const clientId = String(body.client_id ?? '')
    if (!world.appSecrets.has(clientId) || world.appSecrets.get(clientId) !== body.client_secret)
      return reply.code(401).send({ error: 'invalid_client' })
    const { lightfunnels } = world.state
    const grant = spend(world, lightfunnels.codes, body.code, clientId)
    const shop = grant && shopNamed(world, lightfunnelsFront, grant.shop)
    if (!grant || !shop) return reply.code(400).send({ error: 'invalid_grant' })
    shop.installedBy = clientId
    shop.installedAt = world.now().getTime()
    const access_token = randomBytes(24).toString('hex')
    lightfunnels.accessTokens.set(access_token, { ...grant, expiresAt: null })
    return { access_token }
  })
  app.post<{ Body: Parameters | undefined }>('/services/api/v2', async (request, reply) => {
    const grant = bearerOf(world, world.state.lightfunnels, request.headers.authorization)
    const shop = grant && shopNamed(world, lightfunnelsFront, grant.shop)
    if (!grant || !shop) return failed('Not authenticated', 'UNAUTHENTICATED')
    const { query, variables } = request.body ?? {}
    if (typeof query !== 'string') return reply.code(400).send({ message: 'query is required' })
    try {
      const document = readDocument(query, (variables ?? {}) as Parameters)
      const root = document.operation === 'query' ? queryRoot(shop) : mutationRoot(world, shop)
      return { data: await answerOf(root, document.fields) }
    } catch (error) {
      if (!(error instanceof BadDocument)) throw error
      return failed(error.message, 'GRAPHQL_VALIDATION_FAILED')
    }
  })
}

function failed(message: string, code: string) {
  return { errors: [{ message, extensions: { code } }] }
}

const consentRoutes = (app: FastifyInstance, world: World): void => {
  app.get<{ Querystring: Parameters }>('/app/admin/oauth', ({ query }, reply) => {
    const asked = askedOf(world, query)
    reply.type('text/html; charset=utf-8')
    if (typeof asked === 'string') return reply.code(400).send(sentencePage(asked))
    return consentPage({
      platform: 'LightFunnels',
      app: new URL(asked.redirect_uri).host,
      scopes: asked.scope.split(','),
      shop: lightfunnelsFront.usualName,
      chooses: true,
      hidden: { ...asked },
    })
  })
  app.post<{ Body: Parameters | undefined }>('/app/admin/oauth', ({ body = {} }, reply) => {
    const asked = askedOf(world, body)
    const shop = shopNamed(world, lightfunnelsFront, String(body.shop ?? ''))
    reply.type('text/html; charset=utf-8')
    if (typeof asked === 'string') return reply.code(400).send(sentencePage(asked))
    const back = (parameters: Readonly<Record<string, string>>) =>
      reply.redirect(withParameters(asked.redirect_uri, { ...parameters, state: asked.state }), 302)
    if (body.choice !== 'install') return back({ error: 'access_denied' })
    if (!shop) return reply.code(404).send(sentencePage("Ce compte n'existe pas."))
    const grant = { shop: shop.name, clientId: asked.client_id, scopes: asked.scope.split(',') }
    return back({ code: issueCode(world, world.state.lightfunnels, grant) })
  })
}

interface Asked {
  readonly client_id: string
  readonly redirect_uri: string
  readonly scope: string
  readonly state: string
}

const askedOf = (world: World, parameters: Parameters): Asked | string => {
  const [client_id, redirect_uri, scope, state] = ['client_id', 'redirect_uri', 'scope', 'state'].map((name) =>
    String(parameters[name] ?? ''),
  ) as [string, string, string, string]
  if (!world.appSecrets.has(client_id)) return 'Application inconnue : client_id ne correspond à aucune application.'
  if (!isWebAddress(redirect_uri)) return 'redirect_uri doit être une adresse complète.'
  return { client_id, redirect_uri, scope, state }
}

const queryRoot = (shop: PlayedShop): Node => ({
  __typename: 'Query',
  account: {
    __typename: 'Account',
    id: `account_${shop.name}`,
    account_name: shop.title,
    store_currency: 'MAD',
  },
  webhooks: [...shop.hooks.values()].map(({ id, topic: type, url }) => ({ __typename: 'Webhook', id, type, url })),
  orders: (args: Parameters) =>
    connectionOf(
      'Order',
      [...shop.orders.values()].map(({ body }) => ({ key: String(body._id).padStart(20, '0'), node: orderNode(body) })),
      { ...args, reverse: String(args.query ?? '').includes('order_dir:desc') },
    ),
})

const orderNode = (order: Parameters): Node => ({
  __typename: 'Order',
  ...order,
  customer: typed('Customer', order.customer),
  shipping_address: typed('Address', order.shipping_address),
  billing_address: typed('Address', order.billing_address),
  items: piecesOf(order.items),
})

/** The list shows each piece by itself; only the webhook counts them. */
const piecesOf = (items: unknown): readonly (Node | null)[] =>
  [items].flat().flatMap((item) => {
    const { quantity = 1, ...piece } = (item ?? {}) as Parameters
    return Array.from({ length: Number(quantity) || 1 }, () => typed('Item', piece))
  })

const typed = (name: string, value: unknown): Node | null =>
  typeof value === 'object' && value !== null ? { __typename: name, ...value } : null

const mutationRoot = (world: World, shop: PlayedShop): Node => ({
  __typename: 'Mutation',
  createWebhook: ({ node }: { node?: Parameters }) => {
    const { type, url } = node ?? {}
    if (!/^(order|contact|checkout|app)\//.test(String(type)) || !isWebAddress(String(url)))
      throw new BadDocument('The webhook needs a type and a url.')
    const id = `webhook_${nextId(world)}`
    const secret = world.appSecrets.get(shop.installedBy ?? '') ?? ''
    shop.hooks.set(id, { id, topic: String(type), url: String(url), secret, status: 'active', failures: 0 })
    return { __typename: 'Webhook', id, type, url, settings: null }
  },
  deleteWebhook: ({ id }: { id?: unknown }) => shop.hooks.delete(String(id)),
})
