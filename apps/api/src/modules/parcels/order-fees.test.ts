import { describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { confirmedOrder, ship } from '../../../../../tests/support/delivery.ts'
import { manualCarriersOf } from '../../../../../tests/support/manual-carrier.ts'

const api = await startApi()
const owner = api.as('owner')
const { load, openCarrier, run, tryIt } = manualCarriersOf(owner)
const fees = async (id: string, client = owner) => (await client.get(`/orders/${id}/fees`)).body

describe('what bringing an order costs', () => {
  it('is what each carrier takes for its city, then the fee of its parcel, as the parcel ends', async () => {
    const [near, far, silent] = [await openCarrier('Atlas'), await openCarrier('Sahara'), await openCarrier('Silence')]
    for (const [account, list] of [
      [near, 'Ville;Livraison;Refus;Délai\nRabat;25;10;24 h'],
      [far, 'Ville;Livraison\nDakhla;60'],
    ] as const) {
      const file = (await load(account, 'places', list)).body
      await tryIt(file)
      await run(file)
    }
    const order = await confirmedOrder({ owner })
    expect(await fees(order.id)).toEqual({
      parcel: null,
      offers: [
        {
          ...{ accountId: near, name: 'Atlas', covers: true, delay: '24 h' },
          ...{ deliveredFeeCentimes: 2_500, refusedFeeCentimes: 1_000, returnedFeeCentimes: null },
        },
        {
          ...{ accountId: silent, name: 'Silence', covers: null, delay: null },
          ...{ deliveredFeeCentimes: null, refusedFeeCentimes: null, returnedFeeCentimes: null },
        },
      ],
    })
    const { body } = await ship(owner, [order.id], near)
    const [{ parcelId }] = body.items
    const parcel = { accountId: near, name: 'Atlas', outcome: 'delivered', feeCentimes: 2_500, orderCount: 1 }
    expect(await fees(order.id)).toEqual({ parcel, offers: [] })
    await owner.post(`/parcels/${parcelId}/tracking-events`, { status: 'refused' })
    expect(await fees(order.id)).toEqual({
      parcel: { ...parcel, outcome: 'refused', feeCentimes: 1_000 },
      offers: [],
    })
  })

  it('law 12: is hidden where costs are, and stays unknown for an order of another merchant', async () => {
    const order = await confirmedOrder({ owner })
    const { offers } = await fees(order.id, api.as('viewer'))
    expect(offers.find(({ name }: any) => name === 'Atlas')).toMatchObject({ covers: true, deliveredFeeCentimes: null })
    expect((await fees(order.id, api.asRival('owner'))).code).toBe('order.not_found')
  })
})
