import { mostViews } from '@sendocki/domain/views/view'
import { expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'

const api = await startApi()
const owner = api.as('owner')
const manager = api.as('manager')
const late = { where: { all: [{ field: 'late', op: 'in', values: [true] }] } }

const create = (name: string, over: object = {}, client = owner) =>
  client.post('/views', { name, filter: late, ...over })
const names = async (client = owner) => (await client.get('/views')).body.items.map(({ name }: any) => name)

it('keeps filters, columns, sort and density, for its member alone', async () => {
  const asked = { columns: ['city', 'amount'], sort: 'stateSince', density: 'compact' }
  const { status, body } = await create('À suivre', asked)
  expect([status, body]).toMatchObject([
    201,
    { name: 'À suivre', filter: late, ...asked, isDefault: false, version: 1 },
  ])
  expect(await names()).toEqual(['À suivre'])
  expect(await names(manager)).toEqual([])
  for (const stranger of [manager, api.asRival('owner')]) {
    const answer = await stranger.patch(`/views/${body.id}`, { version: 1, name: 'Prise' })
    expect([answer.status, answer.body.code]).toEqual([404, 'view.not_found'])
    expect((await stranger.delete(`/views/${body.id}`)).status).toBe(404)
  }
})

it('one of two who change a view at once is told what it is now', async () => {
  const { body } = await create('Deux onglets')
  const answers = await Promise.all(
    ['Un', 'Deux'].map((name) => owner.patch(`/views/${body.id}`, { version: 1, name })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  const loser = answers.find(({ status }) => status === 409)
  expect(loser?.body).toMatchObject({ code: 'view.changed_meanwhile', current: { version: 2 } })
})

it('has at most one that opens by itself', async () => {
  await create('Première', { isDefault: true })
  await create('Seconde', { isDefault: true })
  const { items } = (await owner.get('/views')).body
  expect(items.filter(({ isDefault }: any) => isDefault).map(({ name }: any) => name)).toEqual(['Seconde'])
})

it('stands in the order that its member gives', async () => {
  const { items } = (await owner.get('/views')).body
  const ids = items.map(({ id }: any) => id).reverse()
  const { body } = await owner.put('/views/order', { ids })
  expect(body.items.map(({ id }: any) => id)).toEqual(ids)
  expect((await owner.put('/views/order', { ids: ids.slice(1) })).body.code).toBe('view.changed_meanwhile')
})

it('refuses a filter that could not be asked, one by what the role hides, and one too many', async () => {
  const wrong = { where: { all: [{ field: 'city', op: 'atLeast', values: ['rabat'] }] } }
  expect((await create('Fausse', { filter: wrong })).status).toBe(400)
  const phone = { where: { all: [{ field: 'phone', op: 'in', values: ['0661223344'] }] } }
  expect((await create('Cachée', { filter: phone }, api.as('viewer'))).status).toBe(403)
  for (let index = 0; index < mostViews; index += 1) await create(`Vue ${index}`, {}, manager)
  const { status, body } = await create('De trop', {}, manager)
  expect([status, body.code, body.params]).toEqual([422, 'view.too_many', { most: mostViews }])
})

it('are kept of each list apart, with what that list can be asked', async () => {
  const filter = { city: 'rabat', blocked: true }
  const own = api.as('owner')
  const { status, body } = await own.post('/views', {
    ...{ screen: 'customers', name: 'Bloqués de Rabat', filter, sort: '-ordersCount', isDefault: true },
  })
  expect([status, body]).toMatchObject([201, { screen: 'customers', filter, sort: '-ordersCount' }])
  const of = async (screen: string) => (await own.get(`/views?screen=${screen}`)).body.items
  expect((await of('customers')).map(({ id }: any) => id)).toEqual([body.id])
  expect((await of('orders')).some(({ id }: any) => id === body.id)).toBe(false)
  expect((await of('orders')).filter(({ isDefault }: any) => isDefault)).toHaveLength(1)
  const odd = { screen: 'customers', name: 'Autre', filter: { late: true } }
  expect((await own.post('/views', odd)).body.fields).toEqual([{ path: 'filter.late', code: 'not_in_list' }])
  const sorted = { screen: 'customers', name: 'Autre', filter, sort: 'stateSince' }
  expect((await own.post('/views', sorted)).body.fields).toEqual([{ path: 'sort', code: 'not_in_list' }])
  const ordered = await own.put('/views/order', { screen: 'customers', ids: [body.id] })
  expect(ordered.body.items).toHaveLength(1)
})
