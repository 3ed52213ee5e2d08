import type { CarrierAccount } from '@sendocki/domain/carriers/account'
import { IconFileSpreadsheet, IconKey, IconPlugConnected, IconRefresh, IconSettings } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmModal } from '../../ui/dialog.tsx'
import { showToast } from '../../ui/toast.tsx'
import { carrierKeys, disableAccount, editAccount, syncPlaces, testAccount } from './carriers.api.ts'
import classes from './carriers.module.css'
import { ChangeKeys } from './connect-carrier.tsx'
import { ManualSettings } from './manual-settings.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import { SheetDialog } from './sheet-dialog.tsx'

const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const

/** Sends something about an account, says what became of it, and reads the accounts again. */
const useAccountMutation = (send: () => Promise<unknown>, message: string, onDone?: () => void) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSuccess: () => {
      showToast({ message })
      onDone?.()
      return queries.invalidateQueries({ queryKey: carrierKeys.all })
    },
    onError: (error) => showToast({ message: problemText(error), tone: 'refused' }),
  })
}

export const AccountActions = ({ account }: { account: CarrierAccount }) => {
  const { t } = useTranslation('carriers')
  const [open, setOpen] = useState<'settings' | 'keys' | 'sheet' | null>(null)
  const { id, name, version, status, carrier } = account
  const api = carrier !== 'manual'
  const test = useAccountMutation(() => testAccount(id), t('action.testing'))
  const sync = useAccountMutation(() => syncPlaces(id), t('action.syncing'))
  const enable = useAccountMutation(() => editAccount(id, { version, disabled: false }), t('enabled', { name }))
  return (
    <div className={classes.actions}>
      {status === 'disabled' ? (
        <Button size="small" pending={enable.isPending} onClick={() => enable.mutate()}>
          {t('action.enable')}
        </Button>
      ) : (
        <>
          <Button size="small" icon={<IconSettings {...icon} />} onClick={() => setOpen('settings')}>
            {t('action.settings')}
          </Button>
          {!api && (
            <Button size="small" icon={<IconFileSpreadsheet {...icon} />} onClick={() => setOpen('sheet')}>
              {t('manual.sheet')}
            </Button>
          )}
          {api && (
            <>
              <Button
                size="small"
                icon={<IconPlugConnected {...icon} />}
                pending={test.isPending}
                onClick={() => test.mutate()}
              >
                {t('action.test')}
              </Button>
              <Button
                size="small"
                icon={<IconRefresh {...icon} />}
                pending={sync.isPending}
                onClick={() => sync.mutate()}
              >
                {t('action.sync')}
              </Button>
              <Button size="small" icon={<IconKey {...icon} />} onClick={() => setOpen('keys')}>
                {t('action.keys')}
              </Button>
            </>
          )}
          <Disable account={account} />
        </>
      )}
      {open === 'settings' &&
        (api ? (
          <SettingsDialog account={account} onClose={() => setOpen(null)} />
        ) : (
          <ManualSettings account={account} onClose={() => setOpen(null)} />
        ))}
      {open === 'sheet' && <SheetDialog account={account} onClose={() => setOpen(null)} />}
      {open === 'keys' && <ChangeKeys account={account} onClose={() => setOpen(null)} />}
    </div>
  )
}

const Disable = ({ account: { id, name } }: { account: CarrierAccount }) => {
  const { t } = useTranslation('carriers')
  const [asking, setAsking] = useState(false)
  const { mutate, isPending } = useAccountMutation(
    () => disableAccount(id),
    t('disabled', { name }),
    () => setAsking(false),
  )
  return (
    <>
      <Button size="small" variant="danger" onClick={() => setAsking(true)}>
        {t('action.disable')}
      </Button>
      <ConfirmModal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('disableTitle', { name })}
        action={t('action.disable')}
        variant="danger"
        pending={isPending}
        onConfirm={() => mutate()}
      >
        {t('disableText')}
      </ConfirmModal>
    </>
  )
}
