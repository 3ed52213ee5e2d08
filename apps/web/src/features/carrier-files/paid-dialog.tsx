import { Select, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { CarrierFile, RunCarrierFile } from '@sendocki/domain/carrier-files/carrier-file'
import { paymentModes } from '@sendocki/domain/cash/collection'
import { dayOf } from '@sendocki/domain/time'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { runFile } from './carrier-files.api.ts'
import classes from './carrier-files.module.css'
import { Sums } from './sums.tsx'

interface PaidDialogProps {
  readonly file: CarrierFile
  readonly onClose: () => void
  readonly onDone: () => void
}

interface Values {
  date: string
  mode: string | null
  reference: string
  note: string
}

/** Today is left unsaid: whose midnight it is, is for the API to know. */
const bodyOf = ({ date, mode, reference, note }: Values, today: string): RunCarrierFile => {
  const known = paymentModes.find((one) => one === mode)
  return {
    ...(date === '' || date === today ? {} : { date }),
    ...(known ? { mode: known } : {}),
    ...(reference.trim() === '' ? {} : { reference: reference.trim() }),
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  }
}

/** When and how the carrier's money came, said once for all parcels of the list. */
export const PaidDialog = ({ file, onClose, onDone }: PaidDialogProps) => {
  const { t } = useTranslation(['carrierFiles', 'common'])
  const today = dayOf(new Date())
  const form = useForm<Values>({
    initialValues: { date: today, mode: 'transfer', reference: '', note: '' },
    validate: { date: (value) => (value > today ? t('run.dateFuture') : null) },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: (values) => runFile(file.id, bodyOf(values, today)),
    onDone,
    textOf: problemText,
  })
  return (
    <Dialog opened onClose={onClose} title={t('run.markTitle')}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <Sums file={file} />
        <DayField label={t('run.date')} max={today} data-autofocus {...form.getInputProps('date')} />
        <Select
          label={t('run.mode')}
          data={paymentModes.map((value) => ({ value, label: t(`run.modes.${value}`) }))}
          allowDeselect={false}
          {...form.getInputProps('mode')}
        />
        <TextInput label={t('run.reference')} maxLength={120} autoComplete="off" {...form.getInputProps('reference')} />
        <Textarea
          label={t('run.note')}
          dir="auto"
          maxLength={500}
          autosize
          minRows={2}
          {...form.getInputProps('note')}
        />
        {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
        <div className={classes.actions}>
          <Button variant="quiet" onClick={onClose}>
            {t('common:ui.goBack')}
          </Button>
          <Button type="submit" variant="filled" pending={pending}>
            {t('run.mark')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
