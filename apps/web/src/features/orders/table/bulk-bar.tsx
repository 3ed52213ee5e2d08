import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../../lib/shortcuts.ts'
import { IconButton } from '../../../ui/icon-button.tsx'
import type { BulkWish } from '../bulk/bulk.api.ts'
import { AssignAction, MoveAction, ShipAction, TagAction } from '../bulk/bulk-actions.tsx'
import type { Rights } from '../rights.ts'
import classes from './table.module.css'

interface BulkBarProps {
  readonly rights: Rights
  /** How many are ticked; null when it is all that match. */
  readonly ticked: number | null
  /** How many match, as far as it was counted. */
  readonly matching: ReactNode
  readonly onAll: (() => void) | null
  readonly onWish: (wish: BulkWish) => void
  readonly onLeave: () => void
}

/** Whether a role can do anything with many orders at once; without it rows have no ticks. */
export const canBulk = ({ can, mover }: Rights): boolean =>
  mover.canMove || can('orders.assign') || can('orders.edit') || (can('parcels.create') && can('carriers.read'))

/** What can be done with the ticked orders. `Esc` leaves. */
export const BulkBar = ({ rights, ticked, matching, onAll, onWish, onLeave }: BulkBarProps) => {
  const { t } = useTranslation('orders')
  useShortcuts([{ keys: 'Escape', run: onLeave }])
  return (
    <div className={classes.bulk} role="toolbar" aria-label={t('bulk.label')}>
      <span aria-live="polite">
        {ticked === null ? (
          <>
            {t('bulk.all')} {matching}
          </>
        ) : (
          t('bulk.ticked', { count: ticked })
        )}
      </span>
      {onAll && (
        <button type="button" className={classes.all} onClick={onAll}>
          {t('bulk.selectAll')} {matching}
        </button>
      )}
      {rights.mover.canMove && <MoveAction onWish={onWish} />}
      {rights.can('orders.assign') && rights.can('members.read') && (
        <AssignAction onWish={onWish} me={rights.memberId} />
      )}
      {rights.can('orders.edit') && <TagAction onWish={onWish} />}
      {rights.can('parcels.create') && rights.can('carriers.read') && <ShipAction onWish={onWish} />}
      <IconButton label={t('bulk.leave')} keyHint="Escape" onClick={onLeave}>
        <IconX size={16} stroke={1.75} aria-hidden />
      </IconButton>
    </div>
  )
}
