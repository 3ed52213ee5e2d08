import { addDays, dayOf } from '@sendocki/domain/time'
import { describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { confirmedOrder, ship } from '../../../../../tests/support/delivery.ts'
import { manualCarriersOf } from '../../../../../tests/support/manual-carrier.ts'

const api = await startApi()
const owner = api.as('owner')
const { load, openCarrier, outcomesOf, parcelOf, rowsOf, run, shipped, tryIt } = manualCarriersOf(owner)

describe('its cities and fees', () => {
  it('come from a file, each row with its result, and decide where it delivers', async () => {
    const own = await openCarrier('Villes')
    const list = 'Ville;Livraison;Refus;Retour\nRabat;25,00;10;15\nKasablanka;30;;\nRabat;26;;\n;12;;\nFès;vingt;;\n'
    const file = (await load(own, 'places', list)).body
    expect(file.mapping).toEqual({
      columns: ['city', 'deliveredFee', 'refusedFee', 'returnedFee'],
      hasHeader: true,
    })
    expect((await run(file)).body.code).toBe('carrier_file.not_tried')
    const tried = await tryIt(file)
    expect(tried.rowCount).toBe(5)
    const rows = await rowsOf(file)
    expect(rows.map(({ outcome }: any) => outcome)).toEqual(['created', 'created', 'repeated', 'refused', 'refused'])
    expect(rows.map(({ reason }: any) => reason).slice(3)).toEqual(['city_missing', 'fee_unreadable'])
    expect((await run(file)).body).toMatchObject({ status: 'done', doneCount: 2 })
    const { items } = (await owner.get(`/carrier-accounts/${own}/fees?cityId=rabat`)).body
    expect(items).toMatchObject([
      { deliveredFeeCentimes: 2_500, refusedFeeCentimes: 1_000, returnedFeeCentimes: 1_500 },
    ])
    const there = await confirmedOrder({ owner })
    const elsewhere = await confirmedOrder({ owner }, { city: 'Agadir', district: 'Talborjt' })
    const { body } = await ship(owner, [there.id, elsewhere.id], own)
    expect(body.items[0].refusal).toBeNull()
    expect((await parcelOf(body.items[0].parcelId)).feeCentimes).toBe(2_500)
    expect(body.items[1].refusal.code).toBe('parcel.city_not_served')
  })

  it('stay as they are where a later file says nothing of them', async () => {
    const own = await openCarrier('Villes bis')
    const first = (await load(own, 'places', 'Ville;Livraison;Refus\nRabat;25;10')).body
    await tryIt(first)
    await run(first)
    const second = (await load(own, 'places', 'Ville;Livraison\nRABAT;28\nSalé;30')).body
    await tryIt(second)
    expect(await outcomesOf(second)).toEqual(['updated', 'created'])
    await run(second)
    const { items } = (await owner.get(`/carrier-accounts/${own}/fees?cityId=rabat`)).body
    expect(items).toMatchObject([{ deliveredFeeCentimes: 2_800, refusedFeeCentimes: 1_000 }])
  })

  it('hold from a day on, are all kept, and a parcel costs what its own day and its outcome say', async () => {
    const own = await openCarrier('Villes datées')
    const listed = async (fees: string, date?: string) => {
      const file = (await load(own, 'places', `Ville;Livraison;Refus;Retour\nRabat;${fees}`)).body
      await tryIt(file)
      return run(file, date === undefined ? {} : { date })
    }
    const today = dayOf(api.clock.now())
    const ago = (days: number) => addDays(today, -days)
    const feesOn = async (on?: string) => {
      const { items } = (await owner.get(`/carrier-accounts/${own}/fees?${on ? `on=${on}` : ''}`)).body
      const [{ deliveredFeeCentimes, refusedFeeCentimes, feesFrom }] = items
      return [deliveredFeeCentimes, refusedFeeCentimes, feesFrom]
    }
    expect((await listed('20;8;5', addDays(today, 367))).body.fields).toEqual([{ path: 'date', code: 'too_large' }])
    await listed('25;10;15', ago(30))
    const [before] = await shipped(own, 1)
    expect(before.feeCentimes).toBe(2_500)
    await listed('30;12;18')
    // An older list comes late: it is history, and today's fees stay.
    await listed('20;8;5', ago(60))
    expect(await feesOn()).toEqual([3_000, 1_200, today])
    expect(await feesOn(ago(10))).toEqual([2_500, 1_000, ago(30)])
    expect(await feesOn(ago(45))).toEqual([2_000, 800, ago(60)])
    expect(await feesOn(ago(90))).toEqual([null, null, null])
    const feeOf = async (status: string) => {
      await owner.post(`/parcels/${before.id}/tracking-events`, { status })
      return (await parcelOf(before.id)).feeCentimes
    }
    api.clock.advance(10 * 86_400_000)
    await listed('90;91;92')
    expect(await feeOf('refused')).toBe(1_200)
    expect(await feeOf('returned')).toBe(1_800)
  })
})
