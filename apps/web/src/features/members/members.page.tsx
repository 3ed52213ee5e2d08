import { Switch } from '@mantine/core'
import { IconUserPlus, IconUsers } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { flag, useUrlState } from '../../lib/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { Invitations } from './invitations.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberRow } from './member-row.tsx'
import { membersQuery } from './members.api.ts'
import classes from './members.module.css'

const filters = { disabled: flag }

/** Who works in this merchant, with which role, and who has been invited. */
export const MembersPage = () => {
  const { t } = useTranslation(['members', 'common'])
  const mayEdit = useCan()('members.edit')
  const [{ disabled }, change] = useUrlState(filters)
  const [inviting, setInviting] = useState(false)
  useShortcuts([{ keys: 'i', label: t('invite'), run: () => setInviting(true) }], { on: mayEdit })
  return (
    <Page
      title={t('title')}
      actions={
        mayEdit && (
          <Button
            variant="filled"
            keyHint="i"
            icon={<IconUserPlus size={16} stroke={1.75} />}
            onClick={() => setInviting(true)}
          >
            {t('invite')}
          </Button>
        )
      }
      toolbar={
        <Switch
          label={t('showDisabled')}
          checked={disabled}
          onChange={({ currentTarget }) => change({ disabled: currentTarget.checked })}
        />
      }
    >
      <MemberList disabled={disabled} mayEdit={mayEdit} />
      {mayEdit && <Invitations />}
      <InviteDialog opened={inviting} onClose={() => setInviting(false)} />
    </Page>
  )
}

const MemberList = ({ disabled, mayEdit }: { disabled: boolean; mayEdit: boolean }) => {
  const { t } = useTranslation(['members', 'common'])
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    membersQuery(disabled),
  )
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
  if (!data) return <SkeletonRows rows={4} label={t('common:ui.loading')} />
  const members = data.pages.flatMap(({ items }) => items)
  return (
    <div>
      <ul className={classes.list} aria-label={t('title')}>
        {members.map((member) => (
          <MemberRow key={member.id} member={member} mayEdit={mayEdit} />
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="quiet" pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common:ui.more')}
        </Button>
      )}
      {members.length <= 1 && (
        <Empty icon={<IconUsers size={22} stroke={1.75} />} title={t('none')}>
          {t('noneHint')}
        </Empty>
      )}
    </div>
  )
}
