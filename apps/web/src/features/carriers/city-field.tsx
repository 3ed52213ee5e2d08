import { Autocomplete } from '@mantine/core'
import { useState } from 'react'
import { useCities } from './cities.ts'

interface CityFieldProps {
  readonly label: string
  /** Called with a city when one is chosen, with null when the field is emptied. */
  readonly onCity: (cityId: string | null) => void
}

/** One of our cities, by typing its name in any of three spellings. */
export const CityField = ({ label, onCity }: CityFieldProps) => {
  const { suggest, idOf } = useCities()
  const [typed, setTyped] = useState('')
  return (
    <Autocomplete
      aria-label={label}
      placeholder={label}
      dir="auto"
      data={suggest(typed)}
      filter={({ options }) => options}
      value={typed}
      onChange={(text) => {
        setTyped(text)
        if (text === '') onCity(null)
      }}
      onOptionSubmit={(text) => onCity(idOf(text))}
      selectFirstOptionOnChange
      autoComplete="off"
      maxLength={80}
    />
  )
}
