import { startApiOutside } from './api-outside.ts'
import type { TestApi } from './app.ts'
import type { OutsideWorld } from './outside.ts'

/** The API with the sandbox's Shopify outside, listening where the sandbox's deliveries go. */
export interface ShopifyWorld extends OutsideWorld {
  readonly api: TestApi
  /** Buyers order, edit or cancel in a shop, named without its domain. */
  place(shop: string, body?: object): Promise<any>
  /** What the clock starts now, and all that follows from it. */
  tick(): Promise<void>
  /** As the owner sees them. */
  storeOf(id: string): Promise<any>
  ordersOf(id: string): Promise<any[]>
  inboundOf(id: string): Promise<any[]>
  /** Connects a shop through its consent page, as the owner's browser does. */
  connect(shop: string): Promise<string>
  /** The steps of it, for tests that go astray between them. */
  begin(
    shop: string,
    over?: object,
  ): Promise<{ readonly id: string; readonly authorizeUrl: string; readonly cookie: string }>
  consent(authorizeUrl: string, choice?: 'install' | 'refuse'): Promise<URL | null>
  comeBack(callback: URL, cookie: string | null): Promise<{ readonly status: number; readonly location: URL }>
}

export const startShopifyWorld = async (): Promise<ShopifyWorld> => {
  const { outside, api, tick } = await startApiOutside((url) => ({
    SHOPIFY_BASE_URL: `${url}/shopify/{shop}`,
    SHOPIFY_CLIENT_ID: 'demo',
    SHOPIFY_CLIENT_SECRET: 'demo',
  }))
  const world: ShopifyWorld = {
    ...outside,
    api,
    place: (shop, body = {}) => outside.control('shops/shopify/orders', { shop: `${shop}.myshopify.com`, ...body }),
    tick,
    storeOf: async (id) => (await api.as('owner').get(`/stores/${id}`)).body,
    ordersOf: async (id) => (await api.as('owner').get(`/orders?storeId=${id}&limit=200`)).body.items,
    inboundOf: async (id) => (await api.as('owner').get(`/inbound?connectionId=${id}&limit=200`)).body.items,
    begin: async (shop, over = {}) => {
      const { status, body, headers, text } = await api
        .as('owner')
        .post('/stores', { platform: 'shopify', name: shop, shop, ...over })
      if (status !== 201) throw new Error(text)
      return { id: body.id, authorizeUrl: body.authorizeUrl, cookie: String(headers['set-cookie']).split(';')[0] ?? '' }
    },
    consent: async (authorizeUrl, choice = 'install') => {
      const url = new URL(authorizeUrl)
      const form = new URLSearchParams([...url.searchParams, ['choice', choice]])
      const answer = await fetch(url.origin + url.pathname, { method: 'POST', body: form, redirect: 'manual' })
      const location = answer.headers.get('location')
      return location === null ? null : new URL(location)
    },
    comeBack: async (callback, cookie) => {
      const answer = await fetch(callback, { redirect: 'manual', headers: cookie === null ? {} : { cookie } })
      return { status: answer.status, location: new URL(answer.headers.get('location') ?? 'about:blank') }
    },
    connect: async (shop) => {
      const { id, authorizeUrl, cookie } = await world.begin(shop)
      const callback = await world.consent(authorizeUrl)
      if (!callback) throw new Error('The consent page did not lead back.')
      await world.comeBack(callback, cookie)
      await api.runJobs()
      return id
    },
  }
  return world
}
