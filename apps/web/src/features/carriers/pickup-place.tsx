import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { CarrierPlaceView } from '@sendocki/domain/carriers/account'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { placesQuery } from './carriers.api.ts'

interface PickupPlaceProps {
  readonly accountId: string
  readonly value: string | null
  readonly onChange: (placeId: string | null) => void
  readonly error: ReactNode
}

const labelOf = ({ name, city }: CarrierPlaceView): string => (name === city ? name : `${name} · ${city}`)

/** One of the carrier's own places where parcels are fetched, found by typing: there are hundreds of them. */
export const PickupPlace = ({ accountId, value, onChange, error }: PickupPlaceProps) => {
  const { t } = useTranslation('carriers')
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null)
  const [q] = useDebouncedValue(typed.trim(), 200)
  // The text of a choice just made is in the field too; it is a name, not a search.
  const search = q === '' || q === chosen?.label ? {} : { q }
  const { data } = useInfiniteQuery(placesQuery(accountId, { pickup: true, ...search }))
  const found = (data?.pages.flatMap(({ items }) => items) ?? []).map((place) => ({
    value: place.placeId,
    label: labelOf(place),
  }))
  // The chosen place stays among the choices, whatever is being typed; until its name is known its id stands for it.
  const kept = chosen ?? (value === null ? null : { value, label: value })
  const choices = kept && !found.some((place) => place.value === kept.value) ? [kept, ...found] : found
  return (
    <Select
      label={t('form.pickupPlace')}
      description={t('form.pickupPlaceHint')}
      searchable
      clearable
      data={choices}
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={t('form.pickupNone')}
      value={value}
      onChange={(placeId) => {
        setChosen(choices.find((place) => place.value === placeId) ?? null)
        onChange(placeId)
      }}
      error={error}
    />
  )
}
