import { outagePauseSeconds, spendCall } from '@sendocki/domain/carriers/budget'
import {
  CarrierCallFailed,
  type CarrierConnection,
  type CarrierPort,
  type CarrierSession,
  type Kept,
} from '../../adapters/carriers/port.ts'
import type { JobCtx, MerchantTx } from '../../context.ts'
import { GiveUp, type Handlers, TryLater } from '../../jobs/engine.ts'
import { openCredentials, readLane, settingsOf, writeLane } from './carriers.commands.ts'
import {
  type AccountRow,
  findAccount,
  lockSession,
  saveAccountState,
  saveBudget,
  saveMood,
  saveSession,
} from './carriers.queries.ts'
import { storePlaces } from './places.commands.ts'

const sessionPlace = (merchantId: string, id: string) => `${merchantId}/carrier_sessions.session/${id}`
/** Seconds to leave a carrier alone that is busy and does not say for how long. */
const quietSeconds = 60

/**
 * One call to a carrier: inside the account's hourly budget and outside any pause it asked for, with its token kept for
 * the next one. Throws `CarrierCallFailed`; what concerns the whole account (refused keys, a pause) is stored first.
 */
export const callCarrier = async <T>(
  ctx: JobCtx,
  carrierAccountId: string,
  call: (port: CarrierPort, connection: CarrierConnection) => Promise<Kept<T>>,
): Promise<T> => {
  const { port, connection, failures } = await openConnection(ctx, carrierAccountId)
  try {
    const { value, session, answered = true } = await call(port, connection)
    await keepSession(ctx, carrierAccountId, connection.session, session)
    if (!answered) await noteSilence(ctx, carrierAccountId)
    else if (failures > 0) await ctx.transaction((tx) => saveMood(tx, carrierAccountId, { failures: 0 }))
    return value
  } catch (error) {
    if (error instanceof CarrierCallFailed) await noteFailure(ctx, carrierAccountId, error)
    throw error
  }
}

interface Opened {
  readonly port: CarrierPort
  readonly connection: CarrierConnection
  readonly failures: number
}

const openConnection = (ctx: JobCtx, id: string): Promise<Opened> =>
  ctx.transaction(async (tx) => {
    const account = await findAccount(tx, id)
    const port = account && ctx.ports.carriers[account.carrier]
    if (!account || !port) throw new GiveUp('carrier_account.not_found', 'The carrier account is gone.')
    if (account.status === 'reconnect') throw new CarrierCallFailed('credentials', 'The keys were refused before.')
    return { port, ...(await connectionOf(ctx, tx, account)) }
  })

const connectionOf = async (ctx: JobCtx, tx: MerchantTx, account: AccountRow): Promise<Omit<Opened, 'port'>> => {
  const kept = await lockSession(tx, account.id)
  const settings = settingsOf(account.settings)
  const spending = spendCall(kept ?? null, settings.callsPerHour, ctx.clock())
  if (spending.kind === 'wait')
    throw new CarrierCallFailed('busy', 'This account is to be left alone for a while.', spending.seconds)
  await saveBudget(tx, account.id, spending.budget)
  const session = kept?.session
    ? (JSON.parse(
        ctx.secrets.open(kept.session, sessionPlace(ctx.merchantId, account.id)).toString(),
      ) as CarrierSession)
    : { token: null }
  const credentials = openCredentials(ctx, ctx.merchantId, account.id, account.credentials)
  return { connection: { credentials, settings, session }, failures: spending.budget.failures }
}

const keepSession = async (ctx: JobCtx, id: string, before: CarrierSession, after: CarrierSession): Promise<void> => {
  if (before.token === after.token) return
  const sealed = ctx.secrets.seal(JSON.stringify(after), sessionPlace(ctx.merchantId, id))
  await ctx.transaction((tx) => saveSession(tx, id, sealed))
}

const noteFailure = (ctx: JobCtx, id: string, failure: CarrierCallFailed): Promise<void> =>
  ctx.transaction(async (tx) => {
    if (failure.kind === 'busy') {
      const seconds = failure.retryAfterSeconds ?? quietSeconds
      await saveMood(tx, id, { pausedUntil: later(ctx, seconds) })
    }
    if (failure.kind === 'unavailable') await countSilence(ctx, tx, id)
    if (failure.kind === 'credentials') await noteRefusedKeys(ctx, tx, id)
  })

const later = (ctx: JobCtx, seconds: number): string => new Date(ctx.clock().getTime() + seconds * 1000).toISOString()

/** A carrier that does not answer is asked less and less often, by all jobs of the account together. */
const countSilence = async (ctx: JobCtx, tx: MerchantTx, id: string): Promise<void> => {
  const failures = ((await lockSession(tx, id))?.failures ?? 0) + 1
  const seconds = outagePauseSeconds(failures)
  await saveMood(tx, id, { failures, ...(seconds > 0 ? { pausedUntil: later(ctx, seconds) } : {}) })
}

const noteSilence = (ctx: JobCtx, id: string): Promise<void> => ctx.transaction((tx) => countSilence(ctx, tx, id))

const noteRefusedKeys = async (ctx: JobCtx, tx: MerchantTx, id: string): Promise<void> => {
  const account = await findAccount(tx, id)
  if (!account || account.status === 'reconnect' || account.status === 'disabled') return
  const problem = 'carrier.credentials_refused'
  await saveAccountState(tx, id, { status: 'reconnect', problem })
  await saveSession(tx, id, null)
  ctx.record(tx, {
    type: 'carrier_account.refused',
    subject: { kind: 'carrier_account', id },
    before: { status: account.status },
    after: { status: 'reconnect', problem },
  })
}

/** What a failed call means for the job that made it; `queue` is the lane in which it waits. */
export const asJobError = (error: unknown, queue: string): unknown => {
  if (!(error instanceof CarrierCallFailed)) return error
  switch (error.kind) {
    case 'busy':
      return new TryLater(error.retryAfterSeconds ?? quietSeconds, error.message, queue)
    case 'credentials':
      return new GiveUp('carrier.credentials_refused', error.message)
    case 'refused':
      return new GiveUp('carrier.refused', error.message)
    case 'unavailable':
      return error
  }
}

/** Tries the keys; when they work, the destinations are read and what waited for the account goes on. */
const connect: Handlers['carriers.connect'] = async (ctx, { merchantId, carrierAccountId }) => {
  const queue = writeLane(carrierAccountId)
  try {
    await callCarrier(ctx, carrierAccountId, async (port, connection) => {
      const session = await port.connect(connection)
      return { value: undefined, session }
    })
  } catch (error) {
    // Refused keys are a state that the screen shows and a person repairs, not a job that failed.
    if (error instanceof CarrierCallFailed && error.kind === 'credentials') return
    throw asJobError(error, queue)
  }
  await ctx.transaction(async (tx) => {
    const account = await findAccount(tx, carrierAccountId)
    if (!account || account.status === 'disabled') return
    await saveAccountState(tx, carrierAccountId, { status: 'connected', problem: null })
    ctx.record(tx, {
      type: 'carrier_account.connected',
      subject: { kind: 'carrier_account', id: carrierAccountId },
      before: { status: account.status },
      after: { status: 'connected' },
    })
    const payload = { merchantId, carrierAccountId }
    ctx.enqueue(tx, 'carriers.sync_places', payload, {
      key: `carriers.sync_places:${carrierAccountId}`,
      queue: readLane(carrierAccountId),
    })
    ctx.enqueue(tx, 'parcels.resume', payload, { key: `parcels.resume:${carrierAccountId}` })
  })
}

const sync: Handlers['carriers.sync_places'] = async (ctx, { carrierAccountId }) => {
  try {
    const places = await callCarrier(ctx, carrierAccountId, (port, connection) => port.places(connection))
    await ctx.transaction(async (tx) => {
      await storePlaces(ctx, tx, carrierAccountId, places)
      await saveAccountState(tx, carrierAccountId, { placesSyncedAt: ctx.now.toISOString() })
      ctx.record(tx, {
        type: 'carrier_places.synchronised',
        subject: { kind: 'carrier_account', id: carrierAccountId },
        data: { count: places.length },
      })
    })
  } catch (error) {
    if (error instanceof CarrierCallFailed && error.kind === 'credentials') return
    throw asJobError(error, readLane(carrierAccountId))
  }
}

export const carrierJobs = {
  'carriers.connect': connect,
  'carriers.sync_places': sync,
} satisfies Partial<Handlers>
