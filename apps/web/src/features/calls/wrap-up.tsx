import { IconHourglass } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/screen-states.tsx'
import type { CallState, Coming } from './use-call.ts'

const secondsTo = (at: number): number => Math.max(0, Math.ceil((at - Date.now()) / 1000))

/** The pause between two calls, as long as the merchant wants it: then the next one comes, or at once by Enter. */
export const WrapUp = ({ coming, state }: { coming: Coming; state: CallState }) => {
  const { t } = useTranslation('calls')
  const { at, call } = coming
  const [left, setLeft] = useState(() => secondsTo(at))
  const goOn = (): void => state.show(call)
  const onTick = useEffectEvent(() => {
    const seconds = secondsTo(at)
    setLeft(seconds)
    if (seconds === 0) goOn()
  })
  useEffect(() => {
    const timer = setInterval(onTick, 250)
    return () => clearInterval(timer)
  }, [])
  const letGo = (): void => state.release.mutate(call.lease.id)
  useShortcuts([
    { keys: 'Enter', label: t('wrapUp.goOn'), yields: true, run: goOn },
    { keys: 'l', label: t('release'), run: letGo },
  ])
  return (
    <Empty
      icon={<IconHourglass size={22} stroke={1.75} />}
      title={t('wrapUp.title')}
      action={
        <>
          <Button variant="filled" size="form" keyHint="Enter" onClick={goOn}>
            {t('wrapUp.goOn')}
          </Button>
          <Button variant="quiet" keyHint="l" pending={state.release.isPending} onClick={letGo}>
            {t('release')}
          </Button>
        </>
      }
    >
      <span role="timer">{t('wrapUp.left', { count: left })}</span>
    </Empty>
  )
}
