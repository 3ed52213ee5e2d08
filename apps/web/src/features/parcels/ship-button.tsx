import { Menu } from '@mantine/core'
import type { IntentResult } from '@sendocki/domain/parcels/parcel-schema'
import { parcelsAtOnce } from '@sendocki/domain/parcels/parcel-schema'
import { IconPackage } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { showToast } from '../../ui/toast.tsx'
import { carrierAccountsQuery, createParcels, parcelKeys } from './parcels.api.ts'

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
  const { data } = useQuery(carrierAccountsQuery)
  const accounts = (data?.items ?? []).filter(({ status }) => status === 'connected')
  const [only, ...others] = accounts
  const { mutate, isPending } = useMutation({
    mutationFn: (account: { id: string; name: string }) =>
      createParcels({ orderIds: [...orderIds], carrierAccountId: account.id }),
    onSuccess: ({ items }, { name }) => {
      const asked = items.filter(({ refusal }) => refusal === null).length
      if (asked > 0) showToast({ message: t('ship.asked', { count: asked, carrier: name }) })
      void queries.invalidateQueries({ queryKey: parcelKeys.all })
      void queries.invalidateQueries({ queryKey: ['order'] })
      onAnswers(items)
    },
    onError: (error) => showToast({ tone: 'refused', message: problemText(error) }),
  })
  const off = !only || orderIds.length === 0 || orderIds.length > parcelsAtOnce
  const press = (): void => {
    if (off || isPending) return
    if (others.length === 0) mutate(only)
    else setOpened(true)
  }
  useShortcuts([{ keys: 'p', label: t('ship.create'), run: press }], { on: !off })
  return (
    <Menu opened={opened} onChange={setOpened} position="top-start">
      <Menu.Target>
        <Button
          keyHint="p"
          icon={<IconPackage size={16} stroke={1.75} aria-hidden />}
          pending={isPending}
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
          <Menu.Item key={account.id} onClick={() => mutate(account)}>
            <bdi>{account.name}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
