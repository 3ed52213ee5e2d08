import type {
  Carrier,
  CarrierAccount,
  CarrierSettings,
  CreateCarrierAccount,
  EditCarrierAccount,
} from '@sendocki/domain/carriers/account'
import { defaultCallsPerHour } from '@sendocki/domain/carriers/budget'
import { rhythmFault } from '@sendocki/domain/cash/payout'
import type { CarrierCode } from '@sendocki/domain/parcels/carrier'
import { Refused } from '@sendocki/domain/result'
import type { CarrierCredentials, CarrierMap } from '../../adapters/carriers/port.ts'
import type { Ctx, MerchantTx, World } from '../../context.ts'
import { requirePermission } from '../../http/access.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import {
  type AccountView,
  findAccount,
  insertAccount,
  isActiveMember,
  isPlaceOf,
  listAccounts,
  manualAccounts,
  saveAccount,
  usableAccountIds,
} from './carriers.queries.ts'

/** Calls of one account that change something run one after the other; reading has a lane of its own beside it. */
export const writeLane = (carrierAccountId: string): string => `carrier:${carrierAccountId}`
export const readLane = (carrierAccountId: string): string => `carrier-read:${carrierAccountId}`

export const mapOf = (world: Pick<World, 'maps'>, carrier: CarrierCode): CarrierMap => {
  const map = world.maps.carriers[carrier]
  if (!map) throw new Refused('carrier.not_found')
  return map
}

export const readCarriers = (ctx: Ctx): { items: Carrier[] } => ({
  items: Object.values(ctx.maps.carriers).map(({ carrier, name, capabilities, credentialFields }) => ({
    carrier,
    name,
    capabilities,
    credentialFields: credentialFields.map((field) => ({ ...field })),
  })),
})

const credentialsPlace = (merchantId: string, id: string) => `${merchantId}/carrier_accounts.credentials/${id}`

export const sealCredentials = (ctx: Ctx, id: string, credentials: CarrierCredentials): Buffer =>
  ctx.secrets.seal(JSON.stringify(credentials), credentialsPlace(ctx.merchantId, id))

export const openCredentials = (
  { secrets }: Pick<World, 'secrets'>,
  merchantId: string,
  id: string,
  sealed: Buffer,
): CarrierCredentials =>
  JSON.parse(secrets.open(sealed, credentialsPlace(merchantId, id)).toString('utf8')) as CarrierCredentials

/** Exactly the fields that the carrier asks for, each named when it is missing or unknown. */
const assertCredentials = (map: CarrierMap, credentials: CarrierCredentials): void => {
  const names = map.credentialFields.map(({ name }) => name)
  const fields = [
    ...names
      .filter((name) => !credentials[name]?.trim())
      .map((name) => ({ path: `credentials.${name}`, code: 'missing' })),
    ...Object.keys(credentials)
      .filter((name) => !names.includes(name))
      .map((name) => ({ path: `credentials.${name}`, code: 'unknown' })),
  ]
  if (fields.length > 0) throw new Refused('request.invalid', undefined, fields)
}

/** Settings with what was never said spelled out. */
export const settingsOf = (settings: CarrierSettings) => ({
  pickupPlaceId: settings.pickupPlaceId ?? null,
  pickupName: settings.pickupName ?? null,
  pickupPhone: settings.pickupPhone ?? null,
  pickupAddress: settings.pickupAddress ?? null,
  payoutDays: settings.payoutDays ?? null,
  payoutRhythm: settings.payoutRhythm ?? null,
  callsPerHour: settings.callsPerHour ?? defaultCallsPerHour,
  signedWebhook: settings.signedWebhook ?? true,
})

const viewOf = (ctx: Ctx, row: AccountView): CarrierAccount => ({
  id: row.id,
  carrier: row.carrier,
  name: row.name,
  status: row.status,
  problem: row.problem,
  settings: settingsOf(row.settings),
  driverMemberId: row.driverMemberId,
  webhookUrl: `${ctx.config.appUrl}/hooks/${row.carrier}/${row.id}`,
  placesSyncedAt: row.placesSyncedAt,
  placeCount: row.placeCount,
  weakMatchCount: row.weakMatchCount,
  unknownStatusCount: row.unknownStatusCount,
  lastEventAt: row.lastEventAt,
  createdAt: row.createdAt,
  version: row.version,
})

const viewIn = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<CarrierAccount> => {
  const [row] = await listAccounts(tx, { limit: 1, after: null, ids: [id] })
  if (!row) throw new Refused('carrier_account.not_found')
  return viewOf(ctx, row)
}

export const readAccount = (ctx: Ctx, id: string): Promise<CarrierAccount> => ctx.read((tx) => viewIn(ctx, tx, id))

export const readAccounts = (ctx: Ctx, { limit = 50, cursor }: { limit?: number; cursor?: string }) =>
  ctx.read(async (tx) => {
    const after = decodeCursor('carrier-accounts', cursor, 2) as readonly [string, string] | null
    const rows = await listAccounts(tx, { limit: limit + 1, after })
    return pageOf(
      rows,
      limit,
      'carrier-accounts',
      (row) => [row.createdAt, row.id],
      (row) => viewOf(ctx, row),
    )
  })

/** Connects a carrier: the keys are tried and the destinations read by jobs; the answer says `connecting`. */
export const createAccount = (ctx: Ctx, input: CreateCarrierAccount): Promise<CarrierAccount> =>
  ctx.transaction(async (tx) => {
    const id = await openAccount(ctx, tx, input)
    return viewIn(ctx, tx, id)
  })

/** Writes a new account. One that is called is tried by a job; one without API works as soon as it has a name. */
const openAccount = async (ctx: Ctx, tx: MerchantTx, input: CreateCarrierAccount): Promise<string> => {
  const map = mapOf(ctx, input.carrier)
  const { credentials = {}, settings = {}, driverMemberId = null } = input
  assertCredentials(map, credentials)
  assertSettings(settings)
  await assertDriver(tx, map, driverMemberId)
  const id = ctx.newId()
  const called = map.capabilities.api
  await insertAccount(tx, {
    id,
    carrier: input.carrier,
    name: input.name,
    status: called ? 'connecting' : 'connected',
    problem: null,
    credentials: sealCredentials(ctx, id, credentials),
    settings,
    driverMemberId,
    placesSyncedAt: null,
    lastEventAt: null,
    createdAt: ctx.now.toISOString(),
  })
  ctx.record(tx, {
    type: 'carrier_account.created',
    subject: { kind: 'carrier_account', id },
    after: { carrier: input.carrier, name: input.name, ...(driverMemberId ? { driverMemberId } : {}) },
  })
  if (called) enqueueConnect(ctx, tx, id)
  return id
}

/** The carrier without API of this name; opened when nobody has named it before. */
export const accountNamed = async (ctx: Ctx, tx: MerchantTx, name: string): Promise<string> => {
  const key = name.trim().toLocaleLowerCase('fr')
  const known = (await manualAccounts(tx)).find((account) => account.name.trim().toLocaleLowerCase('fr') === key)
  if (known) return known.id
  requirePermission(ctx, 'carriers.edit')
  return openAccount(ctx, tx, { carrier: 'manual', name: name.trim() })
}

const assertSettings = ({ payoutRhythm }: CarrierSettings): void => {
  const fault = payoutRhythm ? rhythmFault(payoutRhythm) : null
  if (fault === null) return
  const code = fault === 'from' ? 'missing' : 'not_in_list'
  throw new Refused('request.invalid', undefined, [{ path: `settings.payoutRhythm.${fault}`, code }])
}

/** Only what we drive ourselves has a driver, and only a member who is there can be one. */
const assertDriver = async (tx: MerchantTx, map: CarrierMap, memberId: string | null): Promise<void> => {
  if (memberId === null) return
  if (map.capabilities.api) throw new Refused('carrier.capability_missing', { capability: 'driver' })
  if (!(await isActiveMember(tx, memberId))) throw new Refused('member.not_found')
}

/** Refuses what only a carrier with an API can be asked. */
const assertCalled = (ctx: Ctx, carrier: CarrierCode): void => {
  if (!mapOf(ctx, carrier).capabilities.api) throw new Refused('carrier.capability_missing', { capability: 'api' })
}

const enqueueConnect = (ctx: Ctx, tx: MerchantTx, carrierAccountId: string): void =>
  ctx.enqueue(
    tx,
    'carriers.connect',
    { merchantId: ctx.merchantId, carrierAccountId },
    { key: `carriers.connect:${carrierAccountId}`, queue: writeLane(carrierAccountId) },
  )

const enqueueSync = (ctx: Ctx, tx: MerchantTx, carrierAccountId: string): void =>
  ctx.enqueue(
    tx,
    'carriers.sync_places',
    { merchantId: ctx.merchantId, carrierAccountId },
    { key: `carriers.sync_places:${carrierAccountId}`, queue: readLane(carrierAccountId) },
  )

const accountAt = async (ctx: Ctx, tx: MerchantTx, id: string, version?: number) => {
  const account = await findAccount(tx, id)
  if (!account) throw new Refused('carrier_account.not_found')
  if (version !== undefined && account.version !== version)
    throw new Refused('carrier_account.changed_meanwhile', { current: await viewIn(ctx, tx, id) })
  return account
}

export const editAccount = (ctx: Ctx, id: string, input: EditCarrierAccount): Promise<CarrierAccount> =>
  ctx.transaction(async (tx) => {
    const account = await accountAt(ctx, tx, id, input.version)
    const settings = { ...account.settings, ...input.settings }
    const newPickup = input.settings?.pickupPlaceId
    if (newPickup && !(await isPlaceOf(tx, id, newPickup))) throw new Refused('carrier_place.not_found')
    const map = mapOf(ctx, account.carrier)
    if (input.credentials) assertCredentials(map, input.credentials)
    assertSettings(settings)
    if (input.driverMemberId !== undefined) await assertDriver(tx, map, input.driverMemberId)
    const reconnects = input.credentials !== undefined || (input.disabled === false && account.status === 'disabled')
    const status = input.disabled
      ? 'disabled'
      : reconnects
        ? map.capabilities.api
          ? 'connecting'
          : 'connected'
        : account.status
    const saved = await saveAccount(tx, id, account.version, {
      settings,
      status,
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(input.driverMemberId === undefined ? {} : { driverMemberId: input.driverMemberId }),
      ...(input.credentials ? { credentials: sealCredentials(ctx, id, input.credentials) } : {}),
      ...(status === account.status ? {} : { problem: null }),
    })
    if (!saved) throw new Refused('carrier_account.changed_meanwhile', { current: await viewIn(ctx, tx, id) })
    ctx.record(tx, {
      type: 'carrier_account.edited',
      subject: { kind: 'carrier_account', id },
      before: { name: account.name, status: account.status },
      after: { name: input.name ?? account.name, status, changed: changedFields(input) },
    })
    if (reconnects && map.capabilities.api) enqueueConnect(ctx, tx, id)
    // Fees depend on where parcels are fetched.
    if (newPickup && newPickup !== account.settings.pickupPlaceId) enqueueSync(ctx, tx, id)
    return viewIn(ctx, tx, id)
  })

const changedFields = ({ credentials, settings, name, disabled, driverMemberId }: EditCarrierAccount): string[] => [
  ...(credentials ? ['credentials'] : []),
  ...(name === undefined ? [] : ['name']),
  ...(driverMemberId === undefined ? [] : ['driverMemberId']),
  ...(disabled === undefined ? [] : ['disabled']),
  ...Object.keys(settings ?? {}),
]

/** Ships nothing new with this account; parcels on their way are followed to their end. */
export const disableAccount = (ctx: Ctx, id: string): Promise<CarrierAccount> =>
  ctx.transaction(async (tx) => {
    const account = await accountAt(ctx, tx, id)
    if (account.status !== 'disabled') {
      await saveAccount(tx, id, account.version, { status: 'disabled', problem: null })
      ctx.record(tx, {
        type: 'carrier_account.disabled',
        subject: { kind: 'carrier_account', id },
        before: { status: account.status },
        after: { status: 'disabled' },
      })
    }
    return viewIn(ctx, tx, id)
  })

/** Tries the keys again; what waited for them goes on by itself when they work. */
export const testAccount = (ctx: Ctx, id: string): Promise<CarrierAccount> =>
  ctx.transaction(async (tx) => {
    const account = await accountAt(ctx, tx, id)
    assertCalled(ctx, account.carrier)
    if (account.status === 'disabled') throw new Refused('carrier_account.not_ready', { status: account.status })
    await saveAccount(tx, id, account.version, { status: 'connecting', problem: null })
    ctx.record(tx, { type: 'carrier_account.tested', subject: { kind: 'carrier_account', id } })
    enqueueConnect(ctx, tx, id)
    return viewIn(ctx, tx, id)
  })

export const syncPlaces = (ctx: Ctx, id: string): Promise<CarrierAccount> =>
  ctx.transaction(async (tx) => {
    const account = await accountAt(ctx, tx, id)
    assertCalled(ctx, account.carrier)
    ctx.record(tx, { type: 'carrier_account.sync_asked', subject: { kind: 'carrier_account', id } })
    enqueueSync(ctx, tx, id)
    return viewIn(ctx, tx, id)
  })

/**
 * The account that new parcels are booked with: the one named, or the only one there is. Refuses one that is not
 * connected or does not know yet where its parcels are fetched.
 */
export const accountForShipping = async (ctx: Ctx, tx: MerchantTx, carrierAccountId: string | undefined) => {
  const [only, ...others] = carrierAccountId === undefined ? await usableAccountIds(tx) : [carrierAccountId]
  if (only === undefined) throw new Refused('carrier_account.not_ready', { why: 'none_connected' })
  if (others.length > 0)
    throw new Refused('request.invalid', undefined, [{ path: 'carrierAccountId', code: 'missing' }])
  const account = await findAccount(tx, only)
  if (!account) throw new Refused('carrier_account.not_found')
  const { capabilities } = mapOf(ctx, account.carrier)
  if (account.status === 'disabled' || account.status === 'reconnect')
    throw new Refused('carrier_account.not_ready', { status: account.status })
  if (capabilities.pickupPlace && !account.settings.pickupPlaceId)
    throw new Refused('carrier_account.not_ready', { why: 'pickup_place_missing' })
  return { id: account.id, carrier: account.carrier, capabilities, settings: settingsOf(account.settings) }
}
