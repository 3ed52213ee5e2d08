import type { OrderSummary } from '@sendocki/domain/orders/order'
import type { Stage } from '@sendocki/domain/orders/pipeline-schema'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCan } from '../../../lib/me.ts'
import { Chip } from '../../../ui/chip.tsx'
import { Amount, OrderNumber } from '../../../ui/numbers.tsx'
import { PanelSection } from '../../../ui/side-panel.tsx'
import { StageName } from '../../../ui/states.tsx'
import { When } from '../../../ui/when.tsx'
import { customerOrdersQuery, duplicatesQuery, pipelineQuery } from '../orders.api.ts'
import { paths } from '../paths.ts'
import { nameOf } from '../words.tsx'
import classes from './panel.module.css'

interface RelatedOrder {
  readonly id: string
  readonly number: number
  readonly stageId: string
  readonly createdAt: string
  readonly totalCentimes: number
}

const RelatedLine = ({ order, stage, more }: { order: RelatedOrder; stage: Stage | undefined; more?: ReactNode }) => (
  <li className={classes.related}>
    <Link to={paths.order(order.id)}>
      <OrderNumber number={order.number} />
    </Link>
    {stage ? <StageName name={nameOf(stage)} state={stage.state} colour={stage.colour} /> : <span />}
    {more ?? <When instant={order.createdAt} />}
    <Amount centimes={order.totalCentimes} />
  </li>
)

const useStages = (): ((id: string) => Stage | undefined) => {
  const { data } = useQuery(pipelineQuery)
  return (id) => data?.stages.find((stage) => stage.id === id)
}

const fateTones = { kept: 'ok', cancelled: 'neutral', both_real: 'neutral', together: 'info' } as const
const tones = { certain: 'bad', likely: 'warn', second_item: 'info' } as const

/** Orders that may be the same wish sent twice: the verdict of the rule, or what became of each, and the way to decide. */
export const DuplicatesSection = ({ order }: { order: OrderSummary }) => {
  const { t } = useTranslation('orders')
  const stageOf = useStages()
  const mayDecide = useCan()('orders.edit')
  // A cancelled order waits for nobody, but may be the duplicate of one that was kept; others are shipped together.
  const enabled = order.duplicateCount > 0 || order.state === 'cancelled' || order.shipWithOrderId !== null
  const { data } = useQuery({ ...duplicatesQuery(order.id), enabled })
  if (!enabled || !data || data.items.length === 0) return null
  return (
    <PanelSection
      title={t('duplicates.title')}
      aside={
        mayDecide && order.duplicateCount > 0 && <Link to={paths.duplicates(order.id)}>{t('duplicates.decide')}</Link>
      }
    >
      <ul>
        {data.items.map(({ orderId, verdict, ...other }) => (
          <RelatedLine
            key={orderId}
            order={{ ...other, id: orderId }}
            stage={stageOf(other.stageId)}
            more={
              other.fate === null ? (
                <Chip tone={tones[verdict]}>{t(`duplicates.${verdict}`)}</Chip>
              ) : (
                <Chip tone={fateTones[other.fate]}>{t(`duplicates.fate.${other.fate}`)}</Chip>
              )
            }
          />
        ))}
      </ul>
    </PanelSection>
  )
}

/** The customer's other orders, newest first. */
export const SameCustomerSection = ({ order }: { order: OrderSummary }) => {
  const { t } = useTranslation('orders')
  const stageOf = useStages()
  const { data } = useQuery(customerOrdersQuery(order.customer.id))
  const others = (data?.items ?? []).filter(({ id }) => id !== order.id)
  if (others.length === 0) return null
  return (
    <PanelSection
      title={t('sameCustomer.title')}
      aside={
        data?.nextCursor ? (
          <Link to={`${paths.table}?customerId=${order.customer.id}`}>{t('sameCustomer.all')}</Link>
        ) : undefined
      }
    >
      <ul>
        {others.map((other) => (
          <RelatedLine key={other.id} order={other} stage={stageOf(other.stageId)} />
        ))}
      </ul>
    </PanelSection>
  )
}
