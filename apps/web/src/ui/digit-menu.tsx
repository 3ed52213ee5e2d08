import { Menu } from '@mantine/core'
import { type ReactElement, useEffect, useEffectEvent } from 'react'
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

/** The first line that can be chosen has the focus as soon as the menu stands. */
const focusFirst = (dropdown: HTMLDivElement | null): void => {
  dropdown?.querySelector<HTMLElement>('[data-menu-item]:not(:disabled)')?.focus({ preventScroll: true })
}

/** A menu whose first ten lines answer to the digits 1–9 and 0 by their place on the keyboard: two keys in all. */
export const DigitMenu = ({ label, items, onChoose, opened, onOpenedChange, children }: DigitMenuProps) => {
  const onDigit = useEffectEvent((event: KeyboardEvent): void => {
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1]
    const item = digit ? items[(Number(digit) + 9) % 10] : undefined
    if (!item || item.refusal || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    onOpenedChange(false)
    onChoose(item.id)
  })
  // On the window: a digit that follows `M` faster than the menu takes the focus is not lost.
  useEffect(() => {
    if (!opened) return
    window.addEventListener('keydown', onDigit, { capture: true })
    return () => window.removeEventListener('keydown', onDigit, { capture: true })
  }, [opened])
  return (
    <Menu opened={opened} onChange={onOpenedChange} trapFocus returnFocus withInitialFocusPlaceholder={false}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown ref={focusFirst} aria-label={label} className={classes.dropdown}>
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
