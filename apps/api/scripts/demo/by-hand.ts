import type { FailureReason, SettleDelivery } from '@sendocki/domain/deliveries/route'
import type { SayStatuses } from '@sendocki/domain/parcels/tracking-operation'
import { settleDelivery } from '../../src/modules/deliveries/deliveries.commands.ts'
import { applyRow, lockParcel, openOperation } from '../../src/modules/parcels/index.ts'
import { receiveReturn, sayStatuses } from '../../src/modules/parcels/saying.commands.ts'
import type { Scene } from './acts.ts'
import { localWords } from './local-carrier.ts'

/*
 * Parcels of carriers without API: numbers and statuses come back by file, and the driver of the house says what
 * happened at the door.
 */

/** The portal's numbers of a round of parcels, read back by one file. */
export const numberByFile = async (scene: Scene, parcelIds: readonly string[], at: number): Promise<void> => {
  const { past, people, chance } = scene
  const ctx = past.at(at, people.manager)
  const operationId = await openOperation(ctx, past.tx, 'file')
  for (const parcelId of parcelIds) {
    const trackingNumber = `CHM${String(chance.between(0, 9_999_999)).padStart(7, '0')}`
    const row = { trackingNumber, word: null, status: null, at: null, comment: null }
    const refusal = await applyRow(ctx, past.tx, operationId, parcelId, row)
    if (refusal) throw new Error(`A number of the demo was refused: ${refusal}.`)
  }
}

export interface Told {
  /** Sendit's word for what happened. */
  readonly word: string
  readonly comment: string | null
}

/** A row of the local carrier's file says where a parcel is. */
export const readFromFile = async (scene: Scene, parcelId: string, at: number, { word, comment }: Told) => {
  const said = localWords[word]
  if (!said) return
  const { past, people } = scene
  const ctx = past.at(at, people.manager)
  const operationId = await openOperation(ctx, past.tx, 'file')
  const row = { trackingNumber: null, ...said, at: ctx.now.toISOString(), comment }
  await applyRow(ctx, past.tx, operationId, parcelId, row)
}

const failures: Readonly<Record<string, FailureReason>> = {
  POSTPONED: 'postponed',
  UNREACHABLE: 'no_answer',
  NEW_DESTINATION: 'wrong_address',
  REJECTED: 'refused',
}
const saidInHouse: Readonly<Record<string, SayStatuses['status']>> = {
  DELIVERING: 'out_for_delivery',
  RETOUR_PENDING: 'returning',
  CANCELED: 'cancelled',
}

/** The driver tells what happened at the door; the office says when parcels leave the house and come back to it. */
export const drive = async (scene: Scene, parcelId: string, at: number, { word, comment }: Told): Promise<void> => {
  const { past, people } = scene
  const office = past.at(at, people.manager)
  const status = saidInHouse[word]
  const note = comment === null ? {} : { comment }
  if (status) return void (await sayStatuses(office, { parcelIds: [parcelId], status, ...note }))
  if (word === 'RETURN_SELLER') return void (await receiveReturn(office, parcelId))
  const reason = failures[word]
  if (word !== 'DELIVERED' && !reason) return
  const parcel = await lockParcel(past.tx, parcelId)
  if (!parcel) throw new Error('A parcel of the demo is gone.')
  const outcome: SettleDelivery = { version: parcel.version, ...(reason ? { outcome: 'failed', reason } : delivered) }
  await settleDelivery(past.at(at, people.driver), parcelId, outcome)
}
const delivered = { outcome: 'delivered' } as const
