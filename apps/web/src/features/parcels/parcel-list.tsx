import { bookingStates } from '@sendocki/domain/parcels/booking'
import { parcelStatuses } from '@sendocki/domain/parcels/parcel'
import type { Parcel } from '@sendocki/domain/parcels/parcel-schema'
import { IconPrinter } from '@tabler/icons-react'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { CityName } from '../../lib/places.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import type { GridColumn } from '../../ui/grid-layout.ts'
import { MenuPill } from '../../ui/menu-pill.tsx'
import { Amount, Code, OrderNumber, Words } from '../../ui/numbers.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Age } from '../../ui/states.tsx'
import type { ParcelFilters } from './filters.ts'
import classes from './parcels.module.css'
import { BookingChip, StatusName, StatusSign } from './status.tsx'
import { useCarrierNames } from './use-carrier-names.ts'

interface ToolbarProps {
  readonly filters: ParcelFilters
  readonly onChange: (changes: Partial<ParcelFilters>) => void
}

export const ParcelFiltersBar = ({ filters, onChange }: ToolbarProps) => {
  const { t } = useTranslation(['parcels', 'orders'])
  const input = useRef<HTMLInputElement>(null)
  const names = useCarrierNames()
  useShortcuts([{ keys: '/', label: t('search'), run: () => input.current?.focus() }])
  return (
    <>
      <SearchField label={t('search')} value={filters.q} onChange={(q) => onChange({ q })} keyHint="/" input={input} />
      <MenuPill
        label={t('filter.status')}
        rest={t('filter.all')}
        choices={parcelStatuses.map((value) => ({
          value,
          label: t(`orders:parcel.${value}`),
          sign: <StatusSign status={value} />,
        }))}
        value={filters.status}
        onChange={(status) => onChange({ status })}
      />
      <MenuPill
        label={t('filter.booking')}
        rest={t('filter.allFeminine')}
        choices={bookingStates.map((value) => ({ value, label: t(`booking.${value}`) }))}
        value={filters.booking}
        onChange={(booking) => onChange({ booking })}
      />
      {names.size > 1 && (
        <MenuPill
          label={t('filter.carrier')}
          rest={t('filter.all')}
          choices={[...names].map(([value, label]) => ({ value, label }))}
          value={filters.carrierAccountId}
          onChange={(carrierAccountId) => onChange({ carrierAccountId })}
        />
      )}
    </>
  )
}

/** The order that it is for, and how many others are shipped together with it. */
const Numbers = ({ order, companions }: Parcel) => (
  <span title={companions.length > 0 ? [order, ...companions].map(({ number }) => `#${number}`).join(' ') : undefined}>
    <OrderNumber number={order.number} />
    {companions.length > 0 && <bdi dir="ltr">{` +${companions.length}`}</bdi>}
  </span>
)

/** Who, where, which parcel, what of it, how much, how old. */
export const useParcelColumns = (): GridColumn<Parcel>[] => {
  const { t } = useTranslation('parcels')
  const names = useCarrierNames()
  const several = names.size > 1
  return useMemo(
    (): GridColumn<Parcel>[] => [
      {
        id: 'number',
        header: t('column.number'),
        width: 90,
        frozen: true,
        cell: Numbers,
      },
      {
        id: 'customer',
        header: t('column.customer'),
        width: 140,
        grow: true,
        cell: ({ order }) => <Words>{order.customerName ?? '–'}</Words>,
      },
      {
        id: 'city',
        header: t('column.city'),
        width: 130,
        cell: ({ order }) => (
          <Words>
            <CityName id={order.cityId} name={order.city} />
          </Words>
        ),
      },
      { id: 'tracking', header: t('column.tracking'), width: 140, cell: Tracking },
      {
        id: 'status',
        header: t('column.status'),
        width: 180,
        cell: (parcel) =>
          parcel.booking === 'accepted' ? (
            <StatusName status={parcel.status} />
          ) : (
            <BookingChip booking={parcel.booking} />
          ),
      },
      {
        id: 'carrierWord',
        header: t('column.carrierWord'),
        width: 130,
        cell: ({ carrierStatus, status }) =>
          carrierStatus && carrierStatus !== status && <Words>{carrierStatus}</Words>,
      },
      ...(several
        ? [
            {
              id: 'carrier',
              header: t('column.carrier'),
              width: 130,
              cell: ({ carrierAccountId }: Parcel) => <Words>{names.get(carrierAccountId) ?? '–'}</Words>,
            },
          ]
        : []),
      {
        id: 'amount',
        header: t('column.amount'),
        width: 120,
        figure: true,
        cell: ({ codAmountCentimes }) => <Amount centimes={codAmountCentimes} />,
      },
      { id: 'age', header: t('column.age'), width: 104, cell: ({ since }) => <Age since={since} /> },
    ],
    [t, names, several],
  )
}

const Tracking = ({ trackingNumber, reference, labelPrintedAt }: Parcel) => {
  const { t } = useTranslation('parcels')
  return (
    <span className={trackingNumber === null ? classes.quiet : undefined}>
      <Code>{trackingNumber ?? reference}</Code>
      {labelPrintedAt !== null && (
        <IconPrinter size={14} stroke={1.75} role="img" aria-label={t('panel.printed')} className={classes.printed} />
      )}
    </span>
  )
}

/** A row on a phone: the same facts in the same order. */
export const ParcelCard = (parcel: Parcel) => (
  <div className={classes.card}>
    <span>
      <strong className="truncate">
        <Words>{parcel.order.customerName ?? '–'}</Words>
      </strong>
      <Amount centimes={parcel.codAmountCentimes} />
    </span>
    <span>
      <span className="truncate">
        <Words>
          <CityName id={parcel.order.cityId} name={parcel.order.city} />
        </Words>
      </span>
      <Numbers {...parcel} />
    </span>
    <span>
      {parcel.booking === 'accepted' ? <StatusName status={parcel.status} /> : <BookingChip booking={parcel.booking} />}
      <Age since={parcel.since} />
    </span>
  </div>
)
