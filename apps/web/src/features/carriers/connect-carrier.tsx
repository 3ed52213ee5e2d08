import { PasswordInput, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Carrier, CarrierAccount, CredentialField } from '@sendocki/domain/carriers/account'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { carrierKeys, carriersQuery, createAccount, editAccount } from './carriers.api.ts'
import classes from './carriers.module.css'

/** Credentials that have a word of their own; another is named as its carrier names it. */
const named = ['publicKey', 'secretKey'] as const
const isNamed = (name: string): name is (typeof named)[number] => named.some((known) => known === name)

interface ChooseCarrierProps {
  readonly onDone: () => void
  /** The way back; absent where there is none to go. */
  readonly onClose?: () => void
}

/** The carriers that can be connected, then the keys that the chosen one asks for. */
export const ChooseCarrier = ({ onDone, onClose }: ChooseCarrierProps) => {
  const { t } = useTranslation('carriers')
  const { data, error } = useQuery(carriersQuery)
  const [chosen, setChosen] = useState<string | null>(null)
  const carrier = data?.items.find(({ carrier: code }) => code === chosen) ?? data?.items[0]
  return (
    <>
      {!data && !error && <SkeletonRows label={t('loading')} rows={3} />}
      {error && (
        <ErrorState title={t('loadFailed')} code={problemCode(error)}>
          {problemText(error)}
        </ErrorState>
      )}
      {carrier && (
        <div className={classes.form}>
          {data && data.items.length > 1 && (
            <Select
              label={t('form.carrier')}
              data={data.items.map(({ carrier: value }) => ({ value, label: t(`form.carriers.${value}`) }))}
              value={carrier.carrier}
              onChange={setChosen}
              allowDeselect={false}
            />
          )}
          <ConnectForm key={carrier.carrier} carrier={carrier} onDone={onDone} onClose={onClose} />
        </div>
      )}
    </>
  )
}

export const ConnectCarrier = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation('carriers')
  return (
    <Dialog opened onClose={onClose} title={t('form.connectTitle')}>
      <ChooseCarrier onDone={onClose} onClose={onClose} />
    </Dialog>
  )
}

const credentialsOf = (fields: readonly CredentialField[], values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(fields.map(({ name }) => [name, (values[name] ?? '').trim()]))

const empty = (fields: readonly CredentialField[]): Record<string, string> => credentialsOf(fields, {})
const allFilled = (fields: readonly CredentialField[]) => Object.fromEntries(fields.map(({ name }) => [name, filled]))

interface ConnectFormProps {
  readonly carrier: Carrier
  readonly onDone: () => void
  readonly onClose: (() => void) | undefined
}

const ConnectForm = ({ carrier, onDone, onClose }: ConnectFormProps) => {
  const { t } = useTranslation(['carriers', 'common'])
  const queries = useQueryClient()
  const [key] = useState(() => crypto.randomUUID())
  const fields = carrier.credentialFields
  const form = useForm<Record<string, string>>({
    initialValues: { accountName: carrier.capabilities.api ? carrier.name : '', ...empty(fields) },
    validate: { accountName: filled, ...allFilled(fields) },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ accountName = '', ...values }) =>
      createAccount(
        {
          carrier: carrier.carrier,
          name: accountName.trim(),
          ...(fields.length > 0 ? { credentials: credentialsOf(fields, values) } : {}),
        },
        key,
      ),
    onDone: async ({ name }) => {
      showToast({ message: t(carrier.capabilities.api ? 'form.connected' : 'form.opened', { name }) })
      onDone()
      await queries.invalidateQueries({ queryKey: carrierKeys.all })
    },
    textOf: problemText,
  })
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        label={t('form.name')}
        description={t('form.nameHint')}
        maxLength={80}
        data-autofocus
        {...form.getInputProps('accountName')}
      />
      <CredentialInputs fields={fields} inputProps={(name) => form.getInputProps(name)} />
      <p className={classes.hint}>
        {carrier.capabilities.api ? t(`form.credentialsHint.${carrier.carrier}`) : t('form.manualHint')}
      </p>
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <Foot action={t('form.connect')} pending={pending} onClose={onClose} />
    </form>
  )
}

interface CredentialInputsProps {
  readonly fields: readonly CredentialField[]
  readonly inputProps: (name: string) => object
}

const CredentialInputs = ({ fields, inputProps }: CredentialInputsProps) => {
  const { t } = useTranslation('carriers')
  return fields.map(({ name, secret }) => {
    const Input = secret ? PasswordInput : TextInput
    return (
      <Input
        key={name}
        label={isNamed(name) ? t(`form.credential.${name}`) : name}
        dir="ltr"
        autoComplete="off"
        maxLength={500}
        {...inputProps(name)}
      />
    )
  })
}

/** New keys for an account; the old ones are never shown. */
export const ChangeKeys = ({ account, onClose }: { account: CarrierAccount; onClose: () => void }) => {
  const { t } = useTranslation('carriers')
  const { data } = useQuery(carriersQuery)
  const carrier = data?.items.find(({ carrier: code }) => code === account.carrier)
  return (
    <Dialog opened onClose={onClose} title={t('form.keysTitle', { name: account.name })}>
      {carrier ? (
        <KeysForm account={account} fields={carrier.credentialFields} onClose={onClose} />
      ) : (
        <SkeletonRows label={t('loading')} rows={2} />
      )}
    </Dialog>
  )
}

interface KeysFormProps {
  readonly account: CarrierAccount
  readonly fields: readonly CredentialField[]
  readonly onClose: () => void
}

const KeysForm = ({ account, fields, onClose }: KeysFormProps) => {
  const { t } = useTranslation('carriers')
  const queries = useQueryClient()
  const form = useForm<Record<string, string>>({ initialValues: empty(fields), validate: allFilled(fields) })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: (values) => editAccount(account.id, { version: account.version, credentials: credentialsOf(fields, values) }),
    onDone: async () => {
      showToast({ message: t('form.keysSaved') })
      onClose()
      await queries.invalidateQueries({ queryKey: carrierKeys.all })
    },
    textOf: problemText,
  })
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <CredentialInputs fields={fields} inputProps={(name) => form.getInputProps(name)} />
      <p className={classes.hint}>{t(`form.credentialsHint.${account.carrier}`)}</p>
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <Foot action={t('form.save')} pending={pending} onClose={onClose} />
    </form>
  )
}

interface FootProps {
  readonly action: string
  readonly pending: boolean
  readonly onClose: (() => void) | undefined
}

/** The way back and the way on, at the end of a form of this screen. */
export const Foot = ({ action, pending, onClose }: FootProps) => {
  const { t } = useTranslation('common')
  return (
    <div className={classes.foot}>
      {onClose && (
        <Button variant="quiet" onClick={onClose}>
          {t('ui.goBack')}
        </Button>
      )}
      <Button type="submit" variant="filled" pending={pending}>
        {action}
      </Button>
    </div>
  )
}
