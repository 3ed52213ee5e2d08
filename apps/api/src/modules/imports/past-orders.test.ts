import { importOutcomes } from '@sendocki/domain/imports/import'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { importForm } from '../../../../../tests/support/forms.ts'
import { freshPhone, givenOrder } from '../../../../../tests/support/orders.ts'
import { runChunk } from './chunks.commands.ts'

const api = await startApi()
const owner = api.as('owner')
let database: pg.Client
beforeAll(async () => {
  database = new pg.Client({ connectionString: api.databaseUrl })
  await database.connect()
})
afterAll(() => database.end())

const heads = 'N° commande;Date;Client;Tél;Ville;Produit;SKU;Qté;Prix;Total;Statut;Date de livraison;Suivi'
let last = 5_000
interface Line {
  ref?: string
  date?: string
  name?: string
  phone?: string
  product?: string
  quantity?: string
  price?: string
  total?: string
  status?: string
  at?: string
  tracking?: string
}
const reference = (): string => `A-${(last += 1)}`
const lineOf = (line: Line): string => {
  const { ref = reference(), date = '03/10/2026', name = 'Salma Bennani', phone = freshPhone() } = line
  const { product = 'Montre', quantity = '1', price = '250', total = '', status = 'Livrée' } = line
  const { at = '', tracking = '' } = line
  return [ref, date, name, phone, 'Fès', product, 'MON-1', quantity, price, total, status, at, tracking].join(';')
}

const loaded = async (lines: readonly (Line | string)[]): Promise<any> => {
  const content = [heads, ...lines.map((line) => (typeof line === 'string' ? line : lineOf(line)))].join('\n')
  const { body, headers } = importForm({ kind: 'orders', file: { name: 'commandes.csv', content } })
  const answer = await owner.post('/imports', body, headers)
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body
}
const get = async (id: string): Promise<any> => (await owner.get(`/imports/${id}`)).body
const pass = async (id: string, what: 'dry-run' | 'run' | 'undo'): Promise<any> => {
  const { status, text } = await owner.post(`/imports/${id}/${what}`)
  if (status !== 202) throw new Error(text)
  await api.runJobs()
  return get(id)
}
const imported = async (lines: readonly (Line | string)[], mapping: object = {}): Promise<any> => {
  const file = await loaded(lines)
  const { status, text } = await owner.put(`/imports/${file.id}/mapping`, { ...file.mapping, ...mapping })
  if (status !== 200) throw new Error(text)
  return pass(file.id, 'run')
}
const rowsOf = async (id: string): Promise<any[]> => (await owner.get(`/imports/${id}/rows?limit=200`)).body.items
const orderOf = async ({ id }: any): Promise<any> => (await owner.get(`/orders/${id}`)).body
const counters = ({ created, updated, unchanged, refused, pending }: any) => [
  ...[created, updated, unchanged, refused, pending],
]
const query = async (text: string, values: unknown[] = []): Promise<any[]> => (await database.query(text, values)).rows
const count = async (filters: string): Promise<number> => (await owner.get(`/orders/count?${filters}`)).body.count

describe('a list of past orders', () => {
  it('becomes orders with their customer, lines, dates and frozen state, which can be found', async () => {
    const phone = freshPhone()
    const known = await givenOrder(owner, { customer: { name: 'Déjà là', phone } })
    const file = await imported([
      { ref: '#77001', phone, at: '07/10/2026', quantity: '2', total: '535', tracking: 'SDT-77001' },
      { ref: '77002', date: '04/10/2026 10:30', status: 'Annulée' },
      { ref: '77003', status: 'Injoignable' },
    ])
    expect(counters(file)).toEqual([3, 0, 0, 0, 0])
    const [delivered, cancelled, unreachable] = await Promise.all((await rowsOf(file.id)).map(orderOf))
    expect(delivered).toMatchObject({
      ...{ sourceReference: '#77001', source: 'import', state: 'delivered', totalCentimes: 53_500 },
      ...{ placedAt: '2026-10-03T12:00:00.000Z', createdAt: '2026-10-03T12:00:00.000Z' },
      ...{ stateSince: '2026-10-07T12:00:00.000Z', lateAt: null, toComplete: [], trackingNumber: 'SDT-77001' },
      ...{ cash: { status: 'not_due' }, customer: { id: known.customer.id, name: 'Salma Bennani' } },
      lines: [{ name: 'Montre', sku: 'MON-1', quantity: 2, unitPriceCentimes: 25_000 }],
    })
    expect(cancelled).toMatchObject({ state: 'cancelled', placedAt: '2026-10-04T10:30:00.000Z' })
    expect(cancelled.number).toBe(delivered.number + 1)
    for (const text of ['77001', 'SDT77001'])
      expect((await owner.get(`/search?q=${text}`)).body.orders.map(({ id }: any) => id)).toEqual([delivered.id])
    const { items } = (await owner.get(`/orders/${delivered.id}/events`)).body
    expect(items.map(({ type, at, after }: any) => [type, at, after.state])).toEqual([
      ['order.state_imported', '2026-10-07T12:00:00.000Z', 'delivered'],
      ['order.imported', '2026-10-03T12:00:00.000Z', 'new'],
    ])
    // Whatever waits for nobody: no call, no clock, nothing that a stage triggers.
    expect(unreachable).toMatchObject({ state: 'unreachable', nextAttemptAt: null, lateAt: null })
    const [open] = await query('select count(*)::int as calls from orders where source = $1 and call_at is not null', [
      'import',
    ])
    expect(open.calls).toBe(0)
    expect(await query('select 1 from effects')).toEqual([])
  })

  it('counts in the figures of its own days, and passes through what it must have passed', async () => {
    const day = 'From=2026-09-05T00:00:00Z'
    const to = 'To=2026-09-06T00:00:00Z'
    const before = await Promise.all(
      ['created', 'confirmed', 'shipped', 'delivered'].map((what) => count(`${what}${day}&${what}${to}`)),
    )
    await imported([
      { date: '05/09/2026', status: 'Livrée' },
      { date: '05/09/2026', status: 'Retour' },
      { date: '05/09/2026', status: 'Annulée' },
    ])
    const after = await Promise.all(
      ['created', 'confirmed', 'shipped', 'delivered'].map((what) => count(`${what}${day}&${what}${to}`)),
    )
    expect(after.map((sum, index) => sum - (before[index] ?? 0))).toEqual([3, 2, 2, 1])
  })

  it('is one order for all rows of a reference', async () => {
    const ref = reference()
    const file = await imported([{ ref }, `${ref};;;;;Sac;SAC-1;2;99;;;;`, { ref: reference() }])
    expect(counters(file)).toEqual([2, 1, 0, 0, 0])
    const [first, second] = await rowsOf(file.id)
    expect(second.id).toBe(first.id)
    expect(await orderOf(first)).toMatchObject({ totalCentimes: 44_800, lines: [{ name: 'Montre' }, { name: 'Sac' }] })
    expect(await pass(file.id, 'undo')).toMatchObject({ undo: { removed: 2, restored: 1, kept: 0 } })
  })

  it('is known when it comes again, and replaced only where that was said', async () => {
    const lines = [lineOf({}), lineOf({ ref: '' }), lineOf({})]
    const first = await imported(lines)
    expect(counters(first)).toEqual([3, 0, 0, 0, 0])
    expect(counters(await imported(lines))).toEqual([0, 0, 3, 0, 0])
    expect(counters(await imported(lines, { duplicates: 'overwrite' }))).toEqual([0, 0, 3, 0, 0])
    const changed = lines.map((line) => line.replace('Livrée', 'Retour'))
    const again = await imported(changed, { duplicates: 'overwrite' })
    expect(counters(again)).toEqual([0, 3, 0, 0, 0])
    const [row] = await rowsOf(first.id)
    expect((await orderOf(row)).state).toBe('returned')
    await pass(again.id, 'undo')
    expect((await orderOf(row)).state).toBe('delivered')
    const filled = await owner.put(`/imports/${again.id}/mapping`, { ...again.mapping, duplicates: 'fill' })
    expect(filled.status).toBeGreaterThanOrEqual(400)
  })

  it('never rewrites an order that lives here, and none of another buyer', async () => {
    const phone = freshPhone()
    const here = await givenOrder(owner, { externalReference: 'B-900', customer: { name: 'Ici', phone } })
    const [touched] = await rowsOf((await imported([{ ref: 'B-901', phone }])).id)
    const { version } = await orderOf(touched)
    await owner.patch(`/orders/${touched.id}`, { version, tags: ['suivie'] })
    const file = await imported(
      [
        { ref: 'B-900', phone, status: 'Retour' },
        { ref: 'B-901', phone, status: 'Retour' },
        { ref: 'B-900', status: 'Retour' },
      ],
      { duplicates: 'overwrite' },
    )
    expect((await rowsOf(file.id)).map(({ outcome, reasons }) => [outcome, reasons.at(-1)])).toEqual([
      ['unchanged', 'order_lives_here'],
      ['unchanged', 'order_lives_here'],
      ['refused', 'reference_of_another'],
    ])
    expect([(await orderOf(here)).state, (await orderOf(touched)).state]).toEqual(['new', 'delivered'])
  })
})

describe('words of another system', () => {
  it('are proposed, found by the trial, corrected and remembered for the next list', async () => {
    const file = await loaded([{ status: 'Livrée' }, { status: 'Vendue' }, { status: 'vendue' }, { status: '' }])
    expect(file.words.map(({ word, state }: any) => [word, state])).toEqual([
      ['Vendue', null],
      ['Livrée', 'delivered'],
      ['', null],
    ])
    const tried = await pass(file.id, 'dry-run')
    expect(counters(tried)).toEqual([1, 0, 0, 3, 0])
    expect(tried.words).toContainEqual({ word: 'Vendue', count: 2, state: null, suggestion: null })
    const words = [
      { word: 'VENDUE', state: 'delivered' },
      { word: '', state: 'cancelled' },
    ]
    await owner.put(`/imports/${file.id}/mapping`, { ...file.mapping, words })
    expect(counters(await pass(file.id, 'run'))).toEqual([4, 0, 0, 0, 0])
    const next = await loaded([{ status: 'Vendue' }])
    expect(next.words).toEqual([{ word: 'Vendue', count: 1, state: 'delivered', suggestion: null }])
  })

  it('never lead where somebody would be called', async () => {
    const file = await loaded([{ status: 'Vendue' }])
    const words = [{ word: 'Vendue', state: 'to_confirm' }]
    expect((await owner.put(`/imports/${file.id}/mapping`, { ...file.mapping, words })).status).toBe(400)
  })
})

describe('a row of it', () => {
  it('that is refused is put right in its place, and applied at once', async () => {
    const done = await imported([{}, { date: '31/02/2026' }, { price: '' }])
    expect(counters(done)).toEqual([1, 0, 0, 2, 0])
    const [, dated] = await rowsOf(done.id)
    expect(dated.reasons).toEqual(['date_unreadable'])
    const cells = dated.cells.with(1, '01/03/2026')
    const fixed = await owner.patch(`/imports/${done.id}/rows`, { row: 2, cells })
    expect(fixed.body).toMatchObject({ outcome: 'created', done: true })
    expect(await orderOf(fixed.body)).toMatchObject({ placedAt: '2026-03-01T12:00:00.000Z' })
    expect(counters(await get(done.id))).toEqual([2, 0, 0, 1, 0])
  })
})

describe('taken back', () => {
  it('it leaves nothing but what somebody has worked on since', async () => {
    const mine = `select (select count(*) from orders)::int as orders, (select count(*) from customers)::int as customers,
      (select count(*) from order_lines)::int as lines, (select count(*) from search_terms)::int as terms`
    const [before] = await query(mine)
    const file = await imported([{}, {}, {}])
    const rows = await rowsOf(file.id)
    expect((await query(mine))[0]).toMatchObject({ orders: before.orders + 3, customers: before.customers + 3 })
    await owner.post(`/orders/${rows[1].id}/notes`, { text: 'Elle a rappelé.' })
    expect(await pass(file.id, 'undo')).toMatchObject({ status: 'undone', undo: { removed: 2, restored: 0, kept: 1 } })
    expect((await rowsOf(file.id)).map(({ undo }) => undo)).toEqual(['removed', 'kept', 'removed'])
    expect((await query(mine))[0]).toMatchObject({ orders: before.orders + 1, customers: before.customers + 1 })
    expect((await owner.get(`/orders/${rows[0].id}`)).status).toBe(404)
    expect((await orderOf(rows[1])).customer.name).toBe('Salma Bennani')
  })
})

describe('a long list', () => {
  it('law 7: stopped between chunks goes on where it was; a trial tells what the run does, across chunks too', async () => {
    const ref = reference()
    const lines = [
      { ref },
      ...Array.from({ length: 520 }, () => ({})),
      `${ref};;;;;Sac;SAC-1;1;99;;;;`,
      `${ref};;;;;Sac;SAC-1;1;99;;;;`,
    ]
    const file = await loaded(lines)
    await api.runJobs()
    const tried = await pass(file.id, 'dry-run')
    expect(counters(tried)).toEqual([521, 1, 1, 0, 0])
    await owner.post(`/imports/${file.id}/run`)
    expect(await runChunk(api.ctx(), file.id)).toEqual({ over: false, changed: true })
    await owner.post(`/imports/${file.id}/stop`)
    await api.runJobs()
    expect(counters(await get(file.id))).toEqual([500, 0, 0, 0, 23])
    expect(counters(await pass(file.id, 'run'))).toEqual(counters(tried))
    expect(await pass(file.id, 'undo')).toMatchObject({ undo: { removed: 521, restored: 1, kept: 0, pending: 0 } })
  }, 60_000)

  it('law 11: created + updated + unchanged + refused + pending are the rows at every instant', async () => {
    const numbers = Array.from({ length: 12 }, reference)
    const phones = Array.from({ length: 4 }, freshPhone)
    const line = fc.record({
      ref: fc.constantFrom('', ...numbers),
      phone: fc.constantFrom('', '12', ...phones),
      date: fc.constantFrom('', 'hier', '03/10/2026', '2026-10-04'),
      product: fc.constantFrom('', 'Montre', 'Sac'),
      price: fc.constantFrom('', '10', 'x'),
      total: fc.constantFrom('', '10', '45,5'),
      status: fc.constantFrom('', 'Livrée', 'Retour', 'zzz'),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 40 }),
        fc.constantFrom('skip', 'overwrite'),
        async (lines, duplicates) => {
          const file = await loaded(lines)
          await owner.put(`/imports/${file.id}/mapping`, { ...file.mapping, duplicates })
          const tried = await pass(file.id, 'dry-run')
          await owner.post(`/imports/${file.id}/run`)
          const waiting = await get(file.id)
          const done = (await api.runJobs(), await get(file.id))
          const sum = (one: any) => counters(one).reduce((all, part) => all + part, 0)
          for (const one of [file, tried, waiting, done]) expect(sum(one)).toBe(one.rows)
          expect([done.status, done.pending, counters(done)]).toEqual(['done', 0, counters(tried)])
          const listed = await rowsOf(file.id)
          for (const outcome of importOutcomes)
            expect(listed.filter((row) => row.outcome === outcome)).toHaveLength(done[outcome])
        },
      ),
      { numRuns: 12 },
    )
  }, 60_000)
})

it('is loaded by nobody who may not make orders of all', async () => {
  const { body, headers } = importForm({ kind: 'orders', text: heads })
  for (const role of ['confirmation_agent', 'viewer'] as const)
    expect((await api.as(role).post('/imports', body, headers)).body.code).toBe('auth.forbidden')
})
