import { noFaults } from './faults.ts'
import { noGenericState } from './generic/hook.ts'
import { noLightFunnelsState } from './lightfunnels/state.ts'
import { noSenditState } from './sendit/state.ts'
import { noShopifyState } from './shopify/state.ts'
import { createTimers } from './timers.ts'
import { noWhatsAppState } from './whatsapp/state.ts'
import { noWooCommerceState } from './woocommerce/state.ts'
import type { State, World } from './world.ts'
import { noYouCanState } from './youcan/state.ts'

export interface WorldOptions {
  readonly now?: () => Date
  readonly seed?: number
  readonly pace?: number
  readonly reach?: World['reach']
  readonly apps?: readonly { readonly clientId: string; readonly clientSecret: string }[]
}

/** A world in which nothing has happened yet. */
export const createWorld = ({
  now = () => new Date(),
  seed = 1,
  pace = 1,
  reach = null,
  apps = [],
}: WorldOptions): World => ({
  state: emptyState(seed, 0),
  changes: 0,
  seed,
  now,
  faults: noFaults(now),
  calls: [],
  timers: createTimers(),
  streamTimers: createTimers(),
  held: new Map(),
  stopping: new AbortController(),
  pace,
  reach,
  appSecrets: new Map([['demo', 'demo'], ...apps.map((app) => [app.clientId, app.clientSecret] as const)]),
})

const emptyState = (seed: number, lastId: number): State => ({
  lastId,
  chance: { seed },
  shopify: noShopifyState(),
  youcan: noYouCanState(),
  woocommerce: noWooCommerceState(),
  lightfunnels: noLightFunnelsState(),
  generic: noGenericState(),
  sendit: noSenditState(),
  whatsapp: noWhatsAppState(),
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
