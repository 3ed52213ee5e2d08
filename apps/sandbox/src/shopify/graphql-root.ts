import { connectionOf, type Listed, type Node } from '../graphql/answer.ts'
import { BadDocument } from '../graphql/document.ts'
import { nextId, type World } from '../world.ts'
import { orderNode } from './graphql-order.ts'
import { uninstall } from './shop.ts'
import { type Grant, type Shop, type ShopifyOrder, type Subscription } from './state.ts'
import { currentVersion } from './versions.ts'

type Arguments = Readonly<Record<string, unknown>>

/** What a shop's API can be asked: the fields of its query root. */
export const queryRoot = (world: World, shop: Shop, grant: Grant): Node => ({
  __typename: 'QueryRoot',
  shop: {
    __typename: 'Shop',
    id: `gid://shopify/Shop/${shop.id}`,
    name: shop.name,
    email: `contact@${shop.domain}`,
    myshopifyDomain: shop.domain,
    currencyCode: 'MAD',
    ianaTimezone: 'Africa/Casablanca',
    primaryDomain: { __typename: 'Domain', host: shop.domain, url: `https://${shop.domain}` },
    plan: { __typename: 'ShopPlan', displayName: 'Basic', partnerDevelopment: false },
  },
  order: ({ id }: Arguments) => {
    const placed = shop.orders.get(String(id).replace('gid://shopify/Order/', ''))
    return placed ? orderNode(placed.body) : null
  },
  orders: (args: Arguments) => connectionOf('Order', ordersAsked(shop, args), args),
  webhookSubscriptions: (args: Arguments) =>
    connectionOf(
      'WebhookSubscription',
      subscriptionsOf(shop, grant, args).map((one) => ({ key: one.id, node: subscriptionNode(world, one) })),
      args,
    ),
  webhookSubscription: ({ id }: Arguments) => {
    const found = shop.subscriptions.get(String(id))
    return found ? subscriptionNode(world, found) : null
  },
  webhookSubscriptionsCount: (args: Arguments) => ({
    __typename: 'Count',
    count: subscriptionsOf(shop, grant, args).length,
    precision: 'EXACT',
  }),
  currentAppInstallation: {
    __typename: 'AppInstallation',
    id: `gid://shopify/AppInstallation/${shop.id}`,
    accessScopes: grant.scope.split(',').map((handle) => ({ __typename: 'AccessScope', handle: handle.trim() })),
  },
})

/** What a shop's API can be told to do: the fields of its mutation root. */
export const mutationRoot = (world: World, shop: Shop, grant: Grant): Node => ({
  __typename: 'Mutation',
  webhookSubscriptionCreate: (args: Arguments) => createSubscription(world, shop, grant, args),
  webhookSubscriptionUpdate: (args: Arguments) => updateSubscription(world, shop, args),
  webhookSubscriptionDelete: ({ id }: Arguments) => {
    const deleted = shop.subscriptions.delete(String(id))
    return {
      __typename: 'WebhookSubscriptionDeletePayload',
      deletedWebhookSubscriptionId: deleted ? id : null,
      userErrors: deleted ? [] : [userError(['id'], 'Webhook subscription does not exist')],
    }
  },
  appUninstall: () => {
    // The app need not wait for its own farewell to arrive.
    void uninstall(world, shop, null)
    return {
      __typename: 'AppUninstallPayload',
      app: { __typename: 'App', id: `gid://shopify/App/${grant.clientId}` },
      userErrors: [],
    }
  },
})

const ordersAsked = (shop: Shop, { query, sortKey }: Arguments): readonly Listed[] => {
  const wanted = searchOf(typeof query === 'string' ? query : '')
  const field = sortFields[String(sortKey ?? 'PROCESSED_AT')]
  if (!field) throw new BadDocument(`Argument 'sortKey' on Field 'orders' has an invalid value (${String(sortKey)})`)
  return [...shop.orders.values()]
    .filter(({ body }) => wanted(body))
    .map(({ body }) => ({ key: `${instant(body[field])}|${body.id}`, node: orderNode(body) }))
}

const sortFields: Readonly<Record<string, string>> = {
  UPDATED_AT: 'updated_at',
  CREATED_AT: 'created_at',
  PROCESSED_AT: 'processed_at',
  ID: 'id',
}

const instant = (value: unknown): string => {
  const at = Date.parse(String(value))
  return Number.isNaN(at) ? String(value) : new Date(at).toISOString()
}

/** Shopify's search words: dates with a comparison, `name`, `status:any`; a word it does not know filters nothing. */
const searchOf = (query: string): ((order: ShopifyOrder) => boolean) => {
  const terms = [...query.matchAll(/(\w+):\s*(>=|<=|>|<)?\s*(?:'([^']*)'|"([^"]*)"|(\S+))/g)]
  const tests = terms.map(([, field = '', comparison = '', single, double, bare]) => {
    const wanted = single ?? double ?? bare ?? ''
    if (/^(updated|created|processed)_at$/.test(field))
      return (order: ShopifyOrder) => compares(instant(order[field]), comparison, instant(wanted))
    if (field === 'name') return (order: ShopifyOrder) => order.name === wanted
    if (field === 'id') return (order: ShopifyOrder) => String(order.id) === wanted
    return () => true
  })
  return (order) => tests.every((test) => test(order))
}

const compares = (one: string, comparison: string, other: string): boolean => {
  if (comparison === '>=') return one >= other
  if (comparison === '<=') return one <= other
  if (comparison === '>') return one > other
  return comparison === '<' ? one < other : one === other
}

/** Topics that the API subscribes to, by their GraphQL name; the privacy topics belong to the app's settings. */
const topics: Readonly<Record<string, string>> = {
  ORDERS_CREATE: 'orders/create',
  ORDERS_UPDATED: 'orders/updated',
  ORDERS_CANCELLED: 'orders/cancelled',
  ORDERS_EDITED: 'orders/edited',
  ORDERS_DELETE: 'orders/delete',
  ORDERS_PAID: 'orders/paid',
  ORDERS_FULFILLED: 'orders/fulfilled',
  APP_UNINSTALLED: 'app/uninstalled',
}

const createSubscription = (world: World, shop: Shop, grant: Grant, args: Arguments): Node => {
  const refused = (field: string, message: string): Node => ({
    __typename: 'WebhookSubscriptionCreatePayload',
    webhookSubscription: null,
    userErrors: [userError(['webhookSubscription', field], message)],
  })
  const topic = topics[String(args.topic)]
  if (!topic) throw new BadDocument(`Variable $topic of type WebhookSubscriptionTopic! was provided invalid value`)
  const input = inputOf(args)
  if (!input.uri || !URL.canParse(input.uri)) return refused('uri', 'Address is invalid')
  const taken = [...shop.subscriptions.values()].some(
    (one) => one.topic === topic && one.uri === input.uri && one.clientId === grant.clientId,
  )
  if (taken) return refused('uri', 'Address for this topic has already been taken')
  const at = world.now().toISOString()
  const id = `gid://shopify/WebhookSubscription/${nextId(world)}`
  const made: Subscription = {
    id,
    topic,
    uri: input.uri,
    clientId: grant.clientId,
    includeFields: input.includeFields ?? [],
    filter: input.filter ?? null,
    createdAt: at,
    updatedAt: at,
    failures: 0,
  }
  shop.subscriptions.set(id, made)
  return {
    __typename: 'WebhookSubscriptionCreatePayload',
    webhookSubscription: subscriptionNode(world, made),
    userErrors: [],
  }
}

const updateSubscription = (world: World, shop: Shop, args: Arguments): Node => {
  const found = shop.subscriptions.get(String(args.id))
  const input = inputOf(args)
  if (found) {
    found.uri = input.uri ?? found.uri
    found.includeFields = input.includeFields ?? found.includeFields
    found.filter = input.filter ?? found.filter
    found.updatedAt = world.now().toISOString()
  }
  return {
    __typename: 'WebhookSubscriptionUpdatePayload',
    webhookSubscription: found ? subscriptionNode(world, found) : null,
    userErrors: found ? [] : [userError(['id'], 'Webhook subscription does not exist')],
  }
}

/** The address is called `uri` since 2025-10 and was called `callbackUrl` before. */
const inputOf = ({ webhookSubscription }: Arguments) => {
  const input = (webhookSubscription ?? {}) as {
    uri?: string
    callbackUrl?: string
    includeFields?: readonly string[]
    filter?: string
  }
  return { ...input, uri: input.uri ?? input.callbackUrl }
}

const subscriptionsOf = (shop: Shop, grant: Grant, args: Arguments): readonly Subscription[] => {
  const wanted = Array.isArray(args.topics) ? args.topics.map((topic) => topics[String(topic)]) : null
  return [...shop.subscriptions.values()].filter(
    ({ clientId, topic }) => clientId === grant.clientId && (wanted === null || wanted.includes(topic)),
  )
}

const subscriptionNode = (world: World, one: Subscription): Node => ({
  __typename: 'WebhookSubscription',
  id: one.id,
  legacyResourceId: one.id.replace(/^.*\//, ''),
  topic: Object.keys(topics).find((name) => topics[name] === one.topic) ?? null,
  uri: one.uri,
  callbackUrl: one.uri,
  endpoint: { __typename: 'WebhookHttpEndpoint', callbackUrl: one.uri },
  apiVersion: { __typename: 'ApiVersion', handle: currentVersion(world.now()) },
  format: 'JSON',
  includeFields: one.includeFields,
  filter: one.filter,
  createdAt: one.createdAt,
  updatedAt: one.updatedAt,
})

const userError = (field: readonly string[], message: string): Node => ({ __typename: 'UserError', field, message })
