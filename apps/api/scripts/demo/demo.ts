import { defaultRiskSettings } from '@sendocki/domain/risk/settings'
import { sql } from 'drizzle-orm'
import type { PlatformTx } from '../../src/db/client.ts'
import type { Deps } from '../../src/deps.ts'
import { storeInbound } from '../../src/modules/inbound/index.ts'
import { pipelineOf } from '../../src/modules/pipeline/index.ts'
import { changeRiskSettings } from '../../src/modules/risk/risk.commands.ts'
import { chanceFrom, demoSeed } from '../../src/modules/samples/chance.ts'
import { noteDelivery } from '../../src/modules/stores/stores.queries.ts'
import { collect, dispute, explainLostWord, type Played, play, type Scene, ship } from './acts.ts'
import { stockCatalogue } from './catalogue.ts'
import { connectCarriers, connectShops, type Shop } from './connections.ts'
import { type Founded, foundDemo } from './founding.ts'
import { paymentDays } from './life.ts'
import { openPast, type Past } from './past.ts'
import { lostWord, type Size, tellStory } from './story.ts'

const hour = 3_600_000
const day = 24 * hour

export interface Demo {
  readonly orders: number
}

/**
 * Makes the demo merchant and plays its days up to now through the commands of the product, in one transaction: a
 * process that is killed meanwhile leaves nothing behind. Undefined when the demo is there already.
 */
export const makeDemo = (deps: Pick<Deps, 'world' | 'ports'>, size: Size): Promise<Demo | undefined> =>
  deps.world.database.platform(async (tx) => {
    const now = deps.world.clock().getTime()
    const begin = now - (size.days + 1) * day
    const people = await foundDemo(deps.world, tx, begin)
    if (!people) return undefined
    const past = openPast(deps, await patient(tx, people.merchantId))
    const shops = await connectShops(past, begin + hour, people.owner)
    await stockCatalogue(past, begin + 2 * hour, people.manager)
    const carriers = await connectCarriers(past, begin + 3 * hour, people)
    const scene: Scene = {
      ...{ past, people, shops, carriers },
      pipeline: await pipelineOf(past.tx),
      chance: chanceFrom(demoSeed),
      realFrom: now - 8 * hour,
    }
    const orders = await playStory(scene, now, size)
    await readRisk(past, people, now)
    await endOfDay(past, people, shops, now)
    return { orders }
  })

/** The journal of all the days is written by one statement at the end, which takes longer than a request may. */
const patient = async (tx: PlatformTx, merchantId: string): Promise<Past['tx']> => {
  const merchantTx = await tx.inMerchant(merchantId)
  await merchantTx.db.execute(sql`set local statement_timeout = '60s'`)
  return merchantTx
}

interface Scheduled {
  readonly at: number
  readonly does: () => Promise<void>
}

/** Plays what has happened so far, everything in the order of time. Returns the number of orders that arrived. */
const playStory = async (scene: Scene, now: number, size: Size): Promise<number> => {
  const lives = tellStory(now, size).map(
    (life): Played => ({
      ...{ life, orderId: null, parcelId: null, deliveredAt: null, over: false },
    }),
  )
  const due = new Set<Played>()
  const rounds = new Map<number, Played[]>()
  const scheduled = lives.flatMap((played) =>
    played.life.moments.flatMap(({ at, act }): Scheduled[] => {
      if (act.kind === 'ship') {
        rounds.set(at, [...(rounds.get(at) ?? []), played])
        return []
      }
      return [{ at, does: () => one(scene, played, due, at, act) }]
    }),
  )
  const further = [
    ...[...rounds].map(([at, round]) => ({ at, does: () => ship(scene, round, at) })),
    ...paymentDays(now - size.days * day, now).map((at) => ({ at, does: () => collect(scene, due, at) })),
    ...explanations(scene, lives, now),
    { at: now - 2 * hour, does: () => dispute(scene, due, now - 2 * hour) },
  ]
  const happened = [...scheduled, ...further].filter(({ at }) => at < now).sort((a, b) => a.at - b.at)
  for (const { does } of happened) {
    await does()
    scene.past.settleJobs()
  }
  return lives.filter(({ orderId }) => orderId !== null).length
}

const one = async (
  scene: Scene,
  played: Played,
  due: Set<Played>,
  at: number,
  act: Parameters<typeof play>[3],
): Promise<void> => {
  if (played.over) return
  await play(scene, played, at, act)
  if (played.deliveredAt === at) due.add(played)
}

/** A lost parcel is understood some days after the last of them was spoken of. */
const explanations = (scene: Scene, lives: readonly Played[], now: number): Scheduled[] => {
  const told = lives.flatMap(({ life }) =>
    life.moments.flatMap(({ at, act }) => (act.kind === 'news' && act.word === lostWord && at < now ? [at] : [])),
  )
  const at = Math.max(...told) + 2 * hour
  return told.length > 0 && at < now ? [{ at, does: () => explainLostWord(scene, at) }] : []
}

/** The owner has the past read, by rules that suit a shop whose parcels mostly arrive: open orders say their risk, and why. */
const readRisk = async (past: Past, { owner }: Founded, now: number): Promise<void> => {
  const { rules } = defaultRiskSettings
  const settings = {
    ...{ ...defaultRiskSettings, enabled: true, thresholds: { medium: 25, high: 45 } },
    rules: {
      ...rules,
      city_returned: { ...rules.city_returned, percent: 22 },
      product_returned: { ...rules.product_returned, percent: 22 },
    },
  }
  await changeRiskSettings(past.at(now, owner), { settings, version: 1 })
  await past.run(now, 'risk.refresh', {})
}

/** What the shops' lights and the list of dead letters show: the last deliveries, one of them unreadable. */
const endOfDay = async (past: Past, people: Founded, shops: readonly Shop[], now: number): Promise<void> => {
  for (const [index, { id }] of shops.entries())
    await noteDelivery(past.tx, id, new Date(now - (index + 1) * 4 * 60_000).toISOString())
  const page = shops.at(-1)
  if (!page) return
  const at = now - 3 * hour
  const ctx = past.at(at, { ...people.owner, kind: 'shop', id: page.id, role: null })
  await past.forReal(() =>
    storeInbound(ctx, past.tx, {
      ...{ connectionKind: 'store', connectionId: page.id, deliveryKey: 'demo-unreadable', kind: 'hook' },
      ...{ topic: 'order', trust: 'signed', subject: null, subjectVersion: null, sentAt: ctx.now.toISOString() },
      body: Buffer.from('{"external_id":"LP-DEMO","items":"deux lampes"}'),
    }),
  )
}
