import { Menu } from '@mantine/core'
import { type LabelFormat, labelFormats, type Parcel } from '@sendocki/domain/parcels/parcel-schema'
import { IconPrinter, IconTruckLoading } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { download } from '../../lib/download.ts'
import { askToPrint } from '../../lib/printing.ts'
import { problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmModal } from '../../ui/dialog.tsx'
import { showToast } from '../../ui/toast.tsx'
import { labelIssue, pickupIssue } from './batches.ts'
import { fetchLabels } from './labels.api.ts'
import { askPickup } from './parcels.api.ts'

const refused = (error: unknown) => showToast({ message: problemText(error), tone: 'refused' })

interface PapersProps {
  readonly parcels: readonly Parcel[]
  readonly onDone?: () => void
}

/** Our own papers for parcels of any carrier. `I` opens the choice. */
export const PrintButton = ({ parcels }: Pick<PapersProps, 'parcels'>) => {
  const { t } = useTranslation('parcels')
  const print = () => askToPrint({ parcelIds: parcels.map(({ id }) => id) })
  useShortcuts([{ keys: 'i', label: t('print'), run: print }])
  return (
    <Button icon={<IconPrinter size={16} stroke={1.75} aria-hidden />} keyHint="i" onClick={print}>
      {t('print')}
    </Button>
  )
}

/** The carrier's own labels as one PDF, in the size of the printer at hand. `L` opens the choice. */
export const LabelsButton = ({ parcels, onDone }: PapersProps) => {
  const { t } = useTranslation('parcels')
  const [opened, setOpened] = useState(false)
  const issue = labelIssue(parcels)
  const { mutate, isPending } = useMutation({
    mutationFn: (format: LabelFormat) =>
      fetchLabels(
        parcels.map(({ id }) => id),
        format,
      ),
    onSuccess: (file) => {
      if (!file) return showToast({ message: t('labels.slow'), tone: 'refused' })
      download(file, `etiquettes-${parcels[0]?.reference ?? 'colis'}.pdf`)
      showToast({ message: t('labels.ready', { count: parcels.length }) })
      onDone?.()
    },
    onError: refused,
  })
  useShortcuts([{ keys: 'l', label: t('labels.print'), run: () => setOpened(true) }], {
    on: issue === null && !isPending,
  })
  return (
    <Menu opened={opened && issue === null} onChange={setOpened} position="top-start">
      <Menu.Target>
        <Button
          icon={<IconPrinter size={16} stroke={1.75} aria-hidden />}
          keyHint="l"
          pending={isPending}
          disabled={issue !== null}
          title={issue ? t(`issue.${issue}`) : undefined}
        >
          {t('labels.print')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {labelFormats.map((format) => (
          <Menu.Item key={format} onClick={() => mutate(format)}>
            {t(`labels.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Asks the carrier to come and fetch parcels. A van cannot be called back from here, so it is confirmed first. */
export const PickupButton = ({ parcels, onDone }: PapersProps) => {
  const { t } = useTranslation('parcels')
  const [asking, setAsking] = useState(false)
  const issue = pickupIssue(parcels)
  const count = parcels.length
  const { mutate, isPending } = useMutation({
    mutationFn: () => askPickup(parcels.map(({ id }) => id)),
    onSuccess: () => {
      setAsking(false)
      showToast({ message: t('pickup.asked', { count }) })
      onDone?.()
    },
    onError: refused,
  })
  return (
    <>
      <Button
        icon={<IconTruckLoading size={16} stroke={1.75} aria-hidden />}
        disabled={issue !== null}
        title={issue ? t(`issue.${issue}`) : undefined}
        onClick={() => setAsking(true)}
      >
        {t('pickup.ask')}
      </Button>
      <ConfirmModal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('pickup.title', { count })}
        action={t('pickup.ask')}
        pending={isPending}
        onConfirm={() => mutate()}
      >
        {t('pickup.text')}
      </ConfirmModal>
    </>
  )
}
