import { IconCloudOff, IconDeviceMobile, IconFlask, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OnboardingProgress } from '../../features/onboarding/progress.tsx'
import { hideInstallHint, install, useInstallHint, useInstallWay } from '../../lib/install.ts'
import { instanceQuery } from '../../lib/instance.ts'
import { useStreamState } from '../../lib/live.ts'
import { useOnline } from '../../lib/online.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { useWindow } from '../../ui/use-window.ts'
import classes from './shell.module.css'

/** What holds for every screen: the outside world is simulated, the network is away, the app can be installed. */
export const Banners = ({ whole }: { whole: boolean }) => (
  <>
    <SandboxBanner />
    <ConnectionBanner />
    {useWindow('phone') && !whole && <OnboardingProgress />}
    {!whole && <InstallBanner />}
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

/** Where the browser lets the app be installed, until the hint is closed; Settings → Account says it at any time. */
const InstallBanner = () => {
  const { t } = useTranslation('common')
  const way = useInstallWay()
  if (!useInstallHint()) return null
  return (
    <aside className={classes.banner} aria-label={t('install.title')}>
      <IconDeviceMobile size={14} stroke={1.75} aria-hidden />
      <span className={classes.grow}>{t(way === 'ios' ? 'install.ios' : 'install.hint')}</span>
      {way === 'prompt' && (
        <Button size="small" onClick={() => void install()}>
          {t('install.action')}
        </Button>
      )}
      <IconButton label={t('install.close')} onClick={hideInstallHint}>
        <IconX size={14} stroke={1.75} />
      </IconButton>
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
