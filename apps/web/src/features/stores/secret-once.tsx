import type { StoreCreated } from '@sendocki/domain/stores/store'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Code } from '../../ui/numbers.tsx'
import { type SampleLanguage, sampleLanguages, sampleOf } from './samples.ts'
import { type SheetWords, sheetScript } from './sheet-script.ts'
import classes from './stores.module.css'

interface SecretOnceProps {
  readonly store: StoreCreated
  /** The connection is made for a sheet: its script comes first. */
  readonly sheet?: boolean
  readonly onClose: () => void
}

/** What is shown once, with code that is ready to paste. It is not kept in a form that we could show again. */
export const SecretOnce = ({ store, sheet = false, onClose }: SecretOnceProps) => {
  const { t } = useTranslation('stores')
  const { webhookUrl, unsigned } = store
  const secret = store.webhookSecret ?? ''
  // For a tool that cannot sign, the secret stands in the address.
  const address = unsigned && webhookUrl ? `${webhookUrl}?key=${secret}` : webhookUrl
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t(sheet ? 'sheetTitle' : unsigned ? 'addressTitle' : 'secretTitle')}
      size="lg"
    >
      <div className={classes.form}>
        {!sheet && <p>{t(unsigned ? 'addressText' : 'secretText')}</p>}
        {!sheet && !unsigned && <Copied text={secret} label={t('copySecret')} />}
        {!sheet && address && <Copied text={address} label={t('copyUrl')} />}
        {!unsigned && webhookUrl && <Samples url={webhookUrl} secret={secret} first={sheet ? 'sheet' : 'html'} />}
        <Button variant="filled" size="form" onClick={onClose}>
          {t('secretKept')}
        </Button>
      </div>
    </Dialog>
  )
}

export const Copied = ({ text, label }: { text: string; label: string }) => (
  <p className={classes.secret}>
    <Code>{text}</Code>
    <CopyButton text={text} label={label} />
  </p>
)

const tabs = [...sampleLanguages, 'sheet'] as const
type Tab = SampleLanguage | 'sheet'

const Samples = ({ url, secret, first }: { url: string; secret: string; first: Tab }) => {
  const { t } = useTranslation('stores')
  const [tab, setTab] = useState<Tab>(first)
  const code = tab === 'sheet' ? sheetScript({ url, secret, words: wordsFor(t) }) : sampleOf(tab, url, secret)
  return (
    <>
      <div className={classes.tabs} role="group" aria-label={t('sample')}>
        {tabs.map((name) => (
          <Button
            key={name}
            size="small"
            variant={name === tab ? 'filled' : 'quiet'}
            aria-pressed={name === tab}
            onClick={() => setTab(name)}
          >
            {t(`sampleIn.${name}`)}
          </Button>
        ))}
        <CopyButton text={code} label={t('copySample')} />
      </div>
      {tab === 'sheet' ? <SheetSteps /> : <p>{t(`sampleText.${tab}`)}</p>}
      {/* Scrollable, so it must be reachable by keyboard. */}
      <pre className={classes.code} dir="ltr" tabIndex={0} aria-label={t('sample')}>
        {code}
      </pre>
    </>
  )
}

const steps = ['headings', 'open', 'paste', 'run', 'allow', 'watch'] as const

/** What the script writes in the sheet, in the language of who copies it. */
const wordsFor = (t: TFunction<'stores'>): SheetWords => ({
  column: t('sheetWord.column'),
  menu: t('sheetWord.menu'),
  sent: t('sheetWord.sent'),
  waiting: t('sheetWord.waiting'),
  refused: t('sheetWord.refused'),
  unreadable: t('sheetWord.unreadable'),
  lacks: t('sheetWord.lacks'),
  total: t('sheetWord.total'),
  heading: t('sheetWord.heading'),
})

const SheetSteps = () => {
  const { t } = useTranslation('stores')
  return (
    <ol className={classes.steps}>
      {steps.map((step) => (
        <li key={step}>{t(`sheetStep.${step}`)}</li>
      ))}
    </ol>
  )
}
