import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './copy-button.module.css'

/** Copies a text and says so for two seconds; says too when the browser forbids it. */
export const CopyButton = ({ text, label }: { text: string; label?: string }) => {
  const { t } = useTranslation('common')
  const [outcome, setOutcome] = useState<'copied' | 'forbidden' | null>(null)
  useEffect(() => {
    if (outcome === null) return
    const timer = setTimeout(() => setOutcome(null), 2000)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('forbidden'),
    )
  }
  const name = outcome === null ? (label ?? t('ui.copy')) : t(`ui.${outcome}`)
  return (
    <>
      {/* Without a tooltip: error states stand in the first chunk, which the positioning code would double. */}
      <button type="button" className={classes.copy} title={name} aria-label={name} onClick={copy}>
        {outcome === 'copied' ? <IconCheck size={14} stroke={1.75} /> : <IconCopy size={14} stroke={1.75} />}
      </button>
      <span className="visually-hidden" aria-live="polite">
        {outcome && t(`ui.${outcome}`)}
      </span>
    </>
  )
}
