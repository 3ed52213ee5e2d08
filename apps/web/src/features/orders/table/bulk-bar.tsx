import { parcelsAtOnce } from '@sendocki/domain/parcels/parcel-schema'
import { IconPrinter, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/me.ts'
import { askToPrint } from '../../../lib/printing.ts'
import { useShortcuts } from '../../../lib/shortcuts.ts'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import type { BulkWish } from '../bulk/bulk.api.ts'
import { AssignAction, MoveAction, ShipAction, TagAction } from '../bulk/bulk-actions.tsx'
import type { Rights } from '../rights.ts'
import classes from './table.module.css'

interface BulkBarProps {
  readonly rights: Rights
  /** Which are ticked; null when it is all that match. */
  readonly ids: readonly string[] | null
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
export const BulkBar = ({ rights, ids, matching, onAll, onWish, onLeave }: BulkBarProps) => {
  const { t } = useTranslation('orders')
  const can = useCan()
  useShortcuts([{ keys: 'Escape', run: onLeave }])
  return (
    <div className={classes.bulk} role="toolbar" aria-label={t('bulk.label')}>
      <span aria-live="polite">
        {ids === null ? (
          <>
            {t('bulk.all')} {matching}
          </>
        ) : (
          t('bulk.ticked', { count: ids.length })
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
      {can('parcels.edit') && ids !== null && (
        <Button
          icon={<IconPrinter size={16} stroke={1.75} aria-hidden />}
          disabled={ids.length > parcelsAtOnce}
          onClick={() => askToPrint({ orderIds: ids })}
        >
          {t('print.action')}
        </Button>
      )}
      <IconButton label={t('bulk.leave')} keyHint="Escape" onClick={onLeave}>
        <IconX size={16} stroke={1.75} aria-hidden />
      </IconButton>
    </div>
  )
}
