import { expect, it } from 'vitest'
import { base64Signature } from '../signatures.ts'
import { type TestSandbox, testSandbox } from '../testing/client.ts'
import { startReceiver } from '../testing/receiver.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const asked = { client_id: 'demo', redirect_uri: 'http://localhost:3000/callback', scope: 'orders', state: 'st1' }
const page = '/lightfunnels/app/admin/oauth'
const query = (fields: Record<string, string>) => new URLSearchParams(fields).toString()
const create = 'mutation m($node: WebhookInput!) { createWebhook(node: $node) { type url } }'

const connect = async (sandbox: TestSandbox, shop = 'atlas') => {
  const clicked = await sandbox.call('POST', page, query({ ...asked, shop, choice: 'install' }), form)
  const code = new URL(clicked.headers.get('location') ?? '').searchParams.get('code')
  const keys = { client_id: 'demo', client_secret: 'demo', code }
  const token = () => sandbox.call('POST', '/lightfunnels/auth/oauth/access_token', keys)
  const { access_token } = (await token()).body
  const graphql = (text: string, variables: object = {}, bearer: string = access_token) =>
    sandbox.call(
      'POST',
      '/lightfunnels/services/api/v2',
      { query: text, variables },
      { authorization: `Bearer ${bearer}` },
    )
  return { token, graphql }
}

it('the consent needs a click and lets its owner choose the account; its code opens once', async () => {
  const sandbox = await testSandbox()
  const shown = await sandbox.call('GET', `${page}?${query(asked)}`)
  expect(shown.text).toMatch(/orders[\s\S]*name="shop"/)
  const { token, graphql } = await connect(sandbox)
  expect((await token()).body).toEqual({ error: 'invalid_grant' })
  const { body } = await graphql('{ account { id account_name store_currency } }')
  expect(body.data.account).toEqual({ id: 'account_atlas', account_name: 'Atlas', store_currency: 'MAD' })
})

it('a token that is none is refused inside a 200, and so is a field that is none', async () => {
  const sandbox = await testSandbox()
  const { graphql } = await connect(sandbox)
  const refused = await graphql('{ account { id } }', {}, 'wrong')
  expect([refused.status, refused.body.errors[0].extensions.code]).toEqual([200, 'UNAUTHENTICATED'])
  expect((await graphql('{ account { colour } }')).body.errors[0].message).toContain('colour')
})

it('lists orders by id, newest first when asked, over pages', async () => {
  const sandbox = await testSandbox()
  const { graphql } = await connect(sandbox)
  await sandbox.control('shops/lightfunnels/orders', { shop: 'atlas', count: 3 })
  const text = `query q($after: String) { orders(query: "order_by:id order_dir:desc", first: 2, after: $after) {
    edges { node { name } } pageInfo { endCursor hasNextPage } } }`
  const { orders } = (await graphql(text)).body.data
  expect(orders.edges.map(({ node }: { node: { name: string } }) => node.name)).toEqual(['#1003', '#1002'])
  const rest = (await graphql(text, { after: orders.pageInfo.endCursor })).body.data.orders
  expect(rest.edges.map(({ node }: { node: { name: string } }) => node.name)).toEqual(['#1001'])
  expect(rest.pageInfo.hasNextPage).toBe(false)
})

it('webhooks go to the hooks of their type, signed, and say nothing of the account', async () => {
  const sandbox = await testSandbox()
  const receiver = await startReceiver()
  const { graphql } = await connect(sandbox)
  await graphql(create, { node: { type: 'order/confirmed', url: receiver.url, version: 'v1', settings: {} } })
  await sandbox.control('shops/lightfunnels/orders', { shop: 'atlas' })
  expect(receiver.received).toHaveLength(1)
  const [webhook] = receiver.received
  expect(webhook?.headers['lightfunnels-hmac']).toBe(base64Signature('demo', webhook?.body ?? ''))
  expect(webhook?.body).not.toContain('atlas')
  const { id } = (await graphql('{ webhooks { id } }')).body.data.webhooks[0]
  await graphql('mutation m($id: ID!) { deleteWebhook(id: $id) }', { id })
  expect((await graphql('{ webhooks { id } }')).body.data.webhooks).toEqual([])
})
