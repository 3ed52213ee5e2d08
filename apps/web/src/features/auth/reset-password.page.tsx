import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { newPassword } from '../../lib/checks.ts'
import { problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { resetPassword } from './auth.api.ts'
import { AuthForm, AuthNote } from './auth-form.tsx'
import { useLinkToken } from './use-link-token.ts'

/** Opened from the link of the mail. */
export const ResetPasswordPage = () => {
  const { t } = useTranslation('auth')
  const token = useLinkToken()
  const [done, setDone] = useState(false)
  const form = useForm({ mode: 'uncontrolled', initialValues: { password: '' }, validate: { password: newPassword } })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ password }) => resetPassword({ token: token ?? '', password }),
    onDone: () => setDone(true),
    fieldOf: { 'password.too_common': 'password', 'password.own_words': 'password' },
    textOf: problemText,
  })
  const askAgain = <Link to="/forgot-password">{t('reset.askAgain')}</Link>
  if (!token)
    return (
      <AuthNote title={t('reset.title')} foot={askAgain}>
        {t('reset.noToken')}
      </AuthNote>
    )
  if (done)
    return (
      <AuthNote
        title={t('reset.doneTitle')}
        foot={
          <ButtonLink to="/sign-in" variant="filled" size="form" block>
            {t('signIn.submit')}
          </ButtonLink>
        }
      >
        {t('reset.doneText')}
      </AuthNote>
    )
  return (
    <AuthForm
      title={t('reset.title')}
      hint={t('reset.hint')}
      submitLabel={t('reset.submit')}
      onSubmit={submit}
      pending={pending}
      problem={problem}
      foot={askAgain}
    >
      <PasswordField
        label={t('field.newPassword')}
        description={t('field.passwordHint')}
        autoComplete="new-password"
        autoFocus
        key={form.key('password')}
        {...form.getInputProps('password')}
      />
    </AuthForm>
  )
}
