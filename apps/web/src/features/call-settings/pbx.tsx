import { IconPhoneIncoming } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ConfirmModal } from '../../ui/dialog.tsx'
import { Code } from '../../ui/numbers.tsx'
import { Section } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { When } from '../../ui/when.tsx'
import { connectPbx, disconnectPbx, pbxQuery } from './call-settings.api.ts'
import classes from './call-settings.module.css'
import { pbxSample } from './pbx-sample.ts'

const usePbx = () => {
  const { t } = useTranslation('callSettings')
  const queries = useQueryClient()
  const onSettled = () => queries.invalidateQueries({ queryKey: pbxQuery.queryKey })
  const onError = (problem: unknown): void => showToast({ tone: 'refused', message: problemText(problem) })
  const connect = useMutation({ mutationFn: connectPbx, onSettled, onError })
  const disconnect = useMutation({
    mutationFn: disconnectPbx,
    onSuccess: () => {
      connect.reset()
      showToast({ message: t('pbx.disconnected') })
    },
    onSettled,
    onError,
  })
  return { connect, disconnect }
}

/** The telephone exchange: where it posts what rings here, and the secret by which it signs, shown once. */
export const Pbx = () => {
  const { t } = useTranslation(['callSettings', 'common'])
  const { data, error, refetch } = useQuery(pbxQuery)
  const { connect, disconnect } = usePbx()
  const [asking, setAsking] = useState<'renew' | 'disconnect' | null>(null)
  const hook = data?.hook ?? null
  const secret = connect.data?.secret ?? null
  return (
    <Section title={t('pbx.title')} hint={t('pbx.hint')}>
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
      {data && !hook && (
        <Empty
          icon={<IconPhoneIncoming size={22} stroke={1.75} />}
          title={t('pbx.none')}
          action={
            <Button variant="filled" size="form" pending={connect.isPending} onClick={() => connect.mutate()}>
              {t('pbx.connect')}
            </Button>
          }
        >
          {t('pbx.noneHint')}
        </Empty>
      )}
      {hook && (
        <div className={classes.pbx}>
          <Copied label={t('pbx.url')} text={hook.url} />
          {secret === null ? (
            <p className={classes.hint}>{t('pbx.secretOnce')}</p>
          ) : (
            <Copied label={t('pbx.secret')} text={secret} />
          )}
          <p className={classes.hint}>
            {hook.lastEventAt === null ? (
              t('pbx.silent')
            ) : (
              <>
                {t('pbx.heard')} <When instant={hook.lastEventAt} />
              </>
            )}
          </p>
          {/* Scrollable, so it must be reachable by keyboard. */}
          <pre dir="ltr" tabIndex={0} aria-label={t('pbx.sample')}>
            {pbxSample(hook.url, secret ?? 'SECRET')}
          </pre>
          <div className={classes.foot}>
            <Button pending={connect.isPending} onClick={() => setAsking('renew')}>
              {t('pbx.renew')}
            </Button>
            <Button variant="danger" pending={disconnect.isPending} onClick={() => setAsking('disconnect')}>
              {t('pbx.disconnect')}
            </Button>
          </div>
        </div>
      )}
      <ConfirmModal
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title={t(asking === 'renew' ? 'pbx.renewTitle' : 'pbx.disconnectTitle')}
        action={t(asking === 'renew' ? 'pbx.renew' : 'pbx.disconnect')}
        variant="danger"
        onConfirm={() => {
          if (asking === 'renew') connect.mutate()
          else disconnect.mutate()
          setAsking(null)
        }}
      >
        {t(asking === 'renew' ? 'pbx.renewHint' : 'pbx.disconnectHint')}
      </ConfirmModal>
    </Section>
  )
}

const Copied = ({ label, text }: { label: string; text: string }) => (
  <p className={classes.copied}>
    <span>{label}</span>
    <Code>{text}</Code>
    <CopyButton text={text} label={label} />
  </p>
)
