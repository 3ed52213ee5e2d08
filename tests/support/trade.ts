import type { Shopkeeper } from './shopkeeper.ts'
import { eventually } from './stack.ts'

/** What the outside world does, through the sandbox's control calls. */
export interface Outside {
  control(path: string, body: unknown): Promise<any>
  state(): Promise<any>
}

export const outsideOf = (sandboxUrl: string): Outside => ({
  control: async (path, body) => {
    const response = await fetch(`${sandboxUrl}/control/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  },
  state: async () => (await fetch(`${sandboxUrl}/control/state`)).json(),
})

/** Connects a Shopify shop as a browser would: our answer's cookie, the click on the consent page, the way back. */
export const connectShopify = async (keeper: Shopkeeper, shop: string): Promise<any> => {
  const asked = await keeper.post('/stores', { platform: 'shopify', name: 'Dar Argan', shop })
  if (asked.status !== 201) throw new Error(`stores: ${asked.status} ${JSON.stringify(asked.body)}`)
  const cookie = asked.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const authorize = new URL(asked.body.authorizeUrl)
  const consent = await fetch(authorize.origin + authorize.pathname, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams([...authorize.searchParams, ['choice', 'install']]),
  })
  const back = consent.headers.get('location')
  if (!back) throw new Error(`consent: ${consent.status} ${await consent.text()}`)
  const returned = await fetch(back, { redirect: 'manual', headers: { cookie } })
  if (returned.status >= 400) throw new Error(`callback: ${returned.status} ${await returned.text()}`)
  return eventually(
    async () => (await keeper.get(`/stores/${asked.body.id}`)).body,
    ({ status }) => status === 'connected',
    'the connection',
  )
}

/** Connects Sendit with the sandbox's keys, its webhook pasted in the carrier's panel, and a pick-up place chosen. */
export const connectSendit = async (keeper: Shopkeeper, outside: Outside): Promise<any> => {
  const made = await keeper.post('/carrier-accounts', {
    carrier: 'sendit',
    name: 'Sendit',
    credentials: { publicKey: 'demo', secretKey: 'demo' },
  })
  if (made.status !== 201) throw new Error(`carrier-accounts: ${made.status} ${JSON.stringify(made.body)}`)
  const account = await eventually(
    async () => (await keeper.get(`/carrier-accounts/${made.body.id}`)).body,
    ({ status, placeCount }) => status === 'connected' && placeCount > 0,
    'the catalogue of destinations',
  )
  const places = (await keeper.get(`/carrier-accounts/${account.id}/cities?pickup=true`)).body.items
  const chosen = await keeper.call('PATCH', `/carrier-accounts/${account.id}`, {
    version: account.version,
    settings: {
      pickupPlaceId: places[0].placeId,
      pickupName: 'Dar Argan',
      pickupPhone: '0661000000',
      pickupAddress: '12 rue des Orangers',
    },
  })
  if (chosen.status !== 200) throw new Error(`pick-up place: ${chosen.status} ${JSON.stringify(chosen.body)}`)
  await outside.control('sendit/webhook', { url: account.webhookUrl, secretKey: 'demo', account: 'demo' })
  return chosen.body
}
