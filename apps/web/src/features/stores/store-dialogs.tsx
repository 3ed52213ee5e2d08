import { Radio, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Store, StoreCreated } from '@sendocki/domain/stores/store'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { deliveryOf, deliveryValues } from '../../ui/delivery.ts'
import { DeliveryFields } from '../../ui/delivery-fields.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { showToast } from '../../ui/toast.tsx'
import { comesBackBy } from './actions.ts'
import { KeyFields, MeansChoice, SecretField } from './credential-fields.tsx'
import { editStore, reconnectStore, rotateSecret, syncStore } from './stores.api.ts'
import classes from './stores.module.css'
import { credentialsOf, type Means } from './ways.ts'

interface DialogOf {
  readonly store: Store
  readonly onClose: () => void
}

const Foot = ({
  onClose,
  action,
  pending,
  problem,
}: {
  onClose: () => void
  action: string
  pending: boolean
  problem: unknown
}) => {
  const { t } = useTranslation('common')
  return (
    <>
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <div className={classes.actions}>
        <Button variant="quiet" onClick={onClose}>
          {t('ui.goBack')}
        </Button>
        <Button variant="filled" type="submit" pending={pending}>
          {action}
        </Button>
      </div>
    </>
  )
}

const spans = ['last', 'days_7', 'days_30', 'days_60'] as const
type Span = (typeof spans)[number]

const sinceOf = (span: Span): { since?: string } =>
  span === 'last' ? {} : { since: new Date(Date.now() - Number(span.slice(5)) * 86_400_000).toISOString() }

/** Reads the shop again, from the last check or from days ago: a new shop's past orders come in this way. */
export const SyncDialog = ({ store, onClose }: DialogOf) => {
  const { t } = useTranslation('stores')
  const form = useForm<{ span: Span }>({ initialValues: { span: 'last' } })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ span }) => syncStore(store.id, sinceOf(span)),
    onDone: () => {
      showToast({ message: t('syncing', { name: store.name }) })
      onClose()
    },
    textOf: problemText,
  })
  return (
    <Dialog opened onClose={onClose} title={t('syncTitle', { name: store.name })}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <Radio.Group label={t('syncFrom')} description={t('syncHint')} {...form.getInputProps('span')}>
          <div className={classes.choices}>
            {spans.map((span) => (
              <Radio key={span} value={span} label={t(`syncSince.${span}`)} />
            ))}
          </div>
        </Radio.Group>
        <Foot onClose={onClose} action={t('sync')} pending={pending} problem={problem} />
      </form>
    </Dialog>
  )
}

const causes = ['leak', 'care'] as const
type Cause = (typeof causes)[number]

/** A new secret: at once when the old one leaked, with an hour of overlap when nothing is wrong. */
export const RotateDialog = ({ store, onClose, onMade }: DialogOf & { onMade: (made: StoreCreated) => void }) => {
  const { t } = useTranslation('stores')
  const pasted = store.status === 'webhook_only'
  const form = useForm<{ cause: Cause; webhookSecret: string }>({
    initialValues: { cause: 'care', webhookSecret: '' },
    validate: { webhookSecret: (value) => (pasted ? filled(value) : null) },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ cause, webhookSecret }) =>
      rotateSecret(store.id, {
        keepOldForMinutes: cause === 'care' ? 60 : 0,
        ...(pasted ? { webhookSecret: webhookSecret.trim() } : {}),
      }),
    onDone: onMade,
    textOf: problemText,
  })
  return (
    <Dialog opened onClose={onClose} title={t('rotateTitle', { name: store.name })}>
      <form className={classes.form} onSubmit={submit} noValidate>
        {pasted && <SecretField platform={store.platform} {...form.getInputProps('webhookSecret')} />}
        <Radio.Group label={t('rotateWhy')} {...form.getInputProps('cause')}>
          <div className={classes.choices}>
            {causes.map((cause) => (
              <Radio
                key={cause}
                value={cause}
                label={t(`rotateFor.${cause}.title`)}
                description={t(`rotateFor.${cause}.text`)}
              />
            ))}
          </div>
        </Radio.Group>
        <Foot onClose={onClose} action={t('rotate')} pending={pending} problem={problem} />
      </form>
    </Dialog>
  )
}

/** A shop gives again what opens it: its own secret, its keys, or a click on its own page. */
export const ReconnectDialog = ({ store, onClose, onMade }: DialogOf & { onMade: (made: StoreCreated) => void }) => {
  const { t } = useTranslation('stores')
  const offered = comesBackBy(store)
  const [means, setMeans] = useState<Means>(offered[0] ?? 'consent')
  const needs = (one: Means) => (value: string) => (means === one ? filled(value) : null)
  const form = useForm({
    initialValues: { webhookSecret: '', consumerKey: '', consumerSecret: '' },
    validate: { webhookSecret: needs('webhook'), consumerKey: needs('keys'), consumerSecret: needs('keys') },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: (values) => {
      const credentials = credentialsOf({ ...values, means })
      return reconnectStore(store.id, credentials ? { credentials } : {})
    },
    onDone: onMade,
    fieldOf: { 'store.credentials_refused': 'consumerSecret' },
    textOf: problemText,
  })
  return (
    <Dialog opened onClose={onClose} title={t('reconnectTitle', { name: store.name })}>
      <form className={classes.form} onSubmit={submit} noValidate>
        {offered.length > 1 && <MeansChoice offered={offered} chosen={means} onChoose={setMeans} />}
        {means === 'webhook' && <SecretField platform={store.platform} {...form.getInputProps('webhookSecret')} />}
        {means === 'keys' && (
          <KeyFields keyProps={form.getInputProps('consumerKey')} secretProps={form.getInputProps('consumerSecret')} />
        )}
        <Foot onClose={onClose} action={t('reconnect')} pending={pending} problem={problem} />
      </form>
    </Dialog>
  )
}

const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
]

export const SettingsDialog = ({ store, onClose }: DialogOf) => {
  const { t } = useTranslation('stores')
  const form = useForm({
    initialValues: {
      name: store.name,
      codPatterns: store.settings.codPatterns.join('\n'),
      ...deliveryValues(store.settings.delivery),
    },
    validate: { name: filled },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ name, codPatterns, ...delivery }) =>
      editStore(store.id, {
        name: name.trim(),
        settings: { codPatterns: linesOf(codPatterns), delivery: deliveryOf(delivery) },
        version: store.version,
      }),
    onDone: () => {
      showToast({ message: t('saved') })
      onClose()
    },
    textOf: problemText,
  })
  return (
    <Dialog opened onClose={onClose} title={t('settingsTitle', { name: store.name })}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput size="md" label={t('name')} data-autofocus {...form.getInputProps('name')} />
        <Textarea
          size="md"
          label={t('codPatterns')}
          description={t('codPatternsHint')}
          dir="auto"
          rows={5}
          {...form.getInputProps('codPatterns')}
        />
        <DeliveryFields hint={t('deliveryHint')} inputProps={form.getInputProps} />
        <Foot onClose={onClose} action={t('save')} pending={pending} problem={problem} />
      </form>
    </Dialog>
  )
}
