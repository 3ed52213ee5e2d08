import type { CarrierFile } from '@sendocki/domain/carrier-files/carrier-file'
import { useTranslation } from 'react-i18next'
import { Amount, Count } from '../../ui/numbers.tsx'
import classes from './carrier-files.module.css'

/** What the chosen parcels took, what the carrier keeps, and what should have come. Hidden parts stay hidden. */
export const Sums = ({ file }: { file: CarrierFile }) => {
  const { t } = useTranslation('carrierFiles')
  const { sums, rowCount } = file
  if (!sums) return null
  const money = [
    { id: 'gross', centimes: sums.grossCentimes },
    { id: 'fees', centimes: sums.feesCentimes },
    { id: 'net', centimes: sums.netCentimes },
  ] as const
  return (
    <div role="group" aria-label={t('sums.label')}>
      <dl className={classes.sums}>
        <div>
          <dt>{t('sums.count')}</dt>
          <dd>
            <Count count={sums.count} />
          </dd>
        </div>
        {money.map(({ id, centimes }) => (
          <div key={id}>
            <dt>{t(`sums.${id}`)}</dt>
            <dd>{centimes === null ? '–' : <Amount centimes={centimes} decimals="always" />}</dd>
          </div>
        ))}
        <div data-tone={rowCount > sums.count ? 'warn' : undefined}>
          <dt>{t('sums.others')}</dt>
          <dd>
            <Count count={rowCount - sums.count} />
          </dd>
        </div>
      </dl>
      {sums.feeUnknownCount > 0 && (
        <p className={classes.hint}>{t('sums.feeUnknown', { count: sums.feeUnknownCount })}</p>
      )}
    </div>
  )
}
