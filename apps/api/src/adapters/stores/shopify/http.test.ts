import { expect, it } from 'vitest'
import { startOutside } from '../../../../../../tests/support/outside.ts'
import { type StorePortWorld, storePortContract } from '../port.contract.ts'
import { shopifyPort } from './http.ts'
import { shopifyMap } from './map.ts'

const outside = await startOutside()
const settings = {
  baseUrl: `${outside.url}/shopify/{shop}`,
  pageUrl: `${outside.url}/shopify/{shop}`,
  clientId: 'demo',
  clientSecret: 'demo',
  clientSecretPrevious: null,
  apiVersion: '2026-10',
}
const redirectUrl = 'http://127.0.0.1:1/callback'
let shops = 0

/** A shop whose owner clicks "install" on the consent page. */
const newShop = async () => {
  shops += 1
  const shop = `shop-${shops}.myshopify.com`
  const { consent } = shopifyMap(settings)
  const address = consent?.authorizeUrl({ shop, state: 's', redirectUrl, keysUrl: '' })
  const url = new URL(address ?? '')
  const form = new URLSearchParams([...url.searchParams, ['choice', 'install']])
  const answer = await fetch(url.origin + url.pathname, { method: 'POST', body: form, redirect: 'manual' })
  const callback = new URL(answer.headers.get('location') ?? '')
  expect(consent?.isGranted(Object.fromEntries(callback.searchParams), shop)).toBe(true)
  return { shop, code: callback.searchParams.get('code') ?? '' }
}

const world: StorePortWorld = {
  port: shopifyPort(settings),
  newShop,
  redirectUrl,
  wrong: { accessToken: 'wrong' },
  webhookUrl: (shop) => `http://127.0.0.1:1/hooks/shopify/${shop}`,
  placeOrders: async (shop, count) =>
    void (await outside.control('shops/shopify/orders', {
      shop,
      count,
      webhookUrl: 'http://127.0.0.1:1/',
      webhookSecret: 'x',
    })),
  subscriptions: async (shop) =>
    (await outside.state()).shops
      .find((one: { shop: string }) => one.shop === shop)
      .subscriptions.map(({ uri }: { uri: string }) => uri),
  revokeTokens: async () => void (await outside.control('tokens', { provider: 'shopify', revoke: true })),
  breakCalls: async (kind, seconds) =>
    void (await outside.control('faults', { provider: 'shopify', kind, ...(seconds ? { seconds, rate: 1 } : {}) })),
  mend: () => outside.mend(),
  now: () => new Date(),
}

storePortContract('Shopify', world)

it('notices that Shopify answers in another version than the one we asked for', async () => {
  const { shop, code } = await newShop()
  const credentials = await shopifyPort(settings).exchangeCode?.({ shop, code, redirectUrl }, new Date())
  const connection = { shop, credentials: credentials ?? {}, webhookUrl: world.webhookUrl(shop) }
  expect((await world.port.look(connection)).retired).toBe(false)
  const old = shopifyPort({ ...settings, apiVersion: '2024-01' })
  expect((await old.look(connection)).retired).toBe(true)
})
