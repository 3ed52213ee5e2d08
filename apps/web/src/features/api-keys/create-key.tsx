import { Radio, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { suitsKeys } from '@sendocki/domain/api-keys/key-rules'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { isProblem, problemCode, problemText } from '../../lib/problem.ts'
import { useRoleName } from '../../lib/role-name.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { SkeletonRows } from '../../ui/screen-states.tsx'
import { type CreatedKey, createKey, rolesQuery } from './api-keys.api.ts'
import classes from './api-keys.module.css'

interface CreateKeyProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly onCreated: (created: CreatedKey) => void
}

export const CreateKey = ({ opened, onClose, onCreated }: CreateKeyProps) => {
  const { t } = useTranslation('apiKeys')
  return (
    <Dialog opened={opened} onClose={onClose} title={t('createTitle')}>
      <KeyForm onClose={onClose} onCreated={onCreated} />
    </Dialog>
  )
}

/** For how long a key works. */
const lives = ['month', 'quarter', 'year', 'never'] as const
type Life = (typeof lives)[number]

const days: Readonly<Record<Exclude<Life, 'never'>, number>> = { month: 30, quarter: 90, year: 365 }

const endOf = (life: Life): string | null =>
  life === 'never' ? null : new Date(Date.now() + days[life] * 86_400_000).toISOString()

const KeyForm = ({ onClose, onCreated }: Omit<CreateKeyProps, 'opened'>) => {
  const { t } = useTranslation(['apiKeys', 'common'])
  const queries = useQueryClient()
  const [confirming, setConfirming] = useState(false)
  const form = useForm({
    initialValues: { name: '', roleId: '', life: 'year' as Life, password: '' },
    validate: { name: filled, roleId: filled, password: (value) => (confirming ? filled(value) : null) },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: async ({ name, roleId, life, password }) => {
      try {
        return await createKey({
          ...{ name: name.trim(), roleId, expiresAt: endOf(life) },
          ...(password ? { password } : {}),
        })
      } catch (error) {
        // Asked for only when the sign-in is some time ago: the field appears then.
        if (isProblem(error, 'auth.password_needed')) setConfirming(true)
        throw error
      }
    },
    onDone: async (created) => {
      await queries.invalidateQueries({ queryKey: ['api_key'] })
      onCreated(created)
    },
    fieldOf: { 'auth.wrong_password': 'password', 'auth.password_needed': 'password' },
    textOf: problemText,
  })
  const role = form.getInputProps('roleId')
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        label={t('name')}
        description={t('nameHint')}
        maxLength={80}
        dir="auto"
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('name')}
      />
      <RoleChoice value={role.value as string} onChange={role.onChange} error={role.error as string} />
      <Select
        label={t('expiry')}
        data={lives.map((life) => ({ value: life, label: t(`life.${life}`) }))}
        allowDeselect={false}
        {...form.getInputProps('life')}
      />
      {confirming && (
        <PasswordField label={t('password')} autoComplete="current-password" {...form.getInputProps('password')} />
      )}
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <div className={classes.actions}>
        <Button variant="quiet" onClick={onClose}>
          {t('common:ui.goBack')}
        </Button>
        <Button type="submit" variant="filled" pending={pending}>
          {t('createAction')}
        </Button>
      </div>
    </form>
  )
}

interface RoleChoiceProps {
  readonly value: string
  readonly onChange: (roleId: string) => void
  readonly error: string | null
}

/** The roles that keys can have, each with what it allows in a sentence. */
const RoleChoice = ({ value, onChange, error }: RoleChoiceProps) => {
  const { t } = useTranslation(['apiKeys', 'common'])
  const roleName = useRoleName()
  const { data, error: unread } = useQuery(rolesQuery)
  if (unread) return <FormProblem>{problemText(unread)}</FormProblem>
  if (!data) return <SkeletonRows rows={3} label={t('common:ui.loading')} />
  return (
    <Radio.Group label={t('role')} value={value} onChange={onChange} error={error}>
      <div className={classes.roles}>
        {data.items.filter(suitsKeys).map((role) => (
          <Radio key={role.id} value={role.id} label={roleName(role)} description={t(`roleHint.${hintOf(role.key)}`)} />
        ))}
      </div>
    </Radio.Group>
  )
}

const hints = ['manager', 'confirmation_agent', 'viewer'] as const
const hintOf = (key: string | null): (typeof hints)[number] | 'custom' => hints.find((one) => one === key) ?? 'custom'
