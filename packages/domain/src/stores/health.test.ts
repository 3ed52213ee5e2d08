import { describe, expect, it } from 'vitest'
import { type StoreFacts, storeHealth } from './health.ts'

const now = new Date('2026-11-20T12:00:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString()
const shop = (facts: Partial<StoreFacts> = {}): StoreFacts => ({
  platform: 'shopify',
  status: 'connected',
  connectedAt: ago(10_000),
  lastEventAt: ago(5),
  lastCheckedAt: ago(5),
  lastMissedAt: null,
  failedChecks: 0,
  ...facts,
})
const light = (facts: Partial<StoreFacts>) => storeHealth(shop(facts), now)

describe('the health of a store that we read', () => {
  it('is good while our readings succeed and miss nothing', () => {
    expect(light({})).toBe('ok')
    expect(light({ lastEventAt: null })).toBe('ok')
  })
  it('is late when a reading is overdue or failed once', () => {
    expect(light({ lastCheckedAt: ago(26) })).toBe('late')
    expect(light({ failedChecks: 1 })).toBe('late')
  })
  it('is late for an hour after a reading found what no delivery had told', () => {
    expect(light({ lastMissedAt: ago(59) })).toBe('late')
    expect(light({ lastMissedAt: ago(61) })).toBe('ok')
  })
  it('fails when no reading succeeded for an hour, three failed, or the consent is gone', () => {
    expect(light({ lastCheckedAt: ago(61) })).toBe('failing')
    expect(light({ lastCheckedAt: null, connectedAt: ago(61) })).toBe('failing')
    expect(light({ failedChecks: 3 })).toBe('failing')
    expect(light({ status: 'reconnect' })).toBe('failing')
  })
  it('is unknown before the first reading', () => {
    expect(light({ lastCheckedAt: null, connectedAt: ago(2) })).toBe('unknown')
  })
})

describe('the health of a store that we cannot read', () => {
  it('is unknown before the first delivery, good after it, quiet after a day', () => {
    for (const facts of [{ platform: 'generic' }, { status: 'webhook_only' }] as const) {
      expect(light({ ...facts, lastEventAt: null, lastCheckedAt: null })).toBe('unknown')
      expect(light({ ...facts, lastEventAt: ago(60), lastCheckedAt: null })).toBe('ok')
      expect(light({ ...facts, lastEventAt: ago(24 * 60 + 1), lastCheckedAt: null })).toBe('quiet')
    }
  })
})

it('is unknown when a store is not connected', () => {
  for (const status of ['connecting', 'disconnected', 'uninstalled'] as const) expect(light({ status })).toBe('unknown')
})
