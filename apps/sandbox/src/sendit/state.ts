import type { ReturnStatus } from './statuses.ts'

export interface Audit {
  readonly event: string
  readonly user: string
  /** On Moroccan clocks. */
  readonly created_at: string
  readonly data: { readonly status: string; readonly district: string; readonly comment: string | null }
}

export interface Product {
  readonly reference: string
  readonly code: string
  readonly name: string
  readonly quantity: number
}

/** A parcel as Sendit keeps it. `last_action_at` is on Moroccan clocks, `created_at` and `updated_at` are ISO UTC. */
export interface Parcel {
  readonly account: string
  readonly code: string
  status: string
  status_return: ReturnStatus | null
  readonly fee: number
  name: string
  phone: string
  address: string
  amount: number
  comment: string
  reference: string
  district_id: number
  pickup_district_id: number
  allow_open: 0 | 1
  allow_try: 0 | 1
  products_from_stock: 0 | 1
  packaging_id: number | null
  option_exchange: 0 | 1
  delivery_exchange_id: string
  products: readonly Product[]
  counter_unreachable: number
  last_action_at: string
  /** The same instant in milliseconds, kept for comparing; never shown. */
  lastActionMs: number
  readonly created_at: string
  updated_at: string
  readonly audits: Audit[]
}

/** A pick-up or a return that the merchant asked for. */
export interface Errand {
  readonly account: string
  readonly code: string
  status: string
  readonly created_at: string
  body: Readonly<Record<string, unknown>>
}

export interface PanelWebhook {
  readonly account: string
  readonly url: string
  /** Null: the panel sends no signature. */
  readonly secretKey: string | null
}

export interface SenditState {
  /** By token: the account, and when it ends (milliseconds). */
  readonly tokens: Map<string, { readonly account: string; readonly expiresAt: number }>
  readonly parcels: Map<string, Parcel>
  readonly pickups: Map<string, Errand>
  readonly returns: Map<string, Errand>
  readonly webhooks: PanelWebhook[]
  /** Printed sheets by the token of their link. */
  readonly sheets: Map<string, { readonly codes: readonly string[]; readonly expiresAt: number }>
  tokenSeconds: number
  labelSeconds: number
  /** Keys refused although they are right, as after a merchant revoked them. */
  keysRevoked: boolean
  /** Districts that the carrier no longer serves. */
  readonly goneDistricts: Set<number>
}

export const noSenditState = (): SenditState => ({
  tokens: new Map(),
  parcels: new Map(),
  pickups: new Map(),
  returns: new Map(),
  webhooks: [],
  sheets: new Map(),
  tokenSeconds: 3600,
  labelSeconds: 600,
  keysRevoked: false,
  goneDistricts: new Set(),
})
