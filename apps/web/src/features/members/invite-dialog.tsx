import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { email, filled } from '../../lib/checks.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { showToast } from '../../ui/toast.tsx'
import { invitationsQuery, invite } from './members.api.ts'
import classes from './members.module.css'
import { RoleChoice } from './role-choice.tsx'

export const InviteDialog = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => {
  const { t } = useTranslation('members')
  return (
    <Dialog opened={opened} onClose={onClose} title={t('inviteTitle')}>
      <InviteForm onClose={onClose} />
    </Dialog>
  )
}

const InviteForm = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation(['members', 'common'])
  const queries = useQueryClient()
  const form = useForm({ initialValues: { email: '', roleId: '' }, validate: { email, roleId: filled } })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: (values) => invite({ ...values, email: values.email.trim() }),
    onDone: async (_, values) => {
      showToast({ message: t('invited', { email: values.email.trim() }) })
      await queries.invalidateQueries({ queryKey: invitationsQuery.queryKey })
      onClose()
    },
    fieldOf: { 'member.already_there': 'email', 'invitation.never_owner': 'roleId' },
    textOf: problemText,
  })
  const role = form.getInputProps('roleId')
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <p className={classes.hint}>{t('inviteHint')}</p>
      <TextInput
        label={t('email')}
        type="email"
        dir="ltr"
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('email')}
      />
      <RoleChoice
        value={role.value as string}
        onChange={role.onChange}
        error={role.error as string}
        except={({ key }) => key === 'owner'}
      />
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <div className={classes.actions}>
        <Button variant="quiet" onClick={onClose}>
          {t('common:ui.goBack')}
        </Button>
        <Button type="submit" variant="filled" pending={pending}>
          {t('sendInvitation')}
        </Button>
      </div>
    </form>
  )
}
