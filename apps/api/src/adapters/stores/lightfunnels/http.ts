import { digestOf } from '../../signature.ts'
import { callHost, isOurs, successOf, tokensOf } from '../calls.ts'
import { type ChangedOrder, StoreCallFailed, type StoreConnection, type StorePort } from '../port.ts'
import { type Fields, fieldsOf, listOf, textOf } from '../reading.ts'
import { type LightFunnelsSettings, listedTopic } from './map.ts'

/** Told after the upsell steps, when the order grows no more. */
const types = ['order/confirmed'] as const
const ordersInPage = 50
const pagesAtOnce = 10
const lookBackMillis = 24 * 60 * 60_000

/** LightFunnels' GraphQL. Source: integrations.md 3.4. */
export const lightfunnelsPort = ({ tokenUrl, apiUrl, clientId, clientSecret }: LightFunnelsSettings): StorePort => {
  const ask: Ask = async ({ credentials }, query, variables = {}) => {
    const answer = await callHost(apiUrl, {
      headers: { 'content-type': 'application/json', authorization: `Bearer ${credentials.accessToken ?? ''}` },
      body: JSON.stringify({ query, variables }),
    })
    const { data, errors } = fieldsOf(successOf(answer))
    const [error] = listOf(errors).map(fieldsOf)
    if (error) throw failureOf(error)
    return fieldsOf(data)
  }
  return {
    neededScopes: ['orders'],
    exchangeCode: async ({ code }, now) => {
      const body = JSON.stringify({ client_id: clientId, client_secret: clientSecret, code })
      const headers = { 'content-type': 'application/json' }
      return { ...tokensOf(successOf(await callHost(tokenUrl, { headers, body })), now), scopes: null }
    },
    look: async (connection) => {
      const { account } = await ask(connection, 'query look { account { id account_name store_currency } }')
      const { id, account_name, store_currency } = fieldsOf(account)
      const shop = textOf(id, 120)
      if (shop === null) throw new StoreCallFailed('unavailable', 'The account does not say which one it is.')
      return { shop, name: textOf(account_name, 120) ?? shop, currency: textOf(store_currency, 3), retired: false }
    },
    ensureSubscriptions: async (connection) => {
      const kept = new Set<string>()
      for (const { id, type, url } of await hooksOf(ask, connection)) {
        if (url === connection.webhookUrl && types.includes(type as never) && !kept.has(type)) kept.add(type)
        else if (isOurs(url, connection.webhookUrl)) await remove(ask, connection, id)
      }
      for (const type of types) if (!kept.has(type)) await create(ask, connection, type)
      return { topics: types }
    },
    listChanged: (connection, since, cursor) => listChanged(ask, connection, since, cursor),
    disconnect: async (connection) => {
      for (const { id, url } of await hooksOf(ask, connection))
        if (isOurs(url, connection.webhookUrl)) await remove(ask, connection, id)
    },
  }
}

type Ask = (connection: StoreConnection, query: string, variables?: object) => Promise<Fields>

/** A refusal comes inside a 200, with a code in its extensions. */
const failureOf = (error: Fields): StoreCallFailed => {
  const code = textOf(fieldsOf(error.extensions).code, 60) ?? ''
  const message = textOf(error.message, 200) ?? 'The answer carries no data.'
  if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') return new StoreCallFailed('credentials', message)
  if (code === 'THROTTLED') return new StoreCallFailed('busy', message, 10)
  return new StoreCallFailed('refused', message)
}

const hooksOf = async (ask: Ask, connection: StoreConnection) => {
  const { webhooks } = await ask(connection, 'query hooks { webhooks { id type url } }')
  return listOf(webhooks).map((entry) => {
    const hook = fieldsOf(entry)
    return {
      id: textOf(hook.id, 120) ?? '',
      type: textOf(hook.type, 60) ?? '',
      url: textOf(hook.url, 2_000) ?? '',
    }
  })
}

const create = async (ask: Ask, connection: StoreConnection, type: string): Promise<void> => {
  const query = 'mutation subscribe($node: WebhookInput!) { createWebhook(node: $node) { type url } }'
  await ask(connection, query, { node: { type, url: connection.webhookUrl, version: 'v1', settings: {} } })
}

const remove = async (ask: Ask, connection: StoreConnection, id: string): Promise<void> => {
  await ask(connection, 'mutation unsubscribe($id: ID!) { deleteWebhook(id: $id) }', { id })
}

const orderFields = `
  id _id name total subtotal shipping discount_value paid_by_customer currency financial_status test
  created_at updated_at cancelled_at notes tags
  customer { full_name email phone }
  items { id title sku price }
  shipping_address { first_name last_name line1 line2 city state country phone }`

const listQuery = `query changedOrders($first: Int, $after: String, $query: String!) {
  orders(query: $query, first: $first, after: $after) {
    edges { node { ${orderFields} } }
    pageInfo { endCursor hasNextPage }
  }
}`

/**
 * The list is sorted by id alone and has no filter that is documented: it is walked from the newest order back to those
 * placed well before the last reading, a change of which only a delivery tells.
 */
const listChanged = async (ask: Ask, connection: StoreConnection, since: string, cursor: string | null) => {
  const from = new Date(Date.parse(since) - lookBackMillis).toISOString()
  const found: ChangedOrder[] = []
  let after = cursor
  for (let page = 0; page < pagesAtOnce; page += 1) {
    const variables = { first: ordersInPage, after, query: 'order_by:id order_dir:desc' }
    const { edges, pageInfo } = fieldsOf((await ask(connection, listQuery, variables)).orders)
    const { endCursor, hasNextPage } = fieldsOf(pageInfo)
    const nodes = listOf(edges).map((edge) => fieldsOf(fieldsOf(edge).node))
    found.push(...nodes.map(changedOrder).filter(({ updatedAt }) => !isBefore(updatedAt, since)))
    // A date that is none ("3 days ago") ends the walk: the newest page was read.
    const reached = !(Date.parse(String(nodes.at(-1)?.created_at)) >= Date.parse(from))
    after = hasNextPage === true && !reached ? textOf(endCursor, 500) : null
    if (after === null) break
  }
  const orders = found.toSorted((one, other) => (one.updatedAt < other.updatedAt ? -1 : 1))
  return { orders, next: after, upTo: null }
}

const isBefore = (updatedAt: string, since: string): boolean => Date.parse(updatedAt) < Date.parse(since)

const changedOrder = (node: Fields): ChangedOrder => {
  const { created_at: _placed, updated_at, ...said } = node
  const millis = typeof updated_at === 'string' ? Date.parse(updated_at) : Number.NaN
  return {
    externalId: textOf(node.id, 80) ?? '',
    updatedAt: Number.isNaN(millis)
      ? `said:${digestOf(Buffer.from(JSON.stringify(said))).slice(0, 32)}`
      : new Date(millis).toISOString(),
    topic: listedTopic,
    body: Buffer.from(JSON.stringify(node)),
  }
}
