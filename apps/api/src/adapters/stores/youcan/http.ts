import { callHost, isOurs, successOf, tokensOf } from '../calls.ts'
import { type ChangedOrder, StoreCallFailed, type StoreConnection, type StorePort } from '../port.ts'
import { type Fields, fieldsOf, listOf, textOf } from '../reading.ts'
import { listedTopic, type YouCanSettings } from './map.ts'

/** The subscriptions that we make, in the words of the current generation; seven are allowed. */
const events = ['order.created', 'order.updated', 'order.paid', 'app.uninstalled'] as const
const ordersInPage = 100
/**
 * The list is sorted by the day of placing, not of change: orders placed up to so long before the last reading are
 * looked at again, because theirs is the change that no delivery may have told.
 */
const lookBackMillis = 24 * 60 * 60_000

/** YouCan's store API. Source: integrations.md 3.2. */
export const youcanPort = ({ apiUrl, clientId, clientSecret }: YouCanSettings): StorePort => {
  const token = async (grant: Readonly<Record<string, string>>, now: Date) => {
    const form = new URLSearchParams({ client_id: clientId ?? '', client_secret: clientSecret ?? '', ...grant })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return tokensOf(successOf(await callHost(`${apiUrl}/oauth/token`, { headers, body: form.toString() })), now)
  }
  const ask = async ({ credentials }: StoreConnection, method: 'GET' | 'POST', path: string, body?: object) =>
    successOf(
      await callHost(`${apiUrl}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${credentials.accessToken ?? ''}`,
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    )
  return {
    neededScopes: ['read-orders'],
    exchangeCode: async ({ code, redirectUrl }, now) => ({
      ...(await token({ grant_type: 'authorization_code', redirect_uri: redirectUrl, code }, now)),
      scopes: null,
    }),
    refresh: (_shop, refreshToken, now) => token({ grant_type: 'refresh_token', refresh_token: refreshToken }, now),
    look: async (connection) => {
      const me = fieldsOf(await ask(connection, 'GET', '/me'))
      const shop = textOf(me.slug, 120) ?? textOf(me.id, 120)
      if (shop === null) throw new StoreCallFailed('unavailable', 'The shop does not say which one it is.')
      const currency = textOf(fieldsOf(me.currency).code, 3)
      return { shop, name: textOf(me.name, 120) ?? shop, currency, retired: false }
    },
    ensureSubscriptions: async (connection) => {
      const kept = new Set<string>()
      for (const { id, event, url } of await subscriptionsOf(ask, connection)) {
        if (url === connection.webhookUrl && events.includes(event as never) && !kept.has(event)) kept.add(event)
        else if (isOurs(url, connection.webhookUrl)) await ask(connection, 'POST', `/resthooks/unsubscribe/${id}`)
      }
      for (const event of events)
        if (!kept.has(event))
          await ask(connection, 'POST', '/resthooks/subscribe', { event, target_url: connection.webhookUrl })
      return { topics: events }
    },
    listChanged: async (connection, since, cursor) => {
      const page = cursor === null ? await firstPage(ask, connection, since) : Number(cursor)
      const { orders, pages } = await readPage(ask, connection, page)
      return {
        orders: orders.filter((order) => order.updatedAt >= since).map(changedOrder),
        next: page < pages ? String(page + 1) : null,
        upTo: orders.at(-1)?.createdAt ?? null,
      }
    },
    disconnect: async (connection) => {
      for (const { id, url } of await subscriptionsOf(ask, connection))
        if (isOurs(url, connection.webhookUrl)) await ask(connection, 'POST', `/resthooks/unsubscribe/${id}`)
    },
  }
}

type Ask = (connection: StoreConnection, method: 'GET' | 'POST', path: string, body?: object) => Promise<unknown>

const subscriptionsOf = async (ask: Ask, connection: StoreConnection) => {
  const answer = await ask(connection, 'GET', '/resthooks/list')
  return listOf(Array.isArray(answer) ? answer : fieldsOf(answer).data).map((entry) => {
    const hook = fieldsOf(entry)
    return {
      id: textOf(hook.id, 80) ?? '',
      event: textOf(hook.event, 60) ?? '',
      url: textOf(hook.target_url, 2_000) ?? '',
    }
  })
}

interface ListedOrder {
  readonly fields: Fields
  readonly createdAt: string
  readonly updatedAt: string
}

/** One page of the list, the oldest placed first. */
const readPage = async (ask: Ask, connection: StoreConnection, page: number) => {
  const query = new URLSearchParams({
    include: 'customer,payment,shipping,variants',
    page: String(page),
    limit: String(ordersInPage),
    sort_field: 'created_at',
    sort_order: 'asc',
  })
  const answer = fieldsOf(await ask(connection, 'GET', `/orders?${query.toString()}`))
  const { total_pages: pages } = fieldsOf(fieldsOf(answer.meta).pagination)
  return {
    orders: listOf(answer.data).map(listedOrder),
    pages: typeof pages === 'number' && Number.isInteger(pages) ? pages : 1,
  }
}

const listedOrder = (value: unknown): ListedOrder => {
  const fields = fieldsOf(value)
  const createdAt = isoOf(fields.created_at) ?? ''
  return { fields, createdAt, updatedAt: isoOf(fields.updated_at) ?? createdAt }
}

const isoOf = (value: unknown): string | null => {
  const millis = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(millis) ? null : new Date(millis).toISOString()
}

/** The list has no filter by date: from its end back in growing steps, to the first page that may hold what we want. */
const firstPage = async (ask: Ask, connection: StoreConnection, since: string): Promise<number> => {
  const from = new Date(Date.parse(since) - lookBackMillis).toISOString()
  const { pages } = await readPage(ask, connection, 1)
  for (let step = 0; ; step = step * 2 + 1) {
    const page = pages - step
    if (page <= 1) return 1
    const { orders } = await readPage(ask, connection, page)
    if ((orders[0]?.createdAt ?? '') < from) return page
  }
}

const changedOrder = ({ fields, updatedAt }: ListedOrder): ChangedOrder => ({
  externalId: textOf(fields.id, 60) ?? '',
  updatedAt,
  topic: listedTopic,
  body: Buffer.from(JSON.stringify(fields)),
})
