import { Refused } from '@sendocki/domain/result'
import { GuardedCallFailed, guardedFetch } from '../../guard.ts'
import { type Answer, isOurs, largestAnswer, successOf } from '../calls.ts'
import { type ChangedOrder, StoreCallFailed, type StoreConnection, type StorePort } from '../port.ts'
import { fieldsOf, listOf, textOf } from '../reading.ts'
import { listedTopic, type WooCommerceSettings } from './map.ts'
import { gmt } from './order.ts'

/** The hooks that we make. */
const topics = ['order.created', 'order.updated', 'order.deleted', 'order.restored'] as const
const ordersInPage = 50

/** How a site lets itself be called: found out by the first call, remembered while the process runs. */
interface Manners {
  /** Sites without pretty links have their API behind a parameter. */
  readonly pretty: boolean
  /** Some hosts strip the header with the keys; then they stand in the address. */
  readonly inHeader: boolean
}
const politest: Manners = { pretty: true, inHeader: true }

/** WooCommerce's REST API. Its sites are addresses that merchants gave: every call passes the guard. Source: integrations.md 3.3. */
export const woocommercePort = (settings: WooCommerceSettings): StorePort => {
  const manners = new Map<string, Manners>()
  const ask = async (connection: StoreConnection, request: Request): Promise<Answer> => {
    const { shop } = connection
    const known = manners.get(shop)
    let answer: Answer | null = null
    for (const way of known ? [known] : waysToTry) {
      answer = await send(settings, connection, way, request)
      // Another way may be the right one: no such page, or no keys arrived.
      if (![401, 403, 404].includes(answer.status)) {
        if (answer.status < 300) manners.set(shop, way)
        return answer
      }
    }
    if (known) manners.delete(shop)
    return answer as Answer
  }
  return {
    neededScopes: [],
    look: async (connection) => {
      const body = fieldsOf(successOf(await ask(connection, { path: '/data/currencies/current' })))
      return { shop: connection.shop, name: connection.shop, currency: textOf(body.code, 3), retired: false }
    },
    ensureSubscriptions: async (connection) => {
      const kept = new Set<string>()
      for (const { id, topic, url } of await hooksOf(ask, connection)) {
        if (url === connection.webhookUrl && topics.includes(topic as never) && !kept.has(topic)) {
          kept.add(topic)
          await revive(ask, connection, id)
        } else if (isOurs(url, connection.webhookUrl)) await remove(ask, connection, id)
      }
      for (const topic of topics) if (!kept.has(topic)) await create(ask, connection, topic)
      return { topics }
    },
    listChanged: (connection, since, cursor) => listChanged(ask, connection, since, cursor),
    disconnect: async (connection) => {
      for (const { id, url } of await hooksOf(ask, connection))
        if (isOurs(url, connection.webhookUrl)) await remove(ask, connection, id)
    },
  }
}

const waysToTry: readonly Manners[] = [
  politest,
  { pretty: true, inHeader: false },
  { pretty: false, inHeader: true },
  { pretty: false, inHeader: false },
]

interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: object
}
type Ask = (connection: StoreConnection, request: Request) => Promise<Answer>

const send = async (
  { baseUrl, sandboxUrl }: WooCommerceSettings,
  { shop, credentials }: StoreConnection,
  { pretty, inHeader }: Manners,
  { method = 'GET', path, query = {}, body }: Request,
): Promise<Answer> => {
  const site = baseUrl.replace('{site}', shop)
  const url = new URL(pretty ? `${site}/wp-json/wc/v3${path}` : `${site}/`)
  if (!pretty) url.searchParams.set('rest_route', `/wc/v3${path}`)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  const { consumerKey = '', consumerSecret = '' } = credentials
  if (!inHeader) {
    url.searchParams.set('consumer_key', consumerKey)
    url.searchParams.set('consumer_secret', consumerSecret)
  }
  const basic = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')
  try {
    const answer = await guardedFetch(url.toString(), {
      method,
      headers: {
        accept: 'application/json',
        ...(inHeader ? { authorization: `Basic ${basic}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      maxBytes: largestAnswer,
      sandboxUrl,
    })
    return {
      status: answer.status,
      text: answer.body.toString('utf8'),
      header: (name) => textOf(answer.headers[name], 500),
    }
  } catch (error) {
    throw failureOf(error)
  }
}

/** The guard's own words carry no address, and so no keys. */
const failureOf = (error: unknown): unknown => {
  if (error instanceof Refused) return new StoreCallFailed('refused', 'The site is at an address that is not called.')
  if (!(error instanceof GuardedCallFailed)) return error
  const hopeless = error.kind === 'redirect' || error.kind === 'too_large'
  return new StoreCallFailed(hopeless ? 'refused' : 'unavailable', error.message)
}

const hooksOf = async (ask: Ask, connection: StoreConnection) => {
  const found = []
  for (let page = 1; ; page += 1) {
    const query = { per_page: '100', page: String(page) }
    const hooks = listOf(successOf(await ask(connection, { path: '/webhooks', query })))
    found.push(...hooks.map(fieldsOf))
    if (hooks.length < 100)
      return found.map((hook) => ({
        id: textOf(hook.id, 40) ?? '',
        topic: textOf(hook.topic, 60) ?? '',
        url: textOf(hook.delivery_url, 2_000) ?? '',
      }))
  }
}

const create = async (ask: Ask, connection: StoreConnection, topic: string): Promise<void> => {
  const { webhookUrl: delivery_url, credentials } = connection
  const body = { name: `Sendocki ${topic}`, topic, delivery_url, secret: credentials.webhookSecret ?? '' }
  successOf(await ask(connection, { method: 'POST', path: '/webhooks', body }))
}

/** Switched on again if failures switched it off. Its secret cannot be read, so that it is set each time. */
const revive = async (ask: Ask, connection: StoreConnection, id: string): Promise<void> => {
  const body = { status: 'active', secret: connection.credentials.webhookSecret ?? '' }
  successOf(await ask(connection, { method: 'PUT', path: `/webhooks/${id}`, body }))
}

const remove = async (ask: Ask, connection: StoreConnection, id: string): Promise<void> => {
  successOf(await ask(connection, { method: 'DELETE', path: `/webhooks/${id}`, query: { force: 'true' } }))
}

/**
 * Pages by the moment of change rather than by number: an order that changes while we read moves to the end of the list
 * and would push another one over the edge of a page. Pages by number only within one second, which a bulk edit fills.
 */
const listChanged: (ask: Ask, ...args: Parameters<StorePort['listChanged']>) => ReturnType<StorePort['listChanged']> =
  async (ask, connection, since, cursor) => {
    const [from = since, page = '1'] = cursor?.split('|') ?? []
    const answer = await ask(connection, {
      path: '/orders',
      query: {
        modified_after: before(from),
        dates_are_gmt: 'true',
        orderby: 'modified',
        order: 'asc',
        status: 'any',
        per_page: String(ordersInPage),
        page,
      },
    })
    const orders = listOf(successOf(answer)).map(changedOrder)
    const [first, last] = [orders[0]?.updatedAt, orders.at(-1)?.updatedAt]
    const full = orders.length >= ordersInPage && first !== undefined && last !== undefined
    const next = full ? (first === last ? `${from}|${Number(page) + 1}` : `${last}|1`) : null
    return { orders, next, upTo: last ?? null }
  }

/** `modified_after` leaves out its own second. */
const before = (instant: string): string => new Date(Date.parse(instant) - 1_000).toISOString().replace(/\.\d+Z$/, '')

const changedOrder = (value: unknown): ChangedOrder => {
  const order = fieldsOf(value)
  return {
    externalId: textOf(order.id, 40) ?? '',
    updatedAt: gmt(order.date_modified_gmt) ?? '',
    topic: listedTopic,
    body: Buffer.from(JSON.stringify(order)),
  }
}
