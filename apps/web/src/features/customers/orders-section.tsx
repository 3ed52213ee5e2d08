import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Amount, OrderNumber } from '../../ui/numbers.tsx'
import { SkeletonRows } from '../../ui/screen-states.tsx'
import { PanelSection } from '../../ui/side-panel.tsx'
import { When } from '../../ui/when.tsx'
import { customerOrdersQuery } from './customers.api.ts'
import classes from './customers.module.css'

/** Their orders, the newest first, each with the state in which it is. */
export const OrdersSection = ({ customerId }: { customerId: string }) => {
  const { t } = useTranslation(['customers', 'orders'])
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    customerOrdersQuery(customerId),
  )
  const orders = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <PanelSection
      title={t('orders')}
      aside={orders.length > 0 && <Link to={`/orders/table?customerId=${customerId}`}>{t('allOrders')}</Link>}
    >
      {isPending && <SkeletonRows label={t('loading')} rows={3} />}
      {error && <p role="alert">{problemText(error)}</p>}
      {data && orders.length === 0 && <p className={classes.hint}>{t('noOrders')}</p>}
      <ul className={classes.list}>
        {orders.map(({ id, number, state, createdAt, totalCentimes }) => (
          <li key={id}>
            <Link to={`/orders/${id}`}>
              <OrderNumber number={number} />
            </Link>
            <span className="truncate">{state === null ? '–' : t(`orders:state.${state}`)}</span>
            <When instant={createdAt} />
            <Amount centimes={totalCentimes} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="quiet" pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </PanelSection>
  )
}
