import { Select, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import {
  type Collection,
  type CollectionOperation,
  type CollectionStatus,
  type MarkCollections,
  paymentModes,
} from '@sendocki/domain/cash/collection'
import { dayOf } from '@sendocki/domain/time'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Amount } from '../../ui/numbers.tsx'
import { markCollections } from './cash.api.ts'
import classes from './cash.module.css'
import { parcelIdsOf, sumOf } from './sums.ts'

interface MarkDialogProps {
  readonly rows: readonly Collection[]
  readonly status: CollectionStatus
  readonly onClose: () => void
  readonly onDone: (operation: CollectionOperation) => void
}

/** Says of one or many collections where their money is: when it came, how, and under which reference. */
export const MarkDialog = (props: MarkDialogProps) => {
  const { t } = useTranslation('cash')
  return (
    <Dialog opened onClose={props.onClose} title={t(`mark.title.${props.status}`, { count: props.rows.length })}>
      <MarkForm {...props} />
    </Dialog>
  )
}

interface Values {
  date: string
  mode: string | null
  reference: string
  note: string
}

/** Today is left unsaid: whose midnight it is, is for the API to know, not for the clock of a browser. */
const bodyOf = (
  rows: readonly Collection[],
  status: CollectionStatus,
  values: Values,
  today: string,
): MarkCollections => {
  const note = values.note.trim()
  const reference = values.reference.trim()
  const mode = paymentModes.find((known) => known === values.mode)
  return {
    parcelIds: parcelIdsOf(rows),
    status,
    ...(note === '' ? {} : { note }),
    ...(status !== 'collected' || values.date === '' || values.date === today ? {} : { date: values.date }),
    ...(status !== 'collected' || !mode ? {} : { mode }),
    ...(status !== 'collected' || reference === '' ? {} : { reference }),
  }
}

const MarkForm = ({ rows, status, onClose, onDone }: MarkDialogProps) => {
  const { t } = useTranslation(['cash', 'common'])
  const [key] = useState(() => crypto.randomUUID())
  const today = dayOf(new Date())
  const form = useForm<Values>({
    initialValues: { date: today, mode: 'transfer', reference: '', note: '' },
    validate: { date: (value) => (value > today ? t('mark.dateFuture') : null) },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: (values) => markCollections(bodyOf(rows, status, values, today), key),
    onDone,
    textOf: problemText,
  })
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <p className={classes.sum}>
        <span>{t('mark.sum')}</span>
        <Amount centimes={sumOf(rows)} decimals="always" />
      </p>
      {status === 'collected' && (
        <>
          <DayField label={t('mark.date')} max={today} data-autofocus {...form.getInputProps('date')} />
          <Select
            label={t('mark.mode')}
            data={paymentModes.map((value) => ({ value, label: t(`mark.modes.${value}`) }))}
            allowDeselect={false}
            {...form.getInputProps('mode')}
          />
          <TextInput
            label={t('mark.reference')}
            description={t('mark.referenceHint')}
            maxLength={120}
            autoComplete="off"
            {...form.getInputProps('reference')}
          />
        </>
      )}
      <Textarea
        label={t('mark.note')}
        description={t('mark.noteHint')}
        dir="auto"
        maxLength={500}
        autosize
        minRows={2}
        {...(status === 'collected' ? {} : { 'data-autofocus': true })}
        {...form.getInputProps('note')}
      />
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <div className={classes.actions}>
        <Button variant="quiet" onClick={onClose}>
          {t('common:ui.goBack')}
        </Button>
        <Button type="submit" variant="filled" pending={pending}>
          {t(`mark.${status}`)}
        </Button>
      </div>
    </form>
  )
}
