import { useEffect, useRef, useSyncExternalStore } from 'react'
import { createKeys, type Shortcut } from './keys.ts'
import { keepPreference, keptPreference, preferenceKeys } from './preferences.ts'

const fieldSelector =
  'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"], [role="combobox"]'

const keys = createKeys({
  inField: ({ target }) => target instanceof Element && target.closest(fieldSelector) !== null,
  singleKeysOn: () => singleKeysOn(),
  keyboard: () => (keptPreference(preferenceKeys.keyboard) === 'qwerty' ? 'qwerty' : 'azerty'),
})

export const singleKeysOn = (): boolean => keptPreference(preferenceKeys.singleKeys) !== 'off'
export const switchSingleKeys = (on: boolean): void => keepPreference(preferenceKeys.singleKeys, on ? null : 'off')

/** Listens to the page's keys; once, from the shell. */
export const listenToKeys = (): (() => void) => {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (keys.press(event)) event.preventDefault()
  }
  document.addEventListener('keydown', onKeyDown)
  return () => document.removeEventListener('keydown', onKeyDown)
}

/**
 * The shortcuts of a screen, a panel or a dialog while it is shown; the one shown last wins. `modal` silences those
 * below. The list may be made anew at each render.
 */
export const useShortcuts = (
  shortcuts: readonly Shortcut[],
  { modal = false, on = true }: { modal?: boolean; on?: boolean } = {},
): void => {
  const newest = useRef(shortcuts)
  useEffect(() => {
    newest.current = shortcuts
  })
  const names = shortcuts.map(({ keys: name, label = '' }) => `${name}\u0000${label}`).join('\u0001')
  useEffect(() => {
    if (!on) return
    const layer = newest.current.map((shortcut, index) => ({
      ...shortcut,
      run: (event: KeyboardEvent) => newest.current[index]?.run(event),
    }))
    return keys.add({ shortcuts: layer, modal })
  }, [names, modal, on])
}

let listed = keys.listed()
keys.subscribe(() => {
  listed = keys.listed()
})

/** What can be pressed now, for the `?` sheet. */
export const useListedShortcuts = (): readonly { readonly keys: string; readonly label: string }[] =>
  useSyncExternalStore(keys.subscribe, () => listed)
