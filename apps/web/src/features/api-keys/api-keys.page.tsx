import { Switch } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { flag, useUrlState } from '../../lib/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { type CreatedKey, keysQuery } from './api-keys.api.ts'
import classes from './api-keys.module.css'
import { CreateKey } from './create-key.tsx'
import { KeyOnce } from './key-once.tsx'
import { KeyRow } from './key-row.tsx'

const filters = { revoked: flag }

/** Settings → API keys: which programs work with this account, with what rights, and when they last did. */
export const ApiKeysPage = () => {
  const { t } = useTranslation('apiKeys')
  const mayEdit = useCan()('api_keys.edit')
  const [{ revoked }, change] = useUrlState(filters)
  const [creating, setCreating] = useState(false)
  const [created, setCreated] = useState<CreatedKey | null>(null)
  const create = mayEdit && (
    <Button variant="filled" icon={<IconPlus size={16} stroke={1.75} />} onClick={() => setCreating(true)}>
      {t('create')}
    </Button>
  )
  return (
    <Page
      title={t('title')}
      actions={create}
      toolbar={
        <Switch
          label={t('showRevoked')}
          checked={revoked}
          onChange={({ currentTarget }) => change({ revoked: currentTarget.checked })}
        />
      }
    >
      <p className={classes.hint}>
        {t('hint')}{' '}
        <a className={classes.link} href="/docs" target="_blank" rel="noreferrer">
          {t('reference')}
        </a>
      </p>
      <KeyList revoked={revoked} mayEdit={mayEdit} />
      <CreateKey
        opened={creating}
        onClose={() => setCreating(false)}
        onCreated={(key) => {
          setCreating(false)
          setCreated(key)
        }}
      />
      {created && <KeyOnce created={created} onClose={() => setCreated(null)} />}
    </Page>
  )
}

const KeyList = ({ revoked, mayEdit }: { revoked: boolean; mayEdit: boolean }) => {
  const { t } = useTranslation(['apiKeys', 'common'])
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(keysQuery(revoked))
  if (error && !data)
    return (
      <ErrorState
        title={t('common:problem.readTitle')}
        code={problemCode(error)}
        actions={<Button onClick={() => void refetch()}>{t('common:ui.retry')}</Button>}
      >
        {problemText(error)}
      </ErrorState>
    )
  if (!data) return <SkeletonRows rows={3} label={t('common:ui.loading')} />
  const keys = data.pages.flatMap(({ items }) => items)
  if (keys.length === 0)
    return (
      <Empty icon={<IconKey size={22} stroke={1.75} />} title={t('none')}>
        {t('noneHint')}
      </Empty>
    )
  return (
    <div>
      <ul className={classes.list} aria-label={t('title')}>
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} mayEdit={mayEdit} />
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="quiet" pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common:ui.more')}
        </Button>
      )}
    </div>
  )
}
