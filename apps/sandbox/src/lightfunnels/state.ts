import { type Grants, noGrants } from '../shops/grants.ts'
import type { PlayedShop } from '../shops/storefront.ts'

export interface LightFunnelsState extends Grants {
  /** By account. */
  readonly shops: Map<string, PlayedShop>
}

export const noLightFunnelsState = (): LightFunnelsState => ({ shops: new Map(), ...noGrants() })
