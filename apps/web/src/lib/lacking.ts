import type { IntentResult } from '@sendocki/domain/parcels/parcel-schema'

export type LackingOption = IntentResult['lackingOptions'][number]

/** What a carrier would not be told of orders that it would take, and for how many of them. */
export const lackingIn = (items: readonly IntentResult[]): readonly (readonly [LackingOption, number])[] => {
  const counts = new Map<LackingOption, number>()
  for (const { refusal, lackingOptions } of items)
    if (refusal === null) for (const option of lackingOptions) counts.set(option, (counts.get(option) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)
}
