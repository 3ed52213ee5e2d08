import type { IncomingCall } from '@sendocki/domain/calls/pbx'
import { IconPhoneIncoming } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Words } from '../../ui/numbers.tsx'
import { Age } from '../../ui/states.tsx'
import { incomingQuery } from './calls.api.ts'
import classes from './incoming-calls.module.css'
import type { CallState } from './use-call.ts'

/**
 * Who calls now, as the exchange tells. What one answers oneself opens by itself, unless a customer is being called;
 * anything else is one press away.
 */
export const IncomingCalls = ({ state }: { state: CallState }) => {
  const { t } = useTranslation('calls')
  const { data } = useQuery(incomingQuery)
  const { call, claim } = state
  const { mutate, isPending } = claim
  const opened = useRef<string | null>(null)
  const items = data?.items ?? []
  const mine = items.find(({ isMine, status, customer }) => isMine && status === 'answered' && customer !== null)?.id
  useEffect(() => {
    if (mine === undefined || call !== null || isPending || opened.current === mine) return
    opened.current = mine
    mutate({ incomingCallId: mine })
  }, [mine, call, isPending, mutate])
  if (items.length === 0) return null
  return (
    <ul className={classes.ringing} aria-label={t('ringing.title')} aria-live="polite">
      {items.map((item) => (
        <Ringing key={item.id} item={item} pending={isPending} onOpen={() => mutate({ incomingCallId: item.id })} />
      ))}
    </ul>
  )
}

const Ringing = ({ item, pending, onOpen }: { item: IncomingCall; pending: boolean; onOpen: () => void }) => {
  const { t } = useTranslation('calls')
  const { customer, orderCount, status, isMine } = item
  return (
    <li data-mine={isMine || undefined}>
      <IconPhoneIncoming size={16} stroke={1.75} aria-hidden />
      <strong>{customer === null ? t('ringing.unknown') : <Words>{customer.name}</Words>}</strong>
      <span>
        {t(`ringing.${status}`)} · <Age since={item.startedAt} />
        {customer !== null && <> · {t('ringing.orders', { count: orderCount })}</>}
      </span>
      {customer !== null && (
        <Button variant="accent" pending={pending} onClick={onOpen}>
          {t('incoming.open')}
        </Button>
      )}
    </li>
  )
}
