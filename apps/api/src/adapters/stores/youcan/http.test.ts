import { expect, it } from 'vitest'
import { playedWorld } from '../../../../../../tests/support/platforms.ts'
import { type StorePortWorld, storePortContract } from '../port.contract.ts'
import type { StorePort } from '../port.ts'
import { youcanPort } from './http.ts'
import { youcanMap } from './map.ts'

const played = await playedWorld('youcan')
const app = { clientId: 'demo', clientSecret: 'demo', clientSecretPrevious: null }
const settings = {
  consentUrl: `${played.url}/youcan/seller/admin/oauth/authorize`,
  apiUrl: `${played.url}/youcan/api`,
  ...app,
}
const redirectUrl = 'http://127.0.0.1:1/callback'

/** A shop whose owner clicks "authorise" on the consent page. */
const newShop = async () => {
  const shop = played.nextName()
  const asked = youcanMap(settings).consent?.authorizeUrl({ shop, state: 's', redirectUrl, keysUrl: '' })
  const callback = await played.click(asked ?? '', { shop })
  return { shop, code: callback?.searchParams.get('code') ?? '' }
}

const world: StorePortWorld = {
  ...played,
  port: youcanPort(settings),
  newShop,
  redirectUrl,
  wrong: { accessToken: 'wrong' },
  webhookUrl: (shop) => `http://127.0.0.1:1/hooks/youcan/${shop}`,
}

storePortContract('YouCan', world)

it('finds in a long list what changed among the older ones, without reading all of it', async () => {
  const { shop, code } = await newShop()
  const port = youcanPort(settings)
  const credentials = (await port.exchangeCode?.({ shop, code, redirectUrl }, new Date())) ?? {}
  const connection = { shop, credentials, webhookUrl: world.webhookUrl(shop) }
  const old = { created_at: '2026-01-01T10:00:00Z', updated_at: '2026-01-01T10:00:00Z' }
  for (let lot = 0; lot < 6; lot += 1) await played.place(shop, { order: { ...old, total: 1 }, count: 100 })
  await played.place(shop, { count: 3 })
  await played.place(shop, { edit: { notes: 'Après 18 h' } })
  const since = new Date(Date.now() - 60_000).toISOString()
  const calls = (await played.state()).calls.length
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<StorePort['listChanged']>> = await port.listChanged(connection, since, cursor)
    seen.push(...page.orders.map(({ externalId }) => externalId))
    cursor = page.next
  } while (cursor !== null)
  expect(seen).toHaveLength(3)
  expect((await played.state()).calls.length - calls).toBeLessThanOrEqual(5)
})
