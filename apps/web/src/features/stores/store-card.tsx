import type { Store } from '@sendocki/domain/stores/store'
import { IconRefresh, IconRotate, IconUnlink } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ConfirmModal } from '../../ui/dialog.tsx'
import { Code, Words } from '../../ui/numbers.tsx'
import { When } from '../../ui/when.tsx'
import { showToast } from '../../ui/toast.tsx'
import { HealthLight, StatusChip } from './health.tsx'
import { SecretOnce } from './secret-once.tsx'
import classes from './stores.module.css'
import { disconnectStore, rotateSecret, syncStore } from './stores.api.ts'

/** One connected shop: its state, when it last spoke, the address it speaks to, and what can be done with it. */
export const StoreCard = ({ store }: { store: Store }) => {
  const { t } = useTranslation('stores')
  const can = useCan()
  const gone = store.status === 'disconnected' || store.status === 'uninstalled'
  return (
    <article className={classes.card} aria-label={store.name}>
      <header className={classes.head}>
        <h2>
          <Words>{store.name}</Words>
        </h2>
        <span className={classes.platform}>{t(`platform.${store.platform}`)}</span>
        <StatusChip status={store.status} />
        {!gone && <HealthLight health={store.health} />}
      </header>
      {store.problem && (
        <p className={classes.problem} role="status">
          {t(`problem.${store.problem}`)}
        </p>
      )}
      <dl className={classes.facts}>
        {store.shop && <Fact label={t('shop')} value={<Code>{store.shop}</Code>} />}
        <Fact label={t('lastEvent')} value={store.lastEventAt ? <When instant={store.lastEventAt} /> : t('never')} />
        {store.lastCheckedAt && <Fact label={t('lastChecked')} value={<When instant={store.lastCheckedAt} />} />}
        {store.eraseAfter && !store.erasedAt && (
          <Fact label={t('eraseAfter')} value={<When instant={store.eraseAfter} />} />
        )}
        {store.webhookUrl && !gone && (
          <Fact
            label={t('webhookUrl')}
            value={
              <span className={classes.address}>
                <Code>{store.webhookUrl}</Code>
                <CopyButton text={store.webhookUrl} />
              </span>
            }
          />
        )}
      </dl>
      {can('stores.edit') && !gone && <StoreActions store={store} />}
    </article>
  )
}

const Fact = ({ label, value }: { label: string; value: React.ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
)

const StoreActions = ({ store }: { store: Store }) => {
  const { t } = useTranslation('stores')
  const [asking, setAsking] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const refused = (error: unknown) => showToast({ message: problemText(error), tone: 'refused' })
  const sync = useMutation({
    mutationFn: () => syncStore(store.id),
    onSuccess: () => showToast({ message: t('syncing', { name: store.name }) }),
    onError: refused,
  })
  const rotate = useMutation({
    mutationFn: () => rotateSecret(store.id, { keepOldForMinutes: 60 }),
    onSuccess: ({ webhookSecret }) => setSecret(webhookSecret ?? null),
    onError: refused,
  })
  const disconnect = useMutation({
    mutationFn: () => disconnectStore(store.id),
    onSuccess: () => {
      setAsking(false)
      showToast({ message: t('disconnected', { name: store.name }) })
    },
    onError: refused,
  })
  return (
    <div className={classes.actions}>
      {store.status === 'connected' && store.platform !== 'generic' && (
        <Button
          size="small"
          pending={sync.isPending}
          icon={<IconRefresh size={16} stroke={1.75} />}
          onClick={() => sync.mutate()}
        >
          {t('sync')}
        </Button>
      )}
      {store.platform === 'generic' && (
        <Button
          size="small"
          pending={rotate.isPending}
          icon={<IconRotate size={16} stroke={1.75} />}
          onClick={() => rotate.mutate()}
        >
          {t('rotate')}
        </Button>
      )}
      <Button
        size="small"
        variant="danger"
        icon={<IconUnlink size={16} stroke={1.75} />}
        onClick={() => setAsking(true)}
      >
        {t('disconnect')}
      </Button>
      <ConfirmModal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('disconnectTitle', { name: store.name })}
        action={t('disconnect')}
        variant="danger"
        pending={disconnect.isPending}
        onConfirm={() => disconnect.mutate()}
      >
        {t('disconnectText')}
      </ConfirmModal>
      {secret && <SecretOnce secret={secret} webhookUrl={store.webhookUrl} onClose={() => setSecret(null)} />}
    </div>
  )
}
