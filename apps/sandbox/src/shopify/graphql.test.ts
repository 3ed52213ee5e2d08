import { describe, expect, it } from 'vitest'
import { BadDocument, readDocument } from '../graphql/document.ts'
import { connectShop, testSandbox } from '../testing/client.ts'
import { answeringVersion, currentVersion } from './versions.ts'

const changed = `query Changed($since: String!, $after: String, $first: Int = 3) {
  orders(first: $first, after: $after, query: $since, sortKey: UPDATED_AT) {
    nodes { ...Order }
    pageInfo { hasNextPage endCursor }
  }
}
fragment Order on Order { id name updatedAt }`

describe("Shopify's orders", () => {
  it('come by pages in the order of their last change', async () => {
    const sandbox = await testSandbox()
    const { graphql } = await connectShop(sandbox)
    const { body: placed } = await sandbox.control('shops/shopify/orders', { count: 7 })
    await sandbox.control('shops/shopify/orders', { edit: { id: placed.orders[0].id, note: 'x' } })
    const since = "updated_at:>='2000-01-01T00:00:00Z'"
    const names: string[] = []
    let after: string | null = null
    do {
      const { orders }: { orders: any } = (await graphql(changed, { since, after })).body.data
      expect(orders.nodes.length).toBeLessThanOrEqual(3)
      names.push(...orders.nodes.map(({ name }: { name: string }) => name))
      after = orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null
    } while (after)
    expect(names).toEqual(['#1002', '#1003', '#1004', '#1005', '#1006', '#1007', '#1001'])
  })

  it('are found by their last change, the instant itself included', async () => {
    const sandbox = await testSandbox()
    const { graphql } = await connectShop(sandbox)
    await sandbox.control('shops/shopify/orders', { order: { updated_at: '2026-11-20T10:00:00+01:00' } })
    const found = async (since: string) =>
      (await graphql(changed, { since: `updated_at:>='${since}'` })).body.data.orders.nodes.length
    expect(await found('2026-11-20T09:00:00Z')).toBe(1)
    expect(await found('2026-11-20T09:00:01Z')).toBe(0)
  })

  it('have the shape of the Admin API', async () => {
    const sandbox = await testSandbox()
    const { graphql } = await connectShop(sandbox)
    const order = {
      total_price: '249.00',
      tags: 'cod_form, vip',
      note_attributes: [{ name: 'Téléphone', value: '06 12 34 56 78' }],
      payment_gateway_names: ['Cash on Delivery (COD)'],
      shipping_address: { name: 'Salma Test', city: 'casa', country_code: 'MA', phone: null },
      shipping_lines: [{ title: 'Livraison', price: '30.00' }],
      line_items: [
        { id: 5, title: 'Lampe', variant_title: 'Noir', sku: 'L-N', quantity: 1, price: '219.00', product_id: 31 },
      ],
    }
    await sandbox.control('shops/shopify/orders', { order })
    const { body } = await graphql(`{ orders(first: 1) { nodes {
      id name test currencyCode displayFinancialStatus paymentGatewayNames tags
      customAttributes { key value }
      totalPriceSet { shopMoney { amount currencyCode } }
      totalOutstandingSet { shopMoney { amount } }
      totalShippingPriceSet { shopMoney { amount } }
      shippingAddress { name city countryCodeV2 phone }
      billingAddress { city }
      lineItems(first: 10) { nodes { id title variantTitle sku quantity currentQuantity originalUnitPriceSet { shopMoney { amount } } product { id } variant { id } } }
    } } }`)
    expect(body.data.orders.nodes[0]).toEqual({
      id: expect.stringMatching(/^gid:\/\/shopify\/Order\/\d+$/),
      name: '#1001',
      test: false,
      currencyCode: 'MAD',
      displayFinancialStatus: 'PENDING',
      paymentGatewayNames: ['Cash on Delivery (COD)'],
      tags: ['cod_form', 'vip'],
      customAttributes: [{ key: 'Téléphone', value: '06 12 34 56 78' }],
      totalPriceSet: { shopMoney: { amount: '249.0', currencyCode: 'MAD' } },
      totalOutstandingSet: { shopMoney: { amount: '249.0' } },
      totalShippingPriceSet: { shopMoney: { amount: '30.0' } },
      shippingAddress: { name: 'Salma Test', city: 'casa', countryCodeV2: 'MA', phone: null },
      billingAddress: null,
      lineItems: {
        nodes: [
          {
            id: 'gid://shopify/LineItem/5',
            title: 'Lampe',
            variantTitle: 'Noir',
            sku: 'L-N',
            quantity: 1,
            currentQuantity: 1,
            originalUnitPriceSet: { shopMoney: { amount: '219.0' } },
            product: { id: 'gid://shopify/Product/31' },
            variant: null,
          },
        ],
      },
    })
  })
})

describe("Shopify's manners", () => {
  it('says which field does not exist, inside a 200', async () => {
    const { graphql } = await connectShop(await testSandbox())
    const { status, body } = await graphql('{ shop { name colour } }')
    expect(status).toBe(200)
    expect(body.errors[0].message).toBe("Field 'colour' doesn't exist on type 'Shop'")
    expect(body.data).toBeUndefined()
  })

  it('refuses more than 250 rows at once', async () => {
    const { graphql } = await connectShop(await testSandbox())
    expect((await graphql('{ orders(first: 251) { nodes { id } } }')).body.errors[0].message).toMatch(/250/)
  })

  it('tells the cost, throttles a greedy client and restores with time', async () => {
    const sandbox = await testSandbox()
    const { graphql } = await connectShop(sandbox)
    const greedy = '{ orders(first: 250) { nodes { id lineItems(first: 250) { nodes { id } } } } }'
    const first = (await graphql(greedy)).body.extensions.cost
    expect(first.throttleStatus).toMatchObject({ maximumAvailable: 2000, restoreRate: 100 })
    expect(first.throttleStatus.currentlyAvailable).toBeLessThanOrEqual(2000 - first.actualQueryCost)
    let throttled: any
    for (let call = 0; call < 40 && !throttled; call++) {
      const { status, body } = await graphql(greedy)
      if (body.errors) throttled = { status, body }
    }
    expect(throttled.status).toBe(200)
    expect(throttled.body.errors[0].extensions.code).toBe('THROTTLED')
    sandbox.clock.advance(20)
    expect((await graphql(greedy)).body.data).toBeDefined()
  })

  it('answers with the version that was used: an old one falls forward, a future one is not found', async () => {
    const now = new Date('2026-11-20T00:00:00Z')
    expect(currentVersion(now)).toBe('2026-10')
    expect(answeringVersion('2026-07', now)).toBe('2026-07')
    expect(answeringVersion('2024-01', now)).toBe('2025-10')
    expect(answeringVersion('2027-01', now)).toBeNull()
    expect(answeringVersion('latest', now)).toBeNull()
    const { graphql } = await connectShop(await testSandbox({ now: () => now }))
    expect((await graphql('{ shop { name } }')).headers.get('x-shopify-api-version')).toBe('2026-10')
  })

  it('lists, makes and deletes subscriptions, and refuses a second one of a topic and an address', async () => {
    const { graphql, subscribe } = await connectShop(await testSandbox())
    const made = await subscribe('ORDERS_CREATE', 'http://127.0.0.1:9/hook')
    expect(made).toMatchObject({ userErrors: [], webhookSubscription: { topic: 'ORDERS_CREATE' } })
    const again = await subscribe('ORDERS_CREATE', 'http://127.0.0.1:9/hook')
    expect(again.webhookSubscription).toBeNull()
    expect(again.userErrors[0].message).toMatch(/taken/)
    const list = async () =>
      (
        await graphql(
          '{ webhookSubscriptions(first: 50) { edges { node { id topic endpoint { __typename ... on WebhookHttpEndpoint { callbackUrl } } } } } }',
        )
      ).body.data.webhookSubscriptions.edges
    expect(await list()).toEqual([
      {
        node: {
          id: made.webhookSubscription.id,
          topic: 'ORDERS_CREATE',
          endpoint: { __typename: 'WebhookHttpEndpoint', callbackUrl: 'http://127.0.0.1:9/hook' },
        },
      },
    ])
    const gone =
      'mutation($id: ID!) { webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { message } } }'
    await graphql(gone, { id: made.webhookSubscription.id })
    expect(await list()).toEqual([])
    const twice = await graphql(gone, { id: made.webhookSubscription.id })
    expect(twice.body.data.webhookSubscriptionDelete.userErrors).toHaveLength(1)
  })
})

describe('a GraphQL document', () => {
  it('is read with aliases, lists, objects, defaults and comments', () => {
    const { operation, fields } = readDocument(
      'query Q($n: Int = 2, $ids: [ID!]!) { # why\n a: f(n: $n, ids: $ids, o: {k: [1, -2.5, "é\\"", null, true, WORD]}) @include(if: true) { x } }',
      { ids: ['1'] },
    )
    expect(operation).toBe('query')
    expect(fields[0]).toMatchObject({
      name: 'f',
      alias: 'a',
      arguments: { n: 2, ids: ['1'], o: { k: [1, -2.5, 'é"', null, true, 'WORD'] } },
    })
  })

  it.each(['', '{', 'query {', 'mutation M(', '{ a(b: }', 'subscription { x }', '{ a { b }', '"'])(
    'that makes no sense (%s) is refused with a message',
    (source) => {
      expect(() => readDocument(source, {})).toThrow(BadDocument)
    },
  )
})
