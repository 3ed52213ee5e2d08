import { type Static, Type } from 'typebox'
import { closed, nullable, oneOf } from '../schema.ts'

/*
 * How an order wants to be handed over: opened, tried, fragile, swapped, not before a day, at home or at an agency.
 * Source: product.md 8.
 */

export const deliveryPlaces = ['home', 'agency'] as const
export type DeliveryPlace = (typeof deliveryPlaces)[number]

/** What a store, or a product, asks of every order that does not say otherwise; absent or null means that nothing is said. */
export const DeliveryDefaults = closed({
  allowOpen: Type.Optional(nullable(Type.Boolean())),
  allowTry: Type.Optional(nullable(Type.Boolean())),
  fragile: Type.Optional(nullable(Type.Boolean())),
  deliverTo: Type.Optional(nullable(oneOf(deliveryPlaces))),
})
export type DeliveryDefaults = Static<typeof DeliveryDefaults>

/** The options of an order that defaults can fill. */
export interface HandoverOptions {
  readonly allowOpen: boolean | null
  readonly allowTry: boolean | null
  readonly fragile: boolean | null
  readonly deliverTo: DeliveryPlace
}

/** The careful one wins: a piece that must not be opened closes the whole parcel, one fragile piece makes it fragile. */
export const carefully = (words: readonly (boolean | null | undefined)[]): boolean | null =>
  words.includes(false) ? false : words.includes(true) ? true : null
export const fragileAmong = (words: readonly (boolean | null | undefined)[]): boolean | null =>
  words.includes(true) ? true : words.includes(false) ? false : null

/**
 * The options of an order that arrives: what was asked for it, else what its products say together, else what its store
 * says. Nothing said stays nothing said; a parcel goes home unless somebody says otherwise.
 */
export const optionsOf = (
  asked: DeliveryDefaults,
  products: readonly DeliveryDefaults[],
  store: DeliveryDefaults,
): HandoverOptions => ({
  allowOpen: asked.allowOpen ?? carefully(products.map((one) => one.allowOpen)) ?? store.allowOpen ?? null,
  allowTry: asked.allowTry ?? carefully(products.map((one) => one.allowTry)) ?? store.allowTry ?? null,
  fragile: asked.fragile ?? fragileAmong(products.map((one) => one.fragile)) ?? store.fragile ?? null,
  deliverTo: asked.deliverTo ?? products.find((one) => one.deliverTo)?.deliverTo ?? store.deliverTo ?? 'home',
})

/** All that an order says of its handover. */
export interface OrderOptions extends HandoverOptions {
  readonly exchangeOfOrderId: string | null
  /** `YYYY-MM-DD`, a Moroccan day. */
  readonly shipNotBefore: string | null
}
export const orderOptionNames = [
  'allowOpen',
  'allowTry',
  'fragile',
  'exchangeOfOrderId',
  'shipNotBefore',
  'deliverTo',
] as const satisfies readonly (keyof OrderOptions)[]
export type OrderOptionName = (typeof orderOptionNames)[number]

/** What a carrier can be asked. */
export interface OptionCapabilities {
  readonly allowOpen: boolean
  readonly allowTry: boolean
  readonly fragile: boolean
  readonly exchange: boolean
  readonly agencyDelivery: boolean
}
export const carrierOptions = ['allowOpen', 'allowTry', 'fragile', 'exchange', 'agencyDelivery'] as const
export type CarrierOption = (typeof carrierOptions)[number]

/**
 * The options that an order asks for and a carrier does not know. A forbidden opening or try is lacking too: a carrier
 * that was never told may allow it at the door.
 */
export const lackingOptions = (
  options: Omit<OrderOptions, 'shipNotBefore'>,
  can: OptionCapabilities,
): CarrierOption[] => {
  const asked: Record<CarrierOption, boolean> = {
    allowOpen: options.allowOpen !== null && !can.allowOpen,
    allowTry: options.allowTry !== null && !can.allowTry,
    fragile: options.fragile === true && !can.fragile,
    exchange: options.exchangeOfOrderId !== null && !can.exchange,
    agencyDelivery: options.deliverTo === 'agency' && !can.agencyDelivery,
  }
  return carrierOptions.filter((option) => asked[option])
}
