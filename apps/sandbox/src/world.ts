import type { Chance } from './chance.ts'
import { type Faults, noFaults, type Provider } from './faults.ts'
import { type GenericState, noGenericState } from './generic/hook.ts'
import type { Mail } from './mailbox/mail.ts'
import type { Stream } from './control/stream.ts'
import type { Delivery } from './outgoing.ts'
import { noSenditState, type SenditState } from './sendit/state.ts'
import { noShopifyState, type ShopifyState } from './shopify/state.ts'
import { createTimers, type Timers } from './timers.ts'

/** All that the outside world remembers: plain data, so that it can be kept between two starts. */
export interface State {
  lastId: number
  readonly chance: Chance
  readonly shopify: ShopifyState
  readonly generic: GenericState
  readonly sendit: SenditState
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
  /** Secrets of the apps that shops may install, by client id. */
  readonly appSecrets: ReadonlyMap<string, string>
}

export interface WorldOptions {
  readonly now?: () => Date
  readonly seed?: number
  readonly pace?: number
  readonly apps?: readonly { readonly clientId: string; readonly clientSecret: string }[]
}

export const createWorld = ({ now = () => new Date(), seed = 1, pace = 1, apps = [] }: WorldOptions): World => ({
  state: emptyState(seed, 0),
  seed,
  now,
  faults: noFaults(now),
  calls: [],
  timers: createTimers(),
  streamTimers: createTimers(),
  held: new Map(),
  stopping: new AbortController(),
  pace,
  appSecrets: new Map([['demo', 'demo'], ...apps.map((app) => [app.clientId, app.clientSecret] as const)]),
})

const emptyState = (seed: number, lastId: number): State => ({
  lastId,
  chance: { seed },
  shopify: noShopifyState(),
  generic: noGenericState(),
  sendit: noSenditState(),
  mails: [],
  deliveries: [],
  streams: [],
})

/** Forgets everything but the last id, because those who use the sandbox remember the ids they were given. */
export const resetWorld = (world: World): void => {
  world.state = emptyState(world.seed, world.state.lastId)
  world.faults.list.splice(0)
  world.calls.splice(0)
  world.held.clear()
  world.timers.clear()
  world.streamTimers.clear()
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
