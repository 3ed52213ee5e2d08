import { Checkbox, NumberInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { CarrierAccount, EditCarrierAccount } from '@sendocki/domain/carriers/account'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { showToast } from '../../ui/toast.tsx'
import { carrierKeys, editAccount } from './carriers.api.ts'
import classes from './carriers.module.css'
import { Foot } from './connect-carrier.tsx'
import { PayoutFields, type PayoutValues, payoutSettingsOf, payoutValuesOf } from './payout-fields.tsx'
import { PickupPlace } from './pickup-place.tsx'

interface SettingsDialogProps {
  readonly account: CarrierAccount
  readonly onClose: () => void
}

/** Where and by whom parcels are handed over, and what the carrier allows and promises. */
export const SettingsDialog = ({ account, onClose }: SettingsDialogProps) => {
  const { t } = useTranslation('carriers')
  return (
    <Dialog opened onClose={onClose} title={t('form.settingsTitle', { name: account.name })} size="lg">
      <SettingsForm account={account} onClose={onClose} />
    </Dialog>
  )
}

interface Values extends PayoutValues {
  name: string
  pickupPlaceId: string | null
  pickupName: string
  pickupPhone: string
  pickupAddress: string
  callsPerHour: number | string
  signedWebhook: boolean
}

const valuesOf = (account: CarrierAccount): Values => {
  const { name, settings } = account
  return {
    name,
    pickupPlaceId: settings.pickupPlaceId,
    pickupName: settings.pickupName ?? '',
    pickupPhone: settings.pickupPhone ?? '',
    pickupAddress: settings.pickupAddress ?? '',
    ...payoutValuesOf(account),
    callsPerHour: settings.callsPerHour,
    signedWebhook: settings.signedWebhook,
  }
}

const orNull = (text: string): string | null => text.trim() || null

const bodyOf = (values: Values, version: number): EditCarrierAccount => ({
  version,
  name: values.name.trim(),
  settings: {
    pickupPlaceId: values.pickupPlaceId,
    pickupName: orNull(values.pickupName),
    pickupPhone: orNull(values.pickupPhone),
    pickupAddress: orNull(values.pickupAddress),
    ...payoutSettingsOf(values),
    ...(typeof values.callsPerHour === 'number' ? { callsPerHour: values.callsPerHour } : {}),
    signedWebhook: values.signedWebhook,
  },
})

const SettingsForm = ({ account, onClose }: SettingsDialogProps) => {
  const { t } = useTranslation('carriers')
  const queries = useQueryClient()
  const form = useForm<Values>({ initialValues: valuesOf(account), validate: { name: filled } })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: (values) => editAccount(account.id, bodyOf(values, account.version)),
    onDone: async () => {
      showToast({ message: t('form.saved') })
      onClose()
      await queries.invalidateQueries({ queryKey: carrierKeys.all })
    },
    fieldOf: { 'carrier_place.not_found': 'pickupPlaceId' },
    textOf: problemText,
  })
  const text = { dir: 'auto', autoComplete: 'off' } as const
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput label={t('form.name')} {...text} maxLength={80} data-autofocus {...form.getInputProps('name')} />
      <PickupPlace
        accountId={account.id}
        value={form.values.pickupPlaceId}
        onChange={(placeId) => form.setFieldValue('pickupPlaceId', placeId)}
        error={form.errors['pickupPlaceId']}
      />
      <TextInput label={t('form.pickupName')} {...text} maxLength={120} {...form.getInputProps('pickupName')} />
      <TextInput
        label={t('form.pickupPhone')}
        dir="ltr"
        type="tel"
        inputMode="tel"
        autoComplete="off"
        maxLength={40}
        {...form.getInputProps('pickupPhone')}
      />
      <TextInput label={t('form.pickupAddress')} {...text} maxLength={300} {...form.getInputProps('pickupAddress')} />
      <PayoutFields form={form} />
      <NumberInput
        label={t('form.callsPerHour')}
        description={t('form.callsPerHourHint')}
        min={10}
        max={100_000}
        allowDecimal={false}
        {...form.getInputProps('callsPerHour')}
      />
      <Checkbox
        label={t('form.signedWebhook')}
        description={t('form.signedWebhookHint')}
        {...form.getInputProps('signedWebhook', { type: 'checkbox' })}
      />
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <Foot action={t('form.save')} pending={pending} onClose={onClose} />
    </form>
  )
}
