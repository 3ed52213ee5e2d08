import { lackingOptions } from '@sendocki/domain/orders/options'
import { referenceOf } from '@sendocki/domain/parcels/booking'
import type { CreateParcels, IntentResult } from '@sendocki/domain/parcels/parcel-schema'
import type { Shipment } from '@sendocki/domain/parcels/readiness'
import { asOneOrder, planTogetherShipment, refusalFor } from '@sendocki/domain/parcels/together'
import type { Refusal } from '@sendocki/domain/result'
import { dayOf } from '@sendocki/domain/time'
import type { Ctx, MerchantTx } from '../../context.ts'
import { accountForShipping, placesFor } from '../carriers/index.ts'
import { type Consignment, consignmentsOf, lowerOrderFlag, setOrderParcel } from '../orders/index.ts'
import { saveCompanions } from './companions.queries.ts'
import { capabilitiesFor, exchangedNumbers } from './options.commands.ts'
import { enqueueBooking } from './parcels.commands.ts'
import { findLive, insertIntents, type NewParcel } from './parcels.queries.ts'

/*
 * Orders that become parcels: one each, or one for several that travel together.
 */

interface Asked {
  readonly orderIds: readonly string[]
  readonly carrierAccountId?: string | undefined
  readonly dryRun?: boolean | undefined
}
type Account = Awaited<ReturnType<typeof accountForShipping>>

/** What becomes of the orders of one parcel. */
interface Plan {
  readonly orders: Consignment
  readonly lacking: IntentResult['lackingOptions']
  readonly intent: NewParcel | null
  /** Why there is none, as each of the orders hears it. */
  readonly refusalOf: (orderId: string) => Refusal
}

/**
 * Turns orders into intents, each settled on its own: the answer says for every order which parcel it got or why none;
 * orders that travel together get one parcel, whichever of them was named. A dry run answers the same and writes nothing.
 * Nothing is called here; jobs book the intents one by one, and a killed process leaves them to be taken up again.
 */
export const intendParcels = async (
  ctx: Ctx,
  tx: MerchantTx,
  { orderIds, carrierAccountId, dryRun = false }: Asked,
): Promise<IntentResult[]> => {
  const account = await accountForShipping(ctx, tx, carrierAccountId)
  const consignments = await consignmentsOf(tx, orderIds)
  const all = consignments.flatMap((orders) => orders.map(({ id }) => id))
  const live = new Map((await findLive(tx, all, 'outbound')).map((parcel) => [parcel.orderId, parcel]))
  const plans = await planAll(ctx, tx, account, consignments, (orderId) => live.has(orderId))
  const planOf = new Map(plans.flatMap((plan) => plan.orders.map(({ id }) => [id, plan] as const)))
  const made = dryRun ? null : await writeIntents(ctx, tx, plans)
  return orderIds.map((orderId): IntentResult => {
    const plan = planOf.get(orderId)
    const intent = made && plan?.intent && made.has(plan.intent.id) ? plan.intent : null
    const planned = plan?.intent && (made === null || intent !== null)
    const lacking = plan?.lacking ?? []
    if (planned)
      return {
        orderId,
        parcelId: intent?.id ?? null,
        status: intent?.status ?? null,
        refusal: null,
        lackingOptions: lacking,
      }
    const { code, params } = plan?.intent ? alreadyLive : (plan?.refusalOf(orderId) ?? notFound)
    const holder = live.get(orderId)
    return {
      orderId,
      parcelId: holder?.id ?? null,
      status: holder?.status ?? null,
      refusal: { code, ...(params ? { params: { ...params } } : {}) },
      lackingOptions: lacking,
    }
  })
}

const alreadyLive: Refusal = { code: 'parcel.already_live' }
const notFound: Refusal = { code: 'order.not_found' }

/** Plans every parcel; the order whose id comes first is asked for first. */
const planAll = async (
  ctx: Ctx,
  tx: MerchantTx,
  account: Account,
  consignments: readonly Consignment[],
  isLive: (orderId: string) => boolean,
): Promise<Plan[]> => {
  const leads = consignments.map(([lead]) => lead)
  const places = await placesFor(
    tx,
    account.id,
    leads.map(({ id, cityId, district, addressLine }) => ({ orderId: id, cityId, district, addressLine })),
    { anywhere: !account.capabilities.api, on: dayOf(ctx.now) },
  )
  const numbers = await exchangedNumbers(tx, account.id, leads)
  const inOrder = [...consignments].sort(([one], [other]) => (one.id < other.id ? -1 : 1))
  return inOrder.map((orders): Plan => {
    const [lead] = orders
    const limits = capabilitiesFor(lead, account.capabilities, numbers)
    const lacking = lackingOptions(asOneOrder(orders), limits)
    if (orders.some(({ id }) => isLive(id))) return { orders, lacking, intent: null, refusalOf: () => alreadyLive }
    const planned = planTogetherShipment(orders, places.get(lead.id) ?? { kind: 'none' }, limits, dayOf(ctx.now))
    if (planned.ok)
      return { orders, lacking, intent: intentOf(ctx, orders, account, planned.value), refusalOf: () => alreadyLive }
    return { orders, lacking, intent: null, refusalOf: (id) => refusalFor({ id }, planned) }
  })
}

/** Writes the intents and answers those that were made: another request may have been quicker. */
const writeIntents = async (ctx: Ctx, tx: MerchantTx, plans: readonly Plan[]): Promise<ReadonlySet<string>> => {
  const wanted = plans.flatMap(({ intent, orders }) => (intent ? [{ intent, orders }] : []))
  const leads = await insertIntents(
    tx,
    wanted.map(({ intent }) => intent),
  )
  const made = wanted.filter(({ intent }) => leads.has(intent.orderId))
  await saveCompanions(
    tx,
    made.flatMap(({ intent, orders: [, ...others] }) =>
      others.map(({ id: orderId, codAmountCentimes }) => ({
        parcelId: intent.id,
        orderId,
        codAmountCentimes: codAmountCentimes ?? 0,
      })),
    ),
  )
  for (const { intent, orders } of made) await announceIntent(ctx, tx, intent, orders)
  return new Set(made.map(({ intent }) => intent.id))
}

/** With a carrier that is called the parcel waits for its answer; without API it exists as soon as we say so. */
const intentOf = (
  ctx: Ctx,
  [lead]: Consignment,
  { id: carrierAccountId, capabilities: { api } }: Account,
  shipment: Shipment,
): NewParcel & { readonly id: string } => {
  const id = ctx.newId()
  const now = ctx.now.toISOString()
  return {
    id,
    orderId: lead.id,
    leg: 'outbound',
    carrierAccountId,
    reference: referenceOf(lead.number, id),
    placeId: shipment.placeId,
    status: api ? 'draft' : 'created',
    since: now,
    booking: api ? 'intended' : 'accepted',
    bookingSince: now,
    codAmountCentimes: shipment.amountCentimes,
    feeCentimes: shipment.feeCentimes,
    createdAt: now,
  }
}

const announceIntent = async (ctx: Ctx, tx: MerchantTx, intent: NewParcel, orders: Consignment): Promise<void> => {
  const { id, carrierAccountId, reference, since, status } = intent
  const numbers = orders.length > 1 ? { data: { numbers: orders.map(({ number }) => number) } } : {}
  for (const { id: orderId } of orders) {
    await setOrderParcel(tx, orderId, { id, status, since, trackingNumber: null, carrierAccountId })
    await lowerOrderFlag(ctx, tx, orderId, 'parcel_cancelled')
    ctx.record(tx, {
      type: 'parcel.intended',
      subject: { kind: 'parcel', id },
      orderId,
      after: { status, carrierAccountId, reference },
      ...numbers,
    })
  }
  if (intent.booking === 'intended') enqueueBooking(ctx, tx, { id, carrierAccountId })
}

export const createParcels = (ctx: Ctx, input: CreateParcels): Promise<{ items: IntentResult[] }> =>
  ctx.transaction(async (tx) => ({ items: await intendParcels(ctx, tx, input) }))
