import { type SheetRow, sheetLine, type WriteSheet } from '@sendocki/domain/carriers/sheet'
import { asOneOrder } from '@sendocki/domain/parcels/together'
import { maskPhone } from '@sendocki/domain/phone-format'
import { cityById } from '@sendocki/domain/places/cities'
import { Refused } from '@sendocki/domain/result'
import { csvLine, csvStart } from '@sendocki/domain/spreadsheet'
import { dayOf } from '@sendocki/domain/time'
import { type Ctx, hides, type MerchantTx } from '../../context.ts'
import { findAccount, layoutOf, placeNames } from '../carriers/index.ts'
import { type OrderToShip, ordersToShip } from '../orders/index.ts'
import { companionsOf } from './companions.queries.ts'
import { exchangedNumbers } from './options.commands.ts'
import { viewerOf } from './parcels.commands.ts'
import { findReachable, type ParcelRow } from './parcels.queries.ts'

export const sheetTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

interface SheetFile {
  readonly file: Buffer
  readonly name: string
  readonly type: string
}

/** The file for the portal of a carrier: the chosen parcels in the order given, in the layout of the account. */
export const writeSheet = async (
  ctx: Ctx,
  carrierAccountId: string,
  { parcelIds, format }: WriteSheet,
): Promise<SheetFile> => {
  const { layout, rows } = await ctx.transaction(async (tx) => {
    if (!(await findAccount(tx, carrierAccountId))) throw new Refused('carrier_account.not_found')
    const found = await findReachable(tx, viewerOf(ctx), parcelIds)
    const parcels = found.filter((parcel) => parcel.carrierAccountId === carrierAccountId)
    if (parcels.length < parcelIds.length) throw new Refused('parcel.not_found')
    const orders = await ordersOf(tx, parcels)
    const names = await placeNames(tx, carrierAccountId, [...new Set(parcels.map(({ placeId }) => placeId))])
    const exchanged = await exchangedNumbers(tx, carrierAccountId, [...orders.values()])
    const place = new Map(parcelIds.map((id, index) => [id, index]))
    // Who took phones out of the house is worth a line of the audit log.
    ctx.record(tx, {
      type: 'carrier_account.sheet_written',
      subject: { kind: 'carrier_account', id: carrierAccountId },
      data: { format, count: parcels.length },
      quiet: true,
    })
    return {
      layout: await layoutOf(tx, carrierAccountId),
      rows: parcels
        .sort((one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0))
        .flatMap((parcel) => {
          const order = orders.get(parcel.id)
          return order ? [rowOf(ctx, parcel, order, { names, exchanged })] : []
        }),
    }
  })
  const lines = rows.map((row) => sheetLine(row, layout))
  const columns = layout.columns.map(({ header }) => header)
  const name = `colis-${dayOf(ctx.now)}.${format}`
  const type = sheetTypes[format]
  if (format === 'xlsx')
    return { file: await ctx.tables.xlsx({ columns, rows: lines, rightToLeft: false }), name, type }
  const notation = { separator: layout.separator, reader: 'machine' } as const
  return {
    file: Buffer.from(csvStart + [columns, ...lines].map((line) => csvLine(line, notation)).join('')),
    name,
    type,
  }
}

/** The order that each parcel is, by parcel: of several that travel together the sum of them. */
const ordersOf = async (tx: MerchantTx, parcels: readonly ParcelRow[]): Promise<ReadonlyMap<string, OrderToShip>> => {
  const companions = await companionsOf(
    tx,
    parcels.map(({ id }) => id),
  )
  const idsOf = ({ id, orderId }: ParcelRow) => [orderId, ...(companions.get(id) ?? []).map((one) => one.orderId)]
  const found = await ordersToShip(tx, [...new Set(parcels.flatMap(idsOf))])
  const known = new Map(found.map((order) => [order.id, order]))
  return new Map(
    parcels.flatMap((parcel): [string, OrderToShip][] => {
      const [lead, ...others] = idsOf(parcel).flatMap((id) => known.get(id) ?? [])
      return lead ? [[parcel.id, asOneOrder([lead, ...others])]] : []
    }),
  )
}

const rowOf = (
  ctx: Ctx,
  parcel: ParcelRow,
  order: OrderToShip,
  {
    names,
    exchanged,
  }: { readonly names: ReadonlyMap<string, string>; readonly exchanged: ReadonlyMap<string, string> },
): SheetRow => {
  const phone = (e164: string | null) => (e164 !== null && hides(ctx, 'phone') ? maskPhone(e164) : e164)
  const hidden = hides(ctx, 'address')
  const address = [order.addressLine, order.district, order.landmark].flatMap((part) => part?.trim() || [])
  return {
    reference: parcel.reference,
    orderNumber: order.number,
    trackingNumber: parcel.trackingNumber,
    customerName: order.customerName,
    phone: phone(order.phone),
    alternatePhone: phone(order.alternatePhone),
    city: names.get(parcel.placeId) ?? (order.cityId && cityById.get(order.cityId)?.fr) ?? order.cityText,
    district: hidden ? null : order.district,
    address: hidden ? null : [...new Set(address)].join(', ') || order.cityText,
    amountCentimes: parcel.codAmountCentimes,
    products: order.lines,
    note: order.note,
    allowOpen: order.allowOpen,
    allowTry: order.allowTry,
    fragile: order.fragile,
    exchange: order.exchangeOfOrderId !== null,
    exchangeOf: exchanged.get(order.id) ?? null,
    agency: order.deliverTo === 'agency',
    shipNotBefore: order.shipNotBefore,
  }
}
