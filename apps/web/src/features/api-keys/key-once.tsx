import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Code } from '../../ui/numbers.tsx'
import type { CreatedKey } from './api-keys.api.ts'
import classes from './api-keys.module.css'

/** The key, shown this once, and a first request that is ready to paste. */
export const KeyOnce = ({ created: { name, key }, onClose }: { created: CreatedKey; onClose: () => void }) => {
  const { t } = useTranslation('apiKeys')
  return (
    <Dialog opened onClose={onClose} title={t('onceTitle', { name })} size="lg">
      <div className={classes.form}>
        {key === null ? <p role="alert">{t('onceLost')}</p> : <ShownKey text={key} />}
        <div className={classes.actions}>
          <Button variant="filled" size="form" onClick={onClose}>
            {t('kept')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

const ShownKey = ({ text }: { text: string }) => {
  const { t } = useTranslation('apiKeys')
  const sample = `curl ${location.origin}/api/v1/orders \\\n  -H "Authorization: Bearer ${text}"`
  return (
    <>
      <p>{t('onceText')}</p>
      <p className={classes.secret}>
        <Code>{text}</Code>
        <CopyButton text={text} label={t('copyKey')} />
      </p>
      <div className={classes.sampleHead}>
        <span>{t('sample')}</span>
        <CopyButton text={sample} label={t('copySample')} />
      </div>
      {/* Scrollable, so it must be reachable by keyboard. */}
      <pre className={classes.code} dir="ltr" tabIndex={0} aria-label={t('sample')}>
        {sample}
      </pre>
      <p className={classes.hint}>
        {t('tryHint')}{' '}
        <a className={classes.link} href="/docs" target="_blank" rel="noreferrer">
          {t('reference')}
        </a>
      </p>
    </>
  )
}
