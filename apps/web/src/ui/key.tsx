import classes from './key.module.css'

const mac = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '')
const signs: Record<string, string> = {
  mod: mac ? '⌘' : 'Ctrl',
  shift: '⇧',
  enter: '↵',
  escape: 'Esc',
  space: '␣',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
}

/** `mod+k` as it is written on a keyboard: `Ctrl K`. */
const keyText = (keys: string): string =>
  keys
    .split(/[+ ]/)
    .map((part) => signs[part.toLowerCase()] ?? part.toUpperCase())
    .join(' ')

/** The key that does the same as the control it stands on. Shortcuts stay Latin in every language. */
export const Key = ({ keys }: { keys: string }) => (
  <kbd dir="ltr" className={classes.key} aria-hidden="true">
    {keyText(keys)}
  </kbd>
)
