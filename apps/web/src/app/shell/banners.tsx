import { IconCloudOff, IconFlask } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OnboardingProgress } from '../../features/onboarding/progress.tsx'
import { instanceQuery } from '../../lib/instance.ts'
import { useStreamState } from '../../lib/live.ts'
import { useOnline } from '../../lib/online.ts'
import { useWindow } from '../../ui/use-window.ts'
import classes from './shell.module.css'

/** What holds for every screen: the outside world is simulated, the network is away. */
export const Banners = () => (
  <>
    <SandboxBanner />
    <ConnectionBanner />
    {useWindow('phone') && <OnboardingProgress />}
  </>
)

const SandboxBanner = () => {
  const { t } = useTranslation('common')
  const { data } = useQuery(instanceQuery)
  if (!data?.sandbox) return null
  return (
    <aside className={classes.banner} aria-label={t('shell.sandbox')}>
      <IconFlask size={14} stroke={1.75} aria-hidden />
      <span>{t('shell.sandbox')}</span>
      {data.sandboxUrl && (
        <a href={data.sandboxUrl} target="_blank" rel="noreferrer">
          {t('shell.sandboxLink')}
        </a>
      )}
    </aside>
  )
}

/** Milliseconds without live changes before it is worth a word: a restart of the API is shorter. */
const silence = 5000

const ConnectionBanner = () => {
  const { t } = useTranslation('common')
  const online = useOnline()
  const stream = useStreamState()
  const [silent, setSilent] = useState(false)
  useEffect(() => {
    setSilent(false)
    if (stream === 'connected') return
    const timer = setTimeout(() => setSilent(true), silence)
    return () => clearTimeout(timer)
  }, [stream])
  const word = online ? silent && t('shell.reconnecting') : t('shell.offline')
  return (
    <div role="status">
      {word && (
        <div className={classes.banner} data-tone="warn">
          <IconCloudOff size={14} stroke={1.75} aria-hidden />
          {word}
        </div>
      )}
    </div>
  )
}
