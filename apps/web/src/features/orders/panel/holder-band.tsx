import type { OrderHolder } from '@sendocki/domain/calls/call-schema'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { problemText } from '../../../lib/problem.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button, ButtonLink } from '../../../ui/button.tsx'
import { useNow } from '../../../ui/clock.ts'
import { useFormats } from '../../../ui/formats.ts'
import { showToast } from '../../../ui/toast.tsx'
import { askForCustomer, holderQuery, takeOverCall } from '../orders.api.ts'
import { paths } from '../paths.ts'
import { useRights } from '../rights.ts'
import classes from './panel.module.css'

const refused = (error: unknown): void => showToast({ message: problemText(error), tone: 'refused' })

/** Whether I may act: who has this customer, since when, and what that leaves to everybody else. */
export const HolderBand = ({ orderId }: { orderId: string }) => {
  const { t } = useTranslation('orders')
  const { age } = useFormats()
  const now = useNow()
  const { memberId, can } = useRights()
  const { data } = useQuery(holderQuery(orderId))
  const holder = data?.holder
  if (!holder) return null
  const mine = holder.id === memberId
  const since = age(holder.dialledAt ?? holder.claimedAt, now)
  const ask = data.ask && Date.parse(data.ask.until) > now.getTime() ? data.ask : null
  return (
    <section className={classes.holder} role="status" data-asked={(ask && !ask.kept) || undefined}>
      <Avatar name={holder.name} size={32} ring="holds" named />
      <div>
        <strong>{mine ? t('holder.mine') : t('holder.theirs', { name: holder.name })}</strong>
        <span>
          {t(holder.dialledAt ? 'holder.onCall' : 'holder.held', { since })}
          {!mine && !can('calls.supervise') && <> · {t('holder.readOnly')}</>}
        </span>
        {ask && <span>{t(`holder.${askKind(ask, memberId)}`, { name: ask.kept ? holder.name : ask.by.name })}</span>}
      </div>
      {mine && (
        <ButtonLink size="small" to={paths.calls}>
          {t('holder.open')}
        </ButtonLink>
      )}
      {!mine && can('calls.work') && <Ask orderId={orderId} waits={ask !== null} />}
      {!mine && can('calls.supervise') && data.leaseId !== null && <TakeOver leaseId={data.leaseId} />}
    </section>
  )
}

/** What stands between the holder and whoever asked, as one of the two or a third reads it. */
const askKind = ({ by, kept }: NonNullable<OrderHolder['ask']>, memberId: string | null) =>
  kept ? 'kept' : by.id === memberId ? 'asked' : 'asks'

/** Asks the holder; while a question or its answer stands there is nothing to press. */
const Ask = ({ orderId, waits }: { orderId: string; waits: boolean }) => {
  const { t } = useTranslation('orders')
  const queries = useQueryClient()
  const { mutate, isPending } = useMutation({
    mutationFn: () => askForCustomer(orderId),
    onSuccess: (answer) => queries.setQueryData<OrderHolder>(holderQuery(orderId).queryKey, answer),
    onError: refused,
  })
  if (waits) return null
  return (
    <Button size="small" pending={isPending} onClick={() => mutate()}>
      {t('holder.ask')}
    </Button>
  )
}

/** Whoever leads need not ask. */
const TakeOver = ({ leaseId }: { leaseId: string }) => {
  const { t } = useTranslation('orders')
  const navigate = useNavigate()
  const { mutate, isPending } = useMutation({
    mutationFn: () => takeOverCall(leaseId),
    onSuccess: () => void navigate(paths.calls),
    onError: refused,
  })
  return (
    <Button size="small" pending={isPending} onClick={() => mutate()}>
      {t('holder.takeOver')}
    </Button>
  )
}
