import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { CarrierFee, SetCarrierFee } from '@sendocki/domain/carriers/account'
import { feesAheadDays } from '@sendocki/domain/carriers/fees'
import { addDays, dayOf } from '@sendocki/domain/time'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { centimesIn, inDirhams } from '../../lib/money-text.ts'
import { fieldText, problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { setFee } from './carriers.api.ts'
import classes from './carriers.module.css'
import { Foot } from './connect-carrier.tsx'

interface FeeFormProps {
  readonly accountId: string
  /** What the place costs now: where the new fees start from. */
  readonly fee: CarrierFee
  readonly onClose: () => void
  readonly onSaved: (said: SetCarrierFee) => void
}

const typed = (centimes: number | null): string => (centimes === null ? '' : inDirhams(centimes))
const orUnknown = (text: string): number | null => (text.trim() === '' ? null : centimesIn(text))
const amount = (text: string): string | null =>
  text.trim() === '' || centimesIn(text) !== null ? null : fieldText('wrong_format')

/** What a place will cost from a day on; an amount that is left empty is unknown. */
export const FeeForm = ({ accountId, fee, onClose, onSaved }: FeeFormProps) => {
  const { t } = useTranslation('carriers')
  const today = dayOf(new Date())
  const form = useForm({
    initialValues: {
      validFrom: addDays(today, 1),
      delivered: typed(fee.deliveredFeeCentimes),
      refused: typed(fee.refusedFeeCentimes),
      returned: typed(fee.returnedFeeCentimes),
    },
    validate: {
      validFrom: filled,
      delivered: (text) => filled(text) ?? amount(text),
      refused: amount,
      returned: amount,
    },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: async ({ validFrom, delivered, refused, returned }) => {
      const said = {
        placeId: fee.placeId,
        validFrom,
        deliveredFeeCentimes: orUnknown(delivered),
        refusedFeeCentimes: orUnknown(refused),
        returnedFeeCentimes: orUnknown(returned),
      }
      await setFee(accountId, said)
      return said
    },
    onDone: onSaved,
    textOf: problemText,
  })
  const field = (name: 'delivered' | 'refused' | 'returned', label: string) => (
    <TextInput label={label} inputMode="decimal" dir="ltr" {...form.getInputProps(name)} />
  )
  return (
    <Dialog opened onClose={onClose} title={t('fees.aheadTitle', { place: fee.placeName })}>
      <form onSubmit={submit} noValidate className={classes.form}>
        <DayField
          label={t('fees.validFrom')}
          min={today}
          max={addDays(today, feesAheadDays)}
          {...form.getInputProps('validFrom')}
        />
        <div className={classes.feeAmounts}>
          {field('delivered', t('fees.feeInDirhams'))}
          {field('refused', t('fees.refusedInDirhams'))}
          {field('returned', t('fees.returnedInDirhams'))}
        </div>
        {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
        <Foot action={t('form.save')} pending={pending} onClose={onClose} />
      </form>
    </Dialog>
  )
}
