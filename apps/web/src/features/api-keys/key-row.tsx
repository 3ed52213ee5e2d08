import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { useRoleName } from '../../lib/role-name.ts'
import { Button } from '../../ui/button.tsx'
import { Chip, type Tone } from '../../ui/chip.tsx'
import { ConfirmModal } from '../../ui/dialog.tsx'
import { Code, Words } from '../../ui/numbers.tsx'
import { showToast } from '../../ui/toast.tsx'
import { When } from '../../ui/when.tsx'
import { type ApiKey, revokeKey } from './api-keys.api.ts'
import classes from './api-keys.module.css'

const tones: Readonly<Record<ApiKey['status'], Tone>> = {
  active: 'ok',
  expired: 'neutral',
  revoked: 'neutral',
  paused: 'warn',
}

/** One key: how it is recognised, what it may do, whether it works, when it last did. */
export const KeyRow = ({ apiKey, mayEdit }: { apiKey: ApiKey; mayEdit: boolean }) => {
  const { t } = useTranslation('apiKeys')
  const roleName = useRoleName()
  const { name, prefix, role, status, createdBy, createdAt, expiresAt, revokedAt, lastUsedAt } = apiKey
  return (
    <li className={classes.row} data-off={status === 'revoked' || status === 'expired' || undefined}>
      <div className={classes.what}>
        <strong>
          <Words>{name}</Words>
          <Chip tone={tones[status]}>{t(`status.${status}`)}</Chip>
        </strong>
        <Code>{`${prefix}…`}</Code>
        {status === 'paused' && <small>{t('pausedHint', { name: createdBy.name })}</small>}
      </div>
      <span className={classes.role}>{roleName(role)}</span>
      <dl className={classes.facts}>
        <div>
          <dt>{t('lastUsed')}</dt>
          <dd>{lastUsedAt ? <When instant={lastUsedAt} /> : t('neverUsed')}</dd>
        </div>
        <div>
          <dt>{t(revokedAt ? 'revokedAt' : 'expires')}</dt>
          <dd>
            {revokedAt ? <When instant={revokedAt} /> : expiresAt ? <When instant={expiresAt} /> : t('neverExpires')}
          </dd>
        </div>
        <div>
          <dt>{t('created')}</dt>
          <dd>
            <When instant={createdAt} /> · <Words>{createdBy.name}</Words>
          </dd>
        </div>
      </dl>
      {mayEdit && status !== 'revoked' && <Revoke apiKey={apiKey} />}
    </li>
  )
}

/** Whatever uses the key stops at once and for good, so it is asked first. */
const Revoke = ({ apiKey: { id, name } }: { apiKey: ApiKey }) => {
  const { t } = useTranslation('apiKeys')
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const revoke = useMutation({
    mutationFn: () => revokeKey(id),
    onSuccess: () => showToast({ message: t('revoked', { name }) }),
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
    onSettled: () => {
      setAsking(false)
      return queries.invalidateQueries({ queryKey: ['api_key'] })
    },
  })
  return (
    <>
      <Button variant="danger" size="small" aria-label={t('revokeNamed', { name })} onClick={() => setAsking(true)}>
        {t('revoke')}
      </Button>
      <ConfirmModal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('revokeTitle', { name })}
        action={t('revokeAction')}
        variant="danger"
        pending={revoke.isPending}
        onConfirm={() => revoke.mutate()}
      >
        {t('revokeText')}
      </ConfirmModal>
    </>
  )
}
