import type { CustomerSummary } from '@sendocki/domain/customers/customer'
import { IconBan } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { openMembership, useMe } from '../../lib/me.ts'
import { CityName } from '../../lib/places.ts'
import { Chip } from '../../ui/chip.tsx'
import type { GridColumn } from '../../ui/grid-layout.ts'
import { Amount, Count, Phone, Words } from '../../ui/numbers.tsx'
import { When } from '../../ui/when.tsx'
import classes from './customers.module.css'

/** A city by its name in the reader's language, or as it was written. */
export const CityOf = ({ address }: Pick<CustomerSummary, 'address'>) => (
  <Words>
    <CityName id={address.city?.id ?? null} name={address.city?.name ?? address.cityText} />
  </Words>
)

export const BlockedChip = ({ blocked }: Pick<CustomerSummary, 'blocked'>) => {
  const { t } = useTranslation('customers')
  if (blocked === null) return null
  return (
    <Chip tone="bad" icon={<IconBan size={14} stroke={1.75} aria-hidden />}>
      {t(`block.short.${blocked.mode}`)}
    </Chip>
  )
}

/** "8 sur 10": what was delivered of what left and came to an end. */
const Share = ({ delivered, returned }: { delivered: number; returned: number }) => {
  const { t } = useTranslation('customers')
  if (delivered + returned === 0) return <span className={classes.hint}>–</span>
  return <bdi>{t('share', { delivered, ended: delivered + returned })}</bdi>
}

/** The columns of the list; figures that the role does not see have none. */
export const useColumns = (): readonly GridColumn<CustomerSummary>[] => {
  const { t } = useTranslation('customers')
  const financials = !openMembership(useMe())?.role.masks.some((mask) => mask === 'financials')
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        width: 220,
        grow: true,
        frozen: true,
        cell: ({ name, blocked }) => (
          <span className={classes.named}>
            <span className="truncate">
              <Words>{name}</Words>
            </span>
            <BlockedChip blocked={blocked} />
          </span>
        ),
      },
      {
        id: 'phone',
        header: t('column.phone'),
        width: 150,
        cell: ({ phone }) => (phone === null ? '–' : <Phone phone={phone} />),
      },
      { id: 'city', header: t('form.city'), width: 140, cell: ({ address }) => <CityOf address={address} /> },
      {
        id: 'orders',
        header: t('column.orders'),
        width: 110,
        figure: true,
        cell: ({ statistics }) => (statistics ? <Count count={statistics.orders} /> : '–'),
      },
      {
        id: 'delivered',
        header: t('column.delivered'),
        width: 120,
        figure: true,
        cell: ({ statistics }) => (statistics ? <Share {...statistics} /> : '–'),
      },
      ...(financials
        ? [
            {
              id: 'amount',
              header: t('column.amount'),
              width: 130,
              figure: true,
              cell: ({ statistics }: CustomerSummary) =>
                statistics?.deliveredCentimes ? <Amount centimes={statistics.deliveredCentimes} /> : '–',
            },
          ]
        : []),
      {
        id: 'last',
        header: t('column.last'),
        width: 130,
        cell: ({ statistics }) => (statistics?.lastOrderAt ? <When instant={statistics.lastOrderAt} /> : '–'),
      },
      {
        id: 'tags',
        header: t('form.tags'),
        width: 180,
        grow: true,
        cell: ({ tags }) => (
          <span className={classes.tags}>
            {tags.map((tag) => (
              <Chip key={tag}>{tag}</Chip>
            ))}
          </span>
        ),
      },
    ],
    [t, financials],
  )
}

/** The same on a phone. */
export const CustomerLine = ({ name, phone, address, blocked, statistics }: CustomerSummary) => {
  const { t } = useTranslation('customers')
  return (
    <span className={classes.card}>
      <span className={classes.named}>
        <strong className="truncate">
          <Words>{name}</Words>
        </strong>
        <BlockedChip blocked={blocked} />
      </span>
      <span className={classes.line}>
        {phone !== null && <Phone phone={phone} />}
        <CityOf address={address} />
      </span>
      {statistics && (
        <span className={classes.line}>
          {t('ordersCount', { count: statistics.orders })}
          <Share {...statistics} />
        </span>
      )}
    </span>
  )
}
