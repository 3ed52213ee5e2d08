import { IconBuildingStore, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { among, useUrlState } from '../../lib/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { ConnectStore } from './connect-store.tsx'
import { StoreCard } from './store-card.tsx'
import { storesQuery } from './stores.api.ts'
import { ways } from './ways.ts'

/** The first steps lead to the form of one kind of shop. */
const asking = { connect: among(ways) }

/** Settings → Stores: where orders come from, how well they arrive, and how to connect another shop. */
export const StoresPage = () => {
  const { t } = useTranslation('stores')
  const can = useCan()
  const [connecting, setConnecting] = useState(false)
  const [asked, setAsked] = useUrlState(asking)
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(storesQuery)
  useReturnFromShop()
  const stores = data?.pages.flatMap(({ items }) => items) ?? []
  const connect = can('stores.edit') && (
    <Button variant="filled" icon={<IconPlus size={16} stroke={1.75} />} onClick={() => setConnecting(true)}>
      {t('connect')}
    </Button>
  )
  return (
    <Page title={t('title')} actions={stores.length > 0 && connect}>
      {isPending && <SkeletonRows label={t('loading')} rows={3} />}
      {error && (
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {data && stores.length === 0 && (
        <Empty icon={<IconBuildingStore size={22} stroke={1.75} />} title={t('none')} action={connect}>
          {t('noneHint')}
        </Empty>
      )}
      {stores.map((store) => (
        <StoreCard key={store.id} store={store} />
      ))}
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{t('more')}</Button>}
      {(connecting || asked.connect !== null) && can('stores.edit') && (
        <ConnectStore
          first={asked.connect}
          onClose={() => {
            setConnecting(false)
            setAsked({ connect: null })
          }}
        />
      )}
    </Page>
  )
}

const results = ['connecting', 'refused', 'expired'] as const

/** The shop's consent page sends the browser back with the outcome in the address; it is said once, then forgotten. */
const useReturnFromShop = (): void => {
  const { t } = useTranslation('stores')
  const [params, setParams] = useSearchParams()
  const outcome = results.find((result) => result === params.get('result'))
  useEffect(() => {
    if (!outcome) return
    showToast({ message: t(`returned.${outcome}`), ...(outcome === 'connecting' ? {} : { tone: 'refused' }) })
    setParams({}, { replace: true })
  }, [outcome, setParams, t])
}
