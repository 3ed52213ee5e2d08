import { PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { WhatsAppNumberDetail } from '@sendocki/domain/whatsapp/number'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { showToast } from '../../ui/toast.tsx'
import { createNumber, editNumber, whatsappKeys } from './whatsapp.api.ts'
import classes from './whatsapp.module.css'

/** The five things that connect a number, and what they cost nobody but Meta's client. */
export const NumberForm = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation('whatsapp')
  const queries = useQueryClient()
  const [key] = useState(() => crypto.randomUUID())
  const digits = (value: string) => filled(value) ?? (/^\d{5,32}$/.test(value.trim()) ? null : t('form.digits'))
  const form = useForm({
    initialValues: { name: '', phoneNumberId: '', businessAccountId: '', accessToken: '', appSecret: '' },
    validate: {
      name: filled,
      phoneNumberId: digits,
      businessAccountId: digits,
      accessToken: filled,
      appSecret: filled,
    },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ name, phoneNumberId, businessAccountId, accessToken, appSecret }) =>
      createNumber(
        {
          name: name.trim(),
          phoneNumberId: phoneNumberId.trim(),
          businessAccountId: businessAccountId.trim(),
          accessToken: accessToken.trim(),
          appSecret: appSecret.trim(),
        },
        key,
      ),
    onDone: async () => {
      showToast({ message: t('form.done') })
      onClose()
      await queries.invalidateQueries({ queryKey: whatsappKeys.numbers })
    },
    textOf: problemText,
  })
  return (
    <Dialog opened onClose={onClose} title={t('form.title')}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <ul className={classes.list}>
          <li>{t('before.number')}</li>
          <li>{t('before.manager')}</li>
          <li>{t('before.fees')}</li>
        </ul>
        <TextInput label={t('form.name')} maxLength={80} data-autofocus {...form.getInputProps('name')} />
        <TextInput
          label={t('form.phoneNumberId')}
          dir="ltr"
          inputMode="numeric"
          maxLength={32}
          {...form.getInputProps('phoneNumberId')}
        />
        <TextInput
          label={t('form.businessAccountId')}
          dir="ltr"
          inputMode="numeric"
          maxLength={32}
          {...form.getInputProps('businessAccountId')}
        />
        <Secrets inputProps={(name) => form.getInputProps(name)} />
        {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
        <Foot action={t('form.submit')} pending={pending} onClose={onClose} />
      </form>
    </Dialog>
  )
}

const Secrets = ({ inputProps }: { inputProps: (name: 'accessToken' | 'appSecret') => object }) => {
  const { t } = useTranslation('whatsapp')
  return (['accessToken', 'appSecret'] as const).map((name) => (
    <PasswordInput
      key={name}
      label={t(`form.${name}`)}
      dir="ltr"
      autoComplete="off"
      maxLength={1000}
      {...inputProps(name)}
    />
  ))
}

/** New keys for a number; the old ones are never shown. */
export const ChangeKeys = ({ number, onClose }: { number: WhatsAppNumberDetail; onClose: () => void }) => {
  const { t } = useTranslation('whatsapp')
  const queries = useQueryClient()
  const form = useForm({
    initialValues: { accessToken: '', appSecret: '' },
    validate: { accessToken: filled, appSecret: filled },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ accessToken, appSecret }) =>
      editNumber(number.id, {
        version: number.version,
        accessToken: accessToken.trim(),
        appSecret: appSecret.trim(),
      }),
    onDone: async () => {
      showToast({ message: t('form.saved') })
      onClose()
      await queries.invalidateQueries({ queryKey: whatsappKeys.numbers })
    },
    textOf: problemText,
  })
  return (
    <Dialog opened onClose={onClose} title={t('form.keysTitle', { name: number.name })}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <Secrets inputProps={(name) => form.getInputProps(name)} />
        {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
        <Foot action={t('form.save')} pending={pending} onClose={onClose} />
      </form>
    </Dialog>
  )
}

interface FootProps {
  readonly action: ReactNode
  readonly pending: boolean
  readonly onClose: () => void
}

/** The way back and the way on, at the end of a form of these screens. */
export const Foot = ({ action, pending, onClose }: FootProps) => {
  const { t } = useTranslation('common')
  return (
    <div className={classes.foot}>
      <Button variant="quiet" onClick={onClose}>
        {t('ui.goBack')}
      </Button>
      <Button type="submit" variant="filled" pending={pending}>
        {action}
      </Button>
    </div>
  )
}
