import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../ui/button.tsx'
import { AccountHead } from './account-card.tsx'
import { accountsQuery } from './carriers.api.ts'
import classes from './carriers.module.css'
import { ChooseCarrier } from './connect-carrier.tsx'

/** A carrier is connected on the screen of another feature: the same form, and below it the carriers that are there. */
export const ConnectHere = () => {
  const { t } = useTranslation('carriers')
  const { data } = useInfiniteQuery(accountsQuery)
  const [made, setMade] = useState(0)
  const accounts = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      <section className={classes.card} aria-label={t('form.connectTitle')}>
        {/* Another one begins with an empty form. */}
        <ChooseCarrier key={made} onDone={() => setMade(made + 1)} />
      </section>
      {accounts.map((account) => (
        <article key={account.id} className={classes.card} aria-label={account.name}>
          <AccountHead account={account} />
          <div className={classes.actions}>
            <ButtonLink size="small" to="/settings/carriers">
              {t('inSettings')}
            </ButtonLink>
          </div>
        </article>
      ))}
    </>
  )
}
