import { expect, test } from 'vitest'
import { noFilters, toSelection } from '../filters.ts'
import { isView, looksLike, stateOfView } from './view-state.ts'

const filters = {
  ...noFilters,
  city: 'rabat',
  late: true,
  from: '2026-11-01',
  to: '2026-11-15',
  where: { all: [{ field: 'cash', op: 'in', values: ['in_dispute'] }] },
} as const
const view = { filter: toSelection(filters), sort: 'stateSince' } as const

test('a view opens the filters that it was saved with, whole days included', () => {
  expect(stateOfView(view)).toEqual({ filters, sort: 'stateSince' })
})

test('a view is told from what is shown by any filter and by the sort', () => {
  expect(isView(view, { filters, sort: 'stateSince' })).toBe(true)
  expect(isView(view, { filters, sort: '-createdAt' })).toBe(false)
  expect(isView(view, { filters: { ...filters, where: null }, sort: 'stateSince' })).toBe(false)
})

test('a stored filter is the same whatever the order of its names', () => {
  const reversed = Object.fromEntries(Object.entries(view.filter).reverse())
  expect(isView({ ...view, filter: reversed }, { filters, sort: 'stateSince' })).toBe(true)
})

test('looks as it says in columns, their order and density, and anyhow where it says nothing', () => {
  const shown = { columns: ['city', 'amount'], density: 'compact' } as const
  expect(looksLike({ columns: ['city', 'amount'], density: 'compact' }, shown)).toBe(true)
  expect(looksLike({ columns: ['amount', 'city'], density: null }, shown)).toBe(false)
  expect(looksLike({ columns: null, density: 'comfortable' }, shown)).toBe(false)
  expect(looksLike({ columns: null, density: null }, shown)).toBe(true)
})
