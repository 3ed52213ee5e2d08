import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmedOrders, connectSendit, ship, startDelivery } from '../../../../../tests/support/delivery.ts'

const delivery = await startDelivery()
const { owner, settle, control } = delivery
let accountId = ''
beforeAll(async () => {
  accountId = await connectSendit(delivery)
})
afterAll(() => delivery.close())

/** Sendit's words as they come, and where they leave the order. Source: product.md 3 and 8. */
const lines: readonly { said: readonly string[]; state: string; flag?: string; parcel?: string }[] = [
  { said: ['PENDING'], state: 'confirmed' },
  { said: ['TO_PREPARE'], state: 'confirmed' },
  { said: ['TO_PICKUP'], state: 'confirmed', parcel: 'awaiting_pickup' },
  { said: ['TOPICKUP'], state: 'confirmed', parcel: 'awaiting_pickup' },
  { said: ['POSTPONED'], state: 'confirmed', parcel: 'postponed' },
  { said: ['UNREACHABLE'], state: 'confirmed', parcel: 'attempt_failed' },
  { said: ['MOT_NOUVEAU'], state: 'confirmed', flag: 'carrier_word_unknown', parcel: 'unknown' },
  { said: ['PICKEDUP'], state: 'shipped', parcel: 'picked_up' },
  { said: ['WAREHOUSE'], state: 'shipped', parcel: 'in_transit' },
  { said: ['TRANSIT'], state: 'shipped', parcel: 'in_transit' },
  { said: ['DISTRIBUTED'], state: 'shipped', parcel: 'in_transit' },
  { said: ['DELIVERING'], state: 'shipped', parcel: 'out_for_delivery' },
  { said: ['NEW_DESTINATION'], state: 'delivery_failed', parcel: 'action_needed' },
  { said: ['PICKEDUP', 'DELIVERED'], state: 'delivered', parcel: 'delivered' },
  { said: ['PICKEDUP', 'REJECTED'], state: 'delivery_failed' },
  { said: ['PICKEDUP', 'POSTPONED'], state: 'shipped', parcel: 'postponed' },
  { said: ['PICKEDUP', 'MOT_NOUVEAU'], state: 'shipped', flag: 'carrier_word_unknown', parcel: 'unknown' },
  { said: ['DELIVERING', 'UNREACHABLE'], state: 'shipped', parcel: 'attempt_failed' },
  { said: ['DELIVERING', 'UNREACHABLE', 'UNREACHABLE'], state: 'delivery_failed', parcel: 'attempt_failed' },
  { said: ['DELIVERING', 'UNREACHABLE', 'UNREACHABLE', 'POSTPONED'], state: 'delivery_failed', parcel: 'postponed' },
  { said: ['DELIVERING', 'UNREACHABLE', 'UNREACHABLE', 'DELIVERING'], state: 'shipped', parcel: 'out_for_delivery' },
  { said: ['PICKEDUP', 'REJECTED', 'TORETURN'], state: 'delivery_failed', parcel: 'returning' },
  { said: ['PICKEDUP', 'REJECTED', 'TORETURN', 'RETURN_SELLER'], state: 'returned', parcel: 'returned' },
  { said: ['PICKEDUP', 'REJECTED', 'RETURN_STOCK'], state: 'returned', parcel: 'returned' },
  { said: ['CANCELED'], state: 'confirmed', flag: 'parcel_cancelled', parcel: 'cancelled' },
  { said: ['CANCELLED'], state: 'confirmed', flag: 'parcel_cancelled', parcel: 'cancelled' },
  { said: ['PICKEDUP', 'CANCELED'], state: 'delivery_failed', flag: 'parcel_cancelled' },
]

describe('what Sendit says moves the order by rule', () => {
  const orders: { id: string; stageId: string }[] = []
  beforeAll(async () => {
    orders.push(...(await confirmedOrders(delivery, lines.length)))
    const { body } = await ship(
      owner,
      orders.map(({ id }) => id),
      accountId,
    )
    await settle(30)
    const longest = Math.max(...lines.map(({ said }) => said.length))
    for (let step = 0; step < longest; step += 1) {
      for (const [index, { said }] of lines.entries()) {
        const status = said[step]
        if (!status) continue
        const { trackingNumber } = (await owner.get(`/parcels/${body.items[index].parcelId}`)).body
        await control('POST', `/parcels/${trackingNumber}`, { status })
      }
      await settle(30)
    }
  })

  it.each(lines.map((line, index) => [line.said.join(' → '), line, index] as const))(
    '%s',
    async (_said, { said, state, flag = null, parcel }, index) => {
      const { body: order } = await owner.get(`/orders/${orders[index]?.id}`)
      expect(order).toMatchObject({ state, flag, ...(parcel ? { parcel: { status: parcel } } : {}) })
      const { body } = await owner.get(`/orders/${order.id}/events`)
      const moves = body.items.filter(({ type }: any) => type === 'order.moved')
      const byCarrier = moves.filter(({ actor }: any) => actor.kind === 'carrier')
      expect(byCarrier).toHaveLength(moves.length)
      for (const { data, actor } of byCarrier) {
        expect(said).toContain(data.note)
        expect(data.note).not.toBe('MOT_NOUVEAU')
        expect(actor.id).toBe(accountId)
      }
      expect(moves.length > 0).toBe(order.stageId !== orders[index]?.stageId)
    },
  )
})
