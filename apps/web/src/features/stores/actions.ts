import type { Store } from '@sendocki/domain/stores/store'

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
 * Whether a store comes back by a form: it was never called, so that only its own secret opens it again, and it has not
 * just been begun. Our hook and the consent pages need a click alone.
 */
export const returnsByForm = ({ platform, status, shop }: Pick<Store, 'platform' | 'status' | 'shop'>): boolean =>
  platform !== 'generic' && platform !== 'manual' && shop === null && status !== 'connecting'
