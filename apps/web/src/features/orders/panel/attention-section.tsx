import type { BlockMode } from '@sendocki/domain/customers/block'
import type { OrderSummary } from '@sendocki/domain/orders/order'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../../lib/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { showToast } from '../../../ui/toast.tsx'
import { exceptOrder, orderKeys } from '../orders.api.ts'
import { useRights } from '../rights.ts'
import classes from './panel.module.css'

/** What keeps the order from going on, in sentences, and the way to put it right. */
export const AttentionSection = ({ order, onEdit }: { order: OrderSummary; onEdit: (() => void) | null }) => {
  const { t } = useTranslation('orders')
  if (order.toComplete.length === 0 && order.flag === null && order.blocked === null) return null
  return (
    <section className={classes.attention}>
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
      <div>
        {order.blocked !== null && <Blocked order={order} mode={order.blocked.mode} />}
        {order.flag !== null && <p>{t(`flagWhy.${order.flag}`)}</p>}
        {order.toComplete.map((reason) => (
          <p key={reason}>{t(`incompleteWhy.${reason}`)}</p>
        ))}
        {onEdit && order.toComplete.length > 0 && (
          <Button size="small" onClick={onEdit}>
            {t('edit.complete')}
          </Button>
        )}
      </div>
    </section>
  )
}

/** The customer is blocked: why, and the way to let this one order through. */
const Blocked = ({ order, mode }: { order: OrderSummary; mode: BlockMode }) => {
  const { t } = useTranslation('orders')
  const { can } = useRights()
  const queries = useQueryClient()
  const except = useMutation({
    mutationFn: () => exceptOrder(order.customer.id, order.id),
    onSuccess: async () => {
      showToast({ message: t('blockedWhy.excepted', { number: order.number }) })
      await queries.invalidateQueries({ queryKey: orderKeys.all })
    },
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
  })
  return (
    <>
      <p>{t(`blockedWhy.${mode}`)}</p>
      {can('customers.block') && (
        <Button size="small" pending={except.isPending} onClick={() => except.mutate()}>
          {t('blockedWhy.except')}
        </Button>
      )}
    </>
  )
}
