import { Menu } from '@mantine/core'
import { cashStatuses, orderStates } from '@sendocki/domain/orders/states'
import { parcelStatuses } from '@sendocki/domain/parcels/parcel'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../../lib/shortcuts.ts'
import { AddPill, FilterPill } from '../../../ui/chip.tsx'
import { Key } from '../../../ui/key.tsx'
import { StageGlyph } from '../../../ui/states.tsx'
import { type DaySpan, daySpans, type ListFilters } from '../filters.ts'
import { activeStages } from '../moves.ts'
import { carrierAccountsQuery, pipelineQuery } from '../orders.api.ts'
import { useRights } from '../rights.ts'
import { AssigneePill, CityPill, DayPill, StorePill, WordPill } from '../toolbar.tsx'
import { nameOf } from '../words.tsx'

interface FiltersProps {
  readonly filters: ListFilters
  readonly onFilters: (changes: Partial<ListFilters>) => void
}

const StagePill = ({ filters, onFilters }: FiltersProps) => {
  const { t } = useTranslation('orders')
  const { data: pipeline } = useQuery(pipelineQuery)
  return (
    <WordPill
      label={t('filter.stage')}
      rest={t('filter.allFeminine')}
      words={(pipeline ? activeStages(pipeline) : []).map((stage) => ({
        value: stage.id,
        label: nameOf(stage),
        sign: <StageGlyph name="" state={stage.state} colour={stage.colour} silent />,
      }))}
      value={filters.stageId}
      onChange={(stageId) => onFilters({ stageId })}
    />
  )
}

const CarrierPill = ({ filters, onFilters }: FiltersProps) => {
  const { t } = useTranslation('orders')
  const { data } = useQuery(carrierAccountsQuery)
  return (
    <WordPill
      label={t('filter.carrier')}
      rest={t('filter.allMasculine')}
      words={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={filters.carrierAccountId}
      onChange={(carrierAccountId) => onFilters({ carrierAccountId })}
    />
  )
}

/** A filter that an address brought along and that is not chosen here: it is shown, and can be taken off. */
const BroughtPill = ({ name, filters, onFilters }: FiltersProps & { readonly name: 'customerId' | 'tag' }) => {
  const { t } = useTranslation('orders')
  const value = filters[name]
  if (value === null) return null
  return (
    <FilterPill
      label={t(name === 'tag' ? 'filter.tag' : 'filter.customer')}
      value={name === 'tag' ? value : t('filter.one')}
      active
      onClear={() => onFilters({ [name]: null })}
    />
  )
}

const spanNames = Object.keys(daySpans) as DaySpan[]
const pillNames = ['stage', 'city', 'store', 'assignee', ...spanNames, 'cash', 'parcel', 'carrier', 'state'] as const
type PillName = (typeof pillNames)[number]
const alwaysShown: readonly PillName[] = ['stage', 'city']

const isSet: Record<PillName, (filters: ListFilters) => boolean> = {
  stage: ({ stageId }) => stageId !== null,
  city: ({ city }) => city !== null,
  store: ({ storeId }) => storeId !== null,
  assignee: ({ assigneeId }) => assigneeId !== null,
  ...(Object.fromEntries(
    spanNames.map((span) => {
      const { from, to } = daySpans[span]
      return [span, (filters: ListFilters) => filters[from] !== null || filters[to] !== null]
    }),
  ) as Record<DaySpan, (filters: ListFilters) => boolean>),
  cash: ({ cash }) => cash !== null,
  parcel: ({ parcel }) => parcel !== null,
  carrier: ({ carrierAccountId }) => carrierAccountId !== null,
  state: ({ state }) => state !== null,
}

/** The filters in use, the two that are used most, and the others behind `F`. */
export const TableFilters = ({ filters, onFilters }: FiltersProps) => {
  const { t } = useTranslation('orders')
  const rights = useRights()
  const [added, setAdded] = useState<readonly PillName[]>([])
  const [opened, setOpened] = useState(false)
  useShortcuts([{ keys: 'f', label: t('filter.add'), run: () => setOpened(true) }])

  const forbidden: readonly PillName[] = [
    ...(rights.can('stores.read') ? [] : (['store'] as const)),
    ...(rights.can('carriers.read') ? [] : (['carrier'] as const)),
  ]
  const offered = pillNames.filter((name) => !forbidden.includes(name))
  const shown = offered.filter((name) => alwaysShown.includes(name) || added.includes(name) || isSet[name](filters))
  const others = offered.filter((name) => !shown.includes(name))
  const props = { filters, onFilters }
  const pills: Record<PillName, ReactNode> = {
    stage: <StagePill {...props} />,
    city: <CityPill {...props} />,
    store: <StorePill {...props} />,
    assignee: <AssigneePill {...props} rights={rights} />,
    days: <DayPill span="days" {...props} />,
    confirmedDays: <DayPill span="confirmedDays" {...props} />,
    shippedDays: <DayPill span="shippedDays" {...props} />,
    deliveredDays: <DayPill span="deliveredDays" {...props} />,
    cash: (
      <WordPill
        label={t('filter.cash')}
        rest={t('filter.allMasculine')}
        words={cashStatuses.map((status) => ({ value: status, label: t(`cash.${status}`) }))}
        value={filters.cash}
        onChange={(cash) => onFilters({ cash })}
      />
    ),
    parcel: (
      <WordPill
        label={t('filter.parcel')}
        rest={t('filter.allMasculine')}
        words={parcelStatuses.map((status) => ({ value: status, label: t(`parcel.${status}`) }))}
        value={filters.parcel}
        onChange={(parcel) => onFilters({ parcel })}
      />
    ),
    carrier: <CarrierPill {...props} />,
    state: (
      <WordPill
        label={t('filter.state')}
        rest={t('filter.allMasculine')}
        words={orderStates.map((state) => ({ value: state, label: t(`state.${state}`) }))}
        value={filters.state}
        onChange={(state) => onFilters({ state })}
      />
    ),
  }
  return (
    <>
      {shown.map((name) => (
        <span key={name}>{pills[name]}</span>
      ))}
      <BroughtPill name="customerId" {...props} />
      <BroughtPill name="tag" {...props} />
      {filters.sample && <FilterPill label={t('filter.samples')} active onClear={() => onFilters({ sample: false })} />}
      {others.length > 0 && (
        <Menu opened={opened} onChange={setOpened}>
          <Menu.Target>
            <AddPill>
              {t('filter.add')}
              <Key keys="f" />
            </AddPill>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((name) => (
              <Menu.Item key={name} onClick={() => setAdded((before) => [...before, name])}>
                {t(`filter.${name}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  )
}
