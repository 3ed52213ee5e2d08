import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './bulk-bar.module.css'
import { IconButton } from './icon-button.tsx'

interface BulkBarProps {
  readonly label: string
  /** How many rows, and what they amount to. */
  readonly summary: ReactNode
  /** The actions, each with its key. */
  readonly children: ReactNode
  readonly onLeave: () => void
}

/** What can be done with the ticked rows, at the bottom of the list. The key that leaves is the page's to bind. */
export const BulkBar = ({ label, summary, children, onLeave }: BulkBarProps) => {
  const { t } = useTranslation('common')
  return (
    <div className={classes.bar} role="toolbar" aria-label={label} data-toasts="top">
      <span aria-live="polite">{summary}</span>
      {children}
      <IconButton label={t('ui.close')} keyHint="Escape" onClick={onLeave}>
        <IconX size={16} stroke={1.75} aria-hidden />
      </IconButton>
    </div>
  )
}

/** Gives the bar its place over the list. */
export const WithBulkBar = ({ children }: { children: ReactNode }) => <div className={classes.frame}>{children}</div>
