import { describe, expect, it } from 'vitest'
import { startShopifyWorld } from '../../../../../tests/support/shopify.ts'

const world = await startShopifyWorld()
const { api, place, storeOf, ordersOf } = world
const owner = api.as('owner')

describe('connecting a shop by its consent page', () => {
  it('ends with living subscriptions, and its orders arrive', async () => {
    const id = await world.connect('first-shop')
    expect(await storeOf(id)).toMatchObject({
      status: 'connected',
      shop: 'first-shop.myshopify.com',
      health: 'ok',
      problem: null,
      connectedAt: expect.any(String) as string,
    })
    const { order } = await place('first-shop')
    await api.runJobs()
    expect(await ordersOf(id)).toMatchObject([{ sourceReference: order.name }])
    const { lines } = (await owner.get(`/orders/${(await ordersOf(id))[0]?.id}`)).body
    expect(lines).toHaveLength(order.line_items.length)
  })

  it('follows edits and cancellations there', async () => {
    const id = await world.connect('edit-shop')
    await place('edit-shop')
    await api.runJobs()
    await place('edit-shop', { edit: { shipping_address: { name: 'Salma', city: 'Rabat', phone: '0612345678' } } })
    await api.runJobs()
    const [order] = await ordersOf(id)
    expect((await owner.get(`/orders/${order?.id}`)).body.shippingAddress.cityText).toBe('Rabat')
    await place('edit-shop', { cancel: true })
    await api.runJobs()
    expect(await ordersOf(id)).toMatchObject([{ state: 'cancelled' }])
  })

  it('is refused without harm when the owner refuses there', async () => {
    const { id, authorizeUrl } = await world.begin('refused-shop')
    expect(await world.consent(authorizeUrl, 'refuse')).toBeNull()
    expect((await storeOf(id)).status).toBe('connecting')
  })

  it.each([
    ['from another browser', (callback: URL) => callback, null],
    ['with a state of its own', (callback: URL) => withParameter(callback, 'state', 'x'.repeat(43)), 'own'],
    ['without a state', (callback: URL) => withParameter(callback, 'state', null), 'own'],
  ])('cannot be finished %s', async (_name, change, whose) => {
    const { id, authorizeUrl, cookie } = await world.begin(`astray-${_name.length}`)
    const callback = await world.consent(authorizeUrl)
    const back = await world.comeBack(change(callback as URL), whose === null ? null : cookie)
    expect(back.status).toBe(302)
    expect(back.location.searchParams.get('result')).toBe('expired')
    await api.runJobs()
    expect((await storeOf(id)).status).toBe('connecting')
  })

  it.each([
    ['a code that Shopify did not sign', (callback: URL) => withParameter(callback, 'code', 'forged')],
    ['another shop', (callback: URL) => withParameter(callback, 'shop', 'other.myshopify.com')],
    ['no signature', (callback: URL) => withParameter(callback, 'hmac', null)],
  ])('refuses %s', async (_name, change) => {
    const { id, authorizeUrl, cookie } = await world.begin(`forged-${_name.length}`)
    const callback = change((await world.consent(authorizeUrl)) as URL)
    const back = await world.comeBack(callback, cookie)
    expect(back.location.searchParams.get('result')).toBe('refused')
    expect(await storeOf(id)).toMatchObject({ status: 'connecting', problem: 'oauth_refused' })
    // The state was good once: it does not open a second time.
    const again = await world.comeBack((await world.consent(authorizeUrl)) as URL, cookie)
    expect(again.location.searchParams.get('result')).toBe('expired')
  })

  it('leads back to the app and nowhere else, and its cookie is gone', async () => {
    const { authorizeUrl, cookie, id } = await world.begin('leads-back')
    const callback = withParameter((await world.consent(authorizeUrl)) as URL, 'return_to', '//evil.example')
    const { location } = await world.comeBack(callback, cookie)
    expect(location.origin + location.pathname).toBe(`${new URL(callback).origin}/settings/stores`)
    expect([...location.searchParams.keys()].sort()).toEqual(['result', 'store'])
    expect(location.searchParams.get('store')).toBe(id)
  })

  it('leads back to the first steps when the browser left from there, granted or refused', async () => {
    const { authorizeUrl, cookie } = await world.begin('first-steps', { returnTo: 'start' })
    const callback = (await world.consent(authorizeUrl)) as URL
    const { location } = await world.comeBack(callback, cookie)
    expect(location.pathname).toBe('/start')
    expect(Object.fromEntries(location.searchParams)).toMatchObject({ step: 'store', result: 'connecting' })
    const late = await world.comeBack(callback, cookie)
    expect(late.location.searchParams.get('result')).toBe('expired')
    expect(
      (await owner.post('/stores', { platform: 'shopify', name: 'x', shop: 'x', returnTo: '//evil' })).status,
    ).toBe(400)
  })

  it('is too late after ten minutes', async () => {
    const { authorizeUrl, cookie } = await world.begin('too-late')
    const callback = (await world.consent(authorizeUrl)) as URL
    api.clock.advance(10 * 60_000 + 1_000)
    expect((await world.comeBack(callback, cookie)).location.searchParams.get('result')).toBe('expired')
  })
})

const withParameter = (url: URL, name: string, value: string | null): URL => {
  const changed = new URL(url)
  if (value === null) changed.searchParams.delete(name)
  else changed.searchParams.set(name, value)
  return changed
}
