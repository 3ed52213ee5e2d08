import type { Store, StoreCreated } from '@sendocki/domain/stores/store'
import {
  IconPlugConnected,
  IconRefresh,
  IconRotate,
  IconSettings,
  IconStethoscope,
  IconUnlink,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmModal } from '../../ui/dialog.tsx'
import { showToast } from '../../ui/toast.tsx'
import { type Action, actionsOf, comesBackBy } from './actions.ts'
import { SecretOnce } from './secret-once.tsx'
import { ReconnectDialog, RotateDialog, SettingsDialog, SyncDialog } from './store-dialogs.tsx'
import { disconnectStore, reconnectStore, testStore } from './stores.api.ts'
import classes from './stores.module.css'

const icons: Record<Action, ReactNode> = {
  reconnect: <IconPlugConnected size={16} stroke={1.75} />,
  sync: <IconRefresh size={16} stroke={1.75} />,
  test: <IconStethoscope size={16} stroke={1.75} />,
  rotate: <IconRotate size={16} stroke={1.75} />,
  settings: <IconSettings size={16} stroke={1.75} />,
  disconnect: <IconUnlink size={16} stroke={1.75} />,
}

const refused = (error: unknown) => showToast({ message: problemText(error), tone: 'refused' })

export const StoreActions = ({ store }: { store: Store }) => {
  const { t } = useTranslation('stores')
  const [open, setOpen] = useState<Action | null>(null)
  const [made, setMade] = useState<StoreCreated | null>(null)
  const close = () => setOpen(null)
  const onMade = (created: StoreCreated): void => {
    close()
    if (created.authorizeUrl) location.assign(created.authorizeUrl)
    else if (created.webhookSecret) setMade(created)
    else if (open === 'rotate') showToast({ message: t('rotated') })
    else showToast({ message: t(created.status === 'connected' ? 'connected' : 'checking', { name: store.name }) })
  }
  const reconnect = useMutation({ mutationFn: () => reconnectStore(store.id, {}), onSuccess: onMade, onError: refused })
  const test = useMutation({
    mutationFn: () => testStore(store.id),
    onSuccess: () => showToast({ message: t('testing', { name: store.name }) }),
    onError: refused,
  })
  const byForm = comesBackBy(store).length > 0
  const run: Partial<Record<Action, () => void>> = {
    test: () => test.mutate(),
    ...(byForm ? {} : { reconnect: () => reconnect.mutate() }),
  }
  const pending: Partial<Record<Action, boolean>> = { test: test.isPending, reconnect: reconnect.isPending }
  const dialog = { store, onClose: close, onMade }
  return (
    <div className={classes.actions}>
      {actionsOf(store).map((action) => (
        <Button
          key={action}
          size="small"
          variant={action === 'disconnect' ? 'danger' : action === 'reconnect' ? 'filled' : 'outline'}
          icon={icons[action]}
          pending={pending[action] ?? false}
          onClick={run[action] ?? (() => setOpen(action))}
        >
          {t(action)}
        </Button>
      ))}
      {open === 'reconnect' && <ReconnectDialog {...dialog} />}
      {open === 'sync' && <SyncDialog {...dialog} />}
      {open === 'rotate' && <RotateDialog {...dialog} />}
      {open === 'settings' && <SettingsDialog {...dialog} />}
      {open === 'disconnect' && <Disconnect {...dialog} />}
      {made?.webhookSecret && <SecretOnce store={made} onClose={() => setMade(null)} />}
    </div>
  )
}

const Disconnect = ({ store, onClose }: { store: Store; onClose: () => void }) => {
  const { t } = useTranslation('stores')
  const disconnect = useMutation({
    mutationFn: () => disconnectStore(store.id),
    onSuccess: () => showToast({ message: t('disconnected', { name: store.name }) }),
    onError: refused,
    onSettled: onClose,
  })
  return (
    <ConfirmModal
      opened
      onClose={onClose}
      title={t('disconnectTitle', { name: store.name })}
      action={t('disconnect')}
      variant="danger"
      pending={disconnect.isPending}
      onConfirm={() => disconnect.mutate()}
    >
      {t('disconnectText')}
    </ConfirmModal>
  )
}
