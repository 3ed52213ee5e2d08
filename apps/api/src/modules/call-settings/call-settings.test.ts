import { defaultCallSettings } from '@sendocki/domain/calls/settings'
import { describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'

const api = await startApi()
const owner = api.as('owner')
const manager = api.as('manager')
const agent = api.as('confirmation_agent')

const read = async (client = owner) => (await client.get('/calls/settings')).body
const put = (version: number, over: object = {}, client = owner) =>
  client.put('/calls/settings', { version, settings: { ...defaultCallSettings, ...over } })

describe('the settings of calls', () => {
  it('are the defaults until somebody saves them, each merchant for itself', async () => {
    expect(await read()).toEqual({ settings: defaultCallSettings, version: 1, updatedAt: null })
    const saved = await put(1, { wrapUpSeconds: 20, fridayPause: null })
    expect([saved.status, saved.body]).toMatchObject([
      200,
      { version: 2, settings: { wrapUpSeconds: 20, fridayPause: null } },
    ])
    expect(await read(agent)).toEqual(saved.body)
    expect(await read(api.asRival('owner'))).toMatchObject({ version: 1, updatedAt: null })
  })

  it('are saved by one of two who change them at once, the first time and later', async () => {
    for (const client of [api.asRival('owner'), owner]) {
      const { version } = await read(client)
      const answers = await Promise.all([10, 30].map((wrapUpSeconds) => put(version, { wrapUpSeconds }, client)))
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
      const loser = answers.find(({ status }) => status === 409)
      expect(loser?.body).toMatchObject({ code: 'call_settings.changed_meanwhile', current: { version: version + 1 } })
      expect((await put(version + 7, {}, client)).status).toBe(409)
    }
  })

  it('that make no sense are refused with the field that does not', async () => {
    const { version } = await read()
    const nobody = await put(version, { week: Array.from({ length: 7 }, () => []) })
    expect([nobody.status, nobody.body.fields]).toEqual([400, [{ path: 'week', code: 'no_hours' }]])
    const backwards = await put(version, { fridayPause: { from: '15:00', to: '12:30' } })
    expect(backwards.body.fields).toEqual([{ path: 'fridayPause', code: 'spans' }])
    expect((await put(version, { week: [] })).status).toBe(400)
    expect((await put(version, { ladder: { ...defaultCallSettings.ladder, capPerDay: 0 } })).status).toBe(400)
    expect((await read()).version).toBe(version)
  })

  it('are changed by owners and managers, and the journal says what was changed', async () => {
    const { version, settings } = await read()
    expect((await put(version, {}, agent)).status).toBe(403)
    expect((await api.as('viewer').get('/calls/settings')).status).toBe(403)
    expect((await put(version, { ...settings, wrapUpSeconds: 44 }, manager)).status).toBe(200)
    const { items } = (await owner.get('/audit-log?type=call_settings.changed')).body
    expect(items[0].after).toEqual({ wrapUpSeconds: 44 })
    expect(items[0].actor.id).toBe(api.merchant.people.manager.memberId)
  })
})

describe('scripts', () => {
  const write = (body: object, client = owner) => client.post('/calls/scripts', body)

  it('are written per product and tongue, one of each, and read by agents', async () => {
    const product = (await owner.post('/products', { name: 'Savon noir', sku: 'SAVON', priceCentimes: 4900 })).body
    const all = await write({ tongue: 'fr', text: 'Bonjour {customer}, ici {shop}.' })
    const own = await write({ tongue: 'fr', productId: product.id, text: 'Le savon, {amount}.' })
    expect([all.status, own.status]).toEqual([201, 201])
    expect(own.body).toMatchObject({ productId: product.id, productName: 'Savon noir', version: 1 })
    const { items } = (await agent.get('/calls/scripts')).body
    expect(items.map(({ id }: any) => id)).toEqual([all.body.id, own.body.id])
    const twice = await Promise.all([1, 2].map(() => write({ tongue: 'darija_latin', text: 'Salam' })))
    expect(twice.map(({ status }) => status).sort()).toEqual([201, 409])
    expect((await api.asRival('owner').get('/calls/scripts')).body.items).toEqual([])
  })

  it('name only what an order can fill, and only products that are there', async () => {
    const wrong = await write({ tongue: 'darija_arabic', text: 'السلام {prix}' })
    expect([wrong.status, wrong.body.code, wrong.body.params]).toEqual([
      422,
      'call_script.unknown_variable',
      { name: 'prix' },
    ])
    const lost = await write({ tongue: 'darija_arabic', productId: crypto.randomUUID(), text: 'السلام' })
    expect([lost.status, lost.body.fields]).toEqual([400, [{ path: 'productId', code: 'not_in_list' }]])
    expect((await write({ tongue: 'darija_arabic', text: '   ' })).status).toBe(400)
    expect((await write({ tongue: 'darija_arabic', text: 'السلام' }, agent)).status).toBe(403)
  })

  it('are changed in the version that was read, and deleted', async () => {
    const { items } = (await owner.get('/calls/scripts')).body
    const [{ id, version }] = items
    const answers = await Promise.all(
      ['Un', 'Deux'].map((text) => owner.patch(`/calls/scripts/${id}`, { version, text })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const path = `/calls/scripts/${id}`
    const stranger = api.asRival('owner')
    expect((await stranger.patch(path, { version: 2, text: 'x' })).body.code).toBe('call_script.not_found')
    expect((await stranger.delete(path)).status).toBe(404)
    expect((await owner.delete(path)).status).toBe(204)
    expect((await owner.delete(path)).status).toBe(404)
  })
})
