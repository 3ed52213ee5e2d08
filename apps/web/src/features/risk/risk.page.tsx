import type { KeptRiskSettings } from '@sendocki/domain/risk/settings'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { riskSettingsQuery } from './risk.api.ts'
import { RiskForm } from './risk-form.tsx'

/** What the merchant's own past says of an order: rules in sentences, thresholds, and a trial before it is switched on. */
export const RiskPage = () => {
  const { t } = useTranslation(['risk', 'common'])
  const { data, error, refetch } = useQuery(riskSettingsQuery)
  return (
    <Page title={t('title')}>
      {error && !data && (
        <ErrorState
          title={t('common:problem.readTitle')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('common:ui.retry')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {!data && !error && <SkeletonRows rows={10} label={t('common:ui.loading')} />}
      {data && <RiskForm kept={data as KeptRiskSettings} />}
    </Page>
  )
}
