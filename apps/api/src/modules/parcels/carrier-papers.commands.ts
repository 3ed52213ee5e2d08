import type { CreateLabels, CreatePickup, LabelSheet, Pickup } from '@sendocki/domain/parcels/parcel-schema'
import { parsePhone } from '@sendocki/domain/phone'
import { Refused } from '@sendocki/domain/result'
import type { PickupRequest } from '../../adapters/carriers/port.ts'
import type { Ctx, MerchantTx } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { findAccount, mapOf, settingsOf, writeLane } from '../carriers/index.ts'
import {
  findSheet,
  insertPickup,
  insertSheet,
  type LabelRow,
  listPickups,
  type PickupRow,
} from './carrier-papers.queries.ts'
import { findParcels, type ParcelRow } from './parcels.queries.ts'

/*
 * What a carrier prints and fetches: label sheets and pick-up requests. Both speak of parcels of one account, and both
 * are done by jobs.
 */

const sheetOf = ({ id, status, format, parcelIds, problem, createdAt }: LabelRow): LabelSheet => ({
  id,
  status,
  format,
  parcelIds: [...parcelIds],
  problem,
  createdAt,
})

/** Parcels that a carrier knows, all of one account. */
const bookedTogether = async (
  tx: MerchantTx,
  ids: readonly string[],
  code: 'label.not_available' | 'pickup.not_available',
): Promise<{ parcels: ParcelRow[]; carrierAccountId: string }> => {
  const parcels = await findParcels(tx, ids)
  if (parcels.length < ids.length) throw new Refused('parcel.not_found')
  const unbooked = parcels.filter(({ trackingNumber, status }) => trackingNumber === null || status === 'cancelled')
  if (unbooked.length > 0) throw new Refused(code, { why: 'not_booked', parcelIds: unbooked.map(({ id }) => id) })
  const [carrierAccountId, ...others] = new Set(parcels.map((parcel) => parcel.carrierAccountId))
  if (carrierAccountId === undefined || others.length > 0) throw new Refused(code, { why: 'several_carriers' })
  return { parcels, carrierAccountId }
}

const accountOf = async (tx: MerchantTx, id: string) => {
  const account = await findAccount(tx, id)
  if (!account) throw new Refused('carrier_account.not_found')
  return account
}

/** Asks the carrier for labels. Its links expire, so a job fetches the pages at once. */
export const askLabels = (ctx: Ctx, { parcelIds, format = '100x150' }: CreateLabels): Promise<LabelSheet> =>
  ctx.transaction(async (tx) => {
    const { carrierAccountId } = await bookedTogether(tx, parcelIds, 'label.not_available')
    const account = await accountOf(tx, carrierAccountId)
    if (!mapOf(ctx, account.carrier).capabilities.labels) throw new Refused('label.not_available', { why: 'carrier' })
    const row = {
      id: ctx.newId(),
      carrierAccountId,
      format,
      status: 'pending',
      parcelIds,
      memberId: ctx.actor.memberId,
      pdf: null,
      problem: null,
      createdAt: ctx.now.toISOString(),
    } as const
    await insertSheet(tx, row)
    ctx.record(tx, {
      type: 'labels.asked',
      subject: { kind: 'label_sheet', id: row.id },
      data: { parcelIds, format },
    })
    ctx.enqueue(
      tx,
      'labels.fetch',
      { merchantId: ctx.merchantId, labelSheetId: row.id },
      { key: `labels.fetch:${row.id}`, queue: `carrier-labels:${carrierAccountId}` },
    )
    return sheetOf({ ...row, merchantId: ctx.merchantId })
  })

const foundSheet = (ctx: Ctx, id: string): Promise<LabelRow> =>
  ctx.read(async (tx) => {
    const row = await findSheet(tx, id)
    if (!row) throw new Refused('label.not_found')
    return row
  })

export const readSheet = async (ctx: Ctx, id: string): Promise<LabelSheet> => sheetOf(await foundSheet(ctx, id))

/** The pages, once the carrier has given them. */
export const readSheetFile = async (ctx: Ctx, id: string): Promise<Buffer> => {
  const { pdf, status, problem } = await foundSheet(ctx, id)
  if (!pdf) throw new Refused('label.not_available', { why: status, problem })
  return pdf
}

const waitMillis = 150

/** The pages as soon as they are there, or null when the carrier takes longer than `seconds`. */
export const awaitSheetFile = async (ctx: Ctx, id: string, seconds: number): Promise<Buffer | null> => {
  const until = performance.now() + seconds * 1_000
  for (;;) {
    const { pdf, status, problem } = await foundSheet(ctx, id)
    if (pdf) return pdf
    if (status === 'failed') throw new Refused('label.not_available', { why: status, problem })
    if (performance.now() >= until) return null
    await new Promise((resume) => setTimeout(resume, waitMillis))
  }
}

const pickupOf = ({ merchantId: _merchantId, parcelIds, ...row }: PickupRow): Pickup => ({
  ...row,
  parcelIds: [...parcelIds],
})

/** Asks the carrier to come and fetch parcels at the account's address. */
export const askPickup = (ctx: Ctx, { parcelIds, note }: CreatePickup): Promise<Pickup> =>
  ctx.transaction(async (tx) => {
    const { parcels, carrierAccountId } = await bookedTogether(tx, parcelIds, 'pickup.not_available')
    const gone = parcels.filter(({ pickedUp }) => pickedUp)
    if (gone.length > 0)
      throw new Refused('pickup.not_available', { why: 'picked_up', parcelIds: gone.map(({ id }) => id) })
    const account = await accountOf(tx, carrierAccountId)
    if (!mapOf(ctx, account.carrier).capabilities.pickups) throw new Refused('pickup.not_available', { why: 'carrier' })
    if (!pickupPlaceOf(account.settings)) throw new Refused('pickup.not_available', { why: 'address_missing' })
    const row = {
      id: ctx.newId(),
      carrierAccountId,
      status: 'requested',
      code: null,
      problem: null,
      parcelIds,
      note: note ?? null,
      createdAt: ctx.now.toISOString(),
    } as const
    await insertPickup(tx, row)
    ctx.record(tx, { type: 'pickup.asked', subject: { kind: 'pickup', id: row.id }, data: { parcelIds } })
    ctx.enqueue(
      tx,
      'pickups.request',
      { merchantId: ctx.merchantId, pickupId: row.id },
      { key: `pickups.request:${row.id}`, queue: writeLane(carrierAccountId) },
    )
    return pickupOf({ ...row, merchantId: ctx.merchantId })
  })

/** Where the carrier fetches parcels; null while a part of it is missing. */
export const pickupPlaceOf = (
  settings: Parameters<typeof settingsOf>[0],
): Pick<PickupRequest, 'placeId' | 'name' | 'phone' | 'address'> | null => {
  const { pickupPlaceId, pickupName, pickupPhone, pickupAddress } = settingsOf(settings)
  const phone = pickupPhone ? parsePhone(pickupPhone) : null
  if (!pickupPlaceId || !pickupName || !pickupAddress || !phone || phone.verdict === 'impossible') return null
  return { placeId: pickupPlaceId, name: pickupName, phone: phone.e164, address: pickupAddress }
}

export const readPickups = (ctx: Ctx, { limit = 50, cursor }: { limit?: number; cursor?: string }) =>
  ctx.read(async (tx) => {
    const after = decodeCursor('pickups', cursor, 2) as readonly [string, string] | null
    const rows = await listPickups(tx, { after, limit: limit + 1 })
    return pageOf(rows, limit, 'pickups', (row) => [row.createdAt, row.id], pickupOf)
  })
