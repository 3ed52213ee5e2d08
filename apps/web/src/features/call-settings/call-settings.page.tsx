import type { KeptCallSettings } from '@sendocki/domain/calls/settings'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { oneOf, useUrlState } from '../../lib/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { Views } from '../../ui/views.tsx'
import { callSettingsQuery } from './call-settings.api.ts'
import { Pbx } from './pbx.tsx'
import { Scripts } from './scripts.tsx'
import { SettingsForm } from './settings-form.tsx'

const place = { view: oneOf(['rules', 'scripts', 'pbx'] as const, 'rules') }

/** How the merchant calls: hours, calendars, the ladder of retries, what must be asked, and the scripts. */
export const CallSettingsPage = () => {
  const { t } = useTranslation(['callSettings', 'common'])
  const [{ view }] = useUrlState(place)
  return (
    <Page
      title={t('title')}
      views={
        <Views
          label={t('views')}
          current={view}
          views={[
            { id: 'rules', to: '?', name: t('rules') },
            { id: 'scripts', to: '?view=scripts', name: t('scripts.title') },
            { id: 'pbx', to: '?view=pbx', name: t('pbx.view') },
          ]}
        />
      }
    >
      {view === 'rules' && <Rules />}
      {view === 'scripts' && <Scripts />}
      {view === 'pbx' && <Pbx />}
    </Page>
  )
}

const Rules = () => {
  const { t } = useTranslation('common')
  const { data, error, refetch } = useQuery(callSettingsQuery)
  if (error && !data)
    return (
      <ErrorState
        title={t('problem.readTitle')}
        code={problemCode(error)}
        actions={<Button onClick={() => void refetch()}>{t('ui.retry')}</Button>}
      >
        {problemText(error)}
      </ErrorState>
    )
  if (!data) return <SkeletonRows rows={10} label={t('ui.loading')} />
  return <SettingsForm kept={data as KeptCallSettings} />
}
