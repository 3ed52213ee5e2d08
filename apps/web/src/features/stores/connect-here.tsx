import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ConnectForm } from './connect-form.tsx'
import { useMade } from './connect-store.tsx'
import { StoreCard } from './store-card.tsx'
import { storesQuery } from './stores.api.ts'
import classes from './stores.module.css'
import { useReturnFromShop } from './use-return.ts'
import type { Way } from './ways.ts'

interface ConnectHereProps {
  /** The shop that was chosen; null while none is. */
  readonly way: Way | null
  readonly onDone: () => void
}

/** A shop is connected on the screen of another feature: the same form and the same cards, without a dialog around them. */
export const ConnectHere = ({ way, onDone }: ConnectHereProps) => {
  const { data } = useInfiniteQuery(storesQuery)
  useReturnFromShop()
  const stores = data?.pages.flatMap(({ items }) => items).filter(({ status }) => status !== 'disconnected') ?? []
  return (
    <>
      {way !== null && <Form key={way} way={way} onDone={onDone} />}
      {stores.map((store) => (
        <StoreCard key={store.id} store={store} />
      ))}
    </>
  )
}

const Form = ({ way, onDone }: { way: Way; onDone: () => void }) => {
  const { t } = useTranslation('stores')
  const { shown, onMade } = useMade(way, onDone)
  if (shown) return shown
  return (
    <section className={classes.card} aria-label={t('connectTitle')}>
      <ConnectForm way={way} onMade={onMade} />
    </section>
  )
}
