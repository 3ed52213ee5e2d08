import { Refused } from '@sendocki/domain/result'
import type { EffectHandler } from '../orders/index.ts'
import { intendParcels } from './intending.commands.ts'
import { findLive, lockParcel } from './parcels.queries.ts'
import { withdrawParcel } from './withdrawing.commands.ts'

const quiet: readonly string[] = ['parcel.already_live', 'parcel.companion_not_ready']

/** The effect `create_parcel` of a stage: an intent on entry, called off by an undo. */
export const createParcelEffect: EffectHandler = {
  run: async (ctx, tx, { orderId, carrierAccountId }) => {
    const [result] = await intendParcels(ctx, tx, {
      orderIds: [orderId],
      ...(carrierAccountId ? { carrierAccountId } : {}),
    })
    // A parcel that is there already is what the stage asked for; the last of those that travel together brings it.
    if (result?.refusal && !quiet.includes(result.refusal.code))
      throw new Refused(result.refusal.code as 'parcel.order_not_ready', result.refusal.params)
  },
  reverse: async (ctx, tx, { orderId }) => {
    const [live] = await findLive(tx, [orderId], 'outbound')
    const parcel = live && (await lockParcel(tx, live.id))
    if (parcel) await withdrawParcel(ctx, tx, parcel)
  },
}
