import type { Order } from '@sendocki/domain/orders/order'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../ui/dialog.tsx'
import { SkeletonRows } from '../../../ui/screen-states.tsx'

/** Phones, places and schemas weigh more than the panel: they come with the form. */
const EditForm = lazy(async () => ({ default: (await import('./edit-form.tsx')).EditForm }))

export const EditDialog = ({ order, opened, onClose }: { order: Order; opened: boolean; onClose: () => void }) => {
  const { t } = useTranslation('orders')
  return (
    <Dialog opened={opened} onClose={onClose} size="lg" title={t('edit.title', { number: order.number })}>
      <Suspense fallback={<SkeletonRows rows={5} label={t('edit.loading')} />}>
        {opened && <EditForm order={order} onClose={onClose} />}
      </Suspense>
    </Dialog>
  )
}
