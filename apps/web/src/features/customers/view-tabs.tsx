import type { View } from '@sendocki/domain/views/view'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'
import { writeState } from '../../lib/url-state.ts'
import { useViewKeys, useViews, viewsQuery } from '../../lib/views.ts'
import { Count } from '../../ui/numbers.tsx'
import { ViewTabs as Tabs } from '../../ui/view-tabs.tsx'
import type { OptionalColumn } from './columns-choice.ts'
import { customersCountQuery, queryOf } from './customers.api.ts'
import { type CustomerFilters, firstSort, isFiltered, listShape, sortOf, withoutFilters } from './filters.ts'

const CountOf = ({ filters }: { filters: CustomerFilters }) => {
  const { data } = useQuery(customersCountQuery(filters))
  return data ? <Count count={data.count} capped={data.capped} /> : null
}

const whole: CustomerFilters = { ...withoutFilters, sort: firstSort }

/** The filters and the sort of the address for those that a view keeps. */
const stateOfView = ({ filter, sort }: Pick<View, 'filter' | 'sort'>): CustomerFilters => ({
  ...withoutFilters,
  ...(filter as Partial<CustomerFilters>),
  sort: sortOf(sort),
})

const isSame = (one: CustomerFilters, other: CustomerFilters): boolean =>
  JSON.stringify([queryOf(one), one.sort]) === JSON.stringify([queryOf(other), other.sort])

interface ViewTabsProps {
  readonly shown: CustomerFilters
  /** The view that was opened last, by the address. */
  readonly viewId: string | null
  readonly columns: readonly OptionalColumn[]
  readonly onOpen: (viewId: string | null, filters: CustomerFilters) => void
}

/** Saved views of the list as tabs with their counts. */
export const ViewTabs = ({ shown, viewId, columns, onOpen }: ViewTabsProps) => {
  const { pathname } = useLocation()
  const { views, pending, create, edit, place, remove } = useViews('customers')
  const current = views.find(({ id }) => id === viewId) ?? views.find((view) => isSame(stateOfView(view), shown))
  const kept = { filter: queryOf(shown), sort: shown.sort, columns: [...columns] }
  const addressOf = (filters: CustomerFilters, view: string | null) => ({
    pathname,
    search: writeState(listShape, new URLSearchParams(), { ...filters, view, open: null }).toString(),
  })
  const onCurrent = (act: (view: View) => void) => (): void => {
    if (current) act(current)
  }
  const looksOther = current?.columns != null && current.columns.join() !== columns.join()
  useViewKeys(views, (id) => {
    const view = views.find((one) => one.id === id)
    onOpen(view?.id ?? null, view ? stateOfView(view) : whole)
  })
  return (
    <Tabs
      all={{ to: addressOf(whole, null), count: <CountOf filters={whole} />, shown: isSame(whole, shown) }}
      tabs={views.map((view) => ({
        ...{ id: view.id, name: view.name, isDefault: view.isDefault },
        to: addressOf(stateOfView(view), view.id),
        count: <CountOf filters={stateOfView(view)} />,
      }))}
      currentId={current?.id ?? null}
      modified={current !== undefined && (looksOther || !isSame(stateOfView(current), shown))}
      pending={pending}
      onCreate={(name) => create({ name, ...kept }, ({ id }) => onOpen(id, shown))}
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

/** A list that is opened without a filter opens the view that its member has chosen for that, once. */
export const useDefaultView = (
  filters: CustomerFilters,
  viewId: string | null,
  onOpen: (viewId: string, filters: CustomerFilters) => void,
): void => {
  const { data } = useQuery(viewsQuery('customers'))
  const settled = useRef(false)
  useEffect(() => {
    if (!data || settled.current) return
    settled.current = true
    const view = data.items.find(({ isDefault }) => isDefault)
    if (view && !isFiltered(filters) && viewId === null) onOpen(view.id, stateOfView(view))
  }, [data, filters, viewId, onOpen])
}
