import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText, refusalText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Code } from '../../ui/numbers.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { PanelSection, SidePanel } from '../../ui/side-panel.tsx'
import { showToast } from '../../ui/toast.tsx'
import { When } from '../../ui/when.tsx'
import { deadLetterQuery, dismissDeadLetter, replayDeadLetter } from './dead-letters.api.ts'
import classes from './dead-letters.module.css'
import { jobWord } from './words.ts'

/** What failed, why, and exactly what came in; trying again is safe however often it is done. */
export const DeadLetterPanel = ({ id, onClose }: { id: string; onClose: () => void }) => {
  const { t } = useTranslation('deadLetters')
  const can = useCan()
  const { data: letter, error, isPending } = useQuery(deadLetterQuery(id))
  const settle = (send: (id: string) => Promise<unknown>, message: string) => ({
    mutationFn: () => send(id),
    onSuccess: () => {
      showToast({ message })
      onClose()
    },
    onError: (problem: unknown) => showToast({ message: problemText(problem), tone: 'refused' as const }),
  })
  const replay = useMutation(settle(replayDeadLetter, t('replayed')))
  const dismiss = useMutation(settle(dismissDeadLetter, t('dismissed')))
  const open = letter && letter.settledAt === null && can('inbound.replay')
  const foot = open && (
    <>
      <Button variant="filled" pending={replay.isPending} onClick={() => replay.mutate()}>
        {t('replay')}
      </Button>
      <Button pending={dismiss.isPending} onClick={() => dismiss.mutate()}>
        {t('dismiss')}
      </Button>
    </>
  )
  const title = letter ? t(jobWord(letter.job)) : t('title')
  return (
    <SidePanel label={title} title={title} onClose={onClose} foot={foot}>
      {isPending && <SkeletonRows label={t('loading')} rows={4} />}
      {error && (
        <ErrorState title={t('loadFailed')} code={problemCode(error)}>
          {problemText(error)}
        </ErrorState>
      )}
      {letter && (
        <>
          <PanelSection title={t('why')}>
            {refusalText(letter.code) && <p>{refusalText(letter.code)}</p>}
            <dl className={classes.facts}>
              <dt>{t('code')}</dt>
              <dd>
                <Code>{letter.code}</Code>
              </dd>
              <dt>{t('message')}</dt>
              <dd dir="auto">{letter.message}</dd>
              <dt>{t('attempts')}</dt>
              <dd>{letter.attempts}</dd>
              <dt>{t('when')}</dt>
              <dd>
                <When instant={letter.failedAt} />
              </dd>
            </dl>
          </PanelSection>
          {letter.inbound && (
            <PanelSection title={t('raw')} aside={letter.inbound.body && <CopyButton text={letter.inbound.body} />}>
              {letter.inbound.body === null ? (
                <p>{t(letter.inbound.bodyErased ? 'erased' : 'hidden')}</p>
              ) : (
                <pre className={classes.raw} dir="ltr" tabIndex={0} aria-label={t('raw')}>
                  {letter.inbound.body}
                </pre>
              )}
            </PanelSection>
          )}
        </>
      )}
    </SidePanel>
  )
}
