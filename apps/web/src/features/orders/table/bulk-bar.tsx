import { IconPrinter, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/me.ts'
import { askToPrint } from '../../../lib/printing.ts'
import { useShortcuts } from '../../../lib/shortcuts.ts'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { parcelsAtOnce, ShipButton } from '../ship.tsx'
import classes from './table.module.css'

interface BulkBarProps {
  readonly ids: readonly string[]
  readonly onLeave: () => void
}

/** What can be done with the ticked orders. `Esc` leaves. */
export const BulkBar = ({ ids, onLeave }: BulkBarProps) => {
  const { t } = useTranslation('orders')
  const can = useCan()
  useShortcuts([{ keys: 'Escape', run: onLeave }])
  const tooMany = ids.length > parcelsAtOnce
  return (
    <div className={classes.bulk} role="toolbar" aria-label={t('bulk.label')}>
      <span>
        {tooMany
          ? t('bulk.tooMany', { count: ids.length, most: parcelsAtOnce })
          : t('bulk.ticked', { count: ids.length })}
      </span>
      <ShipButton orderIds={ids} onShipped={onLeave} disabled={tooMany} />
      {can('parcels.edit') && (
        <Button
          icon={<IconPrinter size={16} stroke={1.75} aria-hidden />}
          disabled={tooMany}
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
