import { startApiOutside } from './api-outside.ts'
import type { TestApi } from './app.ts'
import { type OutsideWorld, startOutside } from './outside.ts'

export type PlayedPlatform = 'youcan' | 'woocommerce' | 'lightfunnels'

/** One platform of the sandbox, as the suites of its adapter need it. */
export interface PlayedWorld extends OutsideWorld {
  /** A name that no shop had before. */
  nextName(): string
  /** Buyers order, edit or cancel in a shop. */
  place(shop: string, body?: object): Promise<any>
  /** The owner's click on a consent page; null when it leads nowhere. */
  click(address: string, answers?: Readonly<Record<string, string>>, choice?: 'install' | 'refuse'): Promise<URL | null>
  placeOrders(shop: string, count: number): Promise<void>
  subscriptions(shop: string): Promise<readonly string[]>
  revokeTokens(): Promise<void>
  breakCalls(kind: string, retryAfterSeconds?: number): Promise<void>
  now(): Date
}

/** Sends the form of a consent page as the browser of its owner does. */
export const clickConsent: PlayedWorld['click'] = async (address, answers = {}, choice = 'install') => {
  const url = new URL(address)
  const scopes = url.searchParams.getAll('scope[]')
  url.searchParams.delete('scope[]')
  const asked = { ...Object.fromEntries(url.searchParams), ...(scopes.length > 0 ? { scope: scopes.join(' ') } : {}) }
  const body = new URLSearchParams({ ...asked, ...answers, choice })
  const answer = await fetch(url.origin + url.pathname, { method: 'POST', body, redirect: 'manual' })
  const location = answer.headers.get('location')
  return location === null ? null : new URL(location)
}

export const playedWorld = async (platform: PlayedPlatform): Promise<PlayedWorld> => {
  const outside = await startOutside()
  let names = 0
  const place = (shop: string, body: object = {}) => outside.control(`shops/${platform}/orders`, { shop, ...body })
  return {
    ...outside,
    nextName: () => `boutique-${(names += 1)}`,
    place,
    click: clickConsent,
    placeOrders: async (shop, count) =>
      void (await place(shop, { count, webhookUrl: 'http://127.0.0.1:1/', webhookSecret: 'x' })),
    subscriptions: async (shop) =>
      (await outside.state()).shops
        .find((one: { platform: string; shop: string }) => one.platform === platform && one.shop === shop)
        .subscriptions.map(({ uri }: { uri: string }) => uri),
    revokeTokens: async () => void (await outside.control('tokens', { provider: platform, revoke: true })),
    breakCalls: async (kind, seconds) => {
      // Only some have a limit of their own words; elsewhere it is the common one.
      const known = kind === 'throttled' && platform !== 'lightfunnels' ? 'http_429' : kind
      await outside.control('faults', { provider: platform, kind: known, ...(seconds ? { seconds, rate: 1 } : {}) })
    },
    now: () => new Date(),
  }
}

/** The API with these platforms outside. */
export interface PlatformsWorld extends OutsideWorld {
  readonly api: TestApi
  readonly tick: () => Promise<void>
  place(platform: PlayedPlatform, shop: string, body?: object): Promise<any>
  /** As the owner sees them. */
  storeOf(id: string): Promise<any>
  ordersOf(id: string): Promise<any[]>
  inboundOf(id: string): Promise<any[]>
  begin(platform: PlayedPlatform, input: object): Promise<Begun>
  comeBack(callback: URL, cookie: string | null): Promise<{ readonly status: number; readonly location: URL }>
  /** Connects a shop through its consent page, as the owner's browser does; gives the store's id. */
  connect(platform: PlayedPlatform, shop: string, name?: string): Promise<string>
}

interface Begun {
  readonly id: string
  readonly authorizeUrl: string
  readonly cookie: string
}

/** Where a shop's name stands in a request: only WooCommerce asks for it before the consent. */
const shopFor = (platform: PlayedPlatform, shop: string) => (platform === 'woocommerce' ? { shop } : {})

export const startPlatformsWorld = async (): Promise<PlatformsWorld> => {
  const { outside, api, tick } = await startApiOutside((url) => ({ SANDBOX: 'on', SANDBOX_URL: url }))
  const world: PlatformsWorld = {
    ...outside,
    api,
    tick,
    place: (platform, shop, body = {}) => outside.control(`shops/${platform}/orders`, { shop, ...body }),
    storeOf: async (id) => (await api.as('owner').get(`/stores/${id}`)).body,
    ordersOf: async (id) => (await api.as('owner').get(`/orders?storeId=${id}&limit=200`)).body.items,
    inboundOf: async (id) => (await api.as('owner').get(`/inbound?connectionId=${id}&limit=200`)).body.items,
    begin: async (platform, input) => {
      const { status, body, headers, text } = await api.as('owner').post('/stores', { platform, ...input })
      if (status !== 201) throw new Error(text)
      return { id: body.id, authorizeUrl: body.authorizeUrl, cookie: String(headers['set-cookie']).split(';')[0] ?? '' }
    },
    comeBack: async (callback, cookie) => {
      const answer = await fetch(callback, { redirect: 'manual', headers: cookie === null ? {} : { cookie } })
      return { status: answer.status, location: new URL(answer.headers.get('location') ?? 'about:blank') }
    },
    connect: async (platform, shop, name = shop) => {
      const { id, authorizeUrl, cookie } = await world.begin(platform, { name, ...shopFor(platform, shop) })
      const callback = await clickConsent(authorizeUrl, { shop })
      if (!callback) throw new Error('The consent page did not lead back.')
      await world.comeBack(callback, cookie)
      await api.runJobs()
      return id
    },
  }
  return world
}
