import { Menu } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { FilterPill } from './chip.tsx'
import classes from './menu-pill.module.css'

interface MenuPillProps<Value extends string> {
  readonly label: string
  /** What the pill says while nothing is chosen: "tous". */
  readonly rest: string
  readonly choices: readonly { readonly value: Value; readonly label: string; readonly sign?: ReactNode }[]
  readonly value: Value | null
  readonly onChange: (value: Value | null) => void
}

/** One filter of a toolbar, chosen from a short list. Choosing the same again takes it off. */
export const MenuPill = <Value extends string>({ label, rest, choices, value, onChange }: MenuPillProps<Value>) => {
  const chosen = choices.find((choice) => choice.value === value)
  return (
    <Menu position="bottom-start" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <FilterPill
          label={label}
          value={value === null ? rest : (chosen?.label ?? '…')}
          active={value !== null}
          onClear={() => onChange(null)}
        />
      </Menu.Target>
      <Menu.Dropdown className={classes.dropdown} aria-label={label}>
        {choices.map((choice) => (
          <Menu.Item
            key={choice.value}
            leftSection={choice.sign}
            rightSection={choice.value === value && <IconCheck size={14} stroke={1.75} aria-hidden />}
            onClick={() => onChange(choice.value === value ? null : choice.value)}
          >
            <bdi>{choice.label}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
