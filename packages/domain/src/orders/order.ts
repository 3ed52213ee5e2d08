import { type Static, Type } from 'typebox'
import { blockModes } from '../customers/block.ts'
import { parcelStatuses } from '../parcels/parcel.ts'
import { OrderRisk } from '../risk/risk.ts'
import { riskLevels } from '../risk/settings.ts'
import {
  Centimes,
  closed,
  Email,
  Instant,
  Line,
  named,
  nullable,
  oneOf,
  page,
  pageQuery,
  ref,
  SignedCentimes,
  Text,
  Uuid,
  Version,
  withExample,
} from '../schema.ts'
import { deliveryPlaces } from './options.ts'
import {
  acceptableReasons,
  cashStatuses,
  incompleteReasons,
  orderFlags,
  orderStates,
  phoneVerdicts,
  returnStatuses,
} from './states.ts'

const hidden = (mask: 'phone' | 'address' | 'financials' | 'cost') => ({ 'x-mask': mask })

export const OrderLine = named(
  'OrderLine',
  Type.Object({
    id: Uuid,
    productId: nullable(Uuid),
    variantId: nullable(Uuid),
    sku: nullable(Type.String()),
    name: Type.String(),
    quantity: Type.Integer(),
    unitPriceCentimes: Type.Integer(),
    totalCentimes: Type.Integer(),
    /** Of its product, for a browser without a token; null without one. Good for a day at most. */
    photoUrl: nullable(Type.String()),
  }),
)
export type OrderLine = Static<typeof OrderLine>

export const OrderCustomer = named(
  'OrderCustomer',
  Type.Object({
    id: Uuid,
    name: Type.String(),
    /** E.164, or a mask of the same length when `phoneMasked`. */
    phone: nullable(Type.String(hidden('phone'))),
    phoneMasked: Type.Boolean(hidden('phone')),
    phoneVerdict: nullable(oneOf(phoneVerdicts)),
    /** As it was written, while no phone could be read in it. */
    phoneText: nullable(Type.String(hidden('phone'))),
    alternatePhone: nullable(Type.String(hidden('phone'))),
    email: nullable(Type.String()),
  }),
)

export const OrderAddress = named(
  'OrderAddress',
  Type.Object({
    line: nullable(Type.String(hidden('address'))),
    district: nullable(Type.String(hidden('address'))),
    landmark: nullable(Type.String(hidden('address'))),
    /** The city as it was written. */
    cityText: nullable(Type.String()),
    city: nullable(Type.Object({ id: Type.String(), name: Type.String() })),
    regionCode: nullable(Type.String()),
  }),
)

export const OrderParcel = Type.Object({
  id: Uuid,
  status: oneOf(parcelStatuses),
  since: Instant,
  trackingNumber: nullable(Type.String()),
  carrierAccountId: nullable(Uuid),
})
export const OrderAssignee = Type.Object({ id: Uuid, name: Type.String() })

/** An order as lists show it: everything but its lines, note and provenance. */
const summary = {
  id: Uuid,
  /** The merchant's running number, shown as `#10421`. */
  number: Type.Integer(),
  storeId: nullable(Uuid),
  source: nullable(Type.String()),
  sourceReference: nullable(Type.String()),
  placedAt: Instant,
  createdAt: Instant,
  updatedAt: Instant,
  stageId: Uuid,
  state: nullable(oneOf(orderStates)),
  /** Since when it is in its stage. */
  stateSince: Instant,
  /** When its stage's age limit is reached, counted in working hours; null without a limit. */
  lateAt: nullable(Instant),
  version: Version,
  customer: ref(OrderCustomer),
  shippingAddress: ref(OrderAddress),
  totalCentimes: SignedCentimes,
  /** What the carrier collects; null while the shop's currency is not MAD. */
  codAmountCentimes: nullable(SignedCentimes),
  sourceCurrency: Type.String(),
  paymentMethod: nullable(Type.String()),
  assignee: nullable(OrderAssignee),
  teamId: nullable(Uuid),
  tags: Type.Array(Type.String()),
  toComplete: Type.Array(oneOf(incompleteReasons)),
  /** How likely the parcel is to come back, by the merchant's own past; null while too little is known. */
  risk: nullable(ref(OrderRisk)),
  duplicateCount: Type.Integer(),
  attemptCount: Type.Integer(),
  nextAttemptAt: nullable(Instant),
  parcel: nullable(OrderParcel),
  cash: Type.Object({ status: oneOf(cashStatuses), since: nullable(Instant) }),
  return: nullable(Type.Object({ status: oneOf(returnStatuses), since: Instant })),
  /** How it wants to be handed over; null where nothing is said. */
  allowOpen: nullable(Type.Boolean()),
  allowTry: nullable(Type.Boolean()),
  fragile: nullable(Type.Boolean()),
  exchangeOfOrderId: nullable(Uuid),
  /** Whose parcel it travels in, by a decision: the order to whose address it goes, which names itself; null when alone. */
  shipWithOrderId: nullable(Uuid),
  shipNotBefore: nullable(Type.String()),
  deliverTo: oneOf(deliveryPlaces),
  /** An example that the merchant filled the account with, and can take away again. */
  isSample: Type.Boolean(),
  /** A carrier's word that no rule knows, or a rule that found no stage: someone should look. */
  flag: nullable(oneOf(orderFlags)),
  /** The customer is blocked, as far as it concerns this order. It moves nothing: somebody decides. */
  blocked: nullable(Type.Object({ mode: oneOf(blockModes), until: nullable(Instant) })),
}

export const OrderSummary = named('OrderSummary', Type.Object(summary))
export type OrderSummary = Static<typeof OrderSummary>
export const OrderPage = page('OrderPage', ref(OrderSummary))

export const Order = named(
  'Order',
  Type.Object({
    ...summary,
    lines: Type.Array(ref(OrderLine)),
    subtotalCentimes: SignedCentimes,
    shippingFeeCentimes: Type.Integer(),
    discountCentimes: Type.Integer(),
    depositCentimes: Type.Integer(),
    /** The shop's total wins: lines + shipping − discount + adjustment = total. */
    adjustmentCentimes: SignedCentimes,
    paymentStatus: nullable(Type.String()),
    utm: Type.Record(Type.String(), Type.String()),
    note: nullable(Type.String()),
    reasonId: nullable(Uuid),
    /** Of its parcel, or of the one by which another system sent a past order. */
    trackingNumber: nullable(Type.String()),
    /** The newest change that can still be taken back. */
    undoEventId: nullable(Uuid),
    shopChangedAfterwards: Type.Boolean(),
  }),
)
export type Order = Static<typeof Order>

const NewLine = closed({
  variantId: Type.Optional(Uuid),
  name: Type.Optional(Line(200)),
  sku: Type.Optional(Line(100)),
  quantity: Type.Integer({ minimum: 1, maximum: 9_999 }),
  unitPriceCentimes: Type.Integer({ minimum: 0, maximum: 99_999_999 }),
})

/** Same schema for the form and for the API: the server computes the totals. */
export const CreateOrder = named(
  'CreateOrder',
  withExample(
    closed({
      customer: closed({
        name: Line(120),
        phone: Line(60),
        alternatePhone: Type.Optional(Line(60)),
        email: Type.Optional(Email),
      }),
      shippingAddress: closed({
        line: Type.Optional(Line(300)),
        city: Line(120),
        district: Type.Optional(Line(120)),
        landmark: Type.Optional(Line(200)),
      }),
      lines: Type.Array(NewLine, { minItems: 1, maxItems: 100 }),
      shippingFeeCentimes: Type.Optional(Centimes),
      discountCentimes: Type.Optional(Centimes),
      depositCentimes: Type.Optional(Centimes),
      paymentMethod: Type.Optional(Line(60)),
      storeId: Type.Optional(Uuid),
      stageId: Type.Optional(Uuid),
      assigneeId: Type.Optional(Uuid),
      note: Type.Optional(Text(2_000)),
      externalReference: Type.Optional(Line(120)),
      source: Type.Optional(Line(60)),
      utm: Type.Optional(
        Type.Record(Type.String({ maxLength: 60, pattern: '^[a-z_]{1,60}$' }), Type.String({ maxLength: 300 }), {
          maxProperties: 20,
        }),
      ),
      tags: Type.Optional(Type.Array(Line(40), { maxItems: 20, uniqueItems: true })),
      allowOpen: Type.Optional(Type.Boolean()),
      allowTry: Type.Optional(Type.Boolean()),
      fragile: Type.Optional(Type.Boolean()),
      exchangeOfOrderId: Type.Optional(Uuid),
      shipNotBefore: Type.Optional(Type.String({ format: 'date', maxLength: 10 })),
      deliverTo: Type.Optional(oneOf(deliveryPlaces)),
    }),
    {
      customer: { name: 'Khadija Ouazzani', phone: '0661 23 45 67' },
      shippingAddress: { line: '12, rue des Orangers', city: 'Casablanca', district: 'Maârif' },
      lines: [{ name: 'Lampe solaire', quantity: 1, unitPriceCentimes: 21_900 }],
      shippingFeeCentimes: 3_000,
    },
  ),
)
export type CreateOrder = Static<typeof CreateOrder>

export const EditOrder = named(
  'EditOrder',
  closed({
    version: Version,
    customer: Type.Optional(
      closed({
        name: Type.Optional(Line(120)),
        phone: Type.Optional(Line(60)),
        alternatePhone: Type.Optional(nullable(Line(60))),
        email: Type.Optional(nullable(Email)),
      }),
    ),
    shippingAddress: Type.Optional(
      closed({
        line: Type.Optional(nullable(Line(300))),
        city: Type.Optional(Line(120)),
        district: Type.Optional(nullable(Line(120))),
        landmark: Type.Optional(nullable(Line(200))),
      }),
    ),
    lines: Type.Optional(Type.Array(NewLine, { minItems: 1, maxItems: 100 })),
    shippingFeeCentimes: Type.Optional(Centimes),
    discountCentimes: Type.Optional(Centimes),
    depositCentimes: Type.Optional(Centimes),
    note: Type.Optional(nullable(Text(2_000))),
    tags: Type.Optional(Type.Array(Line(40), { maxItems: 20, uniqueItems: true })),
    allowOpen: Type.Optional(nullable(Type.Boolean())),
    allowTry: Type.Optional(nullable(Type.Boolean())),
    fragile: Type.Optional(nullable(Type.Boolean())),
    /** The order whose goods are swapped at the door. */
    exchangeOfOrderId: Type.Optional(nullable(Uuid)),
    shipNotBefore: Type.Optional(nullable(Type.String({ format: 'date', maxLength: 10 }))),
    deliverTo: Type.Optional(oneOf(deliveryPlaces)),
  }),
)
export type EditOrder = Static<typeof EditOrder>

/** What lets an order leave the tray "to complete", in one act that can be taken back. At least one thing is given. */
export const RepairOrder = named(
  'RepairOrder',
  closed({
    version: Version,
    phone: Type.Optional(Line(60)),
    /** A city of ours, by its id or by a name that is surely its own. */
    city: Type.Optional(Line(120)),
    lines: Type.Optional(Type.Array(NewLine, { minItems: 1, maxItems: 100 })),
    /** The amount in dirhams of an order in another currency. */
    totalCentimes: Type.Optional(Centimes),
    /** Reasons that a person overrules. */
    accept: Type.Optional(
      Type.Array(oneOf(acceptableReasons), { minItems: 1, maxItems: acceptableReasons.length, uniqueItems: true }),
    ),
  }),
)
export type RepairOrder = Static<typeof RepairOrder>

export const MoveOrder = named(
  'MoveOrder',
  closed({ stageId: Uuid, version: Version, reasonId: Type.Optional(Uuid), note: Type.Optional(Text(500)) }),
)
export type MoveOrder = Static<typeof MoveOrder>
export const UndoOrder = named('UndoOrder', closed({ eventId: Uuid, version: Version }))
export type UndoOrder = Static<typeof UndoOrder>
export const AssignOrder = named('AssignOrder', closed({ memberId: nullable(Uuid), version: Version }))
export const AddNote = named(
  'AddNote',
  closed({ text: Type.String({ minLength: 1, maxLength: 2_000, pattern: '\\S' }) }),
)

export const orderSorts = ['-createdAt', 'createdAt', '-totalCentimes', 'stateSince'] as const
/** The same filters for the list, the count and the board. Filters on hidden fields are refused to roles that do not see them. */
export const orderFilters = {
  /** An open screen asks which of the orders that just changed still match its filters. */
  ids: Type.Optional(Type.Array(Uuid, { minItems: 1, maxItems: 100 })),
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
  stageId: Type.Optional(Uuid),
  state: Type.Optional(oneOf(orderStates)),
  city: Type.Optional(Type.String({ maxLength: 80, description: 'A city, or `none` for orders without one' })),
  regionCode: Type.Optional(Type.String({ maxLength: 10 })),
  carrierAccountId: Type.Optional(Uuid),
  storeId: Type.Optional(Uuid),
  assigneeId: Type.Optional(Type.String({ maxLength: 36, description: 'A member, `me` or `none`' })),
  customerId: Type.Optional(Uuid),
  tag: Type.Optional(Type.String({ maxLength: 40 })),
  cash: Type.Optional(oneOf(cashStatuses)),
  parcel: Type.Optional(oneOf(parcelStatuses)),
  return: Type.Optional(oneOf(returnStatuses)),
  toComplete: Type.Optional(Type.Boolean()),
  cityText: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 120,
      description: 'Orders whose city is open and was written so, in any spelling',
    }),
  ),
  duplicate: Type.Optional(Type.Boolean()),
  late: Type.Optional(Type.Boolean()),
  sample: Type.Optional(Type.Boolean()),
  phoneVerdict: Type.Optional(oneOf(phoneVerdicts)),
  risk: Type.Optional(oneOf(riskLevels)),
  createdFrom: Type.Optional(Instant),
  createdTo: Type.Optional(Instant),
  placedFrom: Type.Optional(Instant),
  placedTo: Type.Optional(Instant),
  updatedFrom: Type.Optional(Instant),
  where: Type.Optional(
    Type.String({
      minLength: 2,
      maxLength: 6_000,
      description: 'A sentence (`Where`) as JSON, beside the other filters',
    }),
  ),
  /** First entries into a state; an undone move is none. */
  confirmedFrom: Type.Optional(Instant),
  confirmedTo: Type.Optional(Instant),
  shippedFrom: Type.Optional(Instant),
  shippedTo: Type.Optional(Instant),
  deliveredFrom: Type.Optional(Instant),
  deliveredTo: Type.Optional(Instant),
}
export const OrderFilters = closed(orderFilters)
export type OrderFilters = Static<typeof OrderFilters>
export const OrderQuery = closed({ ...orderFilters, ...pageQuery, sort: Type.Optional(oneOf(orderSorts)) })
export type OrderQuery = Static<typeof OrderQuery>

export const BoardColumn = Type.Object({
  stageId: Uuid,
  count: Type.Integer(),
  capped: Type.Boolean(),
  /** Null beyond the cap unless the exact figure was asked for, and for roles without financials. */
  sumCentimes: nullable(Type.Integer(hidden('financials'))),
  oldestSince: nullable(Instant),
})
export const Board = named('Board', Type.Object({ columns: Type.Array(BoardColumn) }))
export type Board = Static<typeof Board>

export const HistoryEvent = named(
  'HistoryEvent',
  Type.Object({
    id: Uuid,
    type: Type.String(),
    at: Instant,
    actor: Type.Object({
      kind: oneOf(['member', 'key', 'system', 'carrier', 'shop', 'customer']),
      id: nullable(Uuid),
      name: nullable(Type.String()),
    }),
    before: nullable(Type.Record(Type.String(), Type.Unknown())),
    after: nullable(Type.Record(Type.String(), Type.Unknown())),
    data: nullable(Type.Record(Type.String(), Type.Unknown())),
    effects: Type.Array(
      Type.Object({
        id: Uuid,
        kind: Type.String(),
        status: Type.String(),
        reversible: Type.Boolean({ description: 'Whether an undo would take it back, or keep it from running' }),
      }),
    ),
    undoable: Type.Boolean(),
  }),
)
export type HistoryEvent = Static<typeof HistoryEvent>
export const HistoryPage = page('HistoryPage', ref(HistoryEvent))
