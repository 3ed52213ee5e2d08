import { useTranslation } from 'react-i18next'
import { ConfirmModal } from './dialog.tsx'
import { Count } from './numbers.tsx'

interface LackingModalProps {
  readonly carrier: string
  /** The options that the carrier does not know, and for how many orders each was asked. */
  readonly options: readonly (readonly [option: LackingOption, count: number])[]
  readonly pending: boolean
  readonly onClose: () => void
  readonly onConfirm: () => void
}
type LackingOption = 'allowOpen' | 'allowTry' | 'fragile' | 'exchange' | 'agencyDelivery'

/** Says before a parcel is made what its carrier will not be told in a field of its own. */
export const LackingModal = ({ carrier, options, pending, onClose, onConfirm }: LackingModalProps) => {
  const { t } = useTranslation('common')
  return (
    <ConfirmModal
      opened
      onClose={onClose}
      title={t('lacking.title', { carrier })}
      facts={options.map(([option, count]) => ({
        label: t(`lacking.${option}`),
        value: <Count count={count} />,
      }))}
      action={t('lacking.ship')}
      pending={pending}
      onConfirm={onConfirm}
    >
      {t('lacking.text')}
    </ConfirmModal>
  )
}
