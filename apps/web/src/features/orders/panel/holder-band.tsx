import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { ButtonLink } from '../../../ui/button.tsx'
import { useNow } from '../../../ui/clock.ts'
import { useFormats } from '../../../ui/formats.ts'
import { holderQuery } from '../orders.api.ts'
import { paths } from '../paths.ts'
import { useRights } from '../rights.ts'
import classes from './panel.module.css'

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
  return (
    <section className={classes.holder} role="status">
      <Avatar name={holder.name} size={32} ring="holds" named />
      <div>
        <strong>{mine ? t('holder.mine') : t('holder.theirs', { name: holder.name })}</strong>
        <span>
          {t(holder.dialledAt ? 'holder.onCall' : 'holder.held', { since })}
          {!mine && !can('calls.supervise') && <> · {t('holder.readOnly')}</>}
        </span>
      </div>
      {mine && (
        <ButtonLink size="small" to={paths.calls}>
          {t('holder.open')}
        </ButtonLink>
      )}
    </section>
  )
}
