import type { OrderSummary } from '@sendocki/domain/orders/order'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { carriersLacking } from '../../lib/lacking.ts'
import { useCan } from '../../lib/me.ts'
import { Chip } from '../../ui/chip.tsx'
import { carrierAccountsQuery, carriersQuery } from './parcels.api.ts'
import classes from './parcels.module.css'

const said = (order: Pick<OrderSummary, 'allowOpen' | 'allowTry' | 'fragile' | 'exchangeOfOrderId' | 'deliverTo'>) => {
  const words = {
    mayOpen: order.allowOpen === true,
    mayNotOpen: order.allowOpen === false,
    mayTry: order.allowTry === true,
    mayNotTry: order.allowTry === false,
    fragile: order.fragile === true,
    exchange: order.exchangeOfOrderId !== null,
    agency: order.deliverTo === 'agency',
  }
  return (Object.keys(words) as (keyof typeof words)[]).filter((word) => words[word])
}

/** How an order wants to be handed over, and which carrier does not know how; nothing asked is nothing shown. */
export const OrderOptions = (order: OrderSummary) => {
  const { t } = useTranslation('parcels')
  const enabled = useCan()('carriers.read')
  const { data: accounts } = useQuery({ ...carrierAccountsQuery, enabled })
  const { data: carriers } = useQuery({ ...carriersQuery, enabled })
  const lacking = carriersLacking(order, accounts?.items ?? [], carriers?.items ?? [])
  return (
    <span className={classes.options}>
      {said(order).map((word) => (
        <Chip key={word}>{t(`option.${word}`)}</Chip>
      ))}
      {order.shipNotBefore !== null && (
        <Chip tone="info">{t('option.notBefore', { day: order.shipNotBefore.split('-').reverse().join('/') })}</Chip>
      )}
      {lacking.length > 0 && <Chip tone="warn">{t('option.lacking', { carriers: lacking.join(', ') })}</Chip>}
    </span>
  )
}
