import type { StoreCreated } from '@sendocki/domain/stores/store'
import {
  IconBrandWordpress,
  IconCode,
  IconFilter,
  IconShoppingBag,
  IconShoppingCart,
  IconTable,
} from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/dialog.tsx'
import { showToast } from '../../ui/toast.tsx'
import { ConnectForm } from './connect-form.tsx'
import { PasteAddress } from './paste-address.tsx'
import { SecretOnce } from './secret-once.tsx'
import classes from './stores.module.css'
import { type Way, ways } from './ways.ts'

const icons: Record<Way, ReactNode> = {
  shopify: <IconShoppingBag size={20} stroke={1.75} />,
  youcan: <IconShoppingCart size={20} stroke={1.75} />,
  woocommerce: <IconBrandWordpress size={20} stroke={1.75} />,
  lightfunnels: <IconFilter size={20} stroke={1.75} />,
  sheet: <IconTable size={20} stroke={1.75} />,
  generic: <IconCode size={20} stroke={1.75} />,
}

/** What follows a connection: the shop's consent page, what is shown once and stays until it was taken, or a word. */
export const useMade = (way: Way | null, onClose: () => void) => {
  const { t } = useTranslation('stores')
  const [made, setMade] = useState<StoreCreated | null>(null)
  const onMade = (store: StoreCreated): void => {
    if (store.authorizeUrl) return location.assign(store.authorizeUrl)
    if (store.webhookSecret || store.status === 'webhook_only') return setMade(store)
    const word = store.status === 'connecting' ? 'checking' : 'connected'
    showToast({ message: t(word, { name: store.name }) })
    onClose()
  }
  const shown = made?.webhookSecret ? (
    <SecretOnce store={made} sheet={way === 'sheet'} onClose={onClose} />
  ) : (
    made && <PasteAddress store={made} onClose={onClose} />
  )
  return { shown, onMade }
}

/** First where the shop is, then how it lets us in. */
export const ConnectStore = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation('stores')
  const [way, setWay] = useState<Way | null>(null)
  const { shown, onMade } = useMade(way, onClose)
  if (shown) return shown
  return (
    <Dialog opened onClose={onClose} title={t('connectTitle')}>
      {way === null ? (
        <div className={classes.ways}>
          {ways.map((name) => (
            <button key={name} type="button" className={classes.way} onClick={() => setWay(name)}>
              {icons[name]}
              <span>
                <b>{t(`way.${name}.title`)}</b>
                <span>{t(`way.${name}.text`)}</span>
              </span>
            </button>
          ))}
        </div>
      ) : (
        <ConnectForm key={way} way={way} onBack={() => setWay(null)} onMade={onMade} />
      )}
    </Dialog>
  )
}
