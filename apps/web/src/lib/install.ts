import { useSyncExternalStore } from 'react'
import { keepPreference, keptPreference, preferenceKeys } from './preferences.ts'

/** What Chromium hands over when the app can be installed; it may be used once. */
interface InstallPrompt extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>
}

/**
 * How this browser installs the app: by a question that we may ask (`prompt`), by hand from its menu of sharing (`ios`),
 * `done` where the app already runs as one, or in a way that it does not tell us (null).
 */
export type InstallWay = 'prompt' | 'ios' | 'done' | null

let offered: InstallPrompt | null = null
let hidden = keptPreference(preferenceKeys.installHint) !== null
const listeners = new Set<() => void>()
const tell = (): void => {
  for (const listener of listeners) listener()
}

addEventListener('beforeinstallprompt', (event) => {
  // Asked when the person wants it, not by a bar of the browser's over the page.
  event.preventDefault()
  offered = event as InstallPrompt
  tell()
})
addEventListener('appinstalled', () => {
  offered = null
  hideInstallHint()
})

const isInstalled = (): boolean =>
  matchMedia('(display-mode: standalone)').matches || ('standalone' in navigator && navigator.standalone === true)

/** An iPad calls itself a Macintosh, and is the only one that is touched. */
const isAppleTouch = (): boolean =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) ||
  (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)

const way = (): InstallWay => {
  if (isInstalled()) return 'done'
  if (offered) return 'prompt'
  return isAppleTouch() ? 'ios' : null
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useInstallWay = (): InstallWay => useSyncExternalStore(subscribe, way)

/** Whether the hint is still to be shown: once, until it is closed or followed. */
export const useInstallHint = (): boolean => {
  const current = useInstallWay()
  const isHidden = useSyncExternalStore(subscribe, () => hidden)
  return !isHidden && (current === 'prompt' || current === 'ios')
}

export const hideInstallHint = (): void => {
  hidden = true
  keepPreference(preferenceKeys.installHint, 'seen')
  tell()
}

/** Asks the browser's own question. Whatever the answer, it is not asked again by itself. */
export const install = async (): Promise<void> => {
  const prompt = offered
  if (!prompt) return
  offered = null
  hideInstallHint()
  await prompt.prompt()
}
