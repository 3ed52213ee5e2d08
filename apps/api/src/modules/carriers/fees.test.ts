import { addDays, dayOf } from '@sendocki/domain/time'
import { describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { confirmedOrder, ship } from '../../../../../tests/support/delivery.ts'
import { manualCarriersOf } from '../../../../../tests/support/manual-carrier.ts'

const api = await startApi()
const owner = api.as('owner')
const { load, openCarrier, parcelOf, run, shipped, tryIt } = manualCarriersOf(owner)
const day = 86_400_000
const inDays = (days: number) => addDays(dayOf(api.clock.now()), days)

const openWith = async (name: string, list: string, date?: string): Promise<string> => {
  const account = await openCarrier(name)
  await listed(account, list, date)
  return account
}
const listed = async (account: string, list: string, date?: string) => {
  const file = (await load(account, 'places', list)).body
  await tryIt(file)
  return run(file, date === undefined ? {} : { date })
}
const rabat = (account: string, fees: object) =>
  owner.put(`/carrier-accounts/${account}/fees`, {
    ...{ placeId: 'rabat', deliveredFeeCentimes: null, refusedFeeCentimes: null, returnedFeeCentimes: null },
    ...fees,
  })
const feeOn = async (account: string, on?: string) => {
  const { items } = (await owner.get(`/carrier-accounts/${account}/fees?cityId=rabat${on ? `&on=${on}` : ''}`)).body
  return items[0].deliveredFeeCentimes
}
const coming = async (account: string) =>
  (await owner.get(`/carrier-accounts/${account}/coming-fees`)).body.items.map(
    ({ placeName, feesFrom, deliveredFeeCentimes }: any) => [placeName, feesFrom, deliveredFeeCentimes],
  )

describe('a fee that is said ahead', () => {
  it('waits for its day, then holds without anybody waking, and a parcel costs what its own day says', async () => {
    const account = await openWith('Tarif annoncé', 'Ville;Livraison\nRabat;25\nSalé;20')
    const before = await parcelOf((await shipped(account, 1))[0].id)
    const said = await rabat(account, { validFrom: inDays(3), deliveredFeeCentimes: 3_200 })
    expect([said.status, said.body.feesFrom]).toEqual([200, inDays(3)])
    await rabat(account, { validFrom: inDays(5), deliveredFeeCentimes: 3_500 })
    // Said again for the same day, it takes the place of the first.
    await rabat(account, { validFrom: inDays(3), deliveredFeeCentimes: 3_000 })
    expect(await coming(account)).toEqual([
      ['Rabat', inDays(3), 3_000],
      ['Rabat', inDays(5), 3_500],
    ])
    expect([await feeOn(account), await feeOn(account, inDays(4)), await feeOn(account, inDays(5))]).toEqual([
      2_500, 3_000, 3_500,
    ])
    const order = await confirmedOrder({ owner })
    const offer = async () => {
      const { offers } = (await owner.get(`/orders/${order.id}/fees`)).body
      return offers.find(({ accountId }: any) => accountId === account).deliveredFeeCentimes
    }
    expect(await offer()).toBe(2_500)
    api.clock.advance(3 * day)
    expect([await feeOn(account), await offer()]).toEqual([3_000, 3_000])
    expect(await coming(account)).toEqual([['Rabat', inDays(2), 3_500]])
    const { body } = await ship(owner, [order.id], account)
    expect((await parcelOf(body.items[0].parcelId)).feeCentimes).toBe(3_000)
    expect(before.feeCentimes).toBe(2_500)
    const places = (await owner.get(`/carrier-accounts/${account}/cities?q=rabat`)).body.items
    expect(places[0].deliveredFeeCentimes).toBe(3_000)
  })

  it('is taken back before its day, and never once it holds', async () => {
    const account = await openWith('Tarif retiré', 'Ville;Livraison\nRabat;25')
    await rabat(account, { validFrom: inDays(2), deliveredFeeCentimes: 4_000 })
    const remove = (validFrom: string) =>
      owner.delete(`/carrier-accounts/${account}/coming-fees?place=rabat&validFrom=${validFrom}`)
    const removed = await remove(inDays(2))
    expect([removed.status, removed.body.deliveredFeeCentimes]).toEqual([200, 4_000])
    expect(await coming(account)).toEqual([])
    expect((await remove(inDays(2))).body.code).toBe('carrier_fee.not_found')
    expect((await remove(inDays(0))).body.code).toBe('carrier_fee.not_found')
    expect(await feeOn(account)).toBe(2_500)
  })

  it('comes with a list too: known cities keep their fee until then, a new one has none', async () => {
    const account = await openWith('Liste annoncée', 'Ville;Livraison\nRabat;25')
    await listed(account, 'Ville;Livraison\nRabat;31\nFès;40', inDays(10))
    expect(await feeOn(account)).toBe(2_500)
    expect(await coming(account)).toEqual([
      ['Fès', inDays(10), 4_000],
      ['Rabat', inDays(10), 3_100],
    ])
    const feesOf = async (on: string) =>
      (await owner.get(`/carrier-accounts/${account}/fees?on=${on}`)).body.items.map(
        ({ deliveredFeeCentimes }: any) => deliveredFeeCentimes,
      )
    expect(await feesOf(inDays(9))).toEqual([null, 2_500])
    expect(await feesOf(inDays(10))).toEqual([4_000, 3_100])
  })

  it('is refused for the past, too far ahead, for no place of the list, and for a carrier that says its own', async () => {
    const account = await openWith('Tarif refusé', 'Ville;Livraison\nRabat;25')
    const codes = async (fees: object) => (await rabat(account, fees)).body.fields
    expect(await codes({ validFrom: inDays(-1) })).toEqual([{ path: 'validFrom', code: 'too_small' }])
    expect(await codes({ validFrom: inDays(367) })).toEqual([{ path: 'validFrom', code: 'too_large' }])
    const nowhere = await rabat(account, { placeId: 'nulle-part', validFrom: inDays(1) })
    expect(nowhere.body.code).toBe('carrier_place.not_found')
    const { body: sendit } = await owner.post('/carrier-accounts', {
      ...{ carrier: 'sendit', name: 'Sendit' },
      credentials: { publicKey: 'demo', secretKey: 'demo' },
    })
    expect((await rabat(sendit.id, { validFrom: inDays(1) })).body).toMatchObject({
      code: 'carrier.capability_missing',
      params: { capability: 'manual' },
    })
  })
})
