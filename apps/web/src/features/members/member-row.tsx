import { Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openMembership, useMe } from '../../lib/me.ts'
import { problemText } from '../../lib/problem.ts'
import { useRoleName } from '../../lib/role-name.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ConfirmModal } from '../../ui/dialog.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Code, Words } from '../../ui/numbers.tsx'
import { showToast } from '../../ui/toast.tsx'
import { When } from '../../ui/when.tsx'
import { disableMember, enableMember, type Member } from './members.api.ts'
import classes from './members.module.css'
import { RoleDialog } from './role-dialog.tsx'

export const MemberRow = ({ member, mayEdit }: { member: Member; mayEdit: boolean }) => {
  const { t } = useTranslation('members')
  const roleName = useRoleName()
  const mine = openMembership(useMe())?.memberId === member.id
  return (
    <li className={classes.row} data-off={member.disabledAt !== null || undefined}>
      <Avatar name={member.fullName} size={32} named />
      <div className={classes.who}>
        <strong>
          <Words>{member.fullName}</Words>
          {mine && <Chip tone="accent">{t('you')}</Chip>}
          {member.disabledAt && <Chip>{t('disabled')}</Chip>}
        </strong>
        <Code>{member.email}</Code>
      </div>
      <span className={classes.role}>{roleName(member.role)}</span>
      <span className={classes.when}>
        <When instant={member.joinedAt} />
      </span>
      <span className={classes.menu}>{mayEdit && !mine && <MemberMenu member={member} />}</span>
    </li>
  )
}

/** Change of role, and taking or giving back the access. Disabling ends sessions at once, so it is asked first. */
const MemberMenu = ({ member }: { member: Member }) => {
  const { t } = useTranslation('members')
  const queries = useQueryClient()
  const [asking, setAsking] = useState<'role' | 'disable' | null>(null)
  const fresh = () => queries.invalidateQueries({ queryKey: ['member'] })
  const refused = (problem: unknown): void => {
    showToast({ tone: 'refused', message: problemText(problem) })
    void fresh()
  }
  const name = member.fullName
  const enable = useMutation({
    mutationFn: () => enableMember(member),
    onSuccess: async () => {
      showToast({ message: t('enabledDone', { name }) })
      await fresh()
    },
    onError: refused,
  })
  const disable = useMutation({
    mutationFn: () => disableMember(member),
    onSuccess: async () => {
      showToast({ message: t('disabledDone', { name }) })
      await fresh()
    },
    onError: refused,
    onSettled: () => setAsking(null),
  })
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <IconButton label={t('actionsFor', { name })}>
            <IconDots size={16} stroke={1.75} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAsking('role')}>{t('changeRole')}</Menu.Item>
          {member.disabledAt ? (
            <Menu.Item onClick={() => enable.mutate()}>{t('enable')}</Menu.Item>
          ) : (
            <Menu.Item onClick={() => setAsking('disable')}>{t('disable')}</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <RoleDialog member={member} opened={asking === 'role'} onClose={() => setAsking(null)} />
      <ConfirmModal
        opened={asking === 'disable'}
        onClose={() => setAsking(null)}
        title={t('disableTitle', { name })}
        action={t('disableAction')}
        variant="danger"
        pending={disable.isPending}
        onConfirm={() => disable.mutate()}
      >
        {t('disableText')}
      </ConfirmModal>
    </>
  )
}
