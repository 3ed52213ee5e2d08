import { Menu } from '@mantine/core'
import type { IntentResult } from '@sendocki/domain/parcels/parcel-schema'
import { parcelsAtOnce } from '@sendocki/domain/parcels/parcel-schema'
import { IconPackage } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { askToPrint } from '../../lib/printing.ts'
import { problemText } from '../../lib/problem.ts'
import { useShipping } from '../../lib/shipping.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { LackingModal } from '../../ui/lacking-modal.tsx'
import { showToast } from '../../ui/toast.tsx'
import { carrierAccountsQuery, parcelKeys } from './parcels.api.ts'

interface ShipButtonProps {
  readonly orderIds: readonly string[]
  /** Each order's own answer. */
  readonly onAnswers: (items: readonly IntentResult[]) => void
}

/** Hands orders to a carrier: to the only one at once, to one of several by a menu. `P` does the same. */
export const ShipButton = ({ orderIds, onAnswers }: ShipButtonProps) => {
  const { t } = useTranslation('parcels')
  const queries = useQueryClient()
  const [opened, setOpened] = useState(false)
  const mayPrint = useCan()('parcels.edit')
  const { data } = useQuery(carrierAccountsQuery)
  const accounts = (data?.items ?? []).filter(({ status }) => status === 'connected')
  const [only, ...others] = accounts
  const { ship, pending, asked, confirm, leave } = useShipping({
    orderIds,
    onDone: (items, { name }) => {
      const made = items.flatMap(({ parcelId, refusal }) => (refusal === null && parcelId !== null ? [parcelId] : []))
      if (made.length > 0)
        showToast({
          message: t('ship.asked', { count: made.length, carrier: name }),
          ...(mayPrint ? { next: { label: t('print'), run: () => askToPrint({ parcelIds: made }) } } : {}),
        })
      void queries.invalidateQueries({ queryKey: parcelKeys.all })
      void queries.invalidateQueries({ queryKey: ['order'] })
      onAnswers(items)
    },
    onError: (error) => showToast({ tone: 'refused', message: problemText(error) }),
  })
  const off = !only || orderIds.length === 0 || orderIds.length > parcelsAtOnce
  const press = (): void => {
    if (off || pending) return
    if (others.length === 0) ship(only)
    else setOpened(true)
  }
  useShortcuts([{ keys: 'p', label: t('ship.create'), run: press }], { on: !off })
  return (
    <>
      <Menu opened={opened} onChange={(open) => setOpened(open && accounts.length > 1)} position="top-start">
        <Menu.Target>
          <Button
            keyHint="p"
            icon={<IconPackage size={16} stroke={1.75} aria-hidden />}
            pending={pending}
            disabled={off}
            title={data && !only ? t('ship.noCarrier') : undefined}
            onClick={press}
          >
            {t('ship.create')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('ship.with')}</Menu.Label>
          {accounts.map((account) => (
            <Menu.Item key={account.id} onClick={() => ship(account)}>
              <bdi>{account.name}</bdi>
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
