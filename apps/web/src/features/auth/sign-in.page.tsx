import { Checkbox, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { email, filled } from '../../lib/checks.ts'
import { isProblem, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { FormProblem } from '../../ui/form-problem.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { signIn } from './auth.api.ts'
import classes from './auth-form.module.css'
import { AuthForm } from './auth-form.tsx'
import { useEnter } from './use-enter.ts'

export const SignInPage = () => {
  const { t } = useTranslation('auth')
  const { search } = useLocation()
  const enter = useEnter()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '', rememberMe: false },
    validate: { email, password: filled },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ email: address, ...rest }) => signIn({ email: address.trim(), ...rest }),
    onDone: enter,
    textOf: problemText,
  })
  const secondFactor = isProblem(problem, 'auth.second_factor_required')

  return (
    <AuthForm
      title={t('signIn.title')}
      hint={t('signIn.hint')}
      submitLabel={t('signIn.submit')}
      onSubmit={submit}
      pending={pending}
      problem={secondFactor ? null : problem}
      foot={
        <>
          {t('signIn.noAccount')} <Link to={`/sign-up${search}`}>{t('signIn.create')}</Link>
        </>
      }
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
      <div className={classes.labelled}>
        <PasswordField
          label={t('field.password')}
          autoComplete="current-password"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Link to="/forgot-password" className={classes.aside}>
          {t('signIn.forgot')}
        </Link>
      </div>
      <Checkbox
        label={t('signIn.remember')}
        description={t('signIn.rememberHint')}
        key={form.key('rememberMe')}
        {...form.getInputProps('rememberMe', { type: 'checkbox' })}
      />
      {secondFactor && <FormProblem>{t('signIn.secondFactor')}</FormProblem>}
    </AuthForm>
  )
}
