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
