import { Autocomplete, Switch } from '@mantine/core'
import type { City } from '@sendocki/domain/places/cities'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../lib/i18n.ts'
import { useCan } from '../../lib/me.ts'
import { placesQuery } from '../../lib/places.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { Key } from '../../ui/key.tsx'
import { RepairCard, type RepairProps } from './repair-card.tsx'
import { citiesFor, isHomonym } from './suggestions.ts'
import { sameCityQuery } from './tray.api.ts'
import classes from './tray.module.css'
import { useExplainCity } from './use-repair.ts'

/** The city: the resolver's proposals on the digits, or typed; one choice for all that are written so, if wished. */
export const CityRepair = ({ order, repair, pending, onGone }: RepairProps) => {
  const { t } = useTranslation('tray')
  const language = currentLanguage()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const { data: places } = useQuery(placesQuery)
  const { cityText, line, district } = order.shippingAddress
  const many = useSpelledSo(cityText)
  const [forAll, setForAll] = useState(false)
  const explain = useExplainCity((text) => {
    const key = places?.placeKey(text)
    onGone((row) => key !== undefined && places?.placeKey(row.shippingAddress.cityText ?? '') === key)
  })
  const cities = places ? citiesFor(places, { cityText, line, district }) : []
  const choose = (city: City): void => {
    if (pending || explain.isPending) return
    if (forAll && many > 1 && cityText !== null) explain.mutate({ text: cityText, city: city.id })
    else repair({ city: city.id })
  }
  useShortcuts([
    ...cities.map((city, index) => ({ keys: String(index + 1), label: city[language], run: () => choose(city) })),
    { keys: 'a', label: t('city.other'), run: () => field.current?.focus() },
    ...(many > 1 ? [{ keys: 'b', label: t('city.batch'), run: () => setForAll(!forAll) }] : []),
  ])
  const options = places?.suggestCities(typed) ?? []
  return (
    <RepairCard
      title={t('city.title')}
      hint={cityText === null ? t('city.nothing') : t('city.written', { text: cityText })}
    >
      {cities.length > 0 && (
        <div className={classes.choices}>
          {cities.map((city, index) => (
            <Button
              key={city.id}
              keyHint={String(index + 1)}
              size="form"
              pending={explain.isPending}
              onClick={() => choose(city)}
            >
              <bdi>{city[language]}</bdi>
            </Button>
          ))}
        </div>
      )}
      <Autocomplete
        ref={field}
        size="md"
        label={t('city.other')}
        dir="auto"
        data={[...new Set(options.map((city) => city[language]))]}
        filter={({ options: shown }) => shown}
        value={typed}
        onChange={setTyped}
        onOptionSubmit={(name) => {
          const city = options.find((option) => option[language] === name)
          if (city) choose(city)
        }}
        selectFirstOptionOnChange
        autoComplete="off"
        maxLength={80}
        rightSection={<Key keys="a" />}
      />
      {many > 1 && (
        <Switch
          checked={forAll}
          onChange={({ currentTarget }) => setForAll(currentTarget.checked)}
          label={
            <>
              {t('city.forAll', { count: many })} <Key keys="b" />
            </>
          }
        />
      )}
    </RepairCard>
  )
}

/** How many orders wait under a spelling that may be explained for all of them; 0 where each must be asked about. */
const useSpelledSo = (cityText: string | null): number => {
  const can = useCan()
  const { data: places } = useQuery(placesQuery)
  const askable = cityText !== null && can('spellings.edit') && places !== undefined && !isHomonym(places, cityText)
  const { data } = useQuery({ ...sameCityQuery(cityText ?? ''), enabled: askable })
  return askable ? (data?.count ?? 0) : 0
}
