import type { Capabilities } from '@sendocki/domain/carriers/account'
import type { MerchantTx } from '../../context.ts'
import { trackingOfOrders } from './parcels.queries.ts'

interface Exchanging {
  readonly id: string
  readonly exchangeOfOrderId: string | null
}

/** The carrier's number of the parcel that each of these orders is swapped for, by the order that asks for the swap. */
export const exchangedNumbers = async (
  tx: MerchantTx,
  carrierAccountId: string,
  orders: readonly Exchanging[],
): Promise<ReadonlyMap<string, string>> => {
  const swaps = orders.flatMap(({ id, exchangeOfOrderId: other }) => (other === null ? [] : [{ id, other }]))
  const numbers = await trackingOfOrders(
    tx,
    carrierAccountId,
    swaps.map(({ other }) => other),
  )
  return new Map(
    swaps.flatMap(({ id, other }): [string, string][] => {
      const number = numbers.get(other)
      return number === undefined ? [] : [[id, number]]
    }),
  )
}

/** A carrier that is called swaps only parcels that it brought itself; without API the file says it in words. */
export const capabilitiesFor = (
  { id, exchangeOfOrderId }: Exchanging,
  capabilities: Capabilities,
  numbers: ReadonlyMap<string, string>,
): Capabilities => ({
  ...capabilities,
  exchange: capabilities.exchange && (!capabilities.api || exchangeOfOrderId === null || numbers.has(id)),
})
