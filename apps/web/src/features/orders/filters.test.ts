import { describe, expect, test } from 'vitest'
import { readState, writeState } from '../../lib/url-state.ts'
import { filtersOf, isFiltered, isOn, type ListState, listShape, noFilters, switched, toQuery } from './filters.ts'

const read = (search: string) => readState<ListState>(listShape, new URLSearchParams(search))

describe('the address of a list', () => {
  test('keeps every filter through a reload', () => {
    const search =
      'q=06+12&stageId=s&city=rabat&cash=in_dispute&late=true&from=2026-11-01&to=2026-11-30&sort=stateSince&order=o'
    const written = writeState<ListState>(listShape, new URLSearchParams(), read(search))
    expect(Object.fromEntries(written)).toEqual(Object.fromEntries(new URLSearchParams(search)))
  })
  test('at rest is empty', () => {
    expect(writeState<ListState>(listShape, new URLSearchParams(), read('')).size).toBe(0)
    expect(filtersOf(read(''))).toEqual(noFilters)
    expect(isFiltered(noFilters)).toBe(false)
  })
  test('made by hand with what is not a word of ours reads as absent', () => {
    expect(filtersOf(read('cash=gold&state=lost&late=1&from=2026-02-30&sort=number'))).toEqual(noFilters)
  })
})

describe('the query', () => {
  test('holds only what is asked', () => {
    expect(toQuery({ ...noFilters, late: true, city: 'rabat' })).toEqual({ late: true, city: 'rabat' })
  })
  test('counts the last day whole, on the Moroccan clock', () => {
    expect(toQuery({ ...noFilters, from: '2025-07-10', to: '2025-07-10' })).toEqual({
      createdFrom: '2025-07-09T23:00:00.000Z',
      createdTo: '2025-07-10T23:00:00.000Z',
    })
  })
})

describe('a quick filter', () => {
  test('switches on beside the others and off again', () => {
    const filters = { ...noFilters, late: true }
    const both = { ...filters, ...switched('phone', filters) }
    expect([isOn('late', both), isOn('phone', both)]).toEqual([true, true])
    expect({ ...both, ...switched('phone', both) }).toEqual(filters)
  })
  test('is off while its name holds another value', () => {
    expect(isOn('city', { ...noFilters, city: 'rabat' })).toBe(false)
  })
})
