import type { RunStatus } from '@sendocki/domain/automations/automation'
import { useTranslation } from 'react-i18next'
import { Chip, type Tone } from '../../ui/chip.tsx'

const tones: Readonly<Record<RunStatus, Tone>> = {
  scheduled: 'info',
  sent: 'accent',
  delivered: 'accent',
  replied: 'ok',
  expired: 'warn',
  cancelled: 'neutral',
  failed: 'bad',
}

/** How far a message of an automation has come. */
export const RunChip = ({ status }: { status: RunStatus }) => {
  const { t } = useTranslation('automations')
  return <Chip tone={tones[status]}>{t(`status.${status}`)}</Chip>
}
