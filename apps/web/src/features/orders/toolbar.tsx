import { Popover, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconFilter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../lib/i18n.ts'
import { placesQuery } from '../../lib/places.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { FilterPill } from '../../ui/chip.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { Key } from '../../ui/key.tsx'
import { Count } from '../../ui/numbers.tsx'
import { type Choice, ChoicePill } from './choice-pill.tsx'
import {
  type DaySpan,
  daySpans,
  isOn,
  type ListFilters,
  type QuickFilter,
  quickFilters,
  quickNames,
  switched,
} from './filters.ts'
import { countQuery, membersQuery, storesQuery } from './orders.api.ts'
import type { Rights } from './rights.ts'
import classes from './toolbar.module.css'

interface FiltersProps {
  readonly filters: ListFilters
  readonly onFilters: (changes: Partial<ListFilters>) => void
}

const typingPause = 250

/** Filters what is shown by name, number, phone or tracking number, shortly after the last key. */
export const SearchField = ({ filters, onFilters, label }: FiltersProps & { readonly label: string }) => {
  const { t } = useTranslation('orders')
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(filters.q ?? '')
  const search = useDebouncedCallback((text: string) => onFilters({ q: text.trim() || null }), typingPause)
  // The address may change by the back button, or by a filter taken off elsewhere.
  useEffect(() => setTyped((shown) => (shown.trim() === (filters.q ?? '') ? shown : (filters.q ?? ''))), [filters.q])
  useShortcuts([{ keys: '/', label: t('keys.search'), run: () => input.current?.focus() }])
  return (
    <TextInput
      ref={input}
      type="search"
      size="sm"
      className={classes.search ?? ''}
      value={typed}
      aria-label={label}
      placeholder={label}
      leftSection={<IconFilter size={16} stroke={1.75} aria-hidden />}
      rightSection={<Key keys="/" />}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value)
        search(currentTarget.value)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}

/** Choices whose words hold what was typed. */
export const matching = (choices: readonly Choice[], typed: string): readonly Choice[] => {
  const wanted = typed.trim().toLocaleLowerCase()
  return wanted === '' ? choices : choices.filter(({ label }) => label.toLocaleLowerCase().includes(wanted))
}

export const StorePill = ({ filters, onFilters }: FiltersProps) => {
  const { t } = useTranslation('orders')
  const { data } = useQuery(storesQuery)
  const choices = (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <ChoicePill
      label={t('filter.store')}
      rest={t('filter.allFeminine')}
      value={filters.storeId}
      onChange={(storeId) => onFilters({ storeId })}
      choicesFor={(typed) => matching(choices, typed)}
    />
  )
}

/** The largest cities stand first; typing searches all of them in three spellings. */
export const firstCities = [
  'casablanca',
  'rabat',
  'marrakech',
  'fes',
  'tanger',
  'agadir',
  'meknes',
  'oujda',
  'sale',
  'kenitra',
]

export const CityPill = ({ filters, onFilters }: FiltersProps) => {
  const { t } = useTranslation('orders')
  const [wanted, setWanted] = useState(false)
  const { data } = useQuery({ ...placesQuery, enabled: wanted || (filters.city !== null && filters.city !== 'none') })
  const nameOf = (id: string): string => data?.cityById.get(id)?.[currentLanguage()] ?? id
  const none = { value: 'none', label: t('quick.city') }
  const choicesFor = (typed: string): readonly Choice[] => {
    if (typed.trim() === '') return [none, ...firstCities.map((id) => ({ value: id, label: nameOf(id) }))]
    return (data?.suggestCities(typed) ?? []).map(({ id }) => ({ value: id, label: nameOf(id) }))
  }
  return (
    <ChoicePill
      label={t('filter.city')}
      rest={t('filter.allFeminine')}
      value={filters.city}
      onChange={(city) => onFilters({ city })}
      choicesFor={choicesFor}
      nameOf={nameOf}
      onOpen={() => setWanted(true)}
    />
  )
}

/** Mine, nobody's, or for those who may see the team anybody's. */
export const AssigneePill = ({ filters, onFilters, rights }: FiltersProps & { readonly rights: Rights }) => {
  const { t } = useTranslation('orders')
  const { data } = useQuery({ ...membersQuery, enabled: rights.can('members.read') })
  const choices = [
    { value: 'me', label: t('filter.me') },
    { value: 'none', label: t('filter.nobody') },
    ...(data?.items ?? []).map(({ id, fullName }) => ({ value: id, label: fullName })),
  ]
  return (
    <ChoicePill
      label={t('filter.assignee')}
      rest={t('filter.everybody')}
      value={filters.assigneeId}
      onChange={(assigneeId) => onFilters({ assigneeId })}
      choicesFor={(typed) => matching(choices, typed)}
    />
  )
}

/** Created, confirmed, shipped or delivered between two days, both whole. */
export const DayPill = ({ span, filters, onFilters }: FiltersProps & { readonly span: DaySpan }) => {
  const { t } = useTranslation('orders')
  const { from, to } = daySpans[span]
  const [first, last] = [filters[from], filters[to]]
  const active = first !== null || last !== null
  const day = (end: 'from' | 'to') => (
    <DayField
      inPopover
      size="sm"
      label={t(`filter.${end}`)}
      value={filters[daySpans[span][end]] ?? ''}
      onChange={(chosen) => onFilters({ [daySpans[span][end]]: chosen || null })}
    />
  )
  return (
    <Popover position="bottom-start" trapFocus>
      <Popover.Target>
        <FilterPill
          label={t(`filter.${span}`)}
          value={active ? <bdi dir="ltr">{daysShown(first, last)}</bdi> : t('filter.allFeminine')}
          active={active}
          onClear={() => onFilters({ [from]: null, [to]: null })}
        />
      </Popover.Target>
      <Popover.Dropdown className={classes.days}>
        {day('from')}
        {day('to')}
      </Popover.Dropdown>
    </Popover>
  )
}

const daysShown = (first: string | null, last: string | null): string =>
  first !== null && first === last ? first : [first ?? '…', last ?? '…'].join(' → ')

const QuickPill = ({ name, filters, onFilters }: FiltersProps & { readonly name: QuickFilter }) => {
  const { t } = useTranslation('orders')
  // Each count is of the orders that match the other filters, whether this one is on or not.
  const others = isOn(name, filters) ? { ...filters, ...switched(name, filters) } : filters
  const { data } = useQuery(countQuery({ ...others, ...quickFilters[name] }))
  const active = isOn(name, filters)
  if (data?.count === 0 && !active) return null
  return (
    <FilterPill
      label={t(`quick.${name}`)}
      {...(data ? { count: <Count count={data.count} capped={data.capped} /> } : {})}
      active={active}
      aria-pressed={active}
      onClear={() => onFilters(switched(name, filters))}
      onClick={() => onFilters(switched(name, filters))}
    />
  )
}

/** Orders in need of a person, by kind, with their counts. A kind of which there is none is not shown. */
export const QuickFilters = ({ filters, onFilters }: FiltersProps) => (
  <>
    {quickNames.map((name) => (
      <QuickPill key={name} name={name} filters={filters} onFilters={onFilters} />
    ))}
  </>
)
