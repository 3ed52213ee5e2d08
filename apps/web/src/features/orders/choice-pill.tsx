import { Combobox, Popover, TextInput, useCombobox } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FilterPill } from '../../ui/chip.tsx'
import classes from './choice-pill.module.css'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly sign?: ReactNode
}

interface ChoicePillProps {
  readonly label: string
  /** What the pill says while nothing is chosen: "toutes". */
  readonly rest: string
  readonly value: string | null
  readonly onChange: (value: string | null) => void
  /** Choices for what has been typed; all of them for an empty text. */
  readonly choicesFor: (typed: string) => readonly Choice[]
  /** The name of the chosen value, when it is not among the choices shown. */
  readonly nameOf?: (value: string) => string
  readonly onOpen?: () => void
}

/** One filter of a toolbar that is chosen from a list, by typing or by arrows. */
export const ChoicePill = ({ label, rest, value, onChange, choicesFor, nameOf, onOpen }: ChoicePillProps) => {
  const { t } = useTranslation('orders')
  const [opened, setOpened] = useState(false)
  const [typed, setTyped] = useState('')
  const combobox = useCombobox({ opened, onDropdownOpen: () => undefined, onDropdownClose: () => setOpened(false) })
  const choices = choicesFor(typed)
  const chosen =
    value === null ? null : (choicesFor('').find((choice) => choice.value === value)?.label ?? nameOf?.(value))

  const open = (next: boolean): void => {
    setOpened(next)
    setTyped('')
    if (next) onOpen?.()
  }
  const choose = (next: string): void => {
    onChange(next === value ? null : next)
    open(false)
  }
  return (
    <Popover opened={opened} onChange={open} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <FilterPill
          label={label}
          value={value === null ? rest : (chosen ?? value)}
          active={value !== null}
          onClear={() => onChange(null)}
          onClick={() => open(!opened)}
          aria-expanded={opened}
        />
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={label}>
        <Combobox store={combobox} onOptionSubmit={choose}>
          <Combobox.EventsTarget>
            <TextInput
              size="sm"
              value={typed}
              aria-label={t('filter.find', { label })}
              placeholder={t('filter.find', { label })}
              data-autofocus
              onChange={({ currentTarget }) => {
                setTyped(currentTarget.value)
                combobox.selectFirstOption()
              }}
            />
          </Combobox.EventsTarget>
          <Combobox.Options className={classes.options} aria-label={label} tabIndex={0}>
            {choices.map(({ value: option, label: name, sign }) => (
              <Combobox.Option key={option} value={option} active={option === value} className={classes.option ?? ''}>
                {sign}
                {name}
              </Combobox.Option>
            ))}
            {choices.length === 0 && <Combobox.Empty>{t('filter.nothing')}</Combobox.Empty>}
          </Combobox.Options>
        </Combobox>
      </Popover.Dropdown>
    </Popover>
  )
}
