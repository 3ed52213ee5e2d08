import { Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { CarrierAccount, EditCarrierAccount } from '@sendocki/domain/carriers/account'
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
import { PayoutFields, type PayoutValues, payoutSettingsOf, payoutValuesOf } from './payout-fields.tsx'

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

interface Values extends PayoutValues {
  name: string
  driverMemberId: string
}

const nobody = 'none'

const valuesOf = (account: CarrierAccount): Values => ({
  name: account.name,
  driverMemberId: account.driverMemberId ?? nobody,
  ...payoutValuesOf(account),
})

const bodyOf = (values: Values, version: number): EditCarrierAccount => ({
  version,
  name: values.name.trim(),
  driverMemberId: values.driverMemberId === nobody ? null : values.driverMemberId,
  settings: payoutSettingsOf(values),
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
      <PayoutFields form={form} />
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <Foot action={t('form.save')} pending={pending} onClose={onClose} />
    </form>
  )
}
