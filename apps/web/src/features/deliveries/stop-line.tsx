import type { Stop } from '@sendocki/domain/deliveries/route'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Amount, Words } from '../../ui/numbers.tsx'
import classes from './deliveries.module.css'
import { addressOf } from './stops.ts'

interface StopLineProps {
  readonly stop: Stop
  /** Said already, and not arrived yet. */
  readonly waits: boolean
  readonly onTake?: (parcelId: string) => void
}

/** A stop that is not the one at hand; an open one can be taken first. */
export const StopLine = ({ stop, waits, onTake }: StopLineProps) => {
  const { t } = useTranslation('deliveries')
  const inside = (
    <>
      <span className={classes.linePosition} data-state={stop.state}>
        {stop.state === 'open' ? (
          stop.position
        ) : stop.state === 'delivered' ? (
          <IconCheck size={20} stroke={2} aria-label={t('delivered')} />
        ) : (
          <IconX size={20} stroke={2} aria-label={t('failed')} />
        )}
      </span>
      <span className={classes.lineWho}>
        <strong>
          <Words>{stop.customerName ?? '–'}</Words>
        </strong>
        <span>
          {waits ? (
            t(stop.state === 'delivered' ? 'delivered' : 'failed')
          ) : (
            <Words>{addressOf(stop) || t('noAddress')}</Words>
          )}
        </span>
      </span>
      <Amount centimes={stop.collectedCentimes ?? stop.codAmountCentimes} />
    </>
  )
  return (
    <li>
      {onTake ? (
        <button type="button" className={classes.line} title={t('take')} onClick={() => onTake(stop.parcelId)}>
          {inside}
        </button>
      ) : (
        <div className={classes.line} data-waits={waits || undefined}>
          {inside}
        </div>
      )}
    </li>
  )
}
