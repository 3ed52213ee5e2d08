import type { Order } from '@sendocki/domain/orders/order'
import type { OrderFees } from '@sendocki/domain/parcels/order-fees'
import { IconTruckDelivery } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCityName } from '../../../lib/places.ts'
import { Amount, Words } from '../../../ui/numbers.tsx'
import { feesQuery } from '../orders.api.ts'
import { useRights } from '../rights.ts'
import classes from './panel.module.css'

/** States after which nobody looks for a carrier any more. */
const settled: readonly Order['state'][] = ['delivered', 'returned', 'cancelled']
const offersShown = 3

/** Those whose fee is known, where there are any: the others only say that nobody knows. */
const worthTelling = (offers: OrderFees['offers']): OrderFees['offers'] => {
  const known = offers.filter(({ deliveredFeeCentimes }) => deliveredFeeCentimes !== null)
  return (known.length > 0 ? known : offers).slice(0, offersShown)
}

/** What its parcel costs the merchant, or before there is one what each carrier takes for its city. */
export const FeeLines = ({ order }: { order: Order }) => {
  const { data } = useQuery(feesQuery(order.id))
  if (!data) return null
  if (data.parcel) return <ParcelFee order={order} parcel={data.parcel} />
  if (settled.includes(order.state)) return null
  return worthTelling(data.offers).map((offer) => <Offer key={offer.accountId} order={order} offer={offer} />)
}

const Line = ({ carrier, order, children }: { carrier: string; order: Order; children: ReactNode }) => {
  const { t } = useTranslation('orders')
  const { city, cityText } = order.shippingAddress
  const cityName = useCityName()(city ?? { id: null, name: cityText })
  return (
    <p className={classes.fee}>
      <IconTruckDelivery size={14} stroke={1.75} aria-hidden />
      <span>{t('fees.to', { carrier, city: cityName })}</span>
      {children}
    </p>
  )
}

/** A fee that the role may see; one that nobody has said is called unknown. */
const Fee = ({ centimes }: { centimes: number | null }) => {
  const { t } = useTranslation('orders')
  const { sees } = useRights()
  if (!sees('cost')) return null
  return centimes === null ? <span>{t('fees.unknown')}</span> : <Amount centimes={centimes} />
}

const ParcelFee = ({ order, parcel }: { order: Order; parcel: NonNullable<OrderFees['parcel']> }) => {
  const { t } = useTranslation('orders')
  return (
    <Line carrier={parcel.name} order={order}>
      <Fee centimes={parcel.feeCentimes} />
      {parcel.outcome !== 'delivered' && <span>{t(`fees.outcome.${parcel.outcome}`)}</span>}
      {parcel.orderCount > 1 && <span>{t('fees.shared', { count: parcel.orderCount })}</span>}
    </Line>
  )
}

const Offer = ({ order, offer }: { order: Order; offer: OrderFees['offers'][number] }) => (
  <Line carrier={offer.name} order={order}>
    <Fee centimes={offer.deliveredFeeCentimes} />
    {offer.delay !== null && (
      <span>
        <Words>{offer.delay}</Words>
      </span>
    )}
  </Line>
)
