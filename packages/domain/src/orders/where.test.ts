import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clausesOf,
  opsOf,
  parseWhere,
  readWhere,
  refusalOfWhere,
  termsOf,
  type Where,
  type WhereField,
  type WhereFieldFacts,
  type WhereGroup,
  type WhereTerm,
  whereFieldFacts,
  whereFields,
  whereOfClauses,
} from './where.ts'

const sees = new Set<never>()
const term = (field: WhereField, values: WhereTerm['values'] = ['x']): WhereTerm => ({ field, op: 'in', values })
const city = (name: string) => term('city', [name])

const anyTerm = fc
  .record({ field: fc.constantFrom<WhereField>('city', 'tag'), value: fc.constantFrom('a', 'b', 'c') })
  .map(({ field, value }) => term(field, [value]))
const anyGroup: fc.Arbitrary<WhereGroup> = fc.oneof(
  fc.array(anyTerm, { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
  fc.array(anyTerm, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
)
const anyParts = fc.array(fc.oneof(anyTerm, anyGroup), { minLength: 1, maxLength: 3 })
const anyWhere: fc.Arbitrary<Where> = fc.oneof(
  anyParts.map((all) => ({ all })),
  anyParts.map((any) => ({ any })),
)

/** What a sentence means, read straight from its shape. */
type Order = Readonly<Record<string, string>>
const holdsTerm = ({ field, values = [] }: WhereTerm, order: Order) => values[0] === order[field]
const holds = (where: Where | WhereGroup, order: Order): boolean => {
  const each = (part: WhereTerm | WhereGroup) => ('field' in part ? holdsTerm(part, order) : holds(part, order))
  return where.all ? where.all.every(each) : (where.any ?? []).some(each)
}
const anyOrder = fc.record({ city: fc.constantFrom('a', 'b', 'c'), tag: fc.constantFrom('a', 'b', 'c') })

describe('a sentence of filters', () => {
  it('means the same as its alternatives', () => {
    fc.assert(
      fc.property(anyWhere, anyOrder, (where, order) => {
        const clauses = clausesOf(where)
        expect(clauses?.some((terms) => terms.every((one) => holdsTerm(one, order)))).toBe(holds(where, order))
      }),
    )
  })

  it('is the same after it was taken apart and put together', () => {
    fc.assert(
      fc.property(anyWhere, anyOrder, (where, order) => {
        const again = whereOfClauses(clausesOf(where) ?? [])
        expect(again && holds(again, order)).toBe(holds(where, order))
      }),
    )
  })

  it('survives being written into an address', () => {
    fc.assert(
      fc.property(anyWhere, (where) => {
        expect(parseWhere(JSON.stringify(where))).toEqual(where)
      }),
    )
  })

  it('with too many alternatives to walk has none', () => {
    const pair = { any: [city('a'), city('b')] }
    expect(clausesOf({ all: Array.from({ length: 6 }, () => pair) })).toBeNull()
  })

  it.each([
    ['a list', []],
    ['a third level', { all: [{ any: [{ all: [city('a')] }] }] }],
    ['both words', { all: [city('a')], any: [city('a')] }],
    ['an unknown field', { all: [{ field: 'merchantId', op: 'in', values: ['x'] }] }],
    ['an unknown operation', { all: [{ field: 'city', op: 'matches', values: ['x'] }] }],
    ['an undeclared part', { all: [{ ...city('a'), raw: '1=1' }] }],
    ['an object as value', { all: [{ field: 'city', op: 'in', values: [{}] }] }],
    ['nothing', { all: [] }],
    ['a text', 'all'],
  ])('is not read from %s', (_what, value) => expect(readWhere(value)).toBeNull())

  it.each<[string, WhereTerm]>([
    ['an id that is none', term('stageId', ['here'])],
    ['a word that the field does not have', term('state', ['lost'])],
    ['an operation of another kind', { field: 'city', op: 'atLeast', values: ['rabat'] }],
    ['a fraction', { field: 'totalCentimes', op: 'atLeast', values: [1.5] }],
    ['two bounds at once', { field: 'totalCentimes', op: 'atLeast', values: [1, 2] }],
    ['an instant without its zone', { field: 'createdAt', op: 'from', values: ['2026-11-20T10:00:00'] }],
    ['no day at all', { field: 'createdAt', op: 'lastDays', values: [0] }],
    ['a value where none is asked', { field: 'city', op: 'isSet', values: ['rabat'] }],
    ['no value where one is', { field: 'city', op: 'in', values: [] }],
    ['absence of what every order has', { field: 'cash', op: 'notSet' }],
  ])('with %s is refused, naming the term', (_what, odd) => {
    expect(refusalOfWhere({ all: [city('rabat'), odd] }, sees)).toEqual({
      code: 'request.invalid',
      fields: [{ path: `where.1.${odd.field}`, code: 'invalid' }],
    })
  })

  it('of more than twenty terms is refused', () => {
    const where = { any: Array.from({ length: 3 }, () => ({ all: Array.from({ length: 7 }, () => city('rabat')) })) }
    expect(termsOf(where)).toHaveLength(21)
    expect(refusalOfWhere(where, sees)?.fields).toEqual([{ path: 'where', code: 'too_many' }])
  })

  it('law 12: that names a field which the role hides is refused, wherever it stands', () => {
    const masked = whereFields.filter((field) => (whereFieldFacts[field] as WhereFieldFacts).mask === 'phone')
    expect(masked.length).toBeGreaterThan(0)
    for (const field of masked) {
      const where = { any: [city('rabat'), { all: [city('rabat'), term(field, ['0661223344'])] }] }
      expect(refusalOfWhere(where, new Set(['phone']))?.code).toBe('auth.forbidden')
      expect(refusalOfWhere(where, sees)).toBeNull()
    }
  })

  it('knows an operation for every field', () => {
    for (const field of whereFields) expect(opsOf(field).length).toBeGreaterThan(0)
  })
})
