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
  /** For a tool that cannot sign, the secret stands in the address. */
  readonly unsigned: boolean
  readonly onClose: () => void
}

/** What is shown once, with code that sends a first order. It is not kept in a form that we could show again. */
export const SecretOnce = ({ secret, webhookUrl, unsigned, onClose }: SecretOnceProps) => {
  const { t } = useTranslation('stores')
  const address = unsigned && webhookUrl ? `${webhookUrl}?key=${secret}` : webhookUrl
  return (
    <Dialog opened onClose={onClose} title={t(unsigned ? 'addressTitle' : 'secretTitle')} size="lg">
      <div className={classes.form}>
        <p>{t(unsigned ? 'addressText' : 'secretText')}</p>
        {!unsigned && <Copied text={secret} label={t('copySecret')} />}
        {address && <Copied text={address} label={t('copyUrl')} />}
        {!unsigned && webhookUrl && <Sample url={webhookUrl} secret={secret} />}
        <Button variant="filled" size="form" onClick={onClose}>
          {t('secretKept')}
        </Button>
      </div>
    </Dialog>
  )
}

const Copied = ({ text, label }: { text: string; label: string }) => (
  <p className={classes.secret}>
    <Code>{text}</Code>
    <CopyButton text={text} label={label} />
  </p>
)

const Sample = ({ url, secret }: { url: string; secret: string }) => {
  const { t } = useTranslation('stores')
  const [language, setLanguage] = useState<SampleLanguage>('curl')
  const code = sampleOf(language, url, secret)
  return (
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
  )
}
