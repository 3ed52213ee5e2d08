import type { CallLease } from '@sendocki/domain/calls/call-schema'
import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { contextQuery } from './calls.api.ts'
import classes from './calls.module.css'
import type { CallConversation } from './calls.page.tsx'
import { CustomerAside } from './customer-aside.tsx'
import { DeskHead, LostBand } from './desk-head.tsx'
import { PhoneBar } from './phone-bar.tsx'
import type { CallState } from './use-call.ts'

interface CallerDeskProps {
  readonly lease: CallLease
  readonly state: CallState
  readonly conversation: CallConversation
}

/** Somebody who called and ordered nothing yet: who they are, their number, and what was written with them. */
export const CallerDesk = ({ lease, state, conversation: Conversation }: CallerDeskProps) => {
  const { t } = useTranslation('calls')
  const can = useCan()
  const { data: context, error, refetch } = useQuery(contextQuery(lease.id, null))
  const { lost } = state
  if (error && !context)
    return (
      <ErrorState
        title={t('noOrder.loadFailed')}
        code={problemCode(error)}
        actions={
          <>
            <Button onClick={() => void refetch()}>{t('tryAgain')}</Button>
            <Button onClick={() => state.release.mutate(lease.id)}>{t('release')}</Button>
          </>
        }
      >
        {problemText(error)}
      </ErrorState>
    )
  if (!context) return <SkeletonRows label={t('noOrder.loading')} />
  const { phone, phoneMasked } = context.customer
  const name = context.customer.name === '–' ? t('noOrder.unnamed') : context.customer.name
  return (
    <div className={classes.call}>
      <article className={classes.desk} aria-label={name}>
        <DeskHead lease={lease} name={name} state={state} />
        {lost && <LostBand state={state} />}
        <PhoneBar
          customer={{ phone, phoneMasked, alternatePhone: null }}
          lease={lease}
          onDial={() => state.dial.mutate(lease.id)}
        />
        <section className={classes.card}>
          <header>
            <h3>{t('noOrder.title')}</h3>
          </header>
          <p>{t('noOrder.hint')}</p>
        </section>
      </article>
      <aside className={classes.aside} aria-label={t('customer.title')}>
        <CustomerAside context={context} order={null} />
        {can('conversations.read') && (
          <Suspense fallback={<SkeletonRows label={t('loading')} rows={3} />}>
            <Conversation customerId={lease.customerId} orderId={null} held={lost === null} />
          </Suspense>
        )}
      </aside>
    </div>
  )
}
