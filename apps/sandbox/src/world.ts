import type { Chance } from './chance.ts'
import type { Stream } from './control/stream.ts'
import type { Faults, Provider } from './faults.ts'
import type { GenericState } from './generic/hook.ts'
import type { LightFunnelsState } from './lightfunnels/state.ts'
import type { Mail } from './mailbox/mail.ts'
import type { Delivery } from './outgoing.ts'
import type { SenditState } from './sendit/state.ts'
import type { ShopifyState } from './shopify/state.ts'
import type { Timers } from './timers.ts'
import type { WhatsAppState } from './whatsapp/state.ts'
import type { WooCommerceState } from './woocommerce/state.ts'
import type { YouCanState } from './youcan/state.ts'

/** All that the outside world remembers: plain data, so that it can be kept between two starts. */
export interface State {
  lastId: number
  readonly chance: Chance
  readonly shopify: ShopifyState
  readonly youcan: YouCanState
  readonly woocommerce: WooCommerceState
  readonly lightfunnels: LightFunnelsState
  readonly generic: GenericState
  readonly sendit: SenditState
  readonly whatsapp: WhatsAppState
  readonly mails: Mail[]
  readonly deliveries: Delivery[]
  readonly streams: Stream[]
}

/** One call that a provider received, for tests that count them. */
export interface Call {
  readonly provider: Provider
  readonly at: string
  readonly method: string
  readonly path: string
  status: number | null
  fault: string | null
}

/** The sandbox while it runs: its state, and what ends with the process. */
export interface World {
  state: State
  /** Raised by everything that may have changed the state, so that an idle world is not written again and again. */
  changes: number
  readonly seed: number
  readonly now: () => Date
  readonly faults: Faults
  readonly calls: Call[]
  readonly timers: Timers
  readonly streamTimers: Timers
  /** Webhooks kept back to arrive after younger ones. */
  readonly held: Map<Provider, (() => Promise<void>)[]>
  readonly stopping: AbortController
  /** Factor on the waits before retries: 1 as written, less for tests in a hurry. */
  readonly pace: number
  /** Webhooks for this address go by another one: in containers the public one leads elsewhere. */
  readonly reach: { readonly address: string; readonly by: string } | null
  /** Secrets of the apps that shops may install, by client id. */
  readonly appSecrets: ReadonlyMap<string, string>
}

/** A new number, larger than any before, also after a restart that forgot all: ids in the outside world never repeat. */
export const nextId = (world: World): number => {
  world.state.lastId = Math.max(world.state.lastId + 1, world.now().getTime() * 1000)
  return world.state.lastId
}

/** Adds to a log that forgets its oldest entries. */
export const remember = <T>(log: T[], entry: T, most: number): T => {
  log.push(entry)
  if (log.length > most) log.splice(0, log.length - most)
  return entry
}
