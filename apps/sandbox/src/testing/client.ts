import { onTestFinished } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read answers of many shapes
  readonly body: any
}

export interface TestSandbox extends Sandbox {
  /** Milliseconds by which the sandbox's clock is ahead. */
  readonly clock: { advance(seconds: number): void }
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  control(path: string, body: unknown): Promise<Answer>
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
  state(): Promise<any>
}

/** A sandbox of its own for one test, in a hurry and with a clock that can be moved. */
export const testSandbox = async (options: SandboxOptions = {}): Promise<TestSandbox> => {
  let ahead = 0
  const sandbox = await startSandbox({ now: () => new Date(Date.now() + ahead), pace: 0.002, ...options })
  onTestFinished(() => sandbox.close())
  const call: TestSandbox['call'] = async (method, path, body, headers = {}) => {
    const answer = await fetch(path.startsWith('http') ? path : sandbox.url + path, {
      method,
      redirect: 'manual',
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    const json = answer.headers.get('content-type')?.includes('json')
    return { status: answer.status, headers: answer.headers, text, body: json ? JSON.parse(text) : text }
  }
  return {
    ...sandbox,
    clock: { advance: (seconds) => void (ahead += seconds * 1000) },
    call,
    control: (path, body) => call('POST', `/control/${path}`, body),
    state: async () => (await call('GET', '/control/state')).body,
  }
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }
export const redirectUri = 'http://localhost:3000/callback'

/** Goes through the consent page as a merchant's browser does, and gives the query of the call-back. */
export const consent = async (sandbox: TestSandbox, shop: string): Promise<Record<string, string>> => {
  const asked = { client_id: 'demo', scope: 'read_orders', redirect_uri: redirectUri, state: 'st1' }
  const path = `/shopify/${shop}/admin/oauth/authorize`
  const clicked = await sandbox.call(
    'POST',
    path,
    new URLSearchParams({ ...asked, choice: 'install' }).toString(),
    form,
  )
  return Object.fromEntries(new URL(clicked.headers.get('location') ?? '').searchParams)
}

/** Connects a shop and gives a caller of its GraphQL API. */
export const connectShop = async (sandbox: TestSandbox, shop = 'atlas.myshopify.com') => {
  const { code } = await consent(sandbox, shop)
  const keys = { client_id: 'demo', client_secret: 'demo' }
  const tokenPath = `/shopify/${shop}/admin/oauth/access_token`
  const tokens = (await sandbox.call('POST', tokenPath, { ...keys, code, expiring: 1 })).body
  const graphql = (query: string, variables: unknown = {}, token: string = tokens.access_token) =>
    sandbox.call(
      'POST',
      `/shopify/${shop}/admin/api/2026-10/graphql.json`,
      { query, variables },
      { 'x-shopify-access-token': token },
    )
  const refresh = (refreshToken: string) =>
    sandbox.call('POST', tokenPath, { ...keys, grant_type: 'refresh_token', refresh_token: refreshToken })
  const subscribe = async (topic: string, uri: string) =>
    (await graphql(subscribeMutation, { topic, input: { uri, format: 'JSON' } })).body.data.webhookSubscriptionCreate
  return { shop, tokens, graphql, refresh, subscribe }
}

const subscribeMutation = `mutation Subscribe($topic: WebhookSubscriptionTopic!, $input: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $input) {
    webhookSubscription { id topic uri }
    userErrors { field message }
  }
}`
