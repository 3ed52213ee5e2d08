import { expect, it } from 'vitest'
import { playedWorld } from '../../../../../../tests/support/platforms.ts'
import { type StorePortWorld, storePortContract } from '../port.contract.ts'
import { lightfunnelsPort } from './http.ts'
import { lightfunnelsMap } from './map.ts'

const played = await playedWorld('lightfunnels')
const settings = {
  consentUrl: `${played.url}/lightfunnels/app/admin/oauth`,
  tokenUrl: `${played.url}/lightfunnels/auth/oauth/access_token`,
  apiUrl: `${played.url}/lightfunnels/services/api/v2`,
  clientId: 'demo',
  clientSecret: 'demo',
  clientSecretPrevious: null,
}
const redirectUrl = 'http://127.0.0.1:1/callback'

/** An account whose owner clicks "authorise" on the consent page. */
const newShop = async () => {
  const shop = played.nextName()
  const asked = lightfunnelsMap(settings).consent?.authorizeUrl({ shop, state: 's', redirectUrl, keysUrl: '' })
  const callback = await played.click(asked ?? '', { shop })
  return { shop, code: callback?.searchParams.get('code') ?? '' }
}

const world: StorePortWorld = {
  ...played,
  port: lightfunnelsPort(settings),
  newShop,
  redirectUrl,
  wrong: { accessToken: 'wrong' },
  webhookUrl: (shop) => `http://127.0.0.1:1/hooks/lightfunnels/${shop}`,
}

storePortContract('LightFunnels', world)

it('tells versions apart by what they say where the list shows no date', async () => {
  const { shop, code } = await newShop()
  const port = lightfunnelsPort(settings)
  const credentials = (await port.exchangeCode?.({ shop, code, redirectUrl }, new Date())) ?? {}
  const connection = { shop, credentials, webhookUrl: world.webhookUrl(shop) }
  const versions = async () => (await port.listChanged(connection, '2026-01-01T00:00:00Z', null)).orders
  await played.place(shop, { order: { total: 249, created_at: '3 days ago', updated_at: '3 days ago' } })
  const [first] = await versions()
  await played.place(shop, { edit: { created_at: '4 days ago', updated_at: '4 days ago' } })
  expect((await versions()).map(({ updatedAt }) => updatedAt)).toEqual([first?.updatedAt])
  await played.place(shop, { edit: { total: 199, updated_at: '4 days ago' } })
  expect((await versions()).map(({ updatedAt }) => updatedAt)).not.toEqual([first?.updatedAt])
})
