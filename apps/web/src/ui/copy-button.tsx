import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'

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
  return (
    <>
      <IconButton size="small" label={outcome === null ? (label ?? t('ui.copy')) : t(`ui.${outcome}`)} onClick={copy}>
        {outcome === 'copied' ? <IconCheck size={14} stroke={1.75} /> : <IconCopy size={14} stroke={1.75} />}
      </IconButton>
      <span className="visually-hidden" aria-live="polite">
        {outcome && t(`ui.${outcome}`)}
      </span>
    </>
  )
}
