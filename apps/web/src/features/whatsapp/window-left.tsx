import { IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../ui/clock.ts'
import classes from './inbox.module.css'
import { windowLeft } from './words.ts'

/** How long free words may still be written, or that only a template may. */
export const WindowLeft = ({ endsAt }: { endsAt: string | null }) => {
  const { t } = useTranslation('whatsapp')
  const left = windowLeft(endsAt, useNow())
  return (
    <span className={classes.window} data-open={left !== null || undefined}>
      <IconClock size={14} stroke={1.75} aria-hidden />
      {left === null ? t('inbox.windowClosed') : t('inbox.windowOpen', left)}
    </span>
  )
}
