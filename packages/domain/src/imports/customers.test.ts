import { describe, expect, it } from 'vitest'
import { detectImportColumns, importMappingFault } from './columns.ts'
import {
  type CustomerRow,
  type CustomerValues,
  customerAfter,
  KnownCustomers,
  planCustomerRow,
  readCustomerRow,
} from './customers.ts'

const read = (row: CustomerRow) => readCustomerRow(row)
const valuesOf = (row: CustomerRow): CustomerValues => read(row).values

describe('the columns of a list', () => {
  it.each([
    ['French', ['Nom complet', 'N° Tél', 'E-mail', 'Ville', 'Étiquettes'], ['name', 'phone', 'email', 'city', 'tags']],
    [
      'English',
      ['First Name', 'Last Name', 'Phone', 'Accepts Marketing'],
      ['firstName', 'lastName', 'phone', 'consent'],
    ],
    ['Arabic', ['الاسم', 'رقم الهاتف', 'العنوان', 'المدينة'], ['name', 'phone', 'address', 'city']],
    ['a name in two', ['Prénom', 'Nom', 'GSM'], ['firstName', 'lastName', 'phone']],
    ['the same name twice', ['Tél', 'Tél', 'Nom'], ['phone', null, 'name']],
  ])('are told by their names: %s', (_what, header, columns) => {
    expect(detectImportColumns([header], 'customers')).toEqual({ columns, hasHeader: true })
  })

  it('are told by what stands in them where names say nothing', () => {
    const rows = [
      ['x', 'Salma Bennani', '0612345678', 'salma@exemple.ma', 'Fès', '0522112233'],
      ['y', 'Omar', '+212 6 12 34 56 79', 'omar@exemple.ma', 'Rabat', ''],
    ]
    const { columns, hasHeader } = detectImportColumns(rows, 'customers')
    expect([columns.slice(1), hasHeader]).toEqual([['name', 'phone', 'email', 'city', 'alternatePhone'], false])
  })

  it('lack something without phone and e-mail, and say nothing twice', () => {
    expect(importMappingFault('customers', { columns: ['name', 'city'], hasHeader: true })).toBe('missing')
    expect(importMappingFault('customers', { columns: ['phone', 'phone'], hasHeader: true })).toBe('repeated')
    expect(importMappingFault('customers', { columns: ['email', null], hasHeader: true })).toBeNull()
  })
})

describe('a row', () => {
  it.each([
    ['nobody can be reached', { name: 'Ali' }, 'contact_missing'],
    ['the phone is none', { phone: '06 12', email: 'a@b.ma' }, 'phone_impossible'],
    ['the phone was rounded by a spreadsheet', { phone: '2.12612E+11' }, 'phone_impossible'],
    ['the e-mail is none', { phone: '0612345678', email: 'a(at)b' }, 'email_invalid'],
    ['it is whole', { name: 'Ali', phone: '612345678' }, null],
  ] as const)('is judged: %s', (_what, row, refused) => {
    expect(read(row).refused).toBe(refused)
  })

  it.each([
    ['oui', true],
    ['NON', false],
    ['نعم', true],
    ['لا', false],
    ['0', false],
    ['peut-être', null],
  ])('reads consent "%s" as %s', (consent, expected) => {
    const { values, notes } = read({ phone: '0612345678', consent })
    expect([values.marketingConsent, notes.includes('consent_unreadable')]).toEqual([expected, expected === null])
  })

  it('is one line a value, whatever its cells hold', () => {
    const { values } = read({ phone: '0612345678', name: ' Ali\n Ben\u0007', tags: 'gros\tclient, vip' })
    expect([values.name, values.tags]).toEqual(['Ali Ben', ['gros client', 'vip']])
  })

  it('keeps a city that nobody knows as it was written, and says so', () => {
    const { values, notes } = read({ phone: '0612345678', name: 'A', city: 'Blad Lkhir' })
    expect([values.cityText, values.cityId, notes]).toEqual(['Blad Lkhir', null, ['city_unknown']])
  })
})

describe('who is known', () => {
  const known = valuesOf({ name: 'Ali', phone: '0612345678', city: 'Fès', address: '1 rue A', tags: 'vip' })
  const other = { ...known, phone: '+212612345679', email: 'ali@b.ma' }

  it('keeps their phone; another one becomes their other phone while there is room', () => {
    expect(customerAfter(known, other, 'overwrite').values).toMatchObject({
      phone: known.phone,
      alternatePhone: other.phone,
    })
    const full = { ...known, alternatePhone: '+212612345670' }
    expect(customerAfter(full, other, 'fill')).toMatchObject({
      values: { alternatePhone: full.alternatePhone },
      notes: ['phone_kept'],
    })
  })

  it('takes an address whole or not at all', () => {
    const moved = valuesOf({ phone: '0612345678', city: 'Rabat' })
    expect(customerAfter(known, moved, 'fill').values).toMatchObject({ cityId: known.cityId, addressLine: '1 rue A' })
    expect(customerAfter(known, moved, 'overwrite').values).toMatchObject({ cityText: 'Rabat', addressLine: null })
  })

  it('has said no for good, as far as a list is concerned', () => {
    const no = { ...known, marketingConsent: false }
    const yes = { ...known, marketingConsent: true }
    expect(customerAfter(no, yes, 'overwrite')).toMatchObject({
      values: { marketingConsent: false },
      notes: ['consent_kept'],
    })
    expect(customerAfter(yes, no, 'overwrite').values.marketingConsent).toBe(false)
  })

  it('is nobody by an e-mail that several have', () => {
    const people = new KnownCustomers([
      { id: 'a', values: { ...known, email: 'f@b.ma' }, inFile: false },
      { id: 'b', values: { ...other, email: 'f@b.ma' }, inFile: false },
    ])
    const row = { row: 1, read: read({ email: 'f@b.ma' }), choice: 'fill' } as const
    expect(planCustomerRow(row, people, 'c')).toMatchObject({ outcome: 'refused', reasons: ['email_ambiguous'] })
  })

  it('is known to later rows by all that earlier ones have said', () => {
    const people = new KnownCustomers([])
    const plan = (row: CustomerRow) => planCustomerRow({ row: 1, read: read(row), choice: 'fill' }, people, 'new')
    expect(plan({ name: 'A', phone: '0612345678' }).outcome).toBe('created')
    expect(plan({ phone: '0612345678', email: 'a@b.ma' })).toMatchObject({ outcome: 'updated', customerId: 'new' })
    expect(plan({ email: 'A@b.ma' })).toMatchObject({ outcome: 'unchanged', customerId: 'new' })
  })
})
