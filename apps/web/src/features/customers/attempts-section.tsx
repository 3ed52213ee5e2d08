import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Words } from '../../ui/numbers.tsx'
import { SkeletonRows } from '../../ui/screen-states.tsx'
import { PanelSection } from '../../ui/side-panel.tsx'
import { When } from '../../ui/when.tsx'
import { attemptsQuery } from './customers.api.ts'
import classes from './customers.module.css'

/** What was tried to reach them, the newest first: what came of it, who tried, and for which order. */
export const AttemptsSection = ({ customerId }: { customerId: string }) => {
  const { t } = useTranslation(['customers', 'calls'])
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    attemptsQuery(customerId),
  )
  const attempts = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <PanelSection title={t('attempts')}>
      {isPending && <SkeletonRows label={t('loading')} rows={2} />}
      {error && <p role="alert">{problemText(error)}</p>}
      {data && attempts.length === 0 && <p className={classes.hint}>{t('noAttempts')}</p>}
      <ul className={classes.list}>
        {attempts.map(({ id, orderId, outcome, memberName, at }) => (
          <li key={id}>
            <Link to={`/orders/${orderId}`}>{t(`calls:outcome.${outcome}`)}</Link>
            <span className="truncate">
              <Words>{memberName ?? '–'}</Words>
            </span>
            <When instant={at} />
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
