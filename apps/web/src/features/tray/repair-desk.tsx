import type { Order } from '@sendocki/domain/orders/order'
import { acceptableReasons, type IncompleteReason } from '@sendocki/domain/orders/states'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useCan } from '../../lib/me.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Amount, Code, OrderNumber, Phone, Words } from '../../ui/numbers.tsx'
import { When } from '../../ui/when.tsx'
import { CityRepair } from './city-repair.tsx'
import { LinesRepair } from './lines-repair.tsx'
import { AcceptRepair, AmountRepair } from './other-repairs.tsx'
import { PhoneRepair } from './phone-repair.tsx'
import type { Gone } from './repair-card.tsx'
import { storesQuery } from './tray.api.ts'
import classes from './tray.module.css'
import { useRepair } from './use-repair.ts'

const cards = [
  { reasons: ['phone_missing', 'phone_impossible', 'phone_wrong'], Card: PhoneRepair },
  { reasons: ['city_missing', 'city_unknown', 'city_ambiguous'], Card: CityRepair },
  { reasons: ['lines_missing'], Card: LinesRepair },
  { reasons: ['currency_not_mad'], Card: AmountRepair },
  { reasons: acceptableReasons, Card: AcceptRepair },
] as const satisfies readonly { readonly reasons: readonly IncompleteReason[]; readonly Card: unknown }[]

/** One order of the tray: what is missing and how to give it, beside what the shop said. */
export const RepairDesk = ({ order, onGone }: { order: Order; onGone: Gone }) => {
  const { t } = useTranslation(['tray', 'orders'])
  const navigate = useNavigate()
  const { mutate, isPending } = useRepair(order, (whole) => {
    if (whole) onGone()
  })
  const open = (): void => void navigate(`/orders/${order.id}`)
  useShortcuts([{ keys: 'Enter', label: t('open'), run: open }])
  const wanted = cards.filter(({ reasons }) => reasons.some((reason) => order.toComplete.includes(reason)))
  return (
    <article className={classes.desk} aria-label={`#${order.number}`}>
      <div className={classes.repairs}>
        <header className={classes.head}>
          <h2>
            <OrderNumber number={order.number} /> <Words>{order.customer.name}</Words>
          </h2>
          <Button size="small" keyHint="Enter" onClick={open}>
            {t('open')}
          </Button>
        </header>
        <ul className={classes.reasons}>
          {order.toComplete.map((reason) => (
            <li key={reason}>{t(`orders:incompleteWhy.${reason}`)}</li>
          ))}
        </ul>
        {wanted.map(({ reasons: [reason], Card }) => (
          <Card key={`${reason} ${order.version}`} order={order} repair={mutate} pending={isPending} onGone={onGone} />
        ))}
      </div>
      <RawFacts order={order} />
    </article>
  )
}

/** What the shop said, in its own words, before anything was read into it. */
const RawFacts = ({ order }: { order: Order }) => {
  const { t } = useTranslation(['tray', 'orders'])
  const can = useCan()
  const { data } = useQuery({ ...storesQuery, enabled: order.storeId !== null && can('stores.read') })
  const store = data?.items.find(({ id }) => id === order.storeId)?.name ?? order.source
  const { customer, shippingAddress: address } = order
  const said = (value: string | null) => (value === null ? '–' : <Words>{value}</Words>)
  return (
    <aside className={classes.facts} aria-label={t('facts.title')}>
      <h3>{t('facts.title')}</h3>
      <Facts>
        <Fact label={t('facts.store')}>{said(store)}</Fact>
        <Fact label={t('facts.reference')}>
          {order.sourceReference === null ? '–' : <Code>{order.sourceReference}</Code>}
        </Fact>
        <Fact label={t('facts.placed')}>
          <When instant={order.placedAt} />
        </Fact>
        <Fact label={t('orders:form.phone')}>
          {customer.phone === null ? said(customer.phoneText) : <Phone phone={customer.phone} />}
        </Fact>
        <Fact label={t('orders:form.email')}>{customer.email === null ? '–' : <Code>{customer.email}</Code>}</Fact>
        <Fact label={t('orders:form.city')}>{said(address.cityText)}</Fact>
        <Fact label={t('orders:form.district')}>{said(address.district)}</Fact>
        <Fact label={t('orders:form.line')}>{said(address.line)}</Fact>
        <Fact label={t('orders:form.lines')}>
          {order.lines.length === 0
            ? '–'
            : order.lines.map(({ id, name, quantity }) => (
                <span key={id} className={classes.fact}>
                  <Words>{name}</Words> {t('lines.times', { count: quantity })}
                </span>
              ))}
        </Fact>
        <Fact label={t('facts.total')}>
          {order.sourceCurrency === 'MAD' ? (
            <Amount centimes={order.totalCentimes} decimals="always" />
          ) : (
            <Code>{`${(order.totalCentimes / 100).toFixed(2)} ${order.sourceCurrency}`}</Code>
          )}
        </Fact>
        <Fact label={t('orders:form.note')}>{said(order.note)}</Fact>
      </Facts>
    </aside>
  )
}
