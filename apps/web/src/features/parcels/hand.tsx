import { Menu, Select, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type SheetFormat, sheetFormats } from '@sendocki/domain/carriers/sheet'
import type { Parcel } from '@sendocki/domain/parcels/parcel-schema'
import {
  receivableStatuses,
  saidAtOnce,
  sayableStatuses,
  type TrackingOperation,
} from '@sendocki/domain/parcels/tracking-operation'
import { dayOf, fromMoroccanClock } from '@sendocki/domain/time'
import { IconArrowBackUp, IconBarcode, IconFileSpreadsheet, IconPencil } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { download } from '../../lib/download.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { ClockField, focusUnread } from '../../ui/clock-field.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { showToast } from '../../ui/toast.tsx'
import { receiveReturn, sayStatuses, typeNumber, undoSaid, writeSheet } from './parcels.api.ts'
import classes from './parcels.module.css'
import { useManualAccounts } from './use-carrier-names.ts'

/*
 * Parcels of carriers without API: what people say of them, and the file that goes to the carrier's portal.
 */

const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const
const refused = (error: unknown) => showToast({ message: problemText(error), tone: 'refused' })

/** Reads again what follows a parcel, and takes a saying back as a whole. */
const useSaid = () => {
  const { t } = useTranslation('parcels')
  const queries = useQueryClient()
  const readAgain = () =>
    Promise.all(['parcel', 'order', 'collection'].map((noun) => queries.invalidateQueries({ queryKey: [noun] })))
  const undo = async (id: string): Promise<void> => {
    try {
      const { items } = await undoSaid(id)
      const kept = items.filter(({ outcome, reason }) => outcome === 'kept' || reason !== null).length
      showToast({ message: kept > 0 ? t('hand.undoneKept', { kept }) : t('hand.undone') })
    } catch (error) {
      refused(error)
    }
    await readAgain()
  }
  return { readAgain, undo }
}

const countOf = ({ items }: TrackingOperation, wanted: string): number =>
  items.filter(({ outcome }) => outcome === wanted).length

interface HandProps {
  readonly parcels: readonly Parcel[]
  readonly onDone?: () => void
}

/** Says where one or many parcels are. `S` opens it. */
export const StatusButton = ({ parcels, onDone }: HandProps) => {
  const { t } = useTranslation('parcels')
  const manual = useManualAccounts()
  const [open, setOpen] = useState(false)
  const off = parcels.length > saidAtOnce || parcels.some(({ carrierAccountId }) => !manual.has(carrierAccountId))
  useShortcuts([{ keys: 's', label: t('hand.status'), run: () => setOpen(true) }], { on: !off })
  return (
    <>
      <Button
        icon={<IconPencil {...icon} />}
        keyHint="s"
        disabled={off}
        title={off ? t(parcels.length === 1 ? 'hand.onlyManual' : 'hand.several') : undefined}
        onClick={() => setOpen(true)}
      >
        {t('hand.status')}
      </Button>
      {open && (
        <Dialog opened onClose={() => setOpen(false)} title={t('hand.title', { count: parcels.length })}>
          <StatusForm
            parcels={parcels}
            onDone={() => {
              setOpen(false)
              onDone?.()
            }}
          />
        </Dialog>
      )}
    </>
  )
}

const StatusForm = ({ parcels, onDone }: Required<HandProps>) => {
  const { t } = useTranslation(['parcels', 'orders'])
  const { readAgain, undo } = useSaid()
  const form = useForm({
    initialValues: { status: '', at: '', clock: '', comment: '' },
    validate: {
      status: filled,
      // A day and its time, or neither for now.
      at: (at, { clock }) => (clock === '' ? null : filled(at)),
      clock: (clock, { at }) => (at === '' ? null : filled(clock)),
    },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ status, at, clock, comment }) => {
      // The wall's time in Morocco, on whatever clock the device runs.
      const said = at === '' ? null : fromMoroccanClock(`${at} ${clock}`)
      return sayStatuses({
        parcelIds: parcels.map(({ id }) => id),
        status: sayableStatuses.find((known) => known === status) ?? 'created',
        ...(said === null ? {} : { at: said.at }),
        ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
      })
    },
    onDone: async (operation) => {
      const counts = {
        applied: countOf(operation, 'applied'),
        same: countOf(operation, 'same'),
        refused: countOf(operation, 'refused'),
      }
      showToast({
        message: t('hand.done', counts),
        ...(counts.applied > 0 ? { undo: () => void undo(operation.operationId) } : {}),
      })
      await readAgain()
      onDone()
    },
    textOf: problemText,
  })
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!focusUnread(event.currentTarget)) submit()
      }}
      noValidate
    >
      <Select
        label={t('hand.choose')}
        data={sayableStatuses.map((value) => ({ value, label: t(`orders:parcel.${value}`) }))}
        searchable
        data-autofocus
        {...form.getInputProps('status')}
      />
      <div className={classes.at}>
        <DayField
          label={t('hand.at')}
          description={t('hand.atHint')}
          max={dayOf(new Date())}
          {...form.getInputProps('at')}
        />
        <ClockField label={t('hand.clock')} {...form.getInputProps('clock')} />
      </div>
      <Textarea
        label={t('hand.comment')}
        dir="auto"
        maxLength={300}
        autosize
        minRows={2}
        {...form.getInputProps('comment')}
      />
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <div className={classes.actions}>
        <Button type="submit" variant="filled" pending={pending}>
          {t('hand.save')}
        </Button>
      </div>
    </form>
  )
}

/** The carrier's number, typed from its portal or its slip. */
export const NumberButton = ({ parcel }: { parcel: Parcel }) => {
  const { t } = useTranslation('parcels')
  const [open, setOpen] = useState(false)
  const { readAgain } = useSaid()
  const form = useForm({ initialValues: { trackingNumber: parcel.trackingNumber ?? '' } })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ trackingNumber }) =>
      typeNumber(parcel.id, { version: parcel.version, trackingNumber: trackingNumber.trim() || null }),
    onDone: async () => {
      setOpen(false)
      showToast({ message: t('hand.numberTyped') })
      await readAgain()
    },
    fieldOf: { 'parcel.tracking_taken': 'trackingNumber' },
    textOf: problemText,
  })
  return (
    <>
      <Button icon={<IconBarcode {...icon} />} onClick={() => setOpen(true)}>
        {t('hand.type')}
      </Button>
      {open && (
        <Dialog opened onClose={() => setOpen(false)} title={t('hand.number')}>
          <form className={classes.form} onSubmit={submit} noValidate>
            <TextInput
              label={t('hand.number')}
              description={t('hand.numberHint')}
              dir="ltr"
              maxLength={80}
              autoComplete="off"
              data-autofocus
              {...form.getInputProps('trackingNumber')}
            />
            {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
            <div className={classes.actions}>
              <Button type="submit" variant="filled" pending={pending}>
                {t('hand.save')}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  )
}

export const isReceivable = ({ status, returnReceivedAt }: Pick<Parcel, 'status' | 'returnReceivedAt'>): boolean =>
  returnReceivedAt === null && receivableStatuses.includes(status)

/** One click: the goods are back. `R` does the same; undo takes it back. */
export const ReturnButton = ({ parcel }: { parcel: Parcel }) => {
  const { t } = useTranslation('parcels')
  const { readAgain, undo } = useSaid()
  const { mutate, isPending } = useMutation({
    mutationFn: () => receiveReturn(parcel.id),
    onSuccess: ({ operationId }) => {
      showToast({ message: t('hand.received'), undo: () => void undo(operationId) })
      return readAgain()
    },
    onError: refused,
  })
  useShortcuts([{ keys: 'r', label: t('hand.receive'), run: () => mutate() }], { level: 'panel', on: !isPending })
  return (
    <Button
      variant="accent"
      keyHint="r"
      icon={<IconArrowBackUp {...icon} className="mirror" />}
      pending={isPending}
      onClick={() => mutate()}
    >
      {t('hand.receive')}
    </Button>
  )
}

/** The file that the portal of these parcels' carrier imports, in the account's layout. `F` opens the choice. */
export const SheetButton = ({ parcels }: HandProps) => {
  const { t } = useTranslation('parcels')
  const [opened, setOpened] = useState(false)
  const accounts = new Set(parcels.map(({ carrierAccountId }) => carrierAccountId))
  const [accountId] = accounts
  const off = accounts.size !== 1 || parcels.length > 500
  const { mutate, isPending } = useMutation({
    mutationFn: async (format: SheetFormat) =>
      download(
        await writeSheet(accountId ?? '', { parcelIds: parcels.map(({ id }) => id), format }),
        `colis-${dayOf(new Date())}.${format}`,
      ),
    onSuccess: () => showToast({ message: t('sheet.ready') }),
    onError: refused,
  })
  useShortcuts([{ keys: 'f', label: t('sheet.file'), run: () => setOpened(true) }], { on: !off && !isPending })
  return (
    <Menu opened={opened && !off} onChange={setOpened} position="top-start">
      <Menu.Target>
        <Button
          icon={<IconFileSpreadsheet {...icon} />}
          keyHint="f"
          pending={isPending}
          disabled={off}
          title={off ? t('issue.several_carriers') : undefined}
        >
          {t('sheet.file')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {sheetFormats.map((format) => (
          <Menu.Item key={format} onClick={() => mutate(format)}>
            {t(`sheet.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
