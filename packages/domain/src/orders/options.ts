import { type Static, Type } from 'typebox'
import { closed, Instant, named, nullable, oneOf, ref } from '../schema.ts'

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

export const orderOptionNames = [
  'allowOpen',
  'allowTry',
  'fragile',
  'exchangeOfOrderId',
  'shipNotBefore',
  'deliverTo',
] as const satisfies readonly (keyof OrderOptions)[]
export type OrderOptionName = (typeof orderOptionNames)[number]

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

export const optionSources = ['person', 'product', 'store'] as const
/** Whose word an option is: a person's, or the default of a product or of the store. */
export type OptionSource = (typeof optionSources)[number]
export type OptionSources = Partial<Record<OrderOptionName, OptionSource>>

const isSaid = (value: boolean | string | null | undefined): boolean => value !== undefined && value !== null

/** Whose word each option of an order that arrives is, in the order of `optionsOf`; what nobody said is left out. */
export const sourcesOf = (
  asked: DeliveryDefaults & Partial<Pick<OrderOptions, 'exchangeOfOrderId' | 'shipNotBefore'>>,
  products: readonly DeliveryDefaults[],
  store: DeliveryDefaults,
): OptionSources => {
  const sources: OptionSources = {}
  for (const name of ['allowOpen', 'allowTry', 'fragile', 'deliverTo'] as const)
    if (isSaid(asked[name])) sources[name] = 'person'
    else if (products.some((one) => isSaid(one[name]))) sources[name] = 'product'
    else if (isSaid(store[name])) sources[name] = 'store'
  for (const name of ['exchangeOfOrderId', 'shipNotBefore'] as const) if (isSaid(asked[name])) sources[name] = 'person'
  return sources
}

/** What the history says of an order's options: how it arrived, each change, and what was taken back. */
export type OptionHappening = { readonly id: string; readonly by: string | null; readonly at: string } & (
  | { readonly kind: 'arrived'; readonly sources: OptionSources }
  | { readonly kind: 'changed'; readonly names: readonly OrderOptionName[] }
  | { readonly kind: 'undone'; readonly undoes: string }
)
export interface OptionOrigin {
  readonly source: OptionSource
  /** The person; null for a default. */
  readonly by: string | null
  readonly at: string
}
export type OptionOrigins = Partial<Record<OrderOptionName, OptionOrigin>>

/** Whose word each option is now, given all that happened to them, the oldest first. */
export const originsOf = (happenings: readonly OptionHappening[]): OptionOrigins => {
  let origins: OptionOrigins = {}
  const before = new Map<string, OptionOrigins>()
  for (const happening of happenings) {
    const { id, by, at } = happening
    before.set(id, origins)
    if (happening.kind === 'undone') origins = before.get(happening.undoes) ?? origins
    else if (happening.kind === 'changed')
      origins = {
        ...origins,
        ...Object.fromEntries(happening.names.map((name) => [name, { source: 'person', by, at }])),
      }
    else
      origins = Object.fromEntries(
        Object.entries(happening.sources).map(([name, source]) => [
          name,
          { source, by: source === 'person' ? by : null, at },
        ]),
      )
  }
  return origins
}

/** An option that somebody or something decided, and which. */
export const OptionOriginView = named(
  'OptionOrigin',
  Type.Object({
    name: oneOf(orderOptionNames),
    source: oneOf(optionSources),
    /** The person who said it; null for a default. */
    by: nullable(Type.String()),
    at: Instant,
  }),
)
export const OptionOriginList = named('OptionOriginList', Type.Object({ items: Type.Array(ref(OptionOriginView)) }))

/** All that an order says of its handover. */
export interface OrderOptions extends HandoverOptions {
  readonly exchangeOfOrderId: string | null
  /** `YYYY-MM-DD`, a Moroccan day. */
  readonly shipNotBefore: string | null
}
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
