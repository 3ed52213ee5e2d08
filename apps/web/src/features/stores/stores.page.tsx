import { IconBuildingStore, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { ConnectStore } from './connect-store.tsx'
import { StoreCard } from './store-card.tsx'
import { storesQuery } from './stores.api.ts'
import { useReturnFromShop } from './use-return.ts'

/** Settings → Stores: where orders come from, how well they arrive, and how to connect another shop. */
export const StoresPage = () => {
  const { t } = useTranslation('stores')
  const can = useCan()
  const [connecting, setConnecting] = useState(false)
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
      {connecting && <ConnectStore onClose={() => setConnecting(false)} />}
    </Page>
  )
}
