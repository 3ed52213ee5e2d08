import { Combobox, Popover, TextInput, useCombobox } from '@mantine/core'
import { customerSorts } from '@sendocki/domain/customers/customer'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../lib/i18n.ts'
import { openMembership, useCan, useMe } from '../../lib/me.ts'
import { placesQuery } from '../../lib/places.ts'
import { segmentsQuery, useSegmentName } from '../../lib/segments.ts'
import { FilterPill } from '../../ui/chip.tsx'
import { MenuPill } from '../../ui/menu-pill.tsx'
import classes from './customers.module.css'
import type { CustomerFilters } from './filters.ts'

interface CityPillProps {
  readonly city: string | null
  readonly onCity: (city: string | null) => void
}

/** Customers of one city, found by typing in any of three spellings. */
export const CityPill = ({ city, onCity }: CityPillProps) => {
  const { t } = useTranslation('customers')
  const language = currentLanguage()
  const [opened, setOpened] = useState(false)
  const [typed, setTyped] = useState('')
  const { data: places } = useQuery({ ...placesQuery, enabled: opened || city !== null })
  const combobox = useCombobox({ opened, onDropdownClose: () => setOpened(false) })
  const choices = [
    ...(typed.trim() === '' ? [{ value: 'none', label: t('cityNone') }] : []),
    ...(places?.suggestCities(typed) ?? []).map(({ id, ...names }) => ({ value: id, label: names[language] })),
  ]
  const show = (next: boolean): void => {
    setOpened(next)
    setTyped('')
  }
  const chosen = city === 'none' ? t('cityNone') : (places?.cityById.get(city ?? '')?.[language] ?? city)
  return (
    <Popover opened={opened} onChange={show} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <FilterPill
          label={t('form.city')}
          value={city === null ? t('all') : chosen}
          active={city !== null}
          onClear={() => onCity(null)}
          onClick={() => show(!opened)}
          aria-expanded={opened}
        />
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={t('form.city')}>
        <Combobox
          store={combobox}
          onOptionSubmit={(value) => {
            onCity(value)
            show(false)
          }}
        >
          <Combobox.EventsTarget>
            <TextInput
              size="sm"
              dir="auto"
              value={typed}
              aria-label={t('cityFind')}
              placeholder={t('cityFind')}
              data-autofocus
              onChange={({ currentTarget }) => {
                setTyped(currentTarget.value)
                combobox.selectFirstOption()
              }}
            />
          </Combobox.EventsTarget>
          <Combobox.Options className={classes.choices} aria-label={t('form.city')} tabIndex={0}>
            {choices.map(({ value, label }) => (
              <Combobox.Option key={value} value={value} active={value === city}>
                {label}
              </Combobox.Option>
            ))}
            {choices.length === 0 && <Combobox.Empty>{t('noneFiltered')}</Combobox.Empty>}
          </Combobox.Options>
        </Combobox>
      </Popover.Dropdown>
    </Popover>
  )
}

interface SegmentPillProps {
  readonly segment: string | null
  readonly onSegment: (segment: string | null) => void
}

/** Customers of one behaviour, for those who may read segments. */
export const SegmentPill = ({ segment, onSegment }: SegmentPillProps) => {
  const { t } = useTranslation('customers')
  const readable = useCan()('segments.read')
  const nameOf = useSegmentName()
  const { data } = useQuery({ ...segmentsQuery, enabled: readable })
  if (!readable) return null
  return (
    <MenuPill
      label={t('segment')}
      rest={t('segmentAll')}
      choices={(data?.items ?? []).map((one) => ({ value: one.id, label: nameOf(one) }))}
      value={segment}
      onChange={onSegment}
    />
  )
}

interface SortPillProps {
  readonly sort: CustomerFilters['sort']
  readonly onSort: (sort: CustomerFilters['sort']) => void
}

/** In which order they stand. Who sees only some orders is not told by the order how many others there are. */
export const SortPill = ({ sort, onSort }: SortPillProps) => {
  const { t } = useTranslation('customers')
  const seesAll = openMembership(useMe())?.role.scope.some((scope) => scope === 'all') ?? false
  if (!seesAll) return null
  return (
    <MenuPill
      label={t('sort.label')}
      rest={t('sort.-lastOrderAt')}
      choices={others.map((value) => ({ value, label: t(`sort.${value}`) }))}
      value={sort === usual ? null : sort}
      onChange={(value) => onSort(value ?? usual)}
    />
  )
}

const usual = '-lastOrderAt'
const others = customerSorts.filter((sort) => sort !== usual)
