/** Carriers that the product knows; each is an adapter, and `manual` one whose news is typed by people. */
export const carrierCodes = ['sendit', 'manual'] as const
export type CarrierCode = (typeof carrierCodes)[number]
