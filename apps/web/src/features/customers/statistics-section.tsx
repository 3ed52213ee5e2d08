import type { CustomerStatistics } from '@sendocki/domain/customers/customer'
import { useTranslation } from 'react-i18next'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Amount, Count } from '../../ui/numbers.tsx'
import { PanelSection } from '../../ui/side-panel.tsx'
import { When } from '../../ui/when.tsx'
import classes from './customers.module.css'

const counts = ['orders', 'open', 'delivered', 'returned', 'cancelled'] as const

/** What became of their orders, and the share that was taken at the door. */
export const StatisticsSection = ({ statistics }: { statistics: CustomerStatistics }) => {
  const { t } = useTranslation('customers')
  const { delivered, returned, deliveredPermille, deliveredCentimes, firstOrderAt, lastOrderAt } = statistics
  return (
    <PanelSection title={t('statistics.title')}>
      <dl className={classes.figures}>
        {counts.map((name) => (
          <div key={name} data-tone={name === 'returned' && returned > 0 ? 'bad' : undefined}>
            <dt>{t(`statistics.${name}`)}</dt>
            <dd>
              <Count count={statistics[name]} />
            </dd>
          </div>
        ))}
      </dl>
      {deliveredPermille !== null && (
        <>
          <div className={classes.bar} aria-hidden="true">
            {/* The widths are the two counts, so that the bar needs no style of its own. */}
            <svg viewBox={`0 0 ${delivered + returned} 1`} preserveAspectRatio="none" role="presentation">
              <rect width={delivered} height="1" />
            </svg>
          </div>
          <p className={classes.ratio}>{t('statistics.ratio', { delivered, returned })}</p>
        </>
      )}
      <Facts>
        {deliveredCentimes !== null && (
          <Fact label={t('column.amount')}>
            <Amount centimes={deliveredCentimes} />
          </Fact>
        )}
        {firstOrderAt !== null && (
          <Fact label={t('statistics.first')}>
            <When instant={firstOrderAt} />
          </Fact>
        )}
        {lastOrderAt !== null && (
          <Fact label={t('column.last')}>
            <When instant={lastOrderAt} />
          </Fact>
        )}
      </Facts>
    </PanelSection>
  )
}
