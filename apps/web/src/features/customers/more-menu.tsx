import { Menu } from '@mantine/core'
import type { Customer } from '@sendocki/domain/customers/customer'
import { IconArrowsJoin2, IconDots, IconEraser } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemText } from '../../lib/problem.ts'
import { ConfirmModal, Dialog } from '../../ui/dialog.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Count } from '../../ui/numbers.tsx'
import { showToast } from '../../ui/toast.tsx'
import { anonymiseCustomer, customerKeys } from './customers.api.ts'
import { MergeDialog } from './merge-dialog.tsx'

/** What is done seldom to a customer: become one with another, be forgotten. */
export const MoreMenu = ({ customer }: { customer: Customer }) => {
  const { t } = useTranslation('customers')
  const can = useCan()
  const [open, setOpen] = useState<'merge' | 'forget' | null>(null)
  const close = () => setOpen(null)
  if (customer.erasedAt !== null) return null
  return (
    <>
      <Menu position="top-end">
        <Menu.Target>
          <IconButton label={t('moreActions')}>
            <IconDots size={16} stroke={1.75} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          {can('customers.merge') && (
            <Menu.Item leftSection={<IconArrowsJoin2 size={16} stroke={1.75} />} onClick={() => setOpen('merge')}>
              {t('merge.action')}
            </Menu.Item>
          )}
          {can('customers.anonymise') && (
            <Menu.Item leftSection={<IconEraser size={16} stroke={1.75} />} onClick={() => setOpen('forget')}>
              {t('forget.action')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Dialog opened={open === 'merge'} onClose={close} title={t('merge.of', { name: customer.name })}>
        <MergeDialog customer={customer} onDone={close} />
      </Dialog>
      <Forget customer={customer} opened={open === 'forget'} onClose={close} />
    </>
  )
}

interface ForgetProps {
  readonly customer: Customer
  readonly opened: boolean
  readonly onClose: () => void
}

/** Asked before it is done, because nothing brings a forgotten person back. */
const Forget = ({ customer, opened, onClose }: ForgetProps) => {
  const { t } = useTranslation('customers')
  const queries = useQueryClient()
  const forget = useMutation({
    mutationFn: () => anonymiseCustomer(customer.id),
    onSuccess: async ({ orders }) => {
      showToast({ message: t('forget.done', { count: orders }) })
      onClose()
      await queries.invalidateQueries({ queryKey: customerKeys.all })
      await queries.invalidateQueries({ queryKey: ['order'] })
    },
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
  })
  return (
    <ConfirmModal
      opened={opened}
      onClose={onClose}
      title={t('forget.of', { name: customer.name })}
      facts={[{ label: t('column.orders'), value: <Count count={customer.statistics.orders} /> }]}
      action={t('forget.action')}
      variant="danger"
      pending={forget.isPending}
      onConfirm={() => forget.mutate()}
    >
      {t('forget.effect')}
    </ConfirmModal>
  )
}
