import { useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { createKeys, type Level, type Shortcut } from './keys.ts'
import { keepPreference, keptPreference, preferenceKeys } from './preferences.ts'

const fieldSelector =
  'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"], [role="combobox"]'

/** A link to where one is has nothing to open, and what `data-passes` stands on was pressed already. */
const controlSelector = 'a[href]:not([aria-current="page"]), button:not([data-passes])'

const keys = createKeys({
  inField: ({ target }) => target instanceof Element && target.closest(fieldSelector) !== null,
  onControl: ({ target }) => target instanceof Element && target.matches(`:is(${controlSelector}):focus-visible`),
  singleKeysOn: () => singleKeysOn(),
  keyboard: () => (keptPreference(preferenceKeys.keyboard) === 'qwerty' ? 'qwerty' : 'azerty'),
  // The dialogs of `ui/` tell by this class that they cover the page.
  covered: () => (document.body.classList.contains('dialog-open') ? 'dialog' : 'shell'),
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
 * The shortcuts of a part of the page while it is shown. What is nearer wins (`dialog` over `panel` over `screen` over
 * `shell`), then what appeared last; an open dialog silences the rest. The list may be made anew at each render. Heard
 * from the moment in which the part is on the page, not after the paint: who sees a key may press it.
 */
export const useShortcuts = (
  shortcuts: readonly Shortcut[],
  { level = 'screen', on = true }: { level?: Level; on?: boolean } = {},
): void => {
  const newest = useRef(shortcuts)
  useLayoutEffect(() => {
    newest.current = shortcuts
  })
  const names = shortcuts.map(({ keys: name, label = '' }) => `${name}\u0000${label}`).join('\u0001')
  useLayoutEffect(() => {
    if (!on) return
    const layer = newest.current.map((shortcut, index) =>
      shortcut.run ? { ...shortcut, run: (event: KeyboardEvent) => newest.current[index]?.run?.(event) } : shortcut,
    )
    return keys.add({ shortcuts: layer, level })
  }, [names, level, on])
}

let listed = keys.listed()
keys.subscribe(() => {
  listed = keys.listed()
})

/** What can be pressed now, for the `?` sheet. */
export const useListedShortcuts = (): readonly { readonly keys: string; readonly label: string }[] =>
  useSyncExternalStore(keys.subscribe, () => listed)
