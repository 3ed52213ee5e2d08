import { type ChangedOrder, StoreCallFailed, type StoreConnection, type StorePort, type StoreTokens } from '../port.ts'
import { listedTopic, type ShopifySettings, scopes } from './map.ts'
import { orderFields, plainId } from './node.ts'

const timeoutMillis = 20_000
const largestAnswer = 20_971_520
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
    return { tokens: tokensOf(body, now), scopes: String((body as TokenAnswer).scope ?? '').split(',') }
  }
  return {
    neededScopes: ['read_orders'],
    exchangeCode: async (shop, code, now) => {
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
        else if (isOurs(uri, connection)) await unsubscribe(ask, connection, id)
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
      return { orders: nodes.map(changedOrder), next: pageInfo.hasNextPage ? pageInfo.endCursor : null }
    },
    disconnect: async (connection) => {
      for (const { id, uri } of await subscriptionsOf(ask, connection))
        if (isOurs(uri, connection)) await unsubscribe(ask, connection, id)
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

/** The same store's address, perhaps under an earlier name of ours. Another connection of the same shop is not touched. */
const isOurs = (uri: string, { webhookUrl }: StoreConnection): boolean =>
  URL.canParse(uri) && new URL(uri).pathname === new URL(webhookUrl).pathname

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

interface TokenAnswer {
  readonly access_token?: unknown
  readonly refresh_token?: unknown
  readonly expires_in?: unknown
  readonly scope?: unknown
}

const tokensOf = (body: unknown, now: Date): StoreTokens => {
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = body as TokenAnswer
  if (typeof accessToken !== 'string' || accessToken === '')
    throw new StoreCallFailed('unavailable', 'The answer carries no token.')
  return {
    accessToken,
    ...(typeof refreshToken === 'string' ? { refreshToken } : {}),
    ...(typeof seconds === 'number'
      ? { accessTokenExpiresAt: new Date(now.getTime() + seconds * 1000).toISOString() }
      : {}),
  }
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
  const { body, headers } = await post(
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
  return { data, version: headers.get('x-shopify-api-version') }
}

/** Seconds until the budget has refilled far enough for the refused query. */
const waitFor = (extensions: GraphAnswer<unknown>['extensions']): number => {
  const { requestedQueryCost = 100, throttleStatus: { currentlyAvailable = 0, restoreRate = 100 } = {} } =
    extensions?.cost ?? {}
  return Math.min(60, Math.max(1, Math.ceil((requestedQueryCost - currentlyAvailable) / Math.max(1, restoreRate))))
}

const post = async (url: string, body: object, headers: Readonly<Record<string, string>>) => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMillis),
  }).catch((error: unknown) => {
    throw new StoreCallFailed('unavailable', error instanceof Error ? error.message : 'The shop does not answer.')
  })
  const text = await readBounded(answer)
  if (!answer.ok) throw failureOf(answer, text)
  return { body: parse(text), headers: answer.headers }
}

const readBounded = async (answer: Response): Promise<string> => {
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of answer.body ?? []) {
      size += part.length
      if (size > largestAnswer) break
      parts.push(part)
    }
  } catch (error) {
    throw new StoreCallFailed('unavailable', error instanceof Error ? error.message : 'The answer broke off.')
  }
  if (size > largestAnswer) throw new StoreCallFailed('refused', 'The answer is too large.')
  return Buffer.concat(parts).toString('utf8')
}

const parse = (text: string): unknown => {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null) return body
  } catch {
    // Falls through: a page of HTML with status 200 is an outage of the shop, not an answer.
  }
  throw new StoreCallFailed('unavailable', 'The answer is not JSON.')
}

const failureOf = (answer: Response, text: string): StoreCallFailed => {
  const { status } = answer
  const message = `The shop answered ${status}.`
  const retryAfter = Number(answer.headers.get('retry-after') ?? Number.NaN)
  const wait = Number.isFinite(retryAfter) ? Math.min(3_600, Math.max(1, retryAfter)) : null
  if (status === 401 || status === 403) return new StoreCallFailed('credentials', message)
  // The token endpoint says so when a code or a refresh token is used up or unknown.
  if (status === 400 && /invalid_(grant|request|client|token)/.test(text))
    return new StoreCallFailed('credentials', message)
  if (status === 429) return new StoreCallFailed('busy', message, wait ?? 2)
  if (status >= 500 || status === 408 || status === 423) return new StoreCallFailed('unavailable', message, wait)
  return new StoreCallFailed('refused', message)
}
