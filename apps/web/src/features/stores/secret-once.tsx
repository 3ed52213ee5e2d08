import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Code } from '../../ui/numbers.tsx'
import { type SampleLanguage, sampleLanguages, sampleOf } from './samples.ts'
import classes from './stores.module.css'

interface SecretOnceProps {
  readonly secret: string
  readonly webhookUrl: string | null
  readonly onClose: () => void
}

/** The signing secret, shown once, with code that sends a first order. It is not kept in a form that we could show again. */
export const SecretOnce = ({ secret, webhookUrl, onClose }: SecretOnceProps) => {
  const { t } = useTranslation('stores')
  const [language, setLanguage] = useState<SampleLanguage>('curl')
  const code = webhookUrl ? sampleOf(language, webhookUrl, secret) : null
  return (
    <Dialog opened onClose={onClose} title={t('secretTitle')} size="lg">
      <div className={classes.form}>
        <p>{t('secretText')}</p>
        <p className={classes.secret}>
          <Code>{secret}</Code>
          <CopyButton text={secret} label={t('copySecret')} />
        </p>
        {webhookUrl && (
          <p className={classes.secret}>
            <Code>{webhookUrl}</Code>
            <CopyButton text={webhookUrl} label={t('copyUrl')} />
          </p>
        )}
        {code && (
          <>
            <div className={classes.tabs} role="group" aria-label={t('sample')}>
              {sampleLanguages.map((name) => (
                <Button
                  key={name}
                  size="small"
                  variant={name === language ? 'filled' : 'quiet'}
                  aria-pressed={name === language}
                  onClick={() => setLanguage(name)}
                >
                  {t(`sampleIn.${name}`)}
                </Button>
              ))}
              <CopyButton text={code} label={t('copySample')} />
            </div>
            {/* Scrollable, so it must be reachable by keyboard. */}
            <pre className={classes.code} dir="ltr" tabIndex={0} aria-label={t('sample')}>
              {code}
            </pre>
          </>
        )}
        <Button variant="filled" size="form" onClick={onClose}>
          {t('secretKept')}
        </Button>
      </div>
    </Dialog>
  )
}
