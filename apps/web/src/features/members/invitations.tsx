import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { useRoleName } from '../../lib/role-name.ts'
import { Button } from '../../ui/button.tsx'
import { Code } from '../../ui/numbers.tsx'
import { Section } from '../../ui/page.tsx'
import { showToast } from '../../ui/toast.tsx'
import { When } from '../../ui/when.tsx'
import { type Invitation, invitationsQuery, withdrawInvitation } from './members.api.ts'
import classes from './members.module.css'

/** Invitations that nobody has accepted yet; nothing is shown when there are none. */
export const Invitations = () => {
  const { t } = useTranslation('members')
  const { data, error } = useQuery(invitationsQuery)
  if (error) return <p role="alert">{problemText(error)}</p>
  if (!data || data.items.length === 0) return null
  return (
    <Section title={t('pending')}>
      <ul className={classes.list} aria-label={t('pending')}>
        {data.items.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </Section>
  )
}

const InvitationRow = ({ invitation: { id, email, role, expiresAt } }: { invitation: Invitation }) => {
  const { t } = useTranslation('members')
  const roleName = useRoleName()
  const queries = useQueryClient()
  const withdraw = useMutation({
    mutationFn: () => withdrawInvitation(id),
    onSuccess: () => showToast({ message: t('revoked') }),
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
    onSettled: () => queries.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  })
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <Code>{email}</Code>
      </div>
      <span className={classes.role}>{roleName(role)}</span>
      <span className={classes.when}>
        {t('expires')} <When instant={expiresAt} />
      </span>
      <Button
        variant="danger"
        size="small"
        pending={withdraw.isPending}
        aria-label={t('revokeNamed', { email })}
        onClick={() => withdraw.mutate()}
      >
        {t('revoke')}
      </Button>
    </li>
  )
}
