import { holderLedgerAccount } from '@sendocki/domain/cash/ledger'
import {
  compareStops,
  type DriverRoute,
  instantAtDoor,
  openDeliveryStatuses,
  type SettleDelivery,
  type SettledDelivery,
  type Stop,
  type StopState,
  statusAfterFailure,
  stopStateOf,
} from '@sendocki/domain/deliveries/route'
import { cityById } from '@sendocki/domain/places/cities'
import { Refused } from '@sendocki/domain/result'
import { dayOf, startOfDay } from '@sendocki/domain/time'
import { type Ctx, type MerchantTx, memberOf } from '../../context.ts'
import { accountsDrivenBy } from '../carriers/index.ts'
import { lowerOrderFlag, setOrderFlag } from '../orders/index.ts'
import {
  applySaid,
  companionsOf,
  lockParcel,
  openOperation,
  ordersIn,
  saveParcel,
  undoNewest,
} from '../parcels/index.ts'
import { balanceOf, countPieces, findStops, type StopRow } from './deliveries.queries.ts'

/*
 * What a driver of ours does in a day. Whoever calls sees the parcels of the accounts that they drive, and no others:
 * the scope of the role widens nothing here.
 */

/** The other orders that come in the same parcel, and how much all of them hold. */
interface Contents {
  readonly otherNumbers: readonly number[]
  readonly pieces: number
}

const viewOf = (row: StopRow, state: StopState, position: number, { otherNumbers, pieces }: Contents): Stop => {
  const { parcel, cityId, cityText } = row
  return {
    parcelId: parcel.id,
    position,
    state,
    status: parcel.status,
    orderNumber: row.orderNumber,
    otherNumbers: [...otherNumbers],
    reference: parcel.reference,
    customerName: row.customerName,
    phone: row.phone,
    phoneMasked: false,
    alternatePhone: row.alternatePhone,
    city: (cityId && cityById.get(cityId)?.fr) ?? cityText,
    district: row.district,
    addressLine: row.addressLine,
    landmark: row.landmark,
    note: row.note,
    pieces,
    allowOpen: row.allowOpen,
    allowTry: row.allowTry,
    fragile: row.fragile,
    codAmountCentimes: parcel.codAmountCentimes,
    collectedCentimes: parcel.status === 'delivered' ? (parcel.collectedCentimes ?? parcel.codAmountCentimes) : null,
    attempts: parcel.attempts,
    since: parcel.since,
    version: parcel.version,
  }
}

const dayStartOf = (ctx: Ctx): string => startOfDay(dayOf(ctx.now))

/** The day of whoever asks. */
export const readRoute = (ctx: Ctx): Promise<DriverRoute> => ctx.read((tx) => routeIn(ctx, tx))

const routeIn = async (ctx: Ctx, tx: MerchantTx): Promise<DriverRoute> => {
  const memberId = memberOf(ctx)
  const accountIds = await accountsDrivenBy(tx, memberId)
  const dayStart = dayStartOf(ctx)
  const rows = accountIds.length === 0 ? [] : await findStops(tx, accountIds, { dayStart })
  const stops = rows
    .flatMap((row) => {
      const { status, since, createdAt } = row.parcel
      const state = stopStateOf({ status, since, createdAt }, dayStart)
      return state ? [{ row, state, status, since, createdAt }] : []
    })
    .sort(compareStops)
  const contents = await contentsOf(
    tx,
    stops.map(({ row }) => row),
  )
  const count = (wanted: StopState) => stops.filter(({ state }) => state === wanted).length
  return {
    day: dayOf(ctx.now),
    deliveredCount: count('delivered'),
    failedCount: count('failed'),
    openCount: count('open'),
    inHandCentimes: await balanceOf(tx, holderLedgerAccount({ carrierAccountId: '', driverMemberId: memberId })),
    items: stops.map(({ row, state }, index) => viewOf(row, state, index + 1, contents(row))),
  }
}

const contentsOf = async (tx: MerchantTx, rows: readonly StopRow[]): Promise<(row: StopRow) => Contents> => {
  const companions = await companionsOf(
    tx,
    rows.map(({ parcel }) => parcel.id),
  )
  const othersOf = ({ parcel }: StopRow) => companions.get(parcel.id) ?? []
  const orderIdsOf = (row: StopRow) => [row.parcel.orderId, ...othersOf(row).map(({ orderId }) => orderId)]
  const pieces = await countPieces(tx, rows.flatMap(orderIdsOf))
  return (row) => ({
    otherNumbers: othersOf(row).map(({ number }) => number),
    pieces: orderIdsOf(row).reduce((sum, id) => sum + (pieces.get(id) ?? 0), 0),
  })
}

/** Takes back what was said last of one's own delivery, as long as nobody has received its cash. */
export const undoDelivery = (ctx: Ctx, parcelId: string): Promise<DriverRoute> =>
  ctx.transaction(async (tx) => {
    const { parcel } = await ownStop(ctx, tx, parcelId)
    await undoNewest(ctx, tx, parcelId, 'driver')
    for (const orderId of await ordersIn(tx, parcel)) await lowerOrderFlag(ctx, tx, orderId, 'amount_differs')
    return routeIn(ctx, tx)
  })

/** Another parcel than one's own is answered as none. */
const ownStop = async (ctx: Ctx, tx: MerchantTx, parcelId: string): Promise<StopRow> => {
  const accountIds = await accountsDrivenBy(tx, memberOf(ctx))
  const [row] = accountIds.length === 0 ? [] : await findStops(tx, accountIds, { dayStart: dayStartOf(ctx), parcelId })
  if (!row) throw new Refused('parcel.not_found')
  return row
}

/** What happened at the door: the parcel, its order and the cash in hand follow, and one undo takes all of it back. */
export const settleDelivery = (ctx: Ctx, parcelId: string, input: SettleDelivery): Promise<SettledDelivery> =>
  ctx.transaction(async (tx) => {
    await ownStop(ctx, tx, parcelId)
    const parcel = await lockParcel(tx, parcelId)
    if (!parcel) throw new Refused('parcel.not_found')
    if (!openDeliveryStatuses.includes(parcel.status)) throw new Refused('delivery.not_open', { status: parcel.status })
    if (parcel.version !== input.version) throw new Refused('parcel.changed_meanwhile')
    const operationId = await openOperation(ctx, tx, 'driver')
    const comment = input.note?.trim() || null
    const at = new Date(instantAtDoor(input.at, parcel, ctx.clock())).toISOString()
    if (input.outcome === 'failed') {
      if (!input.reason) throw new Refused('request.invalid', undefined, [{ path: 'reason', code: 'missing' }])
      const said = { raw: input.reason, status: statusAfterFailure[input.reason], at, comment }
      await applySaid(ctx, tx, operationId, parcel, said, 'driver')
    } else {
      const collectedCentimes = input.collectedCentimes ?? parcel.codAmountCentimes
      await saveParcel(tx, parcelId, { collectedCentimes })
      const said = { raw: 'delivered', status: 'delivered', at, comment } as const
      await applySaid(ctx, tx, operationId, { ...parcel, collectedCentimes }, said, 'driver', { collectedCentimes })
      // The cash in hand is what was taken; why it is another amount is for somebody to ask.
      if (collectedCentimes !== parcel.codAmountCentimes)
        for (const orderId of await ordersIn(tx, parcel)) await setOrderFlag(ctx, tx, orderId, 'amount_differs')
    }
    const row = await ownStop(ctx, tx, parcelId)
    const { status, since, createdAt } = row.parcel
    const contents = await contentsOf(tx, [row])
    const state = stopStateOf({ status, since, createdAt }, dayStartOf(ctx)) ?? 'failed'
    return { operationId, stop: viewOf(row, state, 1, contents(row)) }
  })
