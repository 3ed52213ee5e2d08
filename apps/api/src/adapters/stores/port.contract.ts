import { describe, expect, it } from 'vitest'
import { StoreCallFailed, type StoreConnection, type StorePort } from './port.ts'

/** What an adapter's suite needs from the outside world; each platform's sandbox gives it in its own way. */
export interface StorePortWorld {
  readonly port: StorePort
  /** A shop nobody used before, and a consent code for it. */
  newShop(): Promise<{ readonly shop: string; readonly code: string }>
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
  const connect = async (): Promise<StoreConnection> => {
    const { shop, code } = await world.newShop()
    const { scopes: _scopes, ...credentials } = await world.port.exchangeCode(shop, code, world.now())
    return { shop, credentials, webhookUrl: world.webhookUrl(shop) }
  }

  describe(`${name}, as every store platform`, () => {
    it('exchanges a code once for tokens with the scopes that are needed', async () => {
      const { shop, code } = await world.newShop()
      const { scopes, accessToken } = await world.port.exchangeCode(shop, code, world.now())
      expect(accessToken).not.toBe('')
      expect(scopes).toEqual(expect.arrayContaining([...world.port.neededScopes]))
      expect((await failure(world.port.exchangeCode(shop, code, world.now()))).kind).toBe('credentials')
    })

    it('proves a connection, and says when its consent is gone', async () => {
      const connection = await connect()
      expect((await world.port.look(connection)).name).not.toBe('')
      const wrong = { ...connection, credentials: { accessToken: 'wrong' } }
      expect((await failure(world.port.look(wrong))).kind).toBe('credentials')
    })

    it('renews tokens; the old refresh token is dead afterwards', async () => {
      const connection = await connect()
      const { refreshToken } = connection.credentials
      if (refreshToken === undefined) return
      const renewed = await world.port.refresh(connection.shop, refreshToken, world.now())
      expect((await world.port.look({ ...connection, credentials: renewed })).name).not.toBe('')
      expect((await failure(world.port.refresh(connection.shop, refreshToken, world.now()))).kind).toBe('credentials')
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

    it('lists every changed order once, oldest change first, over many pages', async () => {
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
