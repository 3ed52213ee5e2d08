import { Menu } from '@mantine/core'
import { ApiProblem } from '@sendocki/client/problem'
import { type IntentResult, parcelsAtOnce } from '@sendocki/domain/parcels/parcel-schema'
import { IconPackage } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { askToPrint } from '../../lib/printing.ts'
import { problemText } from '../../lib/problem.ts'
import { useShipping } from '../../lib/shipping.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button, type ButtonVariant } from '../../ui/button.tsx'
import { LackingModal } from '../../ui/lacking-modal.tsx'
import { showToast } from '../../ui/toast.tsx'
import { carrierAccountsQuery } from './orders.api.ts'

const refusalText = ({ refusal }: IntentResult): string =>
  problemText(
    new ApiProblem({ status: 422, code: refusal?.code ?? 'server.failed', params: refusal?.params ?? {} }, null),
  )

/** Says how many parcels are on their way to the carrier, and why the others are not. */
const useTold = () => {
  const { t } = useTranslation('orders')
  const mayPrint = useCan()('parcels.edit')
  return (items: readonly IntentResult[], carrier: string): void => {
    const refused = items.filter(({ refusal }) => refusal !== null)
    const parcelIds = items.flatMap(({ parcelId, refusal }) =>
      refusal === null && parcelId !== null ? [parcelId] : [],
    )
    if (parcelIds.length > 0)
      showToast({
        message: t('ship.asked', { count: parcelIds.length, carrier }),
        ...(mayPrint ? { next: { label: t('print.action'), run: () => askToPrint({ parcelIds }) } } : {}),
      })
    const why = [...new Set(refused.map(refusalText))].slice(0, 2).join(' ')
    if (refused.length > 0) showToast({ tone: 'refused', message: t('ship.refused', { count: refused.length, why }) })
  }
}

interface ShipButtonProps {
  readonly orderIds: readonly string[]
  readonly variant?: ButtonVariant
  readonly disabled?: boolean
  readonly onShipped?: () => void
}

/** Hands orders to a carrier: the only one at once, one of several by a menu. `P` does the same. */
export const ShipButton = ({ orderIds, variant = 'outline', disabled = false, onShipped }: ShipButtonProps) => {
  const { t } = useTranslation('orders')
  const queries = useQueryClient()
  const told = useTold()
  const [opened, setOpened] = useState(false)
  const { data } = useQuery(carrierAccountsQuery)
  const accounts = (data?.items ?? []).filter(({ status }) => status === 'connected')
  const { ship, pending, asked, confirm, leave } = useShipping({
    orderIds,
    onDone: (items, account) => {
      told(items, account.name)
      void queries.invalidateQueries({ queryKey: ['order'] })
      onShipped?.()
    },
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
  })
  const off = disabled || orderIds.length === 0 || orderIds.length > parcelsAtOnce || accounts.length === 0
  const press = (): void => {
    const [only, ...others] = accounts
    if (off || !only) return
    if (others.length === 0) ship(only)
    else setOpened(true)
  }
  useShortcuts([{ keys: 'p', label: t('ship.create'), run: press }], { on: !off })
  const why = data && accounts.length === 0 ? t('ship.noCarrier') : undefined
  return (
    <>
      <Menu opened={opened} onChange={(open) => setOpened(open && accounts.length > 1)} position="top-start">
        <Menu.Target>
          <Button
            variant={variant}
            keyHint="p"
            icon={<IconPackage size={16} stroke={1.75} aria-hidden />}
            pending={pending}
            disabled={off}
            title={why}
            onClick={press}
          >
            {t('ship.create')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('ship.with')}</Menu.Label>
          {accounts.map((account) => (
            <Menu.Item key={account.id} onClick={() => ship(account)}>
              {account.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {asked && (
        <LackingModal
          carrier={asked.account.name}
          options={asked.options}
          pending={pending}
          onClose={leave}
          onConfirm={confirm}
        />
      )}
    </>
  )
}
