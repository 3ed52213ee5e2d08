import { useForm } from '@mantine/form'
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { filled, newPassword } from '../../lib/checks.ts'
import { useMe } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Code } from '../../ui/numbers.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { When } from '../../ui/when.tsx'
import { changePassword, endSession, type SessionView, sessionsQuery } from './account.api.ts'
import classes from './account.module.css'

/** The password, and the devices that are signed in. */
export const SecurityPage = () => {
  const { t } = useTranslation('account')
  return (
    <Page title={t('security.title')}>
      <PasswordForm />
      <Sessions />
    </Page>
  )
}

const PasswordForm = () => {
  const { t } = useTranslation('account')
  const { user } = useMe()
  const queries = useQueryClient()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { currentPassword: '', newPassword: '' },
    validate: { currentPassword: filled, newPassword },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: changePassword,
    onDone: async () => {
      form.reset()
      showToast({ message: t('security.changed') })
      await queries.invalidateQueries({ queryKey: sessionsQuery.queryKey })
    },
    fieldOf: {
      'auth.wrong_password': 'currentPassword',
      'password.too_common': 'newPassword',
      'password.own_words': 'newPassword',
    },
    textOf: problemText,
  })
  return (
    <Section title={t('security.password')} hint={t('security.passwordHint')}>
      <form className={classes.form} onSubmit={submit} noValidate>
        {/* Password managers file the new password under this name. */}
        <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
        <PasswordField
          label={t('security.current')}
          autoComplete="current-password"
          key={form.key('currentPassword')}
          {...form.getInputProps('currentPassword')}
        />
        <PasswordField
          label={t('security.next')}
          description={t('security.nextHint')}
          autoComplete="new-password"
          key={form.key('newPassword')}
          {...form.getInputProps('newPassword')}
        />
        {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
        <div>
          <Button type="submit" variant="filled" pending={pending}>
            {t('security.change')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

const Sessions = () => {
  const { t } = useTranslation(['account', 'common'])
  const { data, error, refetch } = useQuery(sessionsQuery)
  return (
    <Section title={t('security.sessions')} hint={t('security.sessionsHint')}>
      {error && !data && (
        <ErrorState
          title={t('common:problem.readTitle')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('common:ui.retry')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {!data && !error && <SkeletonRows rows={3} label={t('common:ui.loading')} />}
      {data && (
        <ul className={classes.sessions}>
          {data.items.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      )}
    </Section>
  )
}

const handheld = new Set(['Android', 'iPhone', 'iPad'])

const SessionRow = ({
  session: { id, browser, system, address, current, createdAt, lastSeenAt },
}: {
  session: SessionView
}) => {
  const { t } = useTranslation('account')
  const queries = useQueryClient()
  const end = useMutation({
    mutationFn: () => endSession(id),
    onSuccess: async () => {
      showToast({ message: t('security.revoked') })
      await queries.invalidateQueries({ queryKey: sessionsQuery.queryKey })
    },
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
  })
  const device =
    browser && system ? t('security.device', { browser, system }) : (browser ?? system ?? t('security.unknownDevice'))
  const Icon = handheld.has(system ?? '') ? IconDeviceMobile : IconDeviceDesktop
  return (
    <li className={classes.session}>
      <Icon size={20} stroke={1.75} aria-hidden />
      <div className={classes.device}>
        <strong>
          {device} {current && <Chip tone="accent">{t('security.here')}</Chip>}
        </strong>
        <small>
          <span>
            {t('security.lastSeen')} <When instant={lastSeenAt} />
          </span>
          <span>
            {t('security.started')} <When instant={createdAt} />
          </span>
          <Code>{address}</Code>
        </small>
      </div>
      {!current && (
        <Button
          variant="danger"
          size="small"
          pending={end.isPending}
          aria-label={t('security.revokeNamed', { device })}
          onClick={() => end.mutate()}
        >
          {t('security.revoke')}
        </Button>
      )}
    </li>
  )
}
