import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { email } from '../../lib/checks.ts'
import { problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { forgotPassword } from './auth.api.ts'
import { AuthForm, AuthNote } from './auth-form.tsx'

/** Says the same whether the address has an account or not. */
export const ForgotPasswordPage = () => {
  const { t } = useTranslation('auth')
  const [sentTo, setSentTo] = useState<string | null>(null)
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '' }, validate: { email } })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: (values) => forgotPassword(values.email.trim()),
    onDone: (_, values) => setSentTo(values.email.trim()),
    textOf: problemText,
  })
  const back = <Link to="/sign-in">{t('forgot.back')}</Link>
  if (sentTo)
    return (
      <AuthNote title={t('forgot.sentTitle')} foot={back}>
        {t('forgot.sentText', { email: sentTo })}
      </AuthNote>
    )
  return (
    <AuthForm
      title={t('forgot.title')}
      hint={t('forgot.hint')}
      submitLabel={t('forgot.submit')}
      onSubmit={submit}
      pending={pending}
      problem={problem}
      foot={back}
    >
      <TextInput
        label={t('field.email')}
        type="email"
        dir="ltr"
        autoComplete="username"
        autoFocus
        key={form.key('email')}
        {...form.getInputProps('email')}
      />
    </AuthForm>
  )
}
