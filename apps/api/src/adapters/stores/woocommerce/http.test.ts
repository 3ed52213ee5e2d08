import { afterEach, beforeEach, expect, it } from 'vitest'
import { playedWorld } from '../../../../../../tests/support/platforms.ts'
import { type StorePortWorld, storePortContract } from '../port.contract.ts'
import type { StoreConnection, StorePort } from '../port.ts'
import { woocommercePort } from './http.ts'

const played = await playedWorld('woocommerce')
const settings = { baseUrl: `${played.url}/woocommerce/{site}`, sandboxUrl: played.url, appName: 'Sendocki' }
const keys = { consumerKey: 'ck_demo', consumerSecret: 'cs_demo', webhookSecret: 'hook-secret' }

const world: StorePortWorld = {
  ...played,
  port: woocommercePort(settings),
  newShop: async () => ({ shop: `${played.nextName()}.ma`, keys }),
  redirectUrl: '',
  wrong: { consumerKey: 'ck_demo', consumerSecret: 'wrong' },
  webhookUrl: (shop) => `http://127.0.0.1:1/hooks/woocommerce/${shop}`,
}
beforeEach(() => played.control('tokens', { provider: 'woocommerce', revoke: false }))
afterEach(() => played.mend())

storePortContract('WooCommerce', world)

const connection = (shop: string, credentials: StoreConnection['credentials'] = keys): StoreConnection => ({
  shop,
  credentials,
  webhookUrl: world.webhookUrl(shop),
})
const all = async (port: StorePort, shop: string, since: string): Promise<string[]> => {
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<StorePort['listChanged']>> = await port.listChanged(connection(shop), since, cursor)
    seen.push(...page.orders.map(({ externalId }) => externalId))
    cursor = page.next
  } while (cursor !== null)
  return seen
}
const since = new Date(Date.now() - 86_400_000).toISOString()

it.each([
  ['whose host strips the header', 'header_stripped'],
  ['without pretty links', 'plain_links'],
])('reaches a site %s, and finds the way at once from then on', async (_name, kind) => {
  const shop = `${played.nextName()}.ma`
  const port = woocommercePort(settings)
  await played.control('faults', { provider: 'woocommerce', kind })
  expect((await port.look(connection(shop))).currency).toBe('MAD')
  const before = (await played.state()).calls.length
  await port.look(connection(shop))
  const calls = (await played.state()).calls.slice(before)
  expect(calls).toHaveLength(1)
})

it('switches its hooks on again after failures switched them off, with the secret of today', async () => {
  const shop = `${played.nextName()}.ma`
  const port = woocommercePort(settings)
  await port.ensureSubscriptions(connection(shop))
  for (let order = 0; order < 7; order += 1) await played.place(shop, {})
  const hooks = async () =>
    (await played.state()).shops.find((one: { shop: string }) => one.shop === shop).subscriptions as {
      status: string
    }[]
  expect((await hooks()).map(({ status }) => status)).toContain('disabled')
  await port.ensureSubscriptions(connection(shop))
  expect(new Set((await hooks()).map(({ status }) => status))).toEqual(new Set(['active']))
  expect(await hooks()).toHaveLength(4)
})

it('misses no order that a change during the reading pushes over the edge of a page', async () => {
  const shop = `${played.nextName()}.ma`
  const stamp = (n: number) => new Date(Date.now() - 3_600_000 + n * 1_000).toISOString().slice(0, 19)
  for (let n = 0; n < 120; n += 1)
    await played.place(shop, { order: { id: n + 1, total: '1.00', date_modified_gmt: stamp(n) } })
  const port = woocommercePort(settings)
  const first = await port.listChanged(connection(shop), since, null)
  await played.place(shop, { edit: { id: 3, customer_note: 'changed meanwhile' } })
  const rest: string[] = []
  for (let { next } = first; next !== null; ) {
    const page: Awaited<ReturnType<StorePort['listChanged']>> = await port.listChanged(connection(shop), since, next)
    rest.push(...page.orders.map(({ externalId }) => externalId))
    next = page.next
  }
  const seen = new Set([...first.orders.map(({ externalId }) => externalId), ...rest])
  expect(seen.size).toBe(120)
  expect(rest).toContain('3')
})

it('reads on within one second, which a bulk edit fills with more than a page', async () => {
  const shop = `${played.nextName()}.ma`
  const date_modified_gmt = new Date(Date.now() - 60_000).toISOString().slice(0, 19)
  await played.place(shop, { count: 120, order: { total: '1.00', date_modified_gmt } })
  expect(new Set(await all(woocommercePort(settings), shop, since)).size).toBe(120)
})

it('tells a key that may only read from one that is wrong', async () => {
  const shop = `${played.nextName()}.ma`
  const port = woocommercePort(settings)
  const readsOnly = connection(shop, { ...keys, consumerKey: 'ck_demo_read' })
  expect((await port.look(readsOnly)).shop).toBe(shop)
  await expect(port.ensureSubscriptions(readsOnly)).rejects.toMatchObject({ kind: 'credentials' })
})

it('calls no address but a public one, whatever the name leads to', async () => {
  const port = woocommercePort({ ...settings, baseUrl: 'https://{site}', sandboxUrl: null })
  for (const shop of ['127.0.0.1', 'localhost', '10.0.0.7:8443', '169.254.169.254'])
    await expect(port.look(connection(shop))).rejects.toMatchObject({ kind: 'refused' })
})
