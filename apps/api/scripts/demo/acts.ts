import type { paymentModes } from '@sendocki/domain/cash/collection'
import type { Pipeline } from '@sendocki/domain/orders/pipeline-schema'
import type { Actor } from '../../src/context.ts'
import { mapOf } from '../../src/modules/carriers/index.ts'
import { markCollections } from '../../src/modules/cash/collections.commands.ts'
import { editOrder } from '../../src/modules/orders/edits.commands.ts'
import { receiveShopOrder } from '../../src/modules/orders/index.ts'
import { moveOrder } from '../../src/modules/orders/moves.commands.ts'
import { everything, findOrder } from '../../src/modules/orders/orders.queries.ts'
import { acceptBooking, takeBookingTurn } from '../../src/modules/parcels/booking.commands.ts'
import { intendParcels } from '../../src/modules/parcels/index.ts'
import { lockParcel } from '../../src/modules/parcels/parcels.queries.ts'
import { applyNews, mapStatus } from '../../src/modules/parcels/tracking.commands.ts'
import type { Chance } from '../../src/modules/samples/chance.ts'
import { drive, numberByFile, readFromFile } from './by-hand.ts'
import { type CarrierAccounts, payoutDays, type Shop } from './connections.ts'
import type { Founded } from './founding.ts'
import type { Act } from './life.ts'
import type { Past } from './past.ts'
import { type CarrierName, type Life, lostWord } from './story.ts'

/** A life as far as it was played. */
export interface Played {
  readonly life: Life
  orderId: string | null
  parcelId: string | null
  deliveredAt: number | null
  /** Nothing more happens: it is with the real carrier now, or was called off before its time. */
  over: boolean
}

export interface Scene {
  readonly past: Past
  readonly people: Founded
  readonly shops: readonly Shop[]
  readonly carriers: CarrierAccounts
  readonly pipeline: Pipeline
  readonly chance: Chance
  /** Parcels handed over after this are booked with the sandbox itself, so that a visitor can follow them there. */
  readonly realFrom: number
}

/** Plays one moment of one order by the command that the product has for it. */
export const play = async (scene: Scene, played: Played, at: number, act: Exclude<Act, { kind: 'ship' }>) => {
  switch (act.kind) {
    case 'arrive':
      return arrive(scene, played, at)
    case 'complete':
      return complete(scene, played, at)
    case 'move':
      return move(scene, played, at, act)
    case 'news':
      return hear(scene, played, at, act)
  }
}

const arrive = async ({ past, shops }: Scene, played: Played, at: number): Promise<void> => {
  const { order, shop } = played.life
  const { id: storeId, name: storeName } = shops[shop] as Shop
  const delivery = { storeId, storeName, order, trust: 'signed' } as const
  played.orderId = (await receiveShopOrder(past.at(at), past.tx, delivery)).orderId
}

const seen = async ({ past }: Scene, { orderId }: Played) => {
  const row = orderId === null ? undefined : await findOrder(past.tx, everything, orderId)
  if (!row) throw new Error('An order of the demo acts before it arrives.')
  return { id: row.id, version: row.version }
}

const agentOf = ({ people }: Scene, { life }: Played): Actor => people.agents[life.agent] ?? people.manager

const complete = async (scene: Scene, played: Played, at: number): Promise<void> => {
  const { customer, address } = played.life.order
  await editOrder(scene.past.at(at, agentOf(scene, played)), {
    ...(await seen(scene, played)),
    ...(customer.phones.length === 0 ? { customer: { phone: `06000${scene.chance.between(10_000, 99_999)}` } } : {}),
    ...(address.city === null ? { shippingAddress: { city: 'Casablanca' } } : {}),
  })
}

type MoveAct = Extract<Act, { kind: 'move' }>

const move = async (scene: Scene, played: Played, at: number, { to, reason, by }: MoveAct): Promise<void> => {
  const { stages, reasons } = scene.pipeline
  const state = to === 'preparation' ? null : to
  const stage = stages.find((one) => one.state === state)
  const why = reason === undefined ? undefined : reasons.find((one) => one.key === reason && one.state === state)
  if (!stage) throw new Error(`The pipeline has no stage for ${to}.`)
  const actor = by === 'manager' ? scene.people.manager : agentOf(scene, played)
  await moveOrder(scene.past.at(at, actor), {
    ...(await seen(scene, played)),
    ...{ stageId: stage.id, ...(why ? { reasonId: why.id } : {}) },
  })
}

/** Hands a round of orders to their carriers. */
export const ship = async (scene: Scene, round: readonly Played[], at: number): Promise<void> => {
  for (const [carrier, some] of Map.groupBy(round, ({ life }) => life.carrier)) await handOver(scene, carrier, some, at)
}

/** What the carrier does not serve is called off. */
const handOver = async (scene: Scene, carrier: CarrierName, round: readonly Played[], at: number): Promise<void> => {
  const { past, people } = scene
  const byOrder = new Map(round.map((played) => [played.orderId ?? '', played]))
  const asked = { orderIds: [...byOrder.keys()], carrierAccountId: scene.carriers[carrier] }
  const intend = () => intendParcels(past.at(at, people.manager), past.tx, asked)
  const isReal = carrier === 'sendit' && at >= scene.realFrom
  const results = await (isReal ? past.forReal(intend) : intend())
  for (const { orderId, parcelId, refusal } of results) {
    const played = byOrder.get(orderId)
    if (!played) continue
    played.parcelId = parcelId
    played.over = isReal || refusal !== null
    if (refusal) await move(scene, played, at, { kind: 'move', to: 'cancelled', reason: 'not_served', by: 'manager' })
    else if (parcelId && carrier === 'sendit' && !isReal) await book(scene, parcelId, at)
  }
  if (carrier === 'local') await numberByFile(scene, parcelIds(round), at)
}

/** What the booking job does, with an answer that a carrier of the past gave half a minute later. */
const book = async ({ past, chance }: Scene, parcelId: string, at: number): Promise<void> => {
  const turn = await takeBookingTurn(past.at(at + 2_000), parcelId)
  if (turn.kind !== 'call') throw new Error('A parcel of the demo cannot be booked.')
  const bookedAt = at + chance.between(20, 60) * 1_000
  await acceptBooking(past.at(bookedAt), parcelId, {
    trackingNumber: `DHX${String(chance.between(0, 99_999_999)).padStart(8, '0')}`,
    reference: turn.request.reference,
    ...{ raw: 'PENDING', word: { kind: 'known', status: 'created' } },
    ...{ at: new Date(bookedAt).toISOString(), feeCentimes: null },
  })
}

type NewsAct = Extract<Act, { kind: 'news' }>

const hear = async (scene: Scene, played: Played, at: number, { word: raw, comment }: NewsAct): Promise<void> => {
  const { past } = scene
  const parcel = played.parcelId === null ? undefined : await lockParcel(past.tx, played.parcelId)
  if (!parcel) throw new Error('A parcel of the demo is spoken of before it is booked.')
  const ctx = past.at(at)
  const word = mapOf(ctx, 'sendit').wordOf(raw)
  if (played.life.carrier === 'local') await readFromFile(scene, parcel.id, at, { word: raw, comment })
  else if (played.life.carrier === 'fleet') await drive(scene, parcel.id, at, { word: raw, comment })
  else {
    const news = { raw, word, at: ctx.now.toISOString(), comment, attempts: null }
    await applyNews(ctx, past.tx, parcel, [news], 'webhook')
  }
  if (word.kind === 'known' && word.status === 'delivered') played.deliveredAt = at
}

/** The manager explains a word that the carrier has used and no catalogue has: those parcels are lost. */
export const explainLostWord = async ({ past, people, carriers }: Scene, at: number): Promise<void> => {
  const carrierStatus = lostWord
  const carrierAccountId = carriers.sendit
  await mapStatus(past.at(at, people.manager), carrierAccountId, { carrierStatus, status: 'lost' })
  await past.run(at, 'tracking.reread', { carrierAccountId, carrierStatus })
}

const day = 86_400_000

/** How a carrier pays: what it has kept for so many days, what share of that, and how. */
interface Paying {
  readonly days: number
  readonly share: number
  readonly mode: (typeof paymentModes)[number]
  readonly prefix: string
}
const payments: Readonly<Record<CarrierName, Paying>> = {
  sendit: { days: payoutDays, share: 0.5, mode: 'transfer', prefix: 'VIR' },
  local: { days: 3, share: 0.9, mode: 'cheque', prefix: 'CHQ' },
  fleet: { days: 0, share: 1, mode: 'cash', prefix: 'CAISSE' },
}

/** The payments of a Friday: what each carrier pays of that which it has kept for long enough is marked as received. */
export const collect = async (scene: Scene, due: Set<Played>, at: number): Promise<void> => {
  for (const [carrier, owed] of Map.groupBy(due, ({ life }) => life.carrier)) {
    const { days, share, mode, prefix } = payments[carrier]
    const paid = owed.filter(
      ({ deliveredAt }) => deliveredAt !== null && at - deliveredAt > days * day && scene.chance.happens(share),
    )
    if (paid.length === 0) continue
    for (const played of paid) due.delete(played)
    await markCollections(scene.past.at(at, scene.people.manager), {
      ...{ parcelIds: parcelIds(paid), status: 'collected', mode },
      reference: `${prefix}-${new Date(at).toISOString().slice(0, 10)}`,
    })
  }
}

/** The oldest sums that never came are disputed with the carrier. */
export const dispute = async (scene: Scene, due: Set<Played>, at: number): Promise<void> => {
  const owed = [...due].filter(({ life }) => life.carrier === 'sendit')
  const oldest = owed.sort((a, b) => (a.deliveredAt ?? 0) - (b.deliveredAt ?? 0)).slice(0, 3)
  if (oldest.length === 0) return
  await markCollections(scene.past.at(at, scene.people.manager), {
    ...{ parcelIds: parcelIds(oldest), status: 'in_dispute', note: 'Montant absent du virement' },
  })
}

const parcelIds = (some: readonly Played[]): string[] => some.flatMap(({ parcelId }) => parcelId ?? [])
