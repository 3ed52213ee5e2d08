import { type Grants, noGrants } from '../shops/grants.ts'
import type { PlayedShop } from '../shops/storefront.ts'

export interface YouCanState extends Grants {
  readonly shops: Map<string, PlayedShop>
  tokenSeconds: number
}

/** Tokens live for fifteen days in YouCan's own examples. Source: integrations.md 3.2. */
export const noYouCanState = (): YouCanState => ({ shops: new Map(), ...noGrants(), tokenSeconds: 1_295_999 })
