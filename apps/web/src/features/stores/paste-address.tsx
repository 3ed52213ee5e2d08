import type { Store } from '@sendocki/domain/stores/store'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Copied } from './secret-once.tsx'
import classes from './stores.module.css'

/** A webhook-only store waits for its shop: the address to paste there, and where. */
export const PasteAddress = ({ store, onClose }: { store: Store; onClose: () => void }) => {
  const { t } = useTranslation('stores')
  const { platform, webhookUrl } = store
  if (platform === 'generic' || platform === 'manual' || webhookUrl === null) return null
  return (
    <Dialog opened onClose={onClose} title={t('pasteTitle', { platform: t(`platform.${platform}`) })}>
      <div className={classes.form}>
        <p>{t(`pasteSteps.${platform}`)}</p>
        <Copied text={webhookUrl} label={t('copyUrl')} />
        <Button variant="filled" size="form" onClick={onClose}>
          {t('pasted')}
        </Button>
      </div>
    </Dialog>
  )
}
