import { callHost, isOurs, successOf, tokensOf } from '../calls.ts'
import { type ChangedOrder, StoreCallFailed, type StoreConnection, type StorePort } from '../port.ts'
import { listedTopic, type ShopifySettings, scopes } from './map.ts'
import { orderFields, plainId } from './node.ts'

const ordersInPage = 25

/** The subscriptions that we make; the three privacy topics are set with the app itself. */
const topics = ['ORDERS_CREATE', 'ORDERS_UPDATED', 'ORDERS_CANCELLED', 'APP_UNINSTALLED'] as const

/** Shopify's Admin API. Source: integrations.md 3.1. */
export const shopifyPort = (settings: ShopifySettings): StorePort => {
  const addressOf = (shop: string) => settings.baseUrl.replace('{shop}', shop)
  const ask = <T>(connection: StoreConnection, query: string, variables: object) =>
    askGraph<T>(
      `${addressOf(connection.shop)}/admin/api/${settings.apiVersion}/graphql.json`,
      connection,
      query,
      variables,
    )
  const token = async (shop: string, grant: object, now: Date) => {
    const { clientId: client_id, clientSecret: client_secret } = settings
    const { body } = await post(
      `${addressOf(shop)}/admin/oauth/access_token`,
      { client_id, client_secret, ...grant },
      {},
    )
    return { tokens: tokensOf(body, now), scopes: String((body as { scope?: unknown }).scope ?? '').split(',') }
  }
  return {
    neededScopes: ['read_orders'],
    exchangeCode: async ({ shop, code }, now) => {
      const { tokens, scopes: granted } = await token(shop, { code, expiring: 1 }, now)
      // A granted write scope includes reading and is then the only one that is named.
      return {
        ...tokens,
        scopes: scopes.filter((scope) => granted.includes(scope) || granted.includes(scope.replace('read_', 'write_'))),
      }
    },
    refresh: async (shop, refreshToken, now) =>
      (await token(shop, { grant_type: 'refresh_token', refresh_token: refreshToken }, now)).tokens,
    look: async (connection) => {
      const { data, version } = await ask<{ shop: { name: string; currencyCode: string | null } }>(
        connection,
        'query look { shop { name currencyCode } }',
        {},
      )
      return {
        shop: connection.shop,
        name: data.shop.name,
        currency: data.shop.currencyCode,
        retired: version !== null && version !== settings.apiVersion,
      }
    },
    ensureSubscriptions: async (connection) => {
      const ours = await subscriptionsOf(ask, connection)
      const kept = new Set<string>()
      for (const { id, topic, uri } of ours) {
        if (uri === connection.webhookUrl && topics.includes(topic as never) && !kept.has(topic)) kept.add(topic)
        else if (isOurs(uri, connection.webhookUrl)) await unsubscribe(ask, connection, id)
      }
      for (const topic of topics) if (!kept.has(topic)) await subscribe(ask, connection, topic)
      return { topics }
    },
    listChanged: async (connection, since, cursor) => {
      const { data } = await ask<OrdersAnswer>(connection, listQuery, {
        first: ordersInPage,
        after: cursor,
        query: `updated_at:>='${since}'`,
      })
      const { nodes, pageInfo } = data.orders
      return {
        orders: nodes.map(changedOrder),
        next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
        upTo: nodes.at(-1)?.updatedAt ?? null,
      }
    },
    disconnect: async (connection) => {
      for (const { id, uri } of await subscriptionsOf(ask, connection))
        if (isOurs(uri, connection.webhookUrl)) await unsubscribe(ask, connection, id)
    },
  }
}

type Ask = <T>(
  connection: StoreConnection,
  query: string,
  variables: object,
) => Promise<{ data: T; version: string | null }>

const listQuery = `query changedOrders($first: Int!, $after: String, $query: String!) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    pageInfo { hasNextPage endCursor }
    nodes { ${orderFields} }
  }
}`

interface OrdersAnswer {
  readonly orders: {
    readonly nodes: readonly { readonly id: string; readonly updatedAt: string }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  }
}

const changedOrder = (node: OrdersAnswer['orders']['nodes'][number]): ChangedOrder => ({
  externalId: plainId(node.id) ?? '',
  updatedAt: node.updatedAt,
  topic: listedTopic,
  body: Buffer.from(JSON.stringify(node)),
})

interface Subscription {
  readonly id: string
  readonly topic: string
  readonly uri: string
}

const subscriptionsOf = async (ask: Ask, connection: StoreConnection): Promise<readonly Subscription[]> => {
  const query = 'query subscriptions { webhookSubscriptions(first: 250) { nodes { id topic uri } } }'
  return (await ask<{ webhookSubscriptions: { nodes: readonly Subscription[] } }>(connection, query, {})).data
    .webhookSubscriptions.nodes
}

const subscribe = async (ask: Ask, connection: StoreConnection, topic: string): Promise<void> => {
  const query = `mutation subscribe($topic: WebhookSubscriptionTopic!, $subscription: WebhookSubscriptionInput!) {
    webhookSubscriptionCreate(topic: $topic, webhookSubscription: $subscription) {
      webhookSubscription { id } userErrors { field message }
    }
  }`
  const subscription = { uri: connection.webhookUrl, format: 'JSON' }
  const { data } = await ask<{ webhookSubscriptionCreate: Mutation }>(connection, query, { topic, subscription })
  assertDone(data.webhookSubscriptionCreate)
}

const unsubscribe = async (ask: Ask, connection: StoreConnection, id: string): Promise<void> => {
  const query = `mutation unsubscribe($id: ID!) {
    webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { field message } }
  }`
  const { data } = await ask<{ webhookSubscriptionDelete: Mutation }>(connection, query, { id })
  assertDone(data.webhookSubscriptionDelete)
}

interface Mutation {
  readonly userErrors: readonly { readonly message: string }[]
}

/** A mutation that did nothing answers 200 too. */
const assertDone = ({ userErrors }: Mutation): void => {
  const [first] = userErrors
  if (first) throw new StoreCallFailed('refused', first.message)
}

interface GraphAnswer<T> {
  readonly data?: T
  readonly errors?: readonly { readonly message?: string; readonly extensions?: { readonly code?: string } }[]
  readonly extensions?: {
    readonly cost?: {
      readonly requestedQueryCost?: number
      readonly throttleStatus?: { readonly currentlyAvailable?: number; readonly restoreRate?: number }
    }
  }
}

const askGraph = async <T>(url: string, { credentials }: StoreConnection, query: string, variables: object) => {
  const { body, answer } = await post(
    url,
    { query, variables },
    { 'x-shopify-access-token': credentials.accessToken ?? '' },
  )
  const { data, errors, extensions } = body as GraphAnswer<T>
  const [error] = errors ?? []
  if (error?.extensions?.code === 'THROTTLED')
    throw new StoreCallFailed('busy', 'The budget of calls is used up.', waitFor(extensions))
  if (error || !data) throw new StoreCallFailed('refused', error?.message ?? 'The answer carries no data.')
  // An outdated version is answered in the oldest one that still lives, without a word but this header.
  return { data, version: answer.header('x-shopify-api-version') }
}

/** Seconds until the budget has refilled far enough for the refused query. */
const waitFor = (extensions: GraphAnswer<unknown>['extensions']): number => {
  const { requestedQueryCost = 100, throttleStatus: { currentlyAvailable = 0, restoreRate = 100 } = {} } =
    extensions?.cost ?? {}
  return Math.min(60, Math.max(1, Math.ceil((requestedQueryCost - currentlyAvailable) / Math.max(1, restoreRate))))
}

const post = async (url: string, body: object, headers: Readonly<Record<string, string>>) => {
  const answer = await callHost(url, {
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return { body: successOf(answer), answer }
}
