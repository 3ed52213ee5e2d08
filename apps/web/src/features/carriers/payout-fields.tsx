import { MultiSelect, NumberInput, Select } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { CarrierAccount } from '@sendocki/domain/carriers/account'
import type { PayoutRhythm } from '@sendocki/domain/cash/payout'
import { dayOf } from '@sendocki/domain/time'
import { useTranslation } from 'react-i18next'
import { DayField } from '../../ui/day-field.tsx'
import classes from './carriers.module.css'

/** When a carrier pays, as a form holds it. */
export interface PayoutValues {
  payoutDays: number | string
  kind: PayoutRhythm['kind'] | 'none'
  days: string[]
  every: number | string
  from: string
}

const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const
const monthdays = Array.from({ length: 31 }, (_, index) => String(index + 1))
const kinds = ['none', 'week', 'every', 'month'] as const

export const payoutValuesOf = ({ settings: { payoutDays, payoutRhythm } }: CarrierAccount): PayoutValues => ({
  payoutDays: payoutDays ?? '',
  kind: payoutRhythm?.kind ?? 'none',
  days: payoutRhythm && payoutRhythm.kind !== 'every' ? payoutRhythm.days.map(String) : [],
  every: payoutRhythm?.kind === 'every' ? (payoutRhythm.days[0] ?? 7) : 7,
  from: payoutRhythm?.from ?? dayOf(new Date()),
})

const rhythmOf = ({ kind, days, every, from }: PayoutValues): PayoutRhythm | null => {
  if (kind === 'none') return null
  if (kind === 'every') return { kind, days: [Number(every) || 7], from }
  return days.length === 0 ? null : { kind, days: days.map(Number).sort((one, other) => one - other) }
}

/** The settings that say when the carrier pays. */
export const payoutSettingsOf = (values: PayoutValues) => ({
  payoutDays: typeof values.payoutDays === 'number' ? values.payoutDays : null,
  payoutRhythm: rhythmOf(values),
})

/** The delay and the days of a carrier's payments: together they give the expected day of each. */
export const PayoutFields = <Values extends PayoutValues>({ form }: { form: UseFormReturnType<Values> }) => {
  const { t } = useTranslation('carriers')
  const { kind } = form.values
  return (
    <>
      <div className={classes.pair}>
        <NumberInput
          label={t('form.payoutDays')}
          description={t('form.payoutDaysHint')}
          min={0}
          max={90}
          allowDecimal={false}
          {...form.getInputProps('payoutDays')}
        />
        <Select
          label={t('form.rhythm')}
          description={t('form.rhythmHint')}
          data={kinds.map((value) => ({ value, label: t(`form.rhythms.${value}`) }))}
          allowDeselect={false}
          {...form.getInputProps('kind')}
        />
      </div>
      {(kind === 'week' || kind === 'month') && (
        <MultiSelect
          key={kind}
          label={t('form.rhythmDays')}
          data={
            kind === 'week'
              ? weekdays.map((value) => ({ value, label: t(`form.weekdays.d${value}`) }))
              : monthdays.map((value) => ({ value, label: value }))
          }
          {...form.getInputProps('days')}
        />
      )}
      {kind === 'every' && (
        <div className={classes.pair}>
          <NumberInput
            label={t('form.rhythmEvery')}
            min={1}
            max={31}
            allowDecimal={false}
            {...form.getInputProps('every')}
          />
          <DayField label={t('form.rhythmFrom')} {...form.getInputProps('from')} />
        </div>
      )}
    </>
  )
}
