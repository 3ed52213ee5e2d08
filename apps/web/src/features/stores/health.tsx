import type { StoreHealth, StoreStatus } from '@sendocki/domain/stores/store'
import { IconAlertTriangle, IconCircleCheck, IconClock, IconHelpCircle, IconMoon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip, type Tone } from '../../ui/chip.tsx'

const looks: Record<StoreHealth, { tone: Tone; icon: ReactNode }> = {
  ok: { tone: 'ok', icon: <IconCircleCheck size={14} stroke={1.75} /> },
  quiet: { tone: 'neutral', icon: <IconMoon size={14} stroke={1.75} /> },
  late: { tone: 'warn', icon: <IconClock size={14} stroke={1.75} /> },
  failing: { tone: 'bad', icon: <IconAlertTriangle size={14} stroke={1.75} /> },
  unknown: { tone: 'neutral', icon: <IconHelpCircle size={14} stroke={1.75} /> },
}

/** How well news of a shop arrives: shape, word and colour. */
export const HealthLight = ({ health }: { health: StoreHealth }) => {
  const { t } = useTranslation('stores')
  const { tone, icon } = looks[health]
  return (
    <Chip tone={tone} icon={icon}>
      {t(`health.${health}`)}
    </Chip>
  )
}

const statusTone: Record<StoreStatus, Tone> = {
  connecting: 'info',
  connected: 'ok',
  webhook_only: 'ok',
  reconnect: 'bad',
  uninstalled: 'warn',
  disconnected: 'neutral',
}

export const StatusChip = ({ status }: { status: StoreStatus }) => {
  const { t } = useTranslation('stores')
  return <Chip tone={statusTone[status]}>{t(`status.${status}`)}</Chip>
}
