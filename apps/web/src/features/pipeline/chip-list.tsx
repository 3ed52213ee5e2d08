import { Menu } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './pipeline.module.css'

interface Choice<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly sign?: ReactNode
}

interface ChipListProps<Value extends string> {
  readonly label: string
  readonly add: string
  readonly choices: readonly Choice<Value>[]
  /** Null: no list is kept, and `rest` says what that means. */
  readonly value: readonly Value[] | null
  readonly rest: string
  /** What an empty list means. */
  readonly none: string
  /** The choice of no list at all, offered in the menu. */
  readonly open?: string
  readonly error?: string | undefined
  readonly onChange: (value: Value[] | null) => void
}

/** Some of a closed list as chips with a cross, and a menu for the others. */
export const ChipList = <Value extends string>(props: ChipListProps<Value>) => {
  const { label, add, choices, value, rest, none, open, error, onChange } = props
  const { t } = useTranslation('pipeline')
  const chosen = choices.filter((choice) => value?.includes(choice.value))
  const left = choices.filter((choice) => !value?.includes(choice.value))
  return (
    <div className={classes.chips} role="group" aria-label={label}>
      {chosen.map((choice) => (
        <span key={choice.value} className={classes.pick}>
          {choice.sign}
          <bdi className="truncate">{choice.label}</bdi>
          <button
            type="button"
            aria-label={t('form.remove', { name: choice.label })}
            onClick={() => onChange((value ?? []).filter((one) => one !== choice.value))}
          >
            <IconX size={14} stroke={1.75} aria-hidden />
          </button>
        </span>
      ))}
      {chosen.length === 0 && <span className={classes.rest}>{value === null ? rest : none}</span>}
      <Menu position="bottom-start" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className={classes.addPick} aria-label={`${label} : ${add}`}>
            <IconPlus size={14} stroke={1.75} aria-hidden />
            {add}
          </button>
        </Menu.Target>
        <Menu.Dropdown className={classes.menu} aria-label={label}>
          {open !== undefined && value !== null && <Menu.Item onClick={() => onChange(null)}>{open}</Menu.Item>}
          {left.map((choice) => (
            <Menu.Item
              key={choice.value}
              leftSection={choice.sign}
              onClick={() => onChange([...(value ?? []), choice.value])}
            >
              <bdi>{choice.label}</bdi>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {error && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
