import { type Static, Type } from 'typebox'
import { OrderSelection } from '../orders/where-schema.ts'
import { closed, Instant, Line, named, nullable, oneOf, page, pageQuery, ref, Text, Uuid } from '../schema.ts'
import { bulkActions, bulkOutcomes, bulkStatuses, mostBulkRows } from './bulk.ts'

/** What the action needs. Which of these belong to which action is refused with `request.invalid`. */
export const BulkParams = closed({
  /** `move` */
  stageId: Type.Optional(Uuid),
  reasonId: Type.Optional(Uuid),
  note: Type.Optional(Text(500)),
  /** `assign`: null gives the orders to nobody. */
  memberId: Type.Optional(nullable(Uuid)),
  /** `tag` */
  add: Type.Optional(Type.Array(Line(40), { maxItems: 10, uniqueItems: true })),
  remove: Type.Optional(Type.Array(Line(40), { maxItems: 10, uniqueItems: true })),
  /** `ship` */
  carrierAccountId: Type.Optional(Uuid),
})
export type BulkParams = Static<typeof BulkParams>

/** Either `ids` or `filter`. */
export const CreateBulkOperation = named(
  'CreateBulkOperation',
  closed({
    noun: oneOf(['orders']),
    ids: Type.Optional(Type.Array(Uuid, { minItems: 1, maxItems: mostBulkRows, uniqueItems: true })),
    filter: Type.Optional(ref(OrderSelection)),
    action: oneOf(bulkActions),
    params: BulkParams,
    /** Decides for every order and changes none. */
    dryRun: Type.Optional(Type.Boolean()),
  }),
)
export type CreateBulkOperation = Static<typeof CreateBulkOperation>

export const BulkOperation = named(
  'BulkOperation',
  Type.Object({
    id: Uuid,
    noun: oneOf(['orders']),
    action: oneOf(bulkActions),
    params: BulkParams,
    dryRun: Type.Boolean(),
    status: oneOf(bulkStatuses),
    /** Why it stopped by itself: a refusal's code. */
    problem: nullable(Type.String()),
    rows: Type.Integer(),
    done: Type.Integer(),
    refused: Type.Integer(),
    /** Refused rows by reason, the most frequent first. */
    reasons: Type.Array(Type.Object({ code: Type.String(), count: Type.Integer() })),
    /** The operation that this one takes back. */
    undoes: nullable(Uuid),
    /** The operation that takes this one back. */
    undoneBy: nullable(Uuid),
    undoable: Type.Boolean(),
    memberId: nullable(Uuid),
    createdAt: Instant,
    finishedAt: nullable(Instant),
  }),
)
export type BulkOperation = Static<typeof BulkOperation>
export const BulkOperationPage = page('BulkOperationPage', ref(BulkOperation))

export const BulkRow = named(
  'BulkRow',
  Type.Object({
    position: Type.Integer(),
    orderId: Uuid,
    /** Null when there is no such order. */
    number: nullable(Type.Integer()),
    outcome: oneOf(bulkOutcomes),
    refusal: nullable(
      Type.Object({ code: Type.String(), params: Type.Optional(Type.Record(Type.String(), Type.Unknown())) }),
    ),
  }),
)
export type BulkRow = Static<typeof BulkRow>
export const BulkRowPage = page('BulkRowPage', ref(BulkRow))
export const BulkRowQuery = closed({ ...pageQuery, outcome: Type.Optional(oneOf(bulkOutcomes)) })
export type BulkRowQuery = Static<typeof BulkRowQuery>
