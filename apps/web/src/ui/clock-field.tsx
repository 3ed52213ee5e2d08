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
 * for AM and PM in English. `onChange` tells a whole time, or nothing once the field is empty.
 */
export const ClockField = ({ value = '', onChange, error, ...rest }: ClockFieldProps) => {
  const { t } = useTranslation('common')
  /** What is being written, or was left there unread; null while the value is shown. */
  const [typed, setTyped] = useState<string | null>(null)
  const [writing, setWriting] = useState(false)
  const unread = typed !== null && typed.trim() !== '' && readClock(typed) === null
  const tell = (clock: string): void => {
    if (clock !== value) onChange?.(clock)
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
      error={unread && !writing ? t('ui.clock.unread') : error}
      onFocus={(event) => {
        setWriting(true)
        rest.onFocus?.(event)
      }}
      onBlur={(event) => {
        setWriting(false)
        if (!unread) setTyped(null)
        rest.onBlur?.(event)
      }}
      onChange={({ currentTarget }) => {
        const read = readClock(currentTarget.value)
        setTyped(currentTarget.value)
        if (read !== null || currentTarget.value.trim() === '') tell(read ?? '')
      }}
    />
  )
}
