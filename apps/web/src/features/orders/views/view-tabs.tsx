import type { View } from '@sendocki/domain/views/view'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'react-router'
import type { Density } from '../../../lib/preferences.ts'
import { writeState } from '../../../lib/url-state.ts'
import { useViewKeys, useViews } from '../../../lib/views.ts'
import { Count } from '../../../ui/numbers.tsx'
import { ViewTabs as Tabs } from '../../../ui/view-tabs.tsx'
import { type ListFilters, type ListState, listShape, noFilters, toSelection } from '../filters.ts'
import { countQuery } from '../orders.api.ts'
import type { OptionalColumn } from '../table/columns-choice.ts'
import { isView, looksLike, stateOfView, type ViewState } from './view-state.ts'

/** The count beside a tab, capped as everywhere. */
const CountOf = ({ filters }: { filters: ListFilters }) => {
  const { data } = useQuery(countQuery(filters))
  return data ? <Count count={data.count} capped={data.capped} /> : null
}

interface ViewTabsProps {
  readonly shown: ViewState
  /** The view that was opened last, by the address. */
  readonly viewId: string | null
  readonly columns: readonly OptionalColumn[]
  readonly density: Density
  readonly onOpen: (view: View | null, state: ViewState) => void
}

const whole: ViewState = { filters: noFilters, sort: '-createdAt' }

/** Saved views of the table as tabs with their counts. */
export const ViewTabs = ({ shown, viewId, columns, density, onOpen }: ViewTabsProps) => {
  const { pathname } = useLocation()
  const { views, pending, create, edit, place, remove } = useViews('orders')
  const current = views.find(({ id }) => id === viewId) ?? views.find((view) => isView(view, shown))
  const kept = { filter: toSelection(shown.filters), sort: shown.sort, columns: [...columns], density }
  const addressOf = ({ filters, sort }: ViewState, view: string | null) => ({
    pathname,
    search: writeState<ListState>(listShape, new URLSearchParams(), { ...filters, sort, view }).toString(),
  })
  const onCurrent = (act: (view: View) => void) => (): void => {
    if (current) act(current)
  }
  useViewKeys(views, (id) => {
    const view = views.find((one) => one.id === id) ?? null
    onOpen(view, view ? stateOfView(view) : whole)
  })
  return (
    <Tabs
      all={{
        to: addressOf(whole, null),
        count: <CountOf filters={noFilters} />,
        shown: isView({ filter: toSelection(noFilters), sort: whole.sort }, shown),
      }}
      tabs={views.map((view) => ({
        ...{ id: view.id, name: view.name, isDefault: view.isDefault },
        to: addressOf(stateOfView(view), view.id),
        count: <CountOf filters={stateOfView(view).filters} />,
      }))}
      currentId={current?.id ?? null}
      modified={current !== undefined && !(isView(current, shown) && looksLike(current, { columns, density }))}
      pending={pending}
      onCreate={(name) => create({ name, ...kept }, (view) => onOpen(view, shown))}
      actions={{
        rename: (name) => onCurrent((view) => edit(view, { name }))(),
        makeDefault: (isDefault) => onCurrent((view) => edit(view, { isDefault }))(),
        place: (by) => onCurrent((view) => place(view, by))(),
        remove: onCurrent(remove),
        save: onCurrent((view) => edit(view, kept)),
      }}
    />
  )
}
