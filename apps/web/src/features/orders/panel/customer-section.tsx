import type { Order, OrderSummary } from '@sendocki/domain/orders/order'
import { IconCircleCheck, IconMessageCircleFilled, IconPhone, IconTruckReturn } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCityName } from '../../../lib/places.ts'
import { useRiskWords } from '../../../lib/risk.ts'
import { Chip } from '../../../ui/chip.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Code, Phone, Words } from '../../../ui/numbers.tsx'
import { PanelSection } from '../../../ui/side-panel.tsx'
import { RiskBars } from '../../../ui/states.tsx'
import { useRecordWord } from '../note-line.tsx'
import { marksQuery } from '../orders.api.ts'
import { paths } from '../paths.ts'
import classes from './panel.module.css'
import { WriteMessage } from './write-message.tsx'

interface PhoneProps {
  readonly phone: string
  readonly order: OrderSummary | Order
  readonly first?: boolean
}

/** A phone that can be called, written to and copied; a masked one is only shown, in its length. */
const CallablePhone = ({ phone, order, first = false }: PhoneProps) => {
  const { t } = useTranslation('orders')
  if (order.customer.phoneMasked) return <Phone phone={phone} />
  return (
    <span className={classes.callable}>
      <a href={`tel:${phone}`} title={t('customer.call')}>
        <IconPhone size={14} stroke={1.75} aria-hidden />
        <Phone phone={phone} />
      </a>
      <WriteMessage order={order} phone={phone} first={first} />
      <CopyButton text={phone} label={t('customer.copyPhone')} />
    </span>
  )
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className={classes.fact}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

const VerdictChip = ({ verdict }: { verdict: OrderSummary['customer']['phoneVerdict'] }) => {
  const { t } = useTranslation('orders')
  if (verdict === null || verdict === 'good') return null
  return <Chip tone={verdict === 'impossible' ? 'bad' : 'warn'}>{t(`phoneVerdict.${verdict}`)}</Chip>
}

/** How likely the parcel is to come back, and why: by the merchant's own past. */
const Risk = ({ risk }: { risk: NonNullable<OrderSummary['risk']> }) => {
  const words = useRiskWords()
  return (
    <div className={classes.risk}>
      <RiskBars level={risk.level} word={words.level(risk.level)} />
      <ul>
        {risk.reasons.map((reason) => (
          <li key={reason.code}>{words.reason(reason)}</li>
        ))}
      </ul>
    </div>
  )
}

const sign = { size: 14, stroke: 1.75, 'aria-hidden': true } as const

/** What became of the customer's orders, and what they wrote that nobody has opened. */
const Standing = ({ orderId }: { orderId: string }) => {
  const { t } = useTranslation('orders')
  const recordWord = useRecordWord()
  const { data: marks } = useQuery(marksQuery(orderId))
  const record = marks?.record
  const known = record ? record.deliveredCount + record.returnedCount : 0
  if (known === 0 && !marks?.conversationId) return null
  return (
    <div className={classes.standing}>
      {record && known > 0 && (
        <Chip
          tone={record.returnedCount > 0 ? 'warn' : 'ok'}
          icon={record.returnedCount > 0 ? <IconTruckReturn {...sign} /> : <IconCircleCheck {...sign} />}
        >
          {recordWord(record)}
        </Chip>
      )}
      {marks?.conversationId && (
        <Link to={paths.conversation(marks.conversationId)}>
          <Chip tone="accent" icon={<IconMessageCircleFilled size={14} aria-hidden />}>
            {t('note.unread', { count: marks.unreadCount ?? 0 })}
          </Chip>
        </Link>
      )}
    </div>
  )
}

/** Who and where. An address that the role does not see is absent. */
export const CustomerSection = ({ order, aside }: { order: OrderSummary | Order; aside?: ReactNode }) => {
  const { t } = useTranslation('orders')
  const cityName = useCityName()
  const { customer, shippingAddress: address } = order
  const city = address.city ? cityName(address.city) : address.cityText
  const lines = [address.line, address.district, address.landmark].filter(Boolean).join(', ')
  return (
    <PanelSection
      title={
        <span className={classes.customer}>
          <Link to={paths.customer(customer.id)} title={t('customer.card')}>
            <Words>{customer.name}</Words>
          </Link>
          <VerdictChip verdict={customer.phoneVerdict} />
        </span>
      }
      aside={aside}
    >
      <Standing orderId={order.id} />
      {order.risk && <Risk risk={order.risk} />}
      <dl className={classes.facts}>
        {customer.phone !== null && (
          <Fact label={t('customer.phone')}>
            <CallablePhone phone={customer.phone} order={order} first />
          </Fact>
        )}
        {customer.phone === null && customer.phoneText !== null && (
          <Fact label={t('customer.phone')}>
            <Words>{customer.phoneText}</Words>
          </Fact>
        )}
        {customer.alternatePhone !== null && (
          <Fact label={t('customer.alternatePhone')}>
            <CallablePhone phone={customer.alternatePhone} order={order} />
          </Fact>
        )}
        {customer.email !== null && (
          <Fact label={t('customer.email')}>
            <Code>{customer.email}</Code>
          </Fact>
        )}
        <Fact label={t('customer.city')}>
          <Words>{city ?? t('customer.noCity')}</Words>
          {address.city === null && address.cityText !== null && <Chip tone="warn">{t('customer.cityUnknown')}</Chip>}
        </Fact>
        {lines !== '' && (
          <Fact label={t('customer.address')}>
            <Words>{lines}</Words>
            <CopyButton text={[lines, city].filter(Boolean).join(', ')} label={t('customer.copyAddress')} />
          </Fact>
        )}
      </dl>
    </PanelSection>
  )
}
