import { expect, it } from 'vitest'
import { readState, writeState } from '../../lib/url-state.ts'
import { filtersOf, isFiltered, noFilters, parcelsShape, toQuery } from './filters.ts'

const read = (search: string) => readState(parcelsShape, new URLSearchParams(search))

it('asks the API for what the address says, and for nothing that it does not', () => {
  const filters = filtersOf(read('status=in_transit&booking=unknown&q=DHO12&parcel=p1&view=all'))
  expect(toQuery(filters)).toEqual({ status: 'in_transit', booking: 'unknown', q: 'DHO12' })
})

it('reads what is no status as no filter', () => {
  expect(isFiltered(filtersOf(read('status=lost_forever&booking=')))).toBe(false)
  expect(filtersOf(read(''))).toEqual(noFilters)
})

it('leaves no trace in the address of a filter taken off', () => {
  const params = new URLSearchParams('status=lost&parcel=p1')
  expect(writeState(parcelsShape, params, { status: null, parcel: null }).toString()).toBe('')
})
