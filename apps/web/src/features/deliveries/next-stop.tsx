import type { Stop } from '@sendocki/domain/deliveries/route'
import { IconCheck, IconNavigation, IconPhone, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Amount, Code, OrderNumber, Phone, Words } from '../../ui/numbers.tsx'
import classes from './deliveries.module.css'
import { DeliverSheet, FailSheet } from './settle-sheets.tsx'
import { addressOf, mapLink, optionsOf } from './stops.ts'
import type { WaitingStops } from './use-waiting.ts'

interface NextStopProps {
  readonly stop: Stop
  readonly waiting: WaitingStops
  readonly onDone: () => void
}

/** The stop at hand: who, how much, where, and four targets for a thumb. */
export const NextStop = ({ stop, waiting, onDone }: NextStopProps) => {
  const { t } = useTranslation('deliveries')
  const [open, setOpen] = useState<'deliver' | 'fail' | null>(null)
  const name = stop.customerName ?? '–'
  const address = addressOf(stop)
  const close = () => setOpen(null)
  const settled = () => {
    close()
    onDone()
  }
  return (
    <article className={classes.next} aria-label={t('next')}>
      <div className={classes.who}>
        <span className={classes.position} aria-hidden>
          {stop.position}
        </span>
        <h2>
          <Words>{name}</Words>
        </h2>
        <strong className={classes.amount}>
          {stop.codAmountCentimes === 0 ? t('nothingToPay') : <Amount centimes={stop.codAmountCentimes} />}
        </strong>
      </div>
      <p className={classes.address}>{address === '' ? t('noAddress') : <Words>{address}</Words>}</p>
      {stop.landmark && (
        <p className={classes.landmark}>
          <Words>{stop.landmark}</Words>
        </p>
      )}
      {stop.note && (
        <p className={classes.landmark}>
          <Words lines>{stop.note}</Words>
        </p>
      )}
      <div className={classes.chips}>
        {[stop.orderNumber, ...stop.otherNumbers].map((number) => (
          <Chip key={number}>
            <OrderNumber number={number} />
          </Chip>
        ))}
        <Chip>
          <Code>{stop.reference}</Code>
        </Chip>
        <Chip>{t('pieces', { count: stop.pieces })}</Chip>
        {optionsOf(stop).map((option) => (
          <Chip key={option} tone={option === 'fragile' ? 'warn' : 'info'}>
            {t(`option.${option}`)}
          </Chip>
        ))}
        {stop.attempts > 0 && <Chip tone="warn">{t('attempts', { count: stop.attempts })}</Chip>}
      </div>
      <div className={classes.targets}>
        {stop.phone && (
          <a className={classes.target} href={`tel:${stop.phone}`}>
            <IconPhone size={22} stroke={1.75} aria-hidden />
            {t('call')}
          </a>
        )}
        <a className={classes.target} href={mapLink(stop)} target="_blank" rel="noreferrer">
          <IconNavigation size={22} stroke={1.75} aria-hidden />
          {t('map')}
        </a>
      </div>
      {stop.alternatePhone && stop.alternatePhone !== stop.phone && (
        <a className={classes.second} href={`tel:${stop.alternatePhone}`}>
          {t('callSecond')} <Phone phone={stop.alternatePhone} />
        </a>
      )}
      <div className={classes.outcomes}>
        <span className={classes.deliver}>
          <Button
            variant="filled"
            size="thumb"
            block
            icon={<IconCheck size={22} stroke={2} aria-hidden />}
            onClick={() => setOpen('deliver')}
          >
            {t('delivered')}
          </Button>
        </span>
        <Button
          variant="danger"
          size="thumb"
          block
          icon={<IconX size={22} stroke={2} aria-hidden />}
          onClick={() => setOpen('fail')}
        >
          {t('failed')}
        </Button>
      </div>
      {open === 'deliver' && <DeliverSheet stop={stop} waiting={waiting} onClose={close} onDone={settled} />}
      {open === 'fail' && <FailSheet stop={stop} waiting={waiting} onClose={close} onDone={settled} />}
    </article>
  )
}
