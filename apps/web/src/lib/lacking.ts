import type { Carrier, CarrierAccount } from '@sendocki/domain/carriers/account'
import { lackingOptions } from '@sendocki/domain/orders/options'
import type { IntentResult } from '@sendocki/domain/parcels/parcel-schema'

export type LackingOption = IntentResult['lackingOptions'][number]

/** What a carrier would not be told of orders that it would take, and for how many of them. */
export const lackingIn = (items: readonly IntentResult[]): readonly (readonly [LackingOption, number])[] => {
  const counts = new Map<LackingOption, number>()
  for (const { refusal, lackingOptions } of items)
    if (refusal === null) for (const option of lackingOptions) counts.set(option, (counts.get(option) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)
}

/** Which of the connected carriers would not be told all that an order asks for. */
export const carriersLacking = (
  order: Parameters<typeof lackingOptions>[0],
  accounts: readonly Pick<CarrierAccount, 'name' | 'carrier' | 'status'>[],
  carriers: readonly Pick<Carrier, 'carrier' | 'capabilities'>[],
): string[] =>
  accounts
    .filter(({ status }) => status === 'connected')
    .filter(({ carrier }) => {
      const can = carriers.find((one) => one.carrier === carrier)?.capabilities
      return can !== undefined && lackingOptions(order, can).length > 0
    })
    .map(({ name }) => name)
