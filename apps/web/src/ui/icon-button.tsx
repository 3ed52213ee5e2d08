import { Tooltip } from '@mantine/core'
import type { ButtonHTMLAttributes } from 'react'
import classes from './button.module.css'
import { Key } from './key.tsx'

export interface IconButtonProps
  extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'style' | 'aria-label'> {
  /** Said aloud and shown on hover and focus. */
  readonly label: string
  readonly keyHint?: string
  readonly size?: 'small' | 'control' | 'form'
}

/** A button that is only a sign. */
export const IconButton = ({
  label,
  keyHint,
  size = 'control',
  type = 'button',
  children,
  ...rest
}: IconButtonProps) => (
  <Tooltip
    label={
      <>
        {label} {keyHint && <Key keys={keyHint} />}
      </>
    }
  >
    <button {...rest} type={type} aria-label={label} className={classes.iconButton} data-size={size}>
      {children}
    </button>
  </Tooltip>
)
