import { useForm } from '@mantine/form'
import type { CarrierFile } from '@sendocki/domain/carrier-files/carrier-file'
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

interface ListDialogProps {
  readonly file: CarrierFile
  readonly onClose: () => void
  readonly onDone: () => void
}

/** From which day the fees of a list hold. */
export const ListDialog = ({ file, onClose, onDone }: ListDialogProps) => {
  const { t } = useTranslation(['carrierFiles', 'common'])
  const today = dayOf(new Date())
  const form = useForm({
    initialValues: { date: today },
    validate: { date: (value) => (value > today ? t('run.dateFuture') : null) },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    // Today is left unsaid: whose midnight it is, is for the API to know.
    send: ({ date }) => runFile(file.id, date === '' || date === today ? {} : { date }),
    onDone,
    textOf: problemText,
  })
  return (
    <Dialog opened onClose={onClose} title={t('run.listTitle')}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <DayField
          label={t('run.validFrom')}
          description={t('run.validFromHint')}
          max={today}
          data-autofocus
          {...form.getInputProps('date')}
        />
        {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
        <div className={classes.actions}>
          <Button variant="quiet" onClick={onClose}>
            {t('common:ui.goBack')}
          </Button>
          <Button type="submit" variant="filled" pending={pending}>
            {t('run.apply')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
