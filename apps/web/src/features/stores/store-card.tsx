import type { Store } from '@sendocki/domain/stores/store'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { Chip } from '../../ui/chip.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Code, Words } from '../../ui/numbers.tsx'
import { When } from '../../ui/when.tsx'
import { HealthLight, StatusChip } from './health.tsx'
import { StoreActions } from './store-actions.tsx'
import classes from './stores.module.css'

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
        {store.unsigned && <Chip tone="warn">{t('unsignedChip')}</Chip>}
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
        {store.erasedAt && <Fact label={t('erasedAt')} value={<When instant={store.erasedAt} />} />}
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
      {can('stores.edit') && <StoreActions store={store} />}
    </article>
  )
}

const Fact = ({ label, value }: { label: string; value: React.ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
)
