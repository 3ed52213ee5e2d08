import type { Store } from '@sendocki/domain/stores/store'
import type { Means } from './ways.ts'

export type Action = 'reconnect' | 'sync' | 'test' | 'rotate' | 'settings' | 'disconnect'

/** What can be done with a store as it stands: nothing is offered that would be refused. */
export const actionsOf = ({
  platform,
  status,
  shop,
}: Pick<Store, 'platform' | 'status' | 'shop'>): readonly Action[] => {
  if (status === 'disconnected' || status === 'uninstalled') return ['reconnect']
  if (status === 'connecting' || status === 'reconnect') return ['reconnect', 'settings', 'disconnect']
  const called = status === 'connected' && shop !== null
  // WooCommerce's hooks sign with a secret that we chose for them; the other platforms sign with our app's.
  const signs = status === 'webhook_only' || platform === 'generic' || platform === 'woocommerce'
  return [
    ...(called ? (['sync', 'test'] as const) : []),
    ...(signs ? (['rotate'] as const) : []),
    'settings',
    'disconnect',
  ]
}

/**
 * What a merchant chooses among, or fills in, to bring a store back; empty where a click is enough. A shop that was never
 * called is opened by its own secret again; one that has only just been begun goes on with its consent.
 */
export const comesBackBy = ({
  platform,
  status,
  shop,
}: Pick<Store, 'platform' | 'status' | 'shop'>): readonly Means[] => {
  if (platform === 'generic' || platform === 'manual') return []
  if (platform === 'woocommerce' && shop !== null) return ['consent', 'keys']
  if (shop !== null || status === 'connecting') return []
  return platform === 'youcan' || platform === 'lightfunnels' ? ['webhook', 'consent'] : ['webhook']
}
