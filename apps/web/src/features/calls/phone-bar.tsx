import { Popover } from '@mantine/core'
import type { CallLease } from '@sendocki/domain/calls/call-schema'
import { whatsappLink } from '@sendocki/domain/messages/buyer-message'
import type { Order } from '@sendocki/domain/orders/order'
import { IconBrandWhatsapp, IconPhone, IconQrcode } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Phone } from '../../ui/numbers.tsx'
import classes from './calls.module.css'

interface PhoneBarProps {
  readonly customer: Pick<Order['customer'], 'phone' | 'phoneMasked' | 'alternatePhone'>
  readonly lease: CallLease
  readonly onDial: () => void
}

/** The number, biggest of all, and the ways to call it: from here, from a handset by its code, in WhatsApp. */
export const PhoneBar = ({ customer, lease, onDial }: PhoneBarProps) => {
  const { t } = useTranslation('calls')
  const { phone, phoneMasked, alternatePhone } = customer
  const dial = (number: string): void => {
    onDial()
    location.href = `tel:${number}`
  }
  const write = (): void => {
    if (phone !== null) window.open(whatsappLink(phone, ''), '_blank', 'noopener')
  }
  const ready = phone !== null && !phoneMasked
  // The second press, once the first number rang out, is for the second number.
  const second = lease.dialledAt !== null && alternatePhone !== null ? alternatePhone : phone
  useShortcuts(
    [
      { keys: 'd', label: t('dial.action'), run: () => second !== null && dial(second) },
      { keys: 'w', label: t('dial.whatsapp'), run: write },
    ],
    { on: ready },
  )
  if (!ready) return <p className={classes.phoneBar}>{t('dial.none')}</p>
  return (
    <div className={classes.phoneBar}>
      <strong className={classes.number}>
        <Phone phone={phone} />
      </strong>
      <Button
        variant="accent"
        size="form"
        keyHint="d"
        icon={<IconPhone size={16} stroke={1.75} aria-hidden />}
        onClick={() => dial(phone)}
      >
        {t('dial.action')}
      </Button>
      <HandsetCode phone={phone} />
      <CopyButton text={phone} label={t('dial.copy')} />
      <IconButton label={t('dial.whatsapp')} keyHint="w" size="form" onClick={write}>
        <IconBrandWhatsapp size={16} stroke={1.75} aria-hidden />
      </IconButton>
      {alternatePhone !== null && (
        <Button size="small" onClick={() => dial(alternatePhone)}>
          {t('dial.second')} <Phone phone={alternatePhone} />
        </Button>
      )}
    </div>
  )
}

/** The number as a code that the camera of a handset dials: nobody types it again. */
const HandsetCode = ({ phone }: { phone: string }) => {
  const { t } = useTranslation('calls')
  const [opened, setOpened] = useState(false)
  const { data } = useQuery({
    queryKey: ['handsetCode', phone],
    queryFn: async () => (await import('uqr')).encode(`tel:${phone}`).data,
    enabled: opened,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus>
      <Popover.Target>
        <IconButton label={t('dial.code')} size="form" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          <IconQrcode size={16} stroke={1.75} aria-hidden />
        </IconButton>
      </Popover.Target>
      <Popover.Dropdown>
        <p>{t('dial.codeHint')}</p>
        {data && (
          <svg
            role="img"
            aria-label={t('dial.code')}
            className={classes.code}
            viewBox={`0 0 ${data.length} ${data.length}`}
            shapeRendering="crispEdges"
          >
            <path
              d={data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')}
            />
          </svg>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
