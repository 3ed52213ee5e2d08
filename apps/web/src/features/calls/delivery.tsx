import type { CallContext } from '@sendocki/domain/calls/call-schema'
import type { Order } from '@sendocki/domain/orders/order'
import { IconTruckDelivery } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CityName } from '../../lib/places.ts'
import { Amount, Words } from '../../ui/numbers.tsx'
import shared from './calls.module.css'
import classes from './delivery.module.css'

type Carrier = CallContext['carriers'][number]

/** What it costs to deliver to the city of the order, and how long it takes: what the buyer pays, and each carrier's own. */
export const Delivery = ({ order, carriers }: { order: Order; carriers: CallContext['carriers'] | undefined }) => {
  const { t } = useTranslation('calls')
  const { city } = order.shippingAddress
  if (!city) return null
  return (
    <section className={shared.card} aria-labelledby="delivery">
      <header>
        <h3 id="delivery">
          {t('delivery.to')} <CityName id={city.id} name={city.name} />
        </h3>
        <span>
          {t('delivery.buyerPays')} <Amount centimes={order.shippingFeeCentimes} />
        </span>
      </header>
      {carriers?.length === 0 && <p>{t('delivery.unknown')}</p>}
      {carriers?.map((carrier) => (
        <CarrierLine key={carrier.accountId} carrier={carrier} />
      ))}
    </section>
  )
}

/** One carrier: whether it goes there, its delay, and what it takes for each way in which a parcel ends. */
const CarrierLine = ({ carrier }: { carrier: Carrier }) => {
  const { t } = useTranslation('calls')
  const fees = [
    { id: 'delivered', centimes: carrier.deliveredFeeCentimes },
    { id: 'refused', centimes: carrier.refusedFeeCentimes },
    { id: 'returned', centimes: carrier.returnedFeeCentimes },
  ] as const
  const known = fees.filter(({ centimes }) => centimes !== null)
  return (
    <div className={classes.carrier} data-covers={carrier.covers}>
      <span className={classes.name}>
        <IconTruckDelivery size={16} stroke={1.75} aria-hidden /> <bdi>{carrier.name}</bdi>
      </span>
      <span>{carrier.delay !== null && <Words>{carrier.delay}</Words>}</span>
      <span className={classes.fees}>
        {carrier.covers === false && t('delivery.notCovered')}
        {carrier.covers === null && t('delivery.placesUnknown')}
        {carrier.covers && known.length === 0 && t('delivery.feesUnknown')}
        {carrier.covers &&
          known.map(({ id, centimes }) => (
            <span key={id}>
              {t(`delivery.fee.${id}`)} <Amount centimes={centimes ?? 0} />
            </span>
          ))}
      </span>
    </div>
  )
}
