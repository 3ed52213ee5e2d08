import type { CarrierMap } from '../port.ts'

/**
 * A carrier without API: it has a name and a portal, and people carry news between the two. What it says is typed, pasted
 * or loaded, and no word of it is believed before somebody has explained it; so there is nothing to verify or to parse.
 */
export const manualMap: CarrierMap = {
  carrier: 'manual',
  name: 'Manual',
  capabilities: {
    api: false,
    labels: false,
    pickups: false,
    cancel: true,
    webhook: false,
    remittance: false,
    pickupPlace: false,
    wholeDirhams: false,
    agencyDelivery: true,
    localPhones: false,
    allowOpen: true,
    allowTry: true,
    fragile: true,
    exchange: true,
  },
  credentialFields: [],
  secretsOf: () => [],
  key: () => '',
  verify: () => ({ ok: false }),
  parse: () => ({ ok: false, why: 'A carrier without API sends nothing.' }),
  wordOf: (raw) => ({ kind: 'unknown', raw }),
}
