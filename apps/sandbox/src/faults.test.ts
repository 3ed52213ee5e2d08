import { describe, expect, it } from 'vitest'
import { activeFaults, addFault, clearFaults, meetFault, noFaults, retryAfterOf } from './faults.ts'

const at = (start = '2026-11-20T10:00:00Z') => {
  let now = Date.parse(start)
  const faults = noFaults(() => new Date(now))
  return { faults, advance: (seconds: number) => void (now += seconds * 1000) }
}

describe('a fault', () => {
  it('meets as many calls as it was told, of its own provider and kind', () => {
    const { faults } = at()
    addFault(faults, { provider: 'sendit', kind: 'http_500', times: 2 })
    expect(meetFault(faults, 'shopify', ['http_500'])).toBeUndefined()
    expect(meetFault(faults, 'sendit', ['http_429'])).toBeUndefined()
    expect(meetFault(faults, 'sendit', ['http_500'])).toMatchObject({ hits: 1 })
    expect(meetFault(faults, 'sendit', ['http_500'])).toMatchObject({ hits: 2 })
    expect(meetFault(faults, 'sendit', ['http_500'])).toBeUndefined()
  })

  it('meets every call until it is taken away when it has no number', () => {
    const { faults } = at()
    addFault(faults, { provider: 'shopify', kind: 'outage' })
    for (let call = 0; call < 20; call++) expect(meetFault(faults, 'shopify', ['outage'])).toBeDefined()
    clearFaults(faults)
    expect(meetFault(faults, 'shopify', ['outage'])).toBeUndefined()
  })

  it('meets the share of calls it was told', () => {
    const { faults } = at()
    addFault(faults, { provider: 'shopify', kind: 'http_500', rate: 0.25 })
    const met = Array.from({ length: 2000 }, () => meetFault(faults, 'shopify', ['http_500'])).filter(Boolean)
    expect(met.length).toBeGreaterThan(400)
    expect(met.length).toBeLessThan(600)
  })

  it('ends after its seconds', () => {
    const { faults, advance } = at()
    addFault(faults, { provider: 'sendit', kind: 'outage', seconds: 30 })
    advance(29)
    expect(activeFaults(faults)).toHaveLength(1)
    advance(2)
    expect(activeFaults(faults)).toHaveLength(0)
  })

  it('announces what is left of a limit, or the same each time when calls are counted, or nothing', () => {
    const { faults, advance } = at()
    addFault(faults, { provider: 'sendit', kind: 'http_429', seconds: 10 })
    advance(4)
    expect(retryAfterOf(faults, meetFault(faults, 'sendit', ['http_429'])!)).toBe(6)
    clearFaults(faults)
    addFault(faults, { provider: 'sendit', kind: 'http_429', times: 2, seconds: 10 })
    advance(60)
    expect(retryAfterOf(faults, meetFault(faults, 'sendit', ['http_429'])!)).toBe(10)
    clearFaults(faults)
    addFault(faults, { provider: 'sendit', kind: 'http_429', times: 1 })
    expect(retryAfterOf(faults, meetFault(faults, 'sendit', ['http_429'])!)).toBeNull()
  })

  it('meets only the calls it names', () => {
    const { faults } = at()
    addFault(faults, { provider: 'sendit', kind: 'http_500', only: 'POST /sendit/api/v1/deliveries' })
    expect(meetFault(faults, 'sendit', ['http_500'], 'POST /sendit/api/v1/login')).toBeUndefined()
    expect(meetFault(faults, 'sendit', ['http_500'], 'POST /sendit/api/v1/deliveries')).toBeDefined()
  })

  it('is refused in a sentence where it makes no sense', () => {
    const { faults } = at()
    expect(addFault(faults, { provider: 'shopify', kind: 'unknown_status' })).toMatch(/^shopify knows these faults: /)
    expect(addFault(faults, { provider: 'sendit', kind: 'slow', times: 1, rate: 0.5 })).toMatch(/not both/)
    expect(activeFaults(faults)).toHaveLength(0)
  })
})
