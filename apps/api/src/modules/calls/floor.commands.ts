import type { CallFloor, CallQueue, PauseCalls } from '@sendocki/domain/calls/call-schema'
import { isCallTime, nextCallTime } from '@sendocki/domain/calls/hours'
import { inRiskOrder, riskLookahead } from '@sendocki/domain/calls/queue'
import { cityById } from '@sendocki/domain/places/cities'
import { queueStep } from '@sendocki/domain/risk/settings'
import { dayOf, startOfDay, wallClockOf } from '@sendocki/domain/time'
import { type Ctx, type MerchantTx, memberOf } from '../../context.ts'
import { readCallSettings } from '../call-settings/index.ts'
import { findLeaseOf, freeLeasesOf, leaseOf, liveLeases } from '../leases/index.ts'
import { readRiskSettings } from '../risk/index.ts'
import {
  countAttempts,
  countDue,
  dueTasks,
  endPause,
  findPause,
  insertPause,
  openPauses,
  promisedTasks,
  readLateness,
} from './calls.queries.ts'
import { shareOf } from './claiming.commands.ts'
import { attemptHours, callers, countDuplicatesShipped } from './floor.queries.ts'
import { readLacks } from './lacks.commands.ts'

const firstTasks = 30
const firstPromises = 10
const duplicateDays = 7

/** What waits for the actor: how many of each kind, the first of them, and what the actor has done today. */
export const readQueue = (ctx: Ctx): Promise<CallQueue> =>
  ctx.read(async (tx) => {
    const memberId = memberOf(ctx)
    const [settings, risk] = await Promise.all([readCallSettings(tx), readRiskSettings(tx)])
    const share = shareOf(ctx, settings)
    const step = queueStep(risk)
    const [due, promised, counts, lateness, lease, pause, [today]] = await Promise.all([
      dueTasks(tx, share, step === 0 ? firstTasks : riskLookahead),
      promisedTasks(tx, share, firstPromises),
      countDue(tx, share.now, share),
      readLateness(tx, share),
      findLeaseOf(tx, memberId),
      findPause(tx, memberId),
      countAttempts(tx, startOfDay(dayOf(ctx.now)), memberId),
    ])
    const tasks = [...inRiskOrder(due, step).slice(0, firstTasks), ...promised]
    const lackOf = tasks.some(({ kind }) => kind === 'said_yes') ? await readLacks(tx) : () => null
    const opensAt = isCallTime(settings, ctx.now) ? null : nextCallTime(settings, ctx.now).toISOString()
    return {
      open: opensAt === null,
      opensAt,
      opensOn: opensAt === null ? null : wallClockOf(opensAt),
      counts,
      overdueCount: lateness.overdueCount,
      items: tasks.map(({ holderId, holderName, phone, cityId, addressLine, ...task }) => ({
        ...task,
        lacks: task.kind === 'said_yes' ? lackOf({ ...task, phone, cityId, addressLine }) : null,
        city: cityOf(cityId),
        holder: holderId === null ? null : { id: holderId, name: holderName ?? '' },
      })),
      lease: lease ? leaseOf(lease) : null,
      pause: pause ?? null,
      digitKeys: settings.digitKeys,
      wrapUpSeconds: settings.wrapUpSeconds,
      today: figuresOf(today),
    }
  })

const cityOf = (id: string | null): { id: string; name: string } | null => {
  const city = id === null ? undefined : cityById.get(id)
  return city ? { id: city.id, name: city.fr } : null
}

const figuresOf = (row: Partial<CallQueue['today']> | undefined): CallQueue['today'] => ({
  attemptCount: row?.attemptCount ?? 0,
  reachedCount: row?.reachedCount ?? 0,
  confirmedCount: row?.confirmedCount ?? 0,
})

/** Stops giving calls to the actor, with the reason, or begins again. Whoever stops holds nobody. */
export const pauseCalls = (ctx: Ctx, { reason }: PauseCalls): Promise<null> =>
  ctx.transaction(async (tx) => {
    const memberId = memberOf(ctx)
    const now = ctx.now.toISOString()
    const before = await findPause(tx, memberId)
    if ((before?.reason ?? null) === reason) return null
    await endPause(tx, memberId, now)
    if (reason !== null) {
      await insertPause(tx, { id: ctx.newId(), memberId, reason, startedAt: now })
      await freeLeasesOf(tx, memberId)
    }
    ctx.record(tx, {
      type: reason === null ? 'member.calls_resumed' : 'member.calls_paused',
      subject: { kind: 'member', id: memberId },
      data: { reason: reason ?? before?.reason ?? null },
      touches: [{ noun: 'call', id: memberId }],
    })
    return null
  })

/** Who is on what, what waits, and how the day goes. */
export const readFloor = (ctx: Ctx): Promise<CallFloor> =>
  ctx.read(async (tx) => {
    const settings = await readCallSettings(tx)
    const now = ctx.now.toISOString()
    const today = startOfDay(dayOf(ctx.now))
    const share = shareOf(ctx, settings)
    const [counts, lateness, hours, duplicatesShippedCount, people] = await Promise.all([
      countDue(tx, now, null),
      readLateness(tx, share),
      attemptHours(tx, today),
      countDuplicatesShipped(tx, new Date(ctx.now.getTime() - duplicateDays * 86_400_000).toISOString()),
      readPeople(tx, today),
    ])
    return {
      open: isCallTime(settings, ctx.now),
      members: people,
      counts,
      ...lateness,
      hours: hours.map(({ at, ...figures }) => ({ hour: wallClockOf(at).hour, ...figures })),
      duplicatesShippedCount,
    }
  })

const readPeople = async (tx: MerchantTx, today: string): Promise<CallFloor['members']> => {
  const [people, leases, pauses, figures] = await Promise.all([
    callers(tx),
    liveLeases(tx),
    openPauses(tx),
    countAttempts(tx, today),
  ])
  return people.map(({ id, name, assignedCount }) => {
    const held = leases.find(({ lease }) => lease.memberId === id)
    const pause = pauses.find(({ memberId }) => memberId === id)
    const done = figures.find(({ memberId }) => memberId === id)
    return {
      id,
      name,
      assignedCount,
      lease: held ? leaseOf(held.lease) : null,
      orderNumber: held?.orderNumber ?? null,
      customerName: held?.customerName ?? null,
      pause: pause ? { reason: pause.reason, since: pause.since } : null,
      lastAttemptAt: done?.lastAt ?? null,
      today: figuresOf(done),
    }
  })
}
