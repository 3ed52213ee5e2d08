import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { session } from '../../lib/api.ts'
import { filled, newPassword } from '../../lib/checks.ts'
import { problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { Skeleton } from '../../ui/screen-states.tsx'
import { acceptInvitation, lookAtInvitation } from './auth.api.ts'
import { AuthForm, AuthNote } from './auth-form.tsx'
import { useEnter } from './use-enter.ts'
import { useLinkToken } from './use-link-token.ts'

/** Opened from the link of the mail: says who invites to what, then asks what is still missing. */
export const InvitationPage = () => {
  const { t } = useTranslation('auth')
  const token = useLinkToken()
  const { data: offer, error } = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => lookAtInvitation(token ?? ''),
    enabled: token !== null,
  })
  if (!token) return <AuthNote title={t('invitation.title')}>{t('invitation.noToken')}</AuthNote>
  if (error) return <AuthNote title={t('invitation.title')}>{problemText(error)}</AuthNote>
  if (!offer) return <Skeleton width={60} height={28} />
  const title = t('invitation.join', { merchant: offer.merchantName })
  if (!offer.signInFirst) return <NewPersonForm token={token} title={title} email={offer.email} />
  if (session.state() === 'in') return <KnownPersonForm token={token} title={title} email={offer.email} />
  return (
    <AuthNote
      title={title}
      foot={
        <ButtonLink
          to={`/sign-in?next=${encodeURIComponent(`/invitation?token=${token}`)}`}
          variant="filled"
          size="form"
          block
        >
          {t('signIn.submit')}
        </ButtonLink>
      }
    >
      {t('invitation.signInFirst', { email: offer.email })}
    </AuthNote>
  )
}

interface FormProps {
  readonly token: string
  readonly title: string
  readonly email: string
}

const NewPersonForm = ({ token, title, email }: FormProps) => {
  const { t } = useTranslation('auth')
  const enter = useEnter()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { fullName: '', password: '' },
    validate: { fullName: filled, password: newPassword },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ fullName, password }) => acceptInvitation({ token, fullName: fullName.trim(), password }),
    onDone: enter,
    fieldOf: { 'password.too_common': 'password', 'password.own_words': 'password' },
    textOf: problemText,
  })
  return (
    <AuthForm
      title={title}
      hint={t('invitation.hint')}
      submitLabel={t('invitation.submit')}
      onSubmit={submit}
      pending={pending}
      problem={problem}
    >
      <TextInput label={t('field.email')} dir="ltr" autoComplete="username" value={email} readOnly />
      <TextInput
        label={t('field.fullName')}
        autoComplete="name"
        autoFocus
        dir="auto"
        maxLength={120}
        key={form.key('fullName')}
        {...form.getInputProps('fullName')}
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

const KnownPersonForm = ({ token, title, email }: FormProps) => {
  const { t } = useTranslation('auth')
  const enter = useEnter()
  const accept = useMutation({ mutationFn: () => acceptInvitation({ token }), onSuccess: enter })
  return (
    <AuthForm
      title={title}
      hint={t('invitation.hintSignedIn', { email })}
      submitLabel={t('invitation.submit')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!accept.isPending) accept.mutate()
      }}
      pending={accept.isPending}
      problem={accept.error}
      foot={<Link to="/">{t('invitation.later')}</Link>}
    >
      {null}
    </AuthForm>
  )
}
