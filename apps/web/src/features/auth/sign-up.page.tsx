import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { code, email, filled, newPassword } from '../../lib/checks.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { PasswordField } from '../../ui/password-field.tsx'
import { signUp, verifySignUp } from './auth.api.ts'
import classes from './auth-form.module.css'
import { AuthForm } from './auth-form.tsx'
import { useEnter } from './use-enter.ts'

interface Started {
  readonly signUpId: string
  readonly values: SignUpValues
}
interface SignUpValues {
  readonly email: string
  readonly password: string
  readonly fullName: string
  readonly merchantName: string
}

const passwordRefusals = { 'password.too_common': 'password', 'password.own_words': 'password' }

const start = async (values: SignUpValues): Promise<Started> => {
  const asked = {
    ...values,
    email: values.email.trim(),
    fullName: values.fullName.trim(),
    merchantName: values.merchantName.trim(),
  }
  return { ...(await signUp({ ...asked, language: currentLanguage() })), values: asked }
}

/** Two steps on one page: who you are, then the code that came by mail. */
export const SignUpPage = () => {
  const [started, setStarted] = useState<Started | null>(null)
  const [kept, setKept] = useState<SignUpValues>({ email: '', password: '', fullName: '', merchantName: '' })
  if (!started)
    return (
      <WhoStep
        initial={kept}
        onStarted={(next) => {
          setKept(next.values)
          setStarted(next)
        }}
      />
    )
  return <CodeStep started={started} onRestarted={setStarted} onBack={() => setStarted(null)} />
}

const WhoStep = ({ initial, onStarted }: { initial: SignUpValues; onStarted: (started: Started) => void }) => {
  const { t } = useTranslation('auth')
  const { search } = useLocation()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: initial,
    validate: { fullName: filled, merchantName: filled, email, password: newPassword },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: start,
    onDone: onStarted,
    fieldOf: passwordRefusals,
    textOf: problemText,
  })
  return (
    <AuthForm
      title={t('signUp.title')}
      hint={t('signUp.hint')}
      submitLabel={t('signUp.submit')}
      onSubmit={submit}
      pending={pending}
      problem={problem}
      foot={
        <>
          {t('signUp.haveAccount')} <Link to={`/sign-in${search}`}>{t('signUp.signIn')}</Link>
        </>
      }
    >
      <TextInput
        label={t('field.fullName')}
        autoComplete="name"
        autoFocus
        dir="auto"
        maxLength={120}
        key={form.key('fullName')}
        {...form.getInputProps('fullName')}
      />
      <TextInput
        label={t('field.merchantName')}
        autoComplete="organization"
        dir="auto"
        maxLength={120}
        key={form.key('merchantName')}
        {...form.getInputProps('merchantName')}
      />
      <TextInput
        label={t('field.email')}
        type="email"
        dir="ltr"
        autoComplete="username"
        key={form.key('email')}
        {...form.getInputProps('email')}
      />
      <PasswordField
        label={t('field.password')}
        description={t('field.passwordHint')}
        autoComplete="new-password"
        key={form.key('password')}
        {...form.getInputProps('password')}
      />
    </AuthForm>
  )
}

interface CodeStepProps {
  readonly started: Started
  readonly onRestarted: (started: Started) => void
  readonly onBack: () => void
}

const CodeStep = ({ started, onRestarted, onBack }: CodeStepProps) => {
  const { t } = useTranslation('auth')
  // A new shop begins with its first steps.
  const enter = useEnter('/start')
  const [sentAgain, setSentAgain] = useState(false)
  const form = useForm({ mode: 'uncontrolled', initialValues: { code: '' }, validate: { code } })
  const verify = useFormMutation({
    form,
    send: (values) => verifySignUp({ signUpId: started.signUpId, code: values.code.trim() }),
    onDone: enter,
    fieldOf: { 'auth.wrong_code': 'code', 'auth.code_expired': 'code' },
    textOf: problemText,
  })
  const again = useFormMutation({
    form: { ...form, validate: () => ({ hasErrors: false, errors: {} }) },
    send: () => start(started.values),
    onDone: (next) => {
      onRestarted(next)
      setSentAgain(true)
    },
    textOf: problemText,
  })
  return (
    <AuthForm
      title={t('verify.title')}
      hint={t('verify.hint', { email: started.values.email })}
      submitLabel={t('verify.submit')}
      onSubmit={verify.submit}
      pending={verify.pending}
      problem={verify.problem ?? again.problem}
      foot={
        <span className={classes.codeHint}>
          <button type="button" className={classes.textButton} onClick={onBack}>
            {t('verify.change')}
          </button>
          <button type="button" className={classes.textButton} onClick={() => again.submit()}>
            {t('verify.again')}
          </button>
          <span role="status">{sentAgain && t('verify.sentAgain')}</span>
        </span>
      }
    >
      <TextInput
        label={t('field.code')}
        dir="ltr"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        maxLength={6}
        key={form.key('code')}
        {...form.getInputProps('code')}
      />
    </AuthForm>
  )
}
