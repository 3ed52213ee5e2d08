import { Popover, TextInput, type TextInputProps } from '@mantine/core'
import { IconCalendar } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayShown } from '../lib/format.ts'
import classes from './day-field.module.css'
import { readDay } from './day-text.ts'
import { SkeletonRows } from './screen-states.tsx'

/** Fetched with the first calendar that is opened: writing a day needs none. */
const DayCalendar = lazy(async () => ({ default: (await import('./day-calendar.tsx')).DayCalendar }))

type Kept = 'value' | 'onChange' | 'min' | 'max' | 'type' | 'dir' | 'rightSection' | 'placeholder' | 'ref'
interface DayFieldProps extends Omit<TextInputProps, Kept> {
  /** `2026-11-30`; empty while there is none. */
  readonly value?: string
  readonly onChange?: (day: string) => void
  /** The first and the last day that may be chosen. */
  readonly min?: string | undefined
  readonly max?: string | undefined
  /** It stands in a popover, which would take a press on a calendar outside of it for the wish to close. */
  readonly inPopover?: boolean
}

/**
 * A day, written as in Morocco or chosen on a calendar in the language of the app: a browser's own field speaks the
 * browser's language, and puts the month first in English. `onChange` tells a whole day within the limits, else nothing.
 */
export const DayField = ({ value = '', onChange, min, max, inPopover = false, error, ...rest }: DayFieldProps) => {
  const { t } = useTranslation('common')
  const [typed, setTyped] = useState('')
  const [typing, setTyping] = useState(false)
  const [opened, setOpened] = useState(false)
  const faultOf = useFault(min, max)
  const choose = (day: string | null): void => {
    const told = day !== null && faultOf(day) === null ? day : ''
    if (told !== value) onChange?.(told)
  }
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      withinPortal={!inPopover}
      withRoles={false}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <TextInput
          {...rest}
          dir="ltr"
          inputMode="numeric"
          autoComplete="off"
          maxLength={20}
          placeholder={t('ui.day.format')}
          // While it is written in, what is typed; else what was chosen, here or by another hand.
          value={typing || value === '' ? typed : dayShown(value)}
          error={!typing && value === '' && typed.trim() !== '' ? faultOf(readDay(typed)) : error}
          onFocus={(event) => {
            if (value !== '') setTyped(dayShown(value))
            setTyping(true)
            rest.onFocus?.(event)
          }}
          onBlur={(event) => {
            if (value !== '') setTyped('')
            setTyping(false)
            rest.onBlur?.(event)
          }}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value)
            choose(readDay(currentTarget.value))
          }}
          onKeyDown={(event) => {
            rest.onKeyDown?.(event)
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            setOpened(true)
          }}
          rightSection={<Opener label={t('ui.day.open')} opened={opened} onOpen={() => setOpened(!opened)} />}
        />
      </Popover.Target>
      {/* The keys of the screen are not meant by who walks over days. */}
      <Popover.Dropdown role="dialog" aria-label={t('ui.day.open')} onKeyDown={(event) => event.stopPropagation()}>
        <Suspense fallback={<SkeletonRows label={t('ui.loading')} rows={6} />}>
          <DayCalendar
            {...{ value, min, max }}
            onChoose={(day) => {
              choose(day)
              setTyped(dayShown(day))
              setOpened(false)
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}

/** Why a day, or what was written instead of one, cannot be taken; null when it can. */
const useFault = (min: string | undefined, max: string | undefined) => {
  const { t } = useTranslation('common')
  return (day: string | null): string | null => {
    if (day === null) return t('ui.day.unread')
    if (min !== undefined && day < min) return t('ui.day.from', { day: dayShown(min) })
    return max !== undefined && day > max ? t('ui.day.to', { day: dayShown(max) }) : null
  }
}

interface OpenerProps {
  readonly label: string
  readonly opened: boolean
  readonly onOpen: () => void
}

/** By pointer; from the field the arrow down does the same. */
const Opener = ({ label, opened, onOpen }: OpenerProps) => (
  <button
    type="button"
    className={classes.opener}
    aria-label={label}
    aria-haspopup="dialog"
    aria-expanded={opened}
    tabIndex={-1}
    onClick={onOpen}
  >
    <IconCalendar size={16} stroke={1.75} aria-hidden />
  </button>
)
