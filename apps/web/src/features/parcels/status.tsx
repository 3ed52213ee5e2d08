import type { BookingState } from '@sendocki/domain/parcels/booking'
import type { ParcelStatus } from '@sendocki/domain/parcels/parcel'
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconBox,
  IconCalendarTime,
  IconCircleCheck,
  IconCircleX,
  IconClockPause,
  IconHandStop,
  IconHelpCircle,
  IconHome,
  IconMapPinOff,
  IconPackage,
  IconPackageExport,
  IconPhoneX,
  IconTruck,
  IconTruckDelivery,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Chip, type Tone } from '../../ui/chip.tsx'
import classes from './parcels.module.css'

const looks: Record<ParcelStatus, readonly [Tone, typeof IconTruck]> = {
  draft: ['neutral', IconClockPause],
  created: ['info', IconPackage],
  awaiting_pickup: ['info', IconBox],
  picked_up: ['info', IconPackageExport],
  in_transit: ['info', IconTruck],
  out_for_delivery: ['info', IconTruckDelivery],
  attempt_failed: ['warn', IconPhoneX],
  postponed: ['warn', IconCalendarTime],
  action_needed: ['bad', IconAlertTriangle],
  delivered: ['ok', IconCircleCheck],
  refused: ['bad', IconHandStop],
  returning: ['warn', IconArrowBackUp],
  returned: ['neutral', IconHome],
  cancelled: ['neutral', IconCircleX],
  lost: ['bad', IconMapPinOff],
  unknown: ['warn', IconHelpCircle],
}

/** The sign of a status, in its colour. */
export const StatusSign = ({ status, size = 16 }: { status: ParcelStatus; size?: number }) => {
  const [tone, Icon] = looks[status]
  return (
    <span className={classes.sign} data-tone={tone}>
      <Icon size={size} stroke={1.75} aria-hidden className={status === 'returning' ? 'mirror' : undefined} />
    </span>
  )
}

/** Sign and plain word, for lists. */
export const StatusName = ({ status }: { status: ParcelStatus }) => {
  const { t } = useTranslation('orders')
  return (
    <span className={classes.status}>
      <StatusSign status={status} />
      <span className="truncate">{t(`parcel.${status}`)}</span>
    </span>
  )
}

export const StatusChip = ({ status }: { status: ParcelStatus }) => {
  const { t } = useTranslation('orders')
  const [tone] = looks[status]
  return (
    <Chip tone={tone} icon={<StatusSign status={status} size={14} />}>
      {t(`parcel.${status}`)}
    </Chip>
  )
}

const bookingTones: Record<BookingState, Tone> = {
  intended: 'neutral',
  calling: 'info',
  unknown: 'warn',
  accepted: 'ok',
  rejected: 'bad',
  withdrawn: 'neutral',
}

/** How far the creation at the carrier has come. Once the carrier has the parcel its status says more. */
export const BookingChip = ({ booking }: { booking: BookingState }) => {
  const { t } = useTranslation('parcels')
  return booking === 'accepted' ? null : <Chip tone={bookingTones[booking]}>{t(`booking.${booking}`)}</Chip>
}
