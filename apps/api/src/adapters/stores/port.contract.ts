import { describe, expect, it } from 'vitest'
import { StoreCallFailed, type StoreConnection, type StoreCredentials, type StorePort } from './port.ts'

/** What an adapter's suite needs from the outside world; each platform's sandbox gives it in its own way. */
export interface StorePortWorld {
  readonly port: StorePort
  /** A shop nobody used before, and what its owner's consent gave: a code, or keys. */
  newShop(): Promise<{ readonly shop: string; readonly code?: string; readonly keys?: StoreCredentials }>
  /** Where the consent page leads back to. */
  readonly redirectUrl: string
  /** Keys or tokens that no shop knows. */
  readonly wrong: StoreCredentials
  webhookUrl(shop: string): string
  placeOrders(shop: string, count: number): Promise<void>
  /** The addresses to which a shop delivers now, by topic. */
  subscriptions(shop: string): Promise<readonly string[]>
  revokeTokens(): Promise<void>
  breakCalls(
    kind: 'outage' | 'http_500' | 'http_429' | 'bad_json' | 'throttled',
    retryAfterSeconds?: number,
  ): Promise<void>
  mend(): Promise<void>
  now(): Date
}

const failure = async (call: Promise<unknown>): Promise<StoreCallFailed> => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(StoreCallFailed)
  return error as StoreCallFailed
}

/** The promises that every adapter of a store platform keeps. */
export const storePortContract = (name: string, world: StorePortWorld): void => {
  const exchange = async (shop: string, code = '') => {
    if (!world.port.exchangeCode) throw new Error('This platform gives no code.')
    return world.port.exchangeCode({ shop, code, redirectUrl: world.redirectUrl }, world.now())
  }
  const connect = async (): Promise<StoreConnection> => {
    const { shop, code, keys } = await world.newShop()
    if (keys) return { shop, credentials: keys, webhookUrl: world.webhookUrl(shop) }
    const { scopes: _scopes, ...credentials } = await exchange(shop, code)
    return { shop, credentials, webhookUrl: world.webhookUrl(shop) }
  }

  describe(`${name}, as every store platform`, () => {
    it.runIf(world.port.exchangeCode)('exchanges a code once for tokens with the scopes that are needed', async () => {
      const { shop, code } = await world.newShop()
      const { scopes, accessToken } = await exchange(shop, code)
      expect(accessToken).not.toBe('')
      if (scopes !== null) expect(scopes).toEqual(expect.arrayContaining([...world.port.neededScopes]))
      expect((await failure(exchange(shop, code))).kind).toBe('credentials')
    })

    it('proves a connection and tells which shop it is, and says when its consent is gone', async () => {
      const connection = await connect()
      const seen = await world.port.look(connection)
      expect(seen.name).not.toBe('')
      expect(seen.shop).toContain(connection.shop)
      const other = await world.port.look(await connect())
      expect(other.shop).not.toBe(seen.shop)
      const wrong = { ...connection, credentials: world.wrong }
      expect((await failure(world.port.look(wrong))).kind).toBe('credentials')
    })

    it.runIf(world.port.refresh)('renews tokens; the old refresh token is dead afterwards', async () => {
      const connection = await connect()
      const { refreshToken = '' } = connection.credentials
      const refresh = async () => world.port.refresh?.(connection.shop, refreshToken, world.now())
      const renewed = (await refresh()) ?? {}
      expect((await world.port.look({ ...connection, credentials: renewed })).name).not.toBe('')
      expect((await failure(refresh())).kind).toBe('credentials')
    })

    it('makes its subscriptions once, however often it is asked, and ends them', async () => {
      const connection = await connect()
      await world.port.ensureSubscriptions(connection)
      const made = await world.subscriptions(connection.shop)
      expect(made.length).toBeGreaterThan(0)
      expect(new Set(made)).toEqual(new Set([connection.webhookUrl]))
      await world.port.ensureSubscriptions(connection)
      expect(await world.subscriptions(connection.shop)).toEqual(made)
      await world.port.disconnect(connection)
      expect(await world.subscriptions(connection.shop)).toEqual([])
    })

    it('moves its subscriptions when our address changes, and leaves those of others', async () => {
      const connection = await connect()
      const other = { ...connection, webhookUrl: `${connection.webhookUrl}-of-another-store` }
      await world.port.ensureSubscriptions({
        ...connection,
        webhookUrl: connection.webhookUrl.replace(new URL(connection.webhookUrl).host, 'earlier.example.com'),
      })
      await world.port.ensureSubscriptions(other)
      await world.port.ensureSubscriptions(connection)
      expect(new Set(await world.subscriptions(connection.shop))).toEqual(
        new Set([connection.webhookUrl, other.webhookUrl]),
      )
      await world.port.disconnect(connection)
      expect(new Set(await world.subscriptions(connection.shop))).toEqual(new Set([other.webhookUrl]))
    })

    it('lists every changed order, the oldest first, over many pages', async () => {
      const connection = await connect()
      const since = new Date(world.now().getTime() - 60_000).toISOString()
      await world.placeOrders(connection.shop, 60)
      const seen: { externalId: string; updatedAt: string }[] = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<StorePort['listChanged']>> = await world.port.listChanged(
          connection,
          since,
          cursor,
        )
        seen.push(...page.orders)
        cursor = page.next
      } while (cursor !== null)
      expect(new Set(seen.map(({ externalId }) => externalId)).size).toBe(60)
      const dates = seen.map(({ updatedAt }) => Date.parse(updatedAt))
      expect(dates).toEqual(dates.toSorted((one, other) => one - other))
      const later = new Date(world.now().getTime() + 60_000).toISOString()
      expect((await world.port.listChanged(connection, later, null)).orders).toEqual([])
    })

    it.each(['outage', 'http_500', 'bad_json'] as const)('calls %s an absence, never an answer', async (kind) => {
      const connection = await connect()
      await world.breakCalls(kind)
      for (const call of [
        world.port.look(connection),
        world.port.listChanged(connection, '2026-01-01T00:00:00Z', null),
      ])
        expect((await failure(call)).kind).toBe('unavailable')
      await world.mend()
    })

    it.each(['http_429', 'throttled'] as const)('says how long to wait after %s', async (kind) => {
      const connection = await connect()
      await world.breakCalls(kind, 7)
      const { kind: told, retryAfterSeconds } = await failure(world.port.look(connection))
      expect(told).toBe('busy')
      expect(retryAfterSeconds).toBeGreaterThanOrEqual(1)
      if (kind === 'http_429') expect(retryAfterSeconds).toBe(7)
      await world.mend()
    })

    it('says that the consent is gone for every call', async () => {
      const connection = await connect()
      await world.revokeTokens()
      for (const call of [
        world.port.look(connection),
        world.port.ensureSubscriptions(connection),
        world.port.listChanged(connection, '2026-01-01T00:00:00Z', null),
        world.port.disconnect(connection),
      ])
        expect((await failure(call)).kind).toBe('credentials')
    })
  })
}
