import { useTranslation } from 'react-i18next'
import { Amount } from '../../../ui/numbers.tsx'
import { type Draft, totalsOfDraft } from './draft.ts'
import classes from './form.module.css'

/** What it makes together while it is typed. The server computes it again. */
export const TotalsLine = ({ draft }: { draft: Draft }) => {
  const { t } = useTranslation('orders')
  const totals = totalsOfDraft(draft)
  if (!totals?.ok) return <p className={classes.totals}>{t('form.totalUnknown')}</p>
  const { totalCentimes, codAmountCentimes, depositCentimes } = totals.value
  return (
    <p className={classes.totals} aria-live="polite">
      {t('money.total')} <Amount centimes={totalCentimes} decimals="always" />
      {depositCentimes > 0 && (
        <>
          {' · '}
          {t('money.toCollect')} <Amount centimes={codAmountCentimes} decimals="always" />
        </>
      )}
    </p>
  )
}
