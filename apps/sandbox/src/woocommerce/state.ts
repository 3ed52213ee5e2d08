import type { PlayedShop } from '../shops/storefront.ts'

export interface ApiKey {
  readonly secret: string
  /** Null opens every site. */
  readonly site: string | null
  readonly permissions: 'read' | 'read_write'
}

export interface WooCommerceState {
  readonly shops: Map<string, PlayedShop>
  /** By consumer key. */
  readonly keys: Map<string, ApiKey>
}

/** Keys that any site takes, so that nobody must look for some: `ck_demo` / `cs_demo`, and one that may only read. */
export const noWooCommerceState = (): WooCommerceState => ({
  shops: new Map(),
  keys: new Map([
    ['ck_demo', { secret: 'cs_demo', site: null, permissions: 'read_write' }],
    ['ck_demo_read', { secret: 'cs_demo', site: null, permissions: 'read' }],
  ]),
})
