import classes from './avatar.module.css'

/** Two letters of a name in Latin script, one of a name in Arabic script. */
export const initialsOf = (name: string): string => {
  const words = name.trim().split(/\s+/)
  const first = [...(words[0] ?? '')][0] ?? ''
  const arabic = /[\u0600-\u06ff]/.test(first)
  const last = words.length > 1 && !arabic ? ([...(words.at(-1) ?? '')][0] ?? '') : ''
  return (first + last).toLocaleUpperCase()
}

const tints = ['accent', 'warn', 'ok', 'info', 'bad'] as const

/** Always the same tint for the same name. */
const tintOf = (name: string): string => {
  let sum = 0
  for (const sign of name) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 9973
  return tints[sum % tints.length] ?? 'accent'
}

interface AvatarProps {
  readonly name: string
  readonly size?: 20 | 23 | 26 | 32
  /** A ring says who holds it now; amber when it will be freed soon for lack of a sign. */
  readonly ring?: 'holds' | 'leaving'
  /** What the ring means, for readers; without it the name alone. */
  readonly label?: string
  /** Whether the name already stands beside it. */
  readonly named?: boolean
}

export const Avatar = ({ name, size = 26, ring, label = name, named = false }: AvatarProps) => (
  <span
    className={classes.avatar}
    data-tint={tintOf(name)}
    data-ring={ring}
    data-size={size}
    {...(named ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label, title: label })}
  >
    {initialsOf(name)}
  </span>
)
