import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { meetFault } from '../faults.ts'
import { send } from '../outgoing.ts'
import { playProvider } from '../provider.ts'
import { type PlayedShop, shopNamed } from '../shops/storefront.ts'
import { nextId, type World } from '../world.ts'
import { authRoutes } from './consent.ts'
import { pingOf, woocommerceFront } from './front.ts'

type Parameters = Readonly<Record<string, unknown>>

/** Every site below one base: the page that grants keys and the REST API, with pretty links and without. Source: integrations.md 3.3. */
export const woocommerceRoutes = (app: FastifyInstance, world: World): void => {
  playProvider(app, world, {
    provider: 'woocommerce',
    changes: ({ method, url }) => method !== 'GET' && !url.includes('/wc-auth/'),
    succeeded: (status) => status >= 200 && status < 300,
    refusals: { http_401: { status: 401, body: refusal('woocommerce_rest_authentication_error', 401) } },
  })
  authRoutes(app, world)
  const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const
  app.route<{ Params: { site: string; '*': string } }>({
    method: [...methods],
    url: '/:site/wp-json/wc/v3/*',
    handler: (request, reply) => {
      if (meetFault(world.faults, 'woocommerce', ['plain_links'])) return noRoute(reply)
      return answer(world, request, reply, { site: request.params.site, path: `/${request.params['*']}` })
    },
  })
  app.route<{ Params: { site: string }; Querystring: Parameters }>({
    method: [...methods],
    url: '/:site/',
    handler: (request, reply) => {
      const path = /^\/wc\/v3(\/.*)$/.exec(String(request.query.rest_route ?? ''))?.[1]
      return path === undefined ? noRoute(reply) : answer(world, request, reply, { site: request.params.site, path })
    },
  })
}

const refusal = (code: string, status: number, message = 'Sorry, you cannot do that.') => ({
  code,
  message,
  data: { status },
})
const noRoute = (reply: FastifyReply) =>
  reply.code(404).send(refusal('rest_no_route', 404, 'No route was found matching the URL and request method.'))

const answer = async (
  world: World,
  request: FastifyRequest,
  reply: FastifyReply,
  { site, path }: { readonly site: string; readonly path: string },
) => {
  const shop = shopNamed(world, woocommerceFront, site)
  if (!shop) return noRoute(reply)
  const key = keyOf(world, request, shop)
  if (!key) return reply.code(401).send(refusal('woocommerce_rest_authentication_error', 401, 'Invalid signature.'))
  if (request.method !== 'GET' && key.permissions === 'read')
    return reply
      .code(401)
      .send(refusal('woocommerce_rest_authentication_error', 401, 'The API key has no write permission.'))
  const query = request.query as Parameters
  const body = (request.body ?? {}) as Parameters
  const [, resource = '', id = ''] = path.split('/')
  if (path === '/data/currencies/current' && request.method === 'GET')
    return { code: 'MAD', name: 'Moroccan dirham', symbol: '&#x62f;.&#x645;.' }
  if (resource === 'orders' && request.method === 'GET')
    return id ? oneOrder(shop, id, reply) : orders(shop, query, reply)
  if (resource === 'webhooks') return hooks(world, shop, { method: request.method, id, query, body }, reply)
  return noRoute(reply)
}

/** Keys in the header, which some hosts strip on the way, or in the address. */
const keyOf = (world: World, { headers, query }: FastifyRequest, shop: PlayedShop) => {
  const { consumer_key, consumer_secret } = query as Parameters
  const basic = /^Basic (.+)$/i.exec(headers.authorization ?? '')?.[1]
  const stripped = basic !== undefined && meetFault(world.faults, 'woocommerce', ['header_stripped'])
  const [name = '', secret = ''] =
    basic !== undefined && !stripped
      ? Buffer.from(basic, 'base64').toString().split(':')
      : [String(consumer_key ?? ''), String(consumer_secret ?? '')]
  const key = world.state.woocommerce.keys.get(name)
  if (!key || key.secret !== secret || (key.site !== null && key.site !== shop.name)) return undefined
  if (shop.installedBy === null) {
    shop.installedBy = name
    shop.installedAt = world.now().getTime()
  }
  return key
}

const oneOrder = (shop: PlayedShop, id: string, reply: FastifyReply) =>
  shop.orders.get(id)?.body ??
  reply.code(404).send(refusal('woocommerce_rest_shop_order_invalid_id', 404, 'Invalid ID.'))

const orders = (shop: PlayedShop, query: Parameters, reply: FastifyReply) => {
  const perPage = Number(query.per_page ?? 10)
  if (!(perPage >= 1 && perPage <= 100))
    return reply.code(400).send(refusal('rest_invalid_param', 400, 'Invalid parameter(s): per_page'))
  // Without `dates_are_gmt` the site's own clock is meant, an hour ahead of it.
  const shift = String(query.dates_are_gmt) === 'true' ? 0 : 3_600_000
  const after = query.modified_after === undefined ? null : Date.parse(`${String(query.modified_after)}Z`) - shift
  const field = query.orderby === 'modified' ? 'date_modified_gmt' : 'date_created_gmt'
  const sign = query.order === 'asc' ? 1 : -1
  const found = [...shop.orders.values()]
    .map(({ body }) => body)
    .filter(({ status }) => status !== 'trash' && status !== 'checkout-draft')
    .filter(({ date_modified_gmt }) => after === null || Date.parse(`${String(date_modified_gmt)}Z`) > after)
    .toSorted((one, other) => sign * compare(one, other, field))
  const page = Math.max(1, Number(query.page ?? 1))
  reply.header('x-wp-total', String(found.length))
  reply.header('x-wp-totalpages', String(Math.ceil(found.length / perPage)))
  return found.slice((page - 1) * perPage, page * perPage)
}

const compare = (one: Parameters, other: Parameters, field: string): number => {
  const [a, b] = [one, other].map((order) => String(order[field])) as [string, string]
  return a === b ? Number(one.id) - Number(other.id) : a < b ? -1 : 1
}

const topicPattern = /^(order|product|customer|coupon)\.(created|updated|deleted|restored)$/

const hooks = async (
  world: World,
  shop: PlayedShop,
  { method, id, query, body }: { method: string; id: string; query: Parameters; body: Parameters },
  reply: FastifyReply,
) => {
  const known = shop.hooks.get(id)
  if (method === 'GET' && !id) {
    const [page, perPage] = [Number(query.page ?? 1), Number(query.per_page ?? 10)]
    return [...shop.hooks.values()].slice((page - 1) * perPage, page * perPage).map(shown)
  }
  if (method === 'POST' && !id) {
    const { topic, delivery_url: url, secret } = body
    if (!topicPattern.test(String(topic)))
      return reply
        .code(400)
        .send(refusal('woocommerce_rest_webhook_invalid_topic', 400, 'Webhook topic is required and must be valid.'))
    if (!URL.canParse(String(url)))
      return reply
        .code(400)
        .send(
          refusal('woocommerce_rest_webhook_invalid_delivery_url', 400, 'Webhook delivery URL must be a valid URL.'),
        )
    const hook = {
      ...{ id: String(nextId(world)), topic: String(topic), url: String(url), secret: String(secret ?? '') },
      ...{ status: 'active' as const, failures: 0 },
    }
    shop.hooks.set(hook.id, hook)
    await send(world, pingOf(hook.url, hook.id))
    return reply.code(201).send(shown(hook))
  }
  if (!known) return reply.code(404).send(refusal('woocommerce_rest_shop_webhook_invalid_id', 404, 'Invalid ID.'))
  if (method === 'PUT') {
    known.secret = body.secret === undefined ? known.secret : String(body.secret)
    if (body.status === 'active') Object.assign(known, { status: 'active', failures: 0 })
    return shown(known)
  }
  if (method === 'DELETE') {
    if (String(query.force) !== 'true')
      return reply
        .code(501)
        .send(refusal('woocommerce_rest_trash_not_supported', 501, 'Webhooks do not support trashing.'))
    shop.hooks.delete(id)
  }
  return shown(known)
}

/** The secret is never shown. */
const shown = ({ id, topic, url, status }: { id: string; topic: string; url: string; status: string }) => ({
  id: Number(id),
  name: topic,
  status,
  topic,
  delivery_url: url,
})
