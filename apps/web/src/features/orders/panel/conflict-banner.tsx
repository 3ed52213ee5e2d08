import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { When } from '../../../ui/when.tsx'
import type { Conflict } from '../conflict.ts'
import { useStageName } from '../use-own-changes.ts'
import classes from './panel.module.css'

interface ConflictBannerProps {
  readonly conflict: Conflict
  /** What the person wanted: "Injoignable", or nothing for an edit. */
  readonly wanted?: string
  readonly onTheirs: () => void
  readonly onMine: () => void
}

/** Keep theirs, or take mine: nothing of either is lost without a choice. */
export const ConflictBanner = ({ conflict, wanted, onTheirs, onMine }: ConflictBannerProps) => {
  const { t } = useTranslation('orders')
  const stageName = useStageName()
  const who = conflict.who ?? t('conflict.somebody')
  return (
    <section className={classes.conflict} role="alert">
      <p>
        <Avatar name={who} size={23} named />
        <span>
          {t('conflict.changed', { who, number: conflict.current.number, stage: stageName(conflict.current.stageId) })}{' '}
          {conflict.at !== null && <When instant={conflict.at} />}
        </span>
      </p>
      <div className={classes.conflictActions}>
        <Button variant="filled" onClick={onTheirs}>
          {t('conflict.theirs')}
        </Button>
        <Button onClick={onMine}>{t('conflict.mine')}</Button>
        {wanted && <span className={classes.hint}>{t('conflict.wanted', { wanted })}</span>}
      </div>
    </section>
  )
}
