/** A key on a screen: `k`, `1`, `/`, `Space`, `Enter`, `Escape`, `ArrowUp`, `mod+k`, `shift+x`; two in a row: `g 1`. */
export interface Shortcut {
  readonly keys: string
  /** What it does, for the `?` sheet. Without a label it is not listed. */
  readonly label?: string
  /** Absent: only listed; the part that has the focus listens by itself. */
  readonly run?: (event: KeyboardEvent) => void
  /** Also while a field has the focus. Combinations with `mod` always are. */
  readonly inFields?: boolean
  /** Left to a link or a button that was reached by the keyboard: that is what is pressed there. */
  readonly yields?: boolean
}

/** Where a layer lies, whatever the order in which its parts appear: what is nearer to the person is heard first. */
const levels = ['shell', 'screen', 'panel', 'dialog'] as const
export type Level = (typeof levels)[number]

interface Layer {
  readonly shortcuts: readonly Shortcut[]
  readonly level: Level
}

export type Keyboard = 'azerty' | 'qwerty'

/** Where AZERTY has another letter than the key's code says; under an Arabic layout only the code is left to go by. */
const azerty: Record<string, string> = { KeyQ: 'a', KeyA: 'q', KeyW: 'z', KeyZ: 'w', Semicolon: 'm' }
const named = new Set(['Enter', 'Escape', 'Tab', 'Home', 'End', 'PageUp', 'PageDown', 'Delete', 'Backspace'])

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/**
 * The name of a pressed key. Digits go by their place, so that AZERTY needs no Shift; letters by what they type, or
 * by their place where the layout types no Latin letter. Null for what is never a shortcut.
 */
export const keyName = (event: Pressed, keyboard: Keyboard = 'azerty'): string | null => {
  if (event.altKey) return null
  const base = baseName(event, keyboard)
  if (base === null) return null
  if (event.ctrlKey || event.metaKey) return `mod+${event.shiftKey ? 'shift+' : ''}${base}`
  return event.shiftKey && /^[a-z]$|^Arrow|^Space$/.test(base) ? `shift+${base}` : base
}

const baseName = ({ key, code }: Pressed, keyboard: Keyboard): string | null => {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]
  if (digit) return digit
  if (code === 'Space') return 'Space'
  if (key.startsWith('Arrow') || named.has(key)) return key
  if (/^[a-z]$/i.test(key)) return key.toLowerCase()
  if (key === '/' || key === '?') return key
  const placed = keyboard === 'azerty' ? azerty[code] : undefined
  return placed ?? /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? null
}

export interface Keys {
  readonly add: (layer: Layer) => () => void
  /** Runs the topmost shortcut of the event's key. True: there was one, and the browser must not act. */
  readonly press: (event: KeyboardEvent) => boolean
  /** What can be pressed now, nearest first, each key once. */
  readonly listed: () => { readonly keys: string; readonly label: string }[]
  readonly subscribe: (listener: () => void) => () => void
}

interface KeysWorld {
  readonly inField: (event: KeyboardEvent) => boolean
  /** Whether a link or a button that was reached by the keyboard has the focus. */
  readonly onControl: (event: KeyboardEvent) => boolean
  readonly singleKeysOn: () => boolean
  readonly keyboard: () => Keyboard
  /** The level below which nothing is heard, while a dialog or a drawer covers the rest. */
  readonly covered: () => Level
}

/** Two keys in a row must follow within this many milliseconds. */
const sequencePause = 1500

export const createKeys = ({ inField, onControl, singleKeysOn, keyboard, covered }: KeysWorld): Keys => {
  let layers: readonly Layer[] = []
  let first: { readonly name: string; readonly at: number } | null = null
  const listeners = new Set<() => void>()

  const heightOf = (level: Level): number => levels.indexOf(level)
  const from = (lowest: Level): Shortcut[] =>
    layers
      .filter(({ level }) => heightOf(level) >= heightOf(lowest))
      .toReversed()
      .toSorted((one, other) => heightOf(other.level) - heightOf(one.level))
      .flatMap(({ shortcuts }) => shortcuts)
  const heard = (): Shortcut[] => from(covered()).filter(({ run }) => run !== undefined)
  const change = (next: readonly Layer[]): void => {
    layers = next
    for (const listener of listeners) listener()
  }
  const found = (event: KeyboardEvent, name: string): Shortcut | undefined => {
    const allowed = ({ keys: own, inFields, yields }: Shortcut): boolean => {
      if (own.startsWith('mod+')) return true
      if (inField(event)) return inFields === true
      return (singleKeysOn() || name === 'Escape') && !(yields && onControl(event))
    }
    const inTime = first && event.timeStamp - first.at <= sequencePause ? `${first.name} ${name}` : null
    const shortcuts = heard().filter(allowed)
    return shortcuts.find(({ keys }) => keys === inTime) ?? shortcuts.find(({ keys }) => keys === name)
  }
  const begins = (name: string): boolean => heard().some(({ keys }) => keys.startsWith(`${name} `))

  return {
    add: (layer) => {
      change([...layers, layer])
      return () => change(layers.filter((other) => other !== layer))
    },
    press: (event) => {
      const name = keyName(event, keyboard())
      if (event.defaultPrevented || event.isComposing || name === null) return false
      const shortcut = found(event, name)
      first = !shortcut && begins(name) && !inField(event) ? { name, at: event.timeStamp } : null
      shortcut?.run?.(event)
      return shortcut !== undefined
    },
    listed: () => {
      const seen = new Set<string>()
      return from('shell').flatMap(({ keys, label }) => {
        if (!label || seen.has(keys)) return []
        seen.add(keys)
        return [{ keys, label }]
      })
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
