import { dayOf } from '@sendocki/domain/time'
import type { Actor } from '../../src/context.ts'
import { createAccount, editAccount, readAccount } from '../../src/modules/carriers/carriers.commands.ts'
import { addPlaces, readPlaces } from '../../src/modules/carriers/places.commands.ts'
import { learnWord } from '../../src/modules/parcels/index.ts'
import { createStore } from '../../src/modules/stores/stores.commands.ts'
import { randomToken } from '../../src/secrets.ts'
import { localCities, localWords } from './local-carrier.ts'
import type { Past } from './past.ts'
import type { CarrierName } from './story.ts'

export interface Shop {
  readonly id: string
  readonly name: string
  /** Where its deliveries go, and what signs them. */
  readonly webhookUrl: string
  readonly webhookSecret: string
}

/** A Shopify shop and a YouCan shop that only send, and a landing page on the generic hook. */
export const connectShops = async (past: Past, instant: number, owner: Actor): Promise<readonly Shop[]> => {
  const shops: Shop[] = []
  for (const { name, ...input } of [
    { platform: 'shopify', name: 'Dar Lamya', shop: 'dar-lamya-demo.myshopify.com' } as const,
    { platform: 'youcan', name: 'Lumière du Sud' } as const,
    { platform: 'generic', name: 'Page de vente argan' } as const,
  ]) {
    const given = input.platform === 'generic' ? null : randomToken()
    const credentials = given === null ? {} : { credentials: { webhookSecret: given } }
    const store = await createStore(past.at(instant, owner), { name, ...input, ...credentials })
    const secret = given ?? store.webhookSecret
    if (!store.webhookUrl || !secret) throw new Error('A store of the demo has no webhook.')
    shops.push({ id: store.id, name, webhookUrl: store.webhookUrl, webhookSecret: secret })
  }
  past.settleJobs()
  return shops
}

/** From a delivery to the carrier's payment. */
export const payoutDays = 14

/** An account of its own at the sandbox's Sendit: `demo-…` with the secret `demo` (see apps/sandbox/README.md). */
export const carrierKeys = { publicKey: 'demo-dar-lamya', secretKey: 'demo' }

/** The account that each carrier of the demo has. */
export type CarrierAccounts = Readonly<Record<CarrierName, string>>

/** Sendit, a carrier of the region that has only a portal, and a driver of the house for the own town. */
export const connectCarriers = async (
  past: Past,
  instant: number,
  { owner, driver }: { readonly owner: Actor; readonly driver: Actor },
): Promise<CarrierAccounts> => {
  const sendit = await connectSendit(past, instant, owner)
  const ctx = past.at(instant, owner)
  const local = await createAccount(ctx, {
    ...{ carrier: 'manual', name: 'Chellah Messagerie' },
    settings: { payoutRhythm: { kind: 'week', days: [5] } },
  })
  await addPlaces(ctx, past.tx, local.id, localCities, dayOf(ctx.now))
  for (const { word, status } of Object.values(localWords))
    await learnWord(past.tx, local.id, word, status, ctx.now.toISOString())
  const fleet = await createAccount(ctx, {
    ...{ carrier: 'manual', name: 'Livraison maison' },
    driverMemberId: driver.memberId,
  })
  return { sendit, local: local.id, fleet: fleet.id }
}

/** Really connects the carrier: keys tried, destinations read, a pick-up place chosen. Returns the account's id. */
const connectSendit = async (past: Past, instant: number, owner: Actor): Promise<string> => {
  const ctx = past.at(instant, owner)
  const { id } = await createAccount(ctx, {
    ...{ carrier: 'sendit', name: 'Sendit', credentials: carrierKeys },
    settings: { payoutDays },
  })
  await past.run(instant, 'carriers.connect', { carrierAccountId: id })
  await past.run(instant, 'carriers.sync_places', { carrierAccountId: id })
  const { items } = await readPlaces(ctx, id, { pickup: true, q: 'Casablanca', limit: 1 })
  const [place] = items
  if (!place) throw new Error('The sandbox played no Sendit: no place to fetch parcels from.')
  const { version } = await readAccount(ctx, id)
  const pickupPlaceId = place.placeId
  await editAccount(ctx, id, {
    version,
    settings: {
      ...{ pickupPlaceId, pickupName: 'Dar Lamya', pickupPhone: '0600000001' },
      pickupAddress: '14 rue des Orangers, Maârif',
    },
  })
  await past.run(instant, 'carriers.sync_places', { carrierAccountId: id })
  return id
}
