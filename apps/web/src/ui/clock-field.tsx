import { TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readClock } from './clock-text.ts'

type Kept = 'value' | 'onChange' | 'type' | 'dir' | 'placeholder' | 'ref'
interface ClockFieldProps extends Omit<TextInputProps, Kept> {
  /** `09:30`; empty while there is none. */
  readonly value?: string
  readonly onChange?: (clock: string) => void
}

/**
 * A time of day on 24 hours, as it is written in Morocco: a browser's own field speaks the browser's language, and asks
 * for AM and PM in English. `onChange` tells a whole time once it is written (`2` may yet become `21:30`), and nothing
 * for an empty field or for what is no time: that stays in the field and says so. A form asks `focusUnread` before it goes.
 */
export const ClockField = ({ value = '', onChange, error, ...rest }: ClockFieldProps) => {
  const { t } = useTranslation('common')
  /** What is being written, or was left there unread; null while the value is shown. */
  const [typed, setTyped] = useState<string | null>(null)
  const [writing, setWriting] = useState(false)
  const unread = typed !== null && typed.trim() !== '' && readClock(typed) === null
  const settle = (): void => {
    setWriting(false)
    if (typed === null) return
    if (!unread) setTyped(null)
    const told = readClock(typed) ?? ''
    if (told !== value) onChange?.(told)
  }
  return (
    <TextInput
      {...rest}
      dir="ltr"
      inputMode="numeric"
      autoComplete="off"
      maxLength={10}
      placeholder={t('ui.clock.format')}
      value={typed ?? value}
      data-unread={unread || undefined}
      error={unread && !writing ? t('ui.clock.unread') : error}
      onBlur={(event) => {
        settle()
        rest.onBlur?.(event)
      }}
      onKeyDown={(event) => {
        rest.onKeyDown?.(event)
        if (event.key !== 'Enter') return
        settle()
        if (unread) event.preventDefault()
      }}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value)
        setWriting(true)
      }}
    />
  )
}

/** Brings the focus to a time of the form that was not understood; whether there is one. */
export const focusUnread = (form: HTMLFormElement): boolean => {
  const field = form.querySelector<HTMLElement>('[data-unread]')
  field?.focus()
  return field !== null
}
