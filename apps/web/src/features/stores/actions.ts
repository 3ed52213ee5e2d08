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
  const signs = status === 'webhook_only' || platform === 'generic'
  return [
    ...(called ? (['sync', 'test'] as const) : []),
    ...(signs ? (['rotate'] as const) : []),
    'settings',
    'disconnect',
  ]
}
