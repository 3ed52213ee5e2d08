import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useLocation, useMatches, useNavigate } from 'react-router'
import { session } from '../../lib/api.ts'
import { listenToChanges, useFreshQueries } from '../../lib/live.ts'
import { useCan, useMe } from '../../lib/me.ts'
import { usePrintWish } from '../../lib/printing.ts'
import { listenToKeys, useShortcuts } from '../../lib/shortcuts.ts'
import { Toasts, undoNewest } from '../../ui/toast.tsx'
import { useWindow } from '../../ui/use-window.ts'
import { ForbiddenPage } from '../problem-pages.tsx'
import { screens } from '../screens.ts'
import { Banners } from './banners.tsx'
import { BottomBar } from './bottom-bar.tsx'
import { KeysSheet } from './keys-sheet.tsx'
import { Navigation } from './navigation.tsx'
import classes from './shell.module.css'
import { signInAfter, useSignOut } from './use-sign-out.ts'

const PrintDialog = lazy(async () => ({
  default: (await import('../../features/papers/print-dialog.tsx')).PrintDialog,
}))
const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))

/** The frame of every screen behind the sign-in: navigation, the white sheet, palette, toasts, keys and live changes. */
export const Shell = () => {
  const { t } = useTranslation('common')
  const phone = useWindow('phone')
  const screen = useOpenScreen()
  const whole = screen?.allowed === true && screen.whole === true
  const [paletteOpen, setPaletteOpen] = useState(false)
  const [paletteWanted, setPaletteWanted] = useState(false)
  const [sheetOpen, setSheetOpen] = useState(false)
  const printing = usePrintWish() !== null
  const openPalette = (): void => {
    setPaletteWanted(true)
    setPaletteOpen(true)
  }

  useEffect(() => listenToKeys(), [])
  useLiveChanges()
  useLeaveWhenSignedOut()
  useShortcuts(
    [
      { keys: 'mod+k', label: t('keys.palette'), run: openPalette },
      { keys: '/', label: t('keys.search'), run: openPalette },
      { keys: '?', label: t('keys.sheet'), run: () => setSheetOpen(true) },
      { keys: 'mod+z', label: t('keys.undo'), run: () => undoNewest() },
    ],
    { level: 'shell' },
  )

  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {t('nav.skip')}
      </a>
      {!phone && !whole && <Navigation onSearch={openPalette} onKeys={() => setSheetOpen(true)} />}
      <div className={classes.side} data-whole={whole || undefined}>
        <Banners whole={whole} />
        <main id="content" className={classes.sheet} tabIndex={-1}>
          <AllowedOutlet />
        </main>
      </div>
      {phone && !whole && <BottomBar onSearch={openPalette} onKeys={() => setSheetOpen(true)} />}
      <Suspense>{paletteWanted && <Palette opened={paletteOpen} onClose={() => setPaletteOpen(false)} />}</Suspense>
      <Suspense>{printing && <PrintDialog />}</Suspense>
      <KeysSheet opened={sheetOpen} onClose={() => setSheetOpen(false)} />
      <Toasts />
    </div>
  )
}

/** From the moment in which the API said who is signed in, and anew with another merchant. */
const useLiveChanges = (): void => {
  const { lastSequence, merchant } = useMe()
  const can = useCan()
  const listen = useEffectEvent(() => listenToChanges({ sequence: lastSequence, readsFeed: can('events.read') }))
  useEffect(() => listen(), [merchant?.id])
  useFreshQueries()
}

/** The screen that stands open, and whether the role may; undefined for what is no screen. */
const useOpenScreen = () => {
  const can = useCan()
  const id = useMatches().at(-1)?.id
  const screen = screens.find(({ path }) => path === id)
  return screen && { ...screen, allowed: screen.permission === null || can(screen.permission) }
}

/** The page, or why it stays shut for this role. */
const AllowedOutlet = () => {
  const { t } = useTranslation('common')
  const { pathname } = useLocation()
  const { label, allowed = true } = useOpenScreen() ?? {}
  useEffect(() => {
    document.title = label ? `${t(label)} · Sendocki` : 'Sendocki'
  }, [label, t])
  return <Suspense key={allowed ? undefined : pathname}>{allowed ? <Outlet /> : <ForbiddenPage />}</Suspense>
}

/** When the session ends, here or in another tab, the next thing shown is the sign-in. */
const useLeaveWhenSignedOut = (): void => {
  const navigate = useNavigate()
  const { forget } = useSignOut()
  useEffect(
    () =>
      session.subscribe(() => {
        if (session.state() !== 'out') return
        const here = location.pathname + location.search
        forget()
        void navigate(signInAfter(here))
      }),
    [navigate, forget],
  )
}
