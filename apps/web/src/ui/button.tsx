import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { Link, type To } from 'react-router'
import classes from './button.module.css'
import { Key } from './key.tsx'

/**
 * `filled`: the one next right thing of a view. `accent`: what is mine to do now. `outline`: the others. `quiet`: aside.
 * `danger`: what takes something away.
 */
export type ButtonVariant = 'filled' | 'accent' | 'outline' | 'quiet' | 'danger'

interface Look {
  readonly variant?: ButtonVariant
  /** 26, 30, 40 or 52 pixels high: in a line, in a toolbar, in a form, under a thumb. */
  readonly size?: 'small' | 'control' | 'form' | 'thumb'
  readonly icon?: ReactNode
  /** The key that does the same, as `useShortcuts` knows it. */
  readonly keyHint?: string
  readonly block?: boolean
}

export interface ButtonProps extends Look, Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'style'> {
  /** The server has not answered yet: the button keeps its place and word, and hears nothing. */
  readonly pending?: boolean
}

const Inside = ({ icon, keyHint, children }: Pick<Look, 'icon' | 'keyHint'> & { children: ReactNode }) => (
  <>
    {icon}
    <span>{children}</span>
    {keyHint && <Key keys={keyHint} />}
  </>
)

export const Button = ({
  variant = 'outline',
  size = 'control',
  icon,
  keyHint,
  block = false,
  pending = false,
  type = 'button',
  onClick,
  children,
  ...rest
}: ButtonProps) => (
  <button
    {...rest}
    type={type}
    className={classes.button}
    data-variant={variant}
    data-size={size}
    data-block={block || undefined}
    data-pending={pending || undefined}
    aria-busy={pending || undefined}
    aria-disabled={pending || undefined}
    onClick={pending ? (event) => event.preventDefault() : onClick}
  >
    <Inside icon={pending ? <span className={classes.spinner} aria-hidden /> : icon} {...(keyHint ? { keyHint } : {})}>
      {children}
    </Inside>
  </button>
)

export const ButtonLink = ({
  to,
  variant = 'outline',
  size = 'control',
  icon,
  keyHint,
  block = false,
  children,
}: Look & { to: To; children: ReactNode }) => (
  <Link to={to} className={classes.button} data-variant={variant} data-size={size} data-block={block || undefined}>
    <Inside icon={icon} {...(keyHint ? { keyHint } : {})}>
      {children}
    </Inside>
  </Link>
)
