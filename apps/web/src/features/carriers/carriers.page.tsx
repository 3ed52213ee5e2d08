import { IconPlus, IconTruckDelivery } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { AccountCard } from './account-card.tsx'
import { accountsQuery } from './carriers.api.ts'
import { CitiesPanel } from './cities-panel.tsx'
import { ConnectCarrier } from './connect-carrier.tsx'
import { FeesPanel } from './fees-panel.tsx'
import { type CarriersState, carriersShape } from './parts.ts'
import { WordsPanel } from './words-panel.tsx'

/** Settings → Carriers: who fetches parcels, whether it answers, and what it says that nobody has explained yet. */
export const CarriersPage = () => {
  const { t } = useTranslation('carriers')
  const can = useCan()
  const [state, change] = useUrlState<CarriersState>(carriersShape)
  const [connecting, setConnecting] = useState(false)
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(accountsQuery)
  const accounts = data?.pages.flatMap(({ items }) => items) ?? []
  const open = accounts.find(({ id }) => id === state.account)
  const connect = can('carriers.edit') && (
    <Button
      variant="filled"
      icon={<IconPlus size={16} stroke={1.75} aria-hidden />}
      onClick={() => setConnecting(true)}
    >
      {t('connect')}
    </Button>
  )
  const close = () => change({ account: null, part: null, review: 'weak' })
  const panel = open && (
    <>
      {state.part === 'cities' && (
        <CitiesPanel
          key={open.id}
          account={open}
          review={state.review}
          onReview={(review) => change({ review })}
          onClose={close}
        />
      )}
      {state.part === 'fees' && <FeesPanel key={open.id} account={open} onClose={close} />}
      {state.part === 'words' && <WordsPanel key={open.id} account={open} onClose={close} />}
    </>
  )
  return (
    <Page title={t('title')} actions={accounts.length > 0 && connect} panel={panel}>
      {isPending && <SkeletonRows label={t('loading')} rows={3} />}
      {error && !data && (
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {data && accounts.length === 0 && (
        <Empty icon={<IconTruckDelivery size={22} stroke={1.75} />} title={t('none')} action={connect}>
          {t('noneHint')}
        </Empty>
      )}
      {accounts.map((account) => (
        <AccountCard
          key={account.id}
          account={account}
          onPart={(part) => change({ account: account.id, part, review: 'weak' })}
        />
      ))}
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{t('more')}</Button>}
      {connecting && <ConnectCarrier onClose={() => setConnecting(false)} />}
    </Page>
  )
}
