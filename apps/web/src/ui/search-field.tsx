import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type RefObject, useEffect, useState } from 'react'
import { Key } from './key.tsx'
import classes from './search-field.module.css'

interface SearchFieldProps {
  readonly label: string
  readonly value: string | null
  /** Called when typing pauses; null for an emptied field. */
  readonly onChange: (value: string | null) => void
  readonly keyHint?: string
  /** For the page's own shortcut. */
  readonly input?: RefObject<HTMLInputElement | null>
}

const typingPause = 250

/** Narrows a list while one types. */
export const SearchField = ({ label, value, onChange, keyHint, input }: SearchFieldProps) => {
  const [typed, setTyped] = useState(value ?? '')
  const say = useDebouncedCallback((text: string) => onChange(text.trim() || null), typingPause)
  // The value may change by the back button, or by a filter taken off elsewhere.
  useEffect(() => setTyped((shown) => (shown.trim() === (value ?? '') ? shown : (value ?? ''))), [value])
  return (
    <TextInput
      {...(input ? { ref: input } : {})}
      type="search"
      size="sm"
      className={classes.search ?? ''}
      value={typed}
      maxLength={80}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
      rightSection={keyHint && <Key keys={keyHint} />}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value)
        say(currentTarget.value)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}
