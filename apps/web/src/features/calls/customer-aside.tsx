import type { CallContext } from '@sendocki/domain/calls/call-schema'
import type { Order, OrderSummary } from '@sendocki/domain/orders/order'
import { IconClock, IconPackages } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatDay } from '../../lib/format.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { useRiskWords } from '../../lib/risk.ts'
import { Chip } from '../../ui/chip.tsx'
import { useNow } from '../../ui/clock.ts'
import { Amount, OrderNumber, Words } from '../../ui/numbers.tsx'
import { RiskBars } from '../../ui/states.tsx'
import { When } from '../../ui/when.tsx'
import classes from './customer-aside.module.css'
import { saidTime } from './use-call.ts'
import { useReason } from './use-reason.ts'

interface CustomerAsideProps {
  readonly context: CallContext
  /** What is talked about; null for somebody who ordered nothing yet. */
  readonly order: Order | null
}

/** Who is on the line: what became of their orders, what else is open, and what was tried. */
export const CustomerAside = ({ context, order }: CustomerAsideProps) => {
  const { t } = useTranslation('calls')
  const { customer, otherOrders, attempts, answersBetween } = context
  const counts = [
    { id: 'delivered', count: customer.deliveredCount, tone: 'ok' },
    { id: 'refused', count: customer.refusedCount, tone: 'warn' },
    { id: 'returned', count: customer.returnedCount, tone: 'bad' },
  ] as const
  return (
    <div className={classes.about} role="group" aria-label={t('customer.title')} tabIndex={0}>
      <header>
        <h3>{t('customer.title')}</h3>
        <span>{t('customer.since', { day: formatDay(customer.since, useNow(), currentLanguage()) })}</span>
      </header>
      <dl className={classes.counts}>
        {counts.map(({ id, count, tone }) => (
          <div key={id} data-tone={count > 0 ? tone : undefined}>
            <dd>{count}</dd>
            <dt>{t(`customer.${id}`)}</dt>
          </div>
        ))}
      </dl>
      {answersBetween && (
        <p className={classes.usual}>
          <IconClock size={16} stroke={1.75} aria-hidden /> {t('customer.answers', answersBetween)}
        </p>
      )}
      {order?.risk && <Risk risk={order.risk} />}
      <h3>{t('customer.others')}</h3>
      {otherOrders.length === 0 && <p>{t('customer.noOthers')}</p>}
      <ul className={classes.others}>
        {otherOrders.map((order) => (
          <OtherOrder key={order.id} order={order} />
        ))}
      </ul>
      <h3>{t('attempts.title')}</h3>
      {attempts.length === 0 && <p>{t('attempts.none')}</p>}
      <ol className={classes.attempts}>
        {attempts.map((attempt) => (
          <Attempt key={attempt.id} attempt={attempt} order={order} />
        ))}
      </ol>
    </div>
  )
}

/** One try: what came of it, who made it, when the next one was set and why then. */
const Attempt = ({ attempt, order }: { attempt: CallContext['attempts'][number]; order: Order | null }) => {
  const { t } = useTranslation('calls')
  const reasonOf = useReason()
  // The city of another order of theirs is not known here.
  const why = reasonOf(attempt.because, attempt.orderId === order?.id ? order.shippingAddress.city : null)
  return (
    <li>
      <span>
        {t(`outcome.${attempt.outcome}`)}
        {attempt.setAside !== null && <Chip tone="warn">{t('attempts.setAside')}</Chip>}
      </span>
      <span>
        <Words>{attempt.memberName ?? '–'}</Words> · <When instant={attempt.at} />
      </span>
      {attempt.nextAttemptAt !== null && <span>{t('attempts.next', { at: saidTime(attempt.nextAttemptAt) })}</span>}
      {why !== null && <span>{why}</span>}
    </li>
  )
}

/** How likely the parcel is to come back, and what in the shop's own past says so. */
const Risk = ({ risk }: { risk: NonNullable<OrderSummary['risk']> }) => {
  const words = useRiskWords()
  return (
    <section className={classes.risk}>
      <h3>
        <RiskBars level={risk.level} word={words.level(risk.level)} />
      </h3>
      <ul>
        {risk.reasons.map((reason) => (
          <li key={reason.code}>{words.reason(reason)}</li>
        ))}
      </ul>
    </section>
  )
}

const OtherOrder = ({ order }: { order: OrderSummary }) => (
  <li>
    <Link to={`/orders/${order.id}`}>
      <IconPackages size={16} stroke={1.75} aria-hidden />
      <OrderNumber number={order.number} />
      <When instant={order.createdAt} />
      <Amount centimes={order.totalCentimes} />
    </Link>
  </li>
)
