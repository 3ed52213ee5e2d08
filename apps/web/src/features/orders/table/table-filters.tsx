import { useTranslation } from 'react-i18next'
import { FilterPill } from '../../../ui/chip.tsx'
import { type DaySpan, daySpans, type ListFilters } from '../filters.ts'
import { Sentence } from '../sentence/sentence.tsx'
import { useFieldValues } from '../sentence/use-field-values.tsx'
import { DayPill } from '../toolbar.tsx'

interface FiltersProps {
  readonly filters: ListFilters
  readonly onFilters: (changes: Partial<ListFilters>) => void
}

const fieldOf = {
  stageId: 'stageId',
  state: 'state',
  city: 'city',
  storeId: 'storeId',
  assigneeId: 'assigneeId',
  carrierAccountId: 'carrierAccountId',
  cash: 'cash',
  parcel: 'parcel',
  risk: 'risk',
  tag: 'tag',
} as const
type Brought = keyof typeof fieldOf
const brought = Object.keys(fieldOf) as Brought[]

/** A filter that an address brought along, from the board or a figure: it is shown, and can be taken off. */
const BroughtPill = ({ name, filters, onFilters }: FiltersProps & { readonly name: Brought }) => {
  const { t } = useTranslation('orders')
  const { nameOf } = useFieldValues(fieldOf[name])
  const value = filters[name]
  if (value === null) return null
  const none = value === 'none'
  return (
    <FilterPill
      label={t(`sentence.field.${fieldOf[name]}`)}
      value={none ? t('sentence.short.notSet') : nameOf(value)}
      active
      onClear={() => onFilters({ [name]: null })}
    />
  )
}

const spanNames = Object.keys(daySpans) as DaySpan[]
const isSet = (filters: ListFilters, span: DaySpan): boolean =>
  filters[daySpans[span].from] !== null || filters[daySpans[span].to] !== null

/** The filters in use as a sentence; `F` adds a term. */
export const TableFilters = ({ filters, onFilters }: FiltersProps) => {
  const { t } = useTranslation('orders')
  return (
    <>
      {brought.map((name) => (
        <BroughtPill key={name} name={name} filters={filters} onFilters={onFilters} />
      ))}
      {filters.customerId !== null && (
        <FilterPill
          label={t('filter.customer')}
          value={t('filter.one')}
          active
          onClear={() => onFilters({ customerId: null })}
        />
      )}
      {filters.sample && <FilterPill label={t('filter.samples')} active onClear={() => onFilters({ sample: false })} />}
      {spanNames
        .filter((span) => isSet(filters, span))
        .map((span) => (
          <DayPill key={span} span={span} filters={filters} onFilters={onFilters} />
        ))}
      <Sentence where={filters.where} onWhere={(where) => onFilters({ where })} />
    </>
  )
}
