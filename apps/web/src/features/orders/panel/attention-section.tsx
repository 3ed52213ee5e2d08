import type { OrderSummary } from '@sendocki/domain/orders/order'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import classes from './panel.module.css'

/** What keeps the order from going on, in sentences, and the way to put it right. */
export const AttentionSection = ({ order, onEdit }: { order: OrderSummary; onEdit: (() => void) | null }) => {
  const { t } = useTranslation('orders')
  if (order.toComplete.length === 0 && order.flag === null && order.blocked === null) return null
  return (
    <section className={classes.attention}>
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
      <div>
        {order.blocked !== null && <p>{t(`blockedWhy.${order.blocked.mode}`)}</p>}
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
