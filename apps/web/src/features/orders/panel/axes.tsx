import type { Order, OrderSummary } from '@sendocki/domain/orders/order'
import { IconAlarmFilled, IconArrowBackUp, IconTruckDelivery } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../../ui/clock.ts'
import { Amount, Code } from '../../../ui/numbers.tsx'
import { Age, CashGlyph, StageName } from '../../../ui/states.tsx'
import { When } from '../../../ui/when.tsx'
import { limitReached } from '../age.ts'
import { pipelineQuery } from '../orders.api.ts'
import { nameOf } from '../words.tsx'
import classes from './panel.module.css'

interface CellProps {
  readonly label: string
  readonly children: ReactNode
  /** Since when, with whom, how much. */
  readonly more?: ReactNode
  readonly tone?: 'bad' | 'warn'
}

const Cell = ({ label, children, more, tone }: CellProps) => (
  <div className={classes.axis} data-tone={tone}>
    <dt>{label}</dt>
    <dd className={classes.axisWord}>{children}</dd>
    {more && <dd className={classes.axisMore}>{more}</dd>}
  </div>
)

const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const

const StageCell = ({ order }: { order: OrderSummary }) => {
  const { t } = useTranslation('orders')
  const { data: pipeline } = useQuery(pipelineQuery)
  const stage = pipeline?.stages.find(({ id }) => id === order.stageId)
  const reached = limitReached(order, useNow())
  return (
    <Cell label={t('axis.stage')} more={<Age since={order.stateSince} limitReached={reached} />}>
      {stage && <StageName name={nameOf(stage)} state={stage.state} colour={stage.colour} />}
    </Cell>
  )
}

const ParcelCell = ({ parcel, pastNumber }: Pick<OrderSummary, 'parcel'> & { pastNumber: string | null }) => {
  const { t } = useTranslation('orders')
  if (!parcel)
    return (
      <Cell label={t('axis.parcel')} {...(pastNumber === null ? {} : { more: <Code>{pastNumber}</Code> })}>
        {t('axis.noParcel')}
      </Cell>
    )
  const asks = ['action_needed', 'attempt_failed', 'unknown', 'lost'].includes(parcel.status)
  return (
    <Cell
      label={t('axis.parcel')}
      {...(asks ? { tone: 'warn' } : {})}
      more={
        <>
          {parcel.trackingNumber !== null && <Code>{parcel.trackingNumber}</Code>} <When instant={parcel.since} />
        </>
      }
    >
      <IconTruckDelivery {...icon} />
      {t(`parcel.${parcel.status}`)}
    </Cell>
  )
}

const CashCell = ({ order }: { order: OrderSummary }) => {
  const { t } = useTranslation('orders')
  const { status, since } = order.cash
  return (
    <Cell
      label={t('axis.cash')}
      more={
        <>
          {order.codAmountCentimes !== null && <Amount centimes={order.codAmountCentimes} decimals="always" />}{' '}
          {since !== null && <When instant={since} />}
        </>
      }
    >
      <CashGlyph status={status} word={t(`cash.${status}`)} />
    </Cell>
  )
}

const ReturnCell = ({ order }: { order: OrderSummary }) => {
  const { t } = useTranslation('orders')
  const status = order.return?.status ?? 'none'
  return (
    <Cell label={t('axis.return')} more={order.return && <When instant={order.return.since} />}>
      <IconArrowBackUp {...icon} className="mirror" />
      {t(`return.${status}`)}
    </Cell>
  )
}

/** The four axes of an order, each with its own clock: glyph, word, since when. The deadline follows when it has passed. */
export const AxesStrip = ({ order }: { order: OrderSummary | Order }) => {
  const { t } = useTranslation('orders')
  const now = useNow()
  const { lateAt } = order
  const late = lateAt !== null && Date.parse(lateAt) <= now.getTime()
  return (
    <dl className={classes.axes}>
      <StageCell order={order} />
      <ParcelCell parcel={order.parcel} pastNumber={'trackingNumber' in order ? order.trackingNumber : null} />
      <CashCell order={order} />
      <ReturnCell order={order} />
      {late && (
        <Cell label={t('axis.deadline')} tone="bad" more={t('axis.lateSince')}>
          <IconAlarmFilled size={16} aria-hidden />
          <When instant={lateAt} />
        </Cell>
      )}
    </dl>
  )
}
