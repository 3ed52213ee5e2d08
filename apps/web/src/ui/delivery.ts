import type { DeliveryDefaults } from '@sendocki/domain/orders/options'

export const deliveryNames = ['allowOpen', 'allowTry', 'fragile'] as const
export type DeliveryName = (typeof deliveryNames)[number]
export type Said = 'yes' | 'no' | 'unsaid'
export const saidWords: readonly Said[] = ['unsaid', 'yes', 'no']
export const placeWords = ['unsaid', 'home', 'agency'] as const

/** What is asked of a handover, as it is chosen in a form. */
export type DeliveryValues = Readonly<Record<DeliveryName, Said>> & {
  readonly deliverTo: (typeof placeWords)[number]
}

const wordOf = (value: boolean | null | undefined): Said => (value == null ? 'unsaid' : value ? 'yes' : 'no')
const valueOf = (word: Said): boolean | null => (word === 'unsaid' ? null : word === 'yes')

export const deliveryValues = (delivery: DeliveryDefaults = {}): DeliveryValues => ({
  allowOpen: wordOf(delivery.allowOpen),
  allowTry: wordOf(delivery.allowTry),
  fragile: wordOf(delivery.fragile),
  deliverTo: delivery.deliverTo ?? 'unsaid',
})

export const deliveryOf = ({ allowOpen, allowTry, fragile, deliverTo }: DeliveryValues): DeliveryDefaults => ({
  allowOpen: valueOf(allowOpen),
  allowTry: valueOf(allowTry),
  fragile: valueOf(fragile),
  deliverTo: deliverTo === 'unsaid' ? null : deliverTo,
})
