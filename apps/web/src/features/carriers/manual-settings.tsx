import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { CarrierAccount, EditCarrierAccount } from '@sendocki/domain/carriers/account'
import type { PayoutRhythm } from '@sendocki/domain/cash/payout'
import { dayOf } from '@sendocki/domain/time'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { showToast } from '../../ui/toast.tsx'
import { carrierKeys, editAccount, membersQuery } from './carriers.api.ts'
import classes from './carriers.module.css'
import { Foot } from './connect-carrier.tsx'

interface SettingsProps {
  readonly account: CarrierAccount
  readonly onClose: () => void
}

/** The settings of a carrier without API: its name, who drives, and when it pays. */
export const ManualSettings = ({ account, onClose }: SettingsProps) => {
  const { t } = useTranslation('carriers')
  return (
    <Dialog opened onClose={onClose} title={t('form.settingsTitle', { name: account.name })} size="lg">
      <ManualForm account={account} onClose={onClose} />
    </Dialog>
  )
}

interface Values {
  name: string
  driverMemberId: string
  payoutDays: number | string
  kind: PayoutRhythm['kind'] | 'none'
  days: string[]
  every: number | string
  from: string
}

const nobody = 'none'
const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const
const monthdays = Array.from({ length: 31 }, (_, index) => String(index + 1))

const valuesOf = ({ name, driverMemberId, settings: { payoutDays, payoutRhythm } }: CarrierAccount): Values => ({
  name,
  driverMemberId: driverMemberId ?? nobody,
  payoutDays: payoutDays ?? '',
  kind: payoutRhythm?.kind ?? 'none',
  days: payoutRhythm && payoutRhythm.kind !== 'every' ? payoutRhythm.days.map(String) : [],
  every: payoutRhythm?.kind === 'every' ? (payoutRhythm.days[0] ?? 7) : 7,
  from: payoutRhythm?.from ?? dayOf(new Date()),
})

const rhythmOf = ({ kind, days, every, from }: Values): PayoutRhythm | null => {
  if (kind === 'none') return null
  if (kind === 'every') return { kind, days: [Number(every) || 7], from }
  return days.length === 0 ? null : { kind, days: days.map(Number).sort((one, other) => one - other) }
}

const bodyOf = (values: Values, version: number): EditCarrierAccount => ({
  version,
  name: values.name.trim(),
  driverMemberId: values.driverMemberId === nobody ? null : values.driverMemberId,
  settings: {
    payoutDays: typeof values.payoutDays === 'number' ? values.payoutDays : null,
    payoutRhythm: rhythmOf(values),
  },
})

const ManualForm = ({ account, onClose }: SettingsProps) => {
  const { t } = useTranslation('carriers')
  const can = useCan()
  const queries = useQueryClient()
  const { data: members } = useQuery({ ...membersQuery, enabled: can('members.read') })
  const form = useForm<Values>({ initialValues: valuesOf(account), validate: { name: filled } })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: (values) => editAccount(account.id, bodyOf(values, account.version)),
    onDone: async () => {
      showToast({ message: t('form.saved') })
      onClose()
      await queries.invalidateQueries({ queryKey: carrierKeys.all })
    },
    fieldOf: { 'member.not_found': 'driverMemberId' },
    textOf: problemText,
  })
  const { kind } = form.values
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput label={t('form.name')} dir="auto" maxLength={80} data-autofocus {...form.getInputProps('name')} />
      {members && (
        <Select
          label={t('form.driver')}
          description={t('form.driverHint')}
          data={[
            { value: nobody, label: t('form.driverNone') },
            ...members.items.map(({ id, fullName }) => ({ value: id, label: fullName })),
          ]}
          allowDeselect={false}
          {...form.getInputProps('driverMemberId')}
        />
      )}
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
          data={(['none', 'week', 'every', 'month'] as const).map((value) => ({
            value,
            label: t(`form.rhythms.${value}`),
          }))}
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
          <TextInput type="date" label={t('form.rhythmFrom')} {...form.getInputProps('from')} />
        </div>
      )}
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <Foot action={t('form.save')} pending={pending} onClose={onClose} />
    </form>
  )
}
