import { Menu } from '@mantine/core'
import { type KeyboardEvent, type ReactElement, useRef } from 'react'
import classes from './digit-menu.module.css'
import { Key } from './key.tsx'

export interface DigitMenuItem {
  readonly id: string
  readonly label: ReactElement | string
  /** Why it cannot be chosen now; the item stays, and says it. */
  readonly refusal?: string
}

interface DigitMenuProps {
  readonly label: string
  readonly items: readonly DigitMenuItem[]
  readonly onChoose: (id: string) => void
  readonly opened: boolean
  readonly onOpenedChange: (opened: boolean) => void
  /** The control that opens it. */
  readonly children: ReactElement
}

/** A menu whose first ten lines answer to the digits 1–9 and 0 by their place on the keyboard: two keys in all. */
export const DigitMenu = ({ label, items, onChoose, opened, onOpenedChange, children }: DigitMenuProps) => {
  const dropdown = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent): void => {
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1]
    const item = digit ? items[(Number(digit) + 9) % 10] : undefined
    if (!item || item.refusal || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    onOpenedChange(false)
    onChoose(item.id)
  }
  return (
    <Menu opened={opened} onChange={onOpenedChange} trapFocus returnFocus>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown ref={dropdown} aria-label={label} onKeyDown={onKeyDown} className={classes.dropdown}>
        {items.map(({ id, label: text, refusal }, index) => (
          <Menu.Item
            key={id}
            disabled={refusal !== undefined}
            leftSection={index < 10 ? <Key keys={String((index + 1) % 10)} /> : <span className={classes.noKey} />}
            onClick={() => onChoose(id)}
          >
            {text}
            {refusal && <span className={classes.refusal}>{refusal}</span>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
