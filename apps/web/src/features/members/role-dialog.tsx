import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openMembership, useMe } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useRoleName } from '../../lib/role-name.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { showToast } from '../../ui/toast.tsx'
import { giveRole, type Member } from './members.api.ts'
import classes from './members.module.css'
import { RoleChoice } from './role-choice.tsx'

/** Gives a member another role; only an owner may make or unmake one. */
export const RoleDialog = ({ member, opened, onClose }: { member: Member; opened: boolean; onClose: () => void }) => {
  const { t } = useTranslation('members')
  return (
    <Dialog opened={opened} onClose={onClose} title={t('changeRoleOf', { name: member.fullName })}>
      <RoleForm member={member} onClose={onClose} />
    </Dialog>
  )
}

const RoleForm = ({ member, onClose }: { member: Member; onClose: () => void }) => {
  const { t } = useTranslation(['members', 'common'])
  const queries = useQueryClient()
  const roleName = useRoleName()
  const isOwner = openMembership(useMe())?.role.key === 'owner'
  const [roleId, setRoleId] = useState(member.role.id)
  const give = useMutation({
    mutationFn: () => giveRole(member, roleId),
    onSuccess: async ({ role }) => {
      showToast({ message: t('roleChanged', { name: member.fullName, role: roleName(role) }) })
      await queries.invalidateQueries({ queryKey: ['member'] })
      onClose()
    },
    onError: () => queries.invalidateQueries({ queryKey: ['member'] }),
  })
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (roleId === member.role.id) onClose()
        else if (!give.isPending) give.mutate()
      }}
    >
      <RoleChoice value={roleId} onChange={setRoleId} except={({ key }) => key === 'owner' && !isOwner} />
      {give.error && <FormProblem code={problemCode(give.error)}>{problemText(give.error)}</FormProblem>}
      <div className={classes.actions}>
        <Button variant="quiet" onClick={onClose}>
          {t('common:ui.goBack')}
        </Button>
        <Button type="submit" variant="filled" pending={give.isPending}>
          {t('changeRole')}
        </Button>
      </div>
    </form>
  )
}
