import type { Message } from '@sendocki/domain/whatsapp/message'
import { landmarkOf } from '@sendocki/domain/whatsapp/position'
import { IconMapPin } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Code, Words } from '../../ui/numbers.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './attachment.module.css'
import { editOrder, readOrder } from './whatsapp.api.ts'

interface PositionProps {
  readonly location: NonNullable<Message['location']>
  readonly orderId: string | null
}

/** Where the buyer says they are: seen on a map, and kept as landmark of their order. */
export const Position = ({ location, orderId }: PositionProps) => {
  const { t } = useTranslation('whatsapp')
  const can = useCan()
  const queries = useQueryClient()
  const { latitude, longitude, name } = location
  const fresh = () => queries.invalidateQueries({ queryKey: ['order'] })
  const onError = (error: unknown) => showToast({ tone: 'refused', message: problemText(error) })
  const back = useMutation({
    mutationFn: ({ id, version, before }: { id: string; version: number; before: string | null }) =>
      editOrder(id, { version, shippingAddress: { landmark: before } }),
    onSuccess: async () => {
      showToast({ message: t('inbox.position.undone') })
      await fresh()
    },
    onError,
  })
  const keep = useMutation({
    mutationFn: async (id: string) => {
      const { version, shippingAddress } = await readOrder(id)
      const before = shippingAddress.landmark
      const kept = await editOrder(id, { version, shippingAddress: { landmark: landmarkOf(location, before) } })
      return { id, version: kept.version, before }
    },
    onSuccess: async (kept) => {
      showToast({ message: t('inbox.position.kept'), undo: () => back.mutate(kept) })
      await fresh()
    },
    onError,
  })
  return (
    <div className={classes.document}>
      <IconMapPin size={18} stroke={1.75} aria-hidden />
      {name && <Words>{name}</Words>}
      <Code>{`${latitude}, ${longitude}`}</Code>
      <a href={`https://www.google.com/maps?q=${latitude},${longitude}`} target="_blank" rel="noreferrer">
        {t('inbox.position.map')}
      </a>
      {orderId !== null && can('orders.edit') && (
        <Button size="small" pending={keep.isPending} onClick={() => keep.mutate(orderId)}>
          {t('inbox.position.keep')}
        </Button>
      )}
    </div>
  )
}
