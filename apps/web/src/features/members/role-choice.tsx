import { Radio } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { useRoleName } from '../../lib/role-name.ts'
import { FormProblem } from '../../ui/form-problem.tsx'
import { SkeletonRows } from '../../ui/screen-states.tsx'
import { type Role, rolesQuery } from './members.api.ts'
import classes from './members.module.css'

interface RoleChoiceProps {
  readonly value: string
  readonly onChange: (roleId: string) => void
  readonly error?: string | null
  /** Roles that may not be given here. */
  readonly except?: (role: Role) => boolean
}

/** One role, each with what it may do in a sentence. */
export const RoleChoice = ({ value, onChange, error, except }: RoleChoiceProps) => {
  const { t } = useTranslation(['members', 'common'])
  const roleName = useRoleName()
  const { data, error: unread } = useQuery(rolesQuery)
  if (unread) return <FormProblem>{problemText(unread)}</FormProblem>
  if (!data) return <SkeletonRows rows={4} label={t('common:ui.loading')} />
  return (
    <Radio.Group label={t('role')} value={value} onChange={onChange} error={error}>
      <div className={classes.roles}>
        {data.items
          .filter((role) => !except?.(role))
          .map((role) => (
            <Radio
              key={role.id}
              value={role.id}
              label={roleName(role)}
              description={t(`roleHint.${role.key ?? 'custom'}`)}
            />
          ))}
      </div>
    </Radio.Group>
  )
}
