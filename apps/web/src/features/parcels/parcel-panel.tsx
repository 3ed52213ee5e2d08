import type { ParcelDetail, TrackingEvent } from '@sendocki/domain/parcels/parcel-schema'
import { isCancellable } from '@sendocki/domain/parcels/tracking'
import { IconRefresh } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { CityName } from '../../lib/places.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ConfirmModal } from '../../ui/dialog.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Amount, Code, OrderNumber, Words } from '../../ui/numbers.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { PanelSection, SidePanel } from '../../ui/side-panel.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { showToast } from '../../ui/toast.tsx'
import { When } from '../../ui/when.tsx'
import { isReceivable, NumberButton, ReturnButton, StatusButton } from './hand.tsx'
import { LabelsButton, PrintButton } from './papers.tsx'
import { cancelParcel, parcelQuery, refreshParcel } from './parcels.api.ts'
import classes from './parcels.module.css'
import { BookingChip, StatusChip, StatusSign } from './status.tsx'
import { useCarrierNames, useManualAccounts } from './use-carrier-names.ts'

interface ParcelPanelProps {
  readonly id: string
  readonly onClose: () => void
  readonly onPrevious?: (() => void) | undefined
  readonly onNext?: (() => void) | undefined
}

/** One parcel: where it is in our words and in the carrier's, how its creation went, and what can be done. */
export const ParcelPanel = ({ id, onClose, onPrevious, onNext }: ParcelPanelProps) => {
  const { t } = useTranslation('parcels')
  const can = useCan()
  const { data: parcel, error, isPending, refetch } = useQuery(parcelQuery(id))
  const label = parcel ? t('panel.parcel', { number: parcel.order.number }) : t('title')
  return (
    <SidePanel
      label={label}
      title={
        parcel ? (
          <>
            {[parcel.order, ...parcel.companions].map(({ id: orderId, number }) => (
              <OrderNumber key={orderId} number={number} />
            ))}
            <span className="truncate">
              <Words>{parcel.order.customerName ?? '–'}</Words>
            </span>
          </>
        ) : (
          t('title')
        )
      }
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
      foot={parcel && can('parcels.edit') && <ParcelActions parcel={parcel} />}
    >
      {isPending && <SkeletonRows label={t('loading')} rows={5} />}
      {error && !parcel && (
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {parcel && (
        <>
          <StatusSection parcel={parcel} />
          <FactsSection parcel={parcel} />
          <EventsSection events={parcel.events} />
        </>
      )}
    </SidePanel>
  )
}

const StatusSection = ({ parcel }: { parcel: ParcelDetail }) => {
  const { t } = useTranslation('parcels')
  const { status, booking, bookingReasons, carrierStatus, carrierComment, cancelRequestedAt } = parcel
  return (
    <PanelSection>
      <div className={classes.line}>
        <StatusChip status={status} />
        <BookingChip booking={booking} />
        <When instant={parcel.since} />
      </div>
      {carrierStatus && carrierStatus !== status && <p>{t('said', { word: carrierStatus })}</p>}
      {carrierComment && (
        <p className={classes.note}>
          <Words lines>{carrierComment}</Words>
        </p>
      )}
      {booking !== 'accepted' && <p className={classes.note}>{t(`bookingText.${booking}`)}</p>}
      {bookingReasons.length > 0 && (
        <ul className={classes.reasons} aria-label={t('panel.reasons')}>
          {bookingReasons.map((reason) => (
            <li key={reason}>
              <Words>{reason}</Words>
            </li>
          ))}
        </ul>
      )}
      {cancelRequestedAt && status !== 'cancelled' && <p className={classes.note}>{t('cancelAsked')}</p>}
    </PanelSection>
  )
}

const FactsSection = ({ parcel }: { parcel: ParcelDetail }) => {
  const { t } = useTranslation('parcels')
  const carrier = useCarrierNames().get(parcel.carrierAccountId)
  const { order, trackingNumber, reference, codAmountCentimes, collectedCentimes, feeCentimes } = parcel
  return (
    <PanelSection
      title={t('panel.about')}
      aside={
        <ButtonLink to={`/orders/${order.id}`} size="small">
          {t('panel.openOrder')}
        </ButtonLink>
      }
    >
      <Facts>
        <Fact label={t('column.city')}>
          <Words>
            <CityName id={order.cityId} name={order.city} />
          </Words>
        </Fact>
        {carrier && (
          <Fact label={t('column.carrier')}>
            <Words>{carrier}</Words>
          </Fact>
        )}
        <Fact label={t('panel.tracking')}>
          {trackingNumber ? (
            <>
              <Code>{trackingNumber}</Code>
              <CopyButton text={trackingNumber} label={t('panel.copyTracking')} />
            </>
          ) : (
            <span className={classes.quiet}>{t('panel.noTracking')}</span>
          )}
        </Fact>
        <Fact label={t('panel.reference')}>
          <Code>{reference}</Code>
          <CopyButton text={reference} label={t('panel.copyReference')} />
        </Fact>
        <Fact label={t('panel.amount')}>
          <Amount centimes={codAmountCentimes} decimals="always" />
        </Fact>
        {collectedCentimes !== null && (
          <Fact label={t('panel.collected')}>
            <Amount centimes={collectedCentimes} decimals="always" />
          </Fact>
        )}
        {typeof feeCentimes === 'number' && (
          <Fact label={t('panel.fee')}>
            <Amount centimes={feeCentimes} decimals="always" />
          </Fact>
        )}
        {parcel.returnReceivedAt && (
          <Fact label={t('hand.receivedSince')}>
            <When instant={parcel.returnReceivedAt} />
          </Fact>
        )}
        <Fact label={t('panel.printed')}>
          <Printed parcel={parcel} />
        </Fact>
        <Fact label={t('panel.attempts')}>{parcel.attempts}</Fact>
        <Fact label={t('panel.created')}>
          <When instant={parcel.createdAt} />
        </Fact>
      </Facts>
    </PanelSection>
  )
}

/** When the newest label was made, and for whom. */
const Printed = ({ parcel: { labelPrintedAt, labelPrintedBy } }: { parcel: ParcelDetail }) => {
  const { t } = useTranslation('parcels')
  if (labelPrintedAt === null) return <span className={classes.quiet}>{t('panel.notPrinted')}</span>
  return (
    <>
      <When instant={labelPrintedAt} />
      {labelPrintedBy && (
        <>
          {' · '}
          <Words>{labelPrintedBy.name}</Words>
        </>
      )}
    </>
  )
}

/** Said in our own words: no word of the carrier's stands behind it. */
const typed: readonly TrackingEvent['source'][] = ['hand', 'driver']

/** The carrier's own word always stands beside ours. */
const EventsSection = ({ events }: { events: readonly TrackingEvent[] }) => {
  const { t } = useTranslation(['parcels', 'orders'])
  return (
    <PanelSection title={t('panel.events')}>
      {events.length === 0 && <p className={classes.note}>{t('panel.noEvents')}</p>}
      <Timeline
        label={t('panel.events')}
        entries={events.map(({ id, at, status, carrierStatus, comment, source }) => ({
          id,
          sign: <StatusSign status={status ?? 'unknown'} size={14} />,
          title: status === null ? t('wordUnknown') : t(`orders:parcel.${status}`),
          time: <When instant={at} />,
          detail: (
            <>
              {typed.includes(source) ? null : (
                <>
                  <Words>{carrierStatus}</Words> ·{' '}
                </>
              )}
              <span className={classes.quiet}>{t(`source.${source}`)}</span>
              {comment && (
                <div>
                  <Words lines>{comment}</Words>
                </div>
              )}
            </>
          ),
        }))}
      />
    </PanelSection>
  )
}

const ParcelActions = ({ parcel }: { parcel: ParcelDetail }) => {
  const { t } = useTranslation('parcels')
  const [asking, setAsking] = useState(false)
  const { id, reference, status, booking, cancelRequestedAt } = parcel
  const refused = (error: unknown) => showToast({ message: problemText(error), tone: 'refused' })
  const refresh = useMutation({
    mutationFn: () => refreshParcel(id),
    onSuccess: () => showToast({ message: t('refreshing') }),
    onError: refused,
  })
  const cancel = useMutation({
    mutationFn: () => cancelParcel(id),
    onSuccess: () => {
      setAsking(false)
      showToast({ message: t('cancelling') })
    },
    onError: refused,
  })
  const manual = useManualAccounts().has(parcel.carrierAccountId)
  const ended = booking === 'rejected' || booking === 'withdrawn'
  const cancellable = !ended && cancelRequestedAt === null && isCancellable({ status, pickedUp: false })
  if (ended) return null
  return (
    <>
      {isReceivable(parcel) && <ReturnButton parcel={parcel} />}
      {booking === 'accepted' && <PrintButton parcels={[parcel]} />}
      {manual ? (
        <>
          <StatusButton parcels={[parcel]} />
          <NumberButton key={parcel.version} parcel={parcel} />
        </>
      ) : (
        <>
          <Button
            icon={<IconRefresh size={16} stroke={1.75} aria-hidden />}
            pending={refresh.isPending}
            onClick={() => refresh.mutate()}
          >
            {t('refresh')}
          </Button>
          {booking === 'accepted' && <LabelsButton parcels={[parcel]} />}
        </>
      )}
      {cancellable && (
        <Button variant="danger" onClick={() => setAsking(true)}>
          {t('cancel')}
        </Button>
      )}
      <ConfirmModal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('cancelTitle', { reference })}
        action={t('cancel')}
        variant="danger"
        pending={cancel.isPending}
        onConfirm={() => cancel.mutate()}
      >
        {t('cancelText')}
      </ConfirmModal>
    </>
  )
}
