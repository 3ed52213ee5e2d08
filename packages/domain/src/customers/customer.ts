import { type Static, Type } from 'typebox'
import { OrderAddress } from '../orders/order.ts'
import { closed, Email, Instant, Line, named, nullable, oneOf, page, pageQuery, ref, Uuid, Version } from '../schema.ts'
import { SegmentRef } from '../segments/segment.ts'
import { blockModes } from './block.ts'
import { mergedNames } from './merging.ts'

/** How many tags a customer may have. */
export const tagsMax = 20

/** What a customer's orders come to, as far as the reader sees them. */
export const CustomerStatistics = named(
  'CustomerStatistics',
  Type.Object({
    orders: Type.Integer(),
    /** Neither delivered nor returned nor cancelled. */
    open: Type.Integer(),
    delivered: Type.Integer(),
    returned: Type.Integer(),
    cancelled: Type.Integer(),
    /** Of what was delivered or came back, the thousandth parts that were delivered; null while neither happened. */
    deliveredPermille: nullable(Type.Integer()),
    deliveredCentimes: nullable(Type.Integer({ 'x-mask': 'financials' })),
    firstOrderAt: nullable(Instant),
    lastOrderAt: nullable(Instant),
  }),
)
export type CustomerStatistics = Static<typeof CustomerStatistics>

/** A block that stands. */
export const CustomerBlock = named(
  'CustomerBlock',
  Type.Object({
    id: Uuid,
    /** `cod`: orders paid on delivery; `all`: every order. */
    mode: oneOf(blockModes),
    reason: Type.String(),
    by: nullable(Type.String()),
    at: Instant,
    /** From then on it holds nothing up; null for good. */
    until: nullable(Instant),
  }),
)
export type CustomerBlock = Static<typeof CustomerBlock>

const known = {
  id: Uuid,
  name: Type.String(),
  /** E.164, or a mask of the same length when `phoneMasked`; null while no usable phone is known. */
  phone: nullable(Type.String({ 'x-mask': 'phone' })),
  phoneMasked: Type.Boolean({ 'x-mask': 'phone' }),
  alternatePhone: nullable(Type.String({ 'x-mask': 'phone' })),
  email: nullable(Type.String()),
  address: ref(OrderAddress),
  tags: Type.Array(Type.String()),
  blocked: nullable(Type.Object({ mode: oneOf(blockModes), until: nullable(Instant) })),
  isSample: Type.Boolean(),
  createdAt: Instant,
  updatedAt: Instant,
  version: Version,
}

/** A customer as the list shows it. */
export const CustomerSummary = named(
  'CustomerSummary',
  Type.Object({
    ...known,
    /** Null for roles that see only some orders: the list does not tell how many others there are. */
    statistics: nullable(ref(CustomerStatistics)),
  }),
)
export type CustomerSummary = Static<typeof CustomerSummary>
export const CustomerPage = page('CustomerPage', ref(CustomerSummary))

/** The card: everything that is known of one customer, but orders and notes. */
export const Customer = named(
  'Customer',
  Type.Object({
    ...known,
    statistics: ref(CustomerStatistics),
    block: nullable(ref(CustomerBlock)),
    /** Null as long as nobody knows whether they agreed to advertising. */
    consent: nullable(Type.Object({ given: Type.Boolean(), source: nullable(Type.String()), at: nullable(Instant) })),
    /** Other numbers under which they ordered or are known. */
    otherPhones: Type.Array(Type.String({ 'x-mask': 'phone' })),
    /** Where their orders went, the newest first. */
    addresses: Type.Array(ref(OrderAddress)),
    /** Customers that were merged into this one, each with the merge that can be undone. */
    merged: Type.Array(
      Type.Object({
        mergeId: Uuid,
        customerId: Uuid,
        name: Type.String(),
        phone: nullable(Type.String({ 'x-mask': 'phone' })),
        at: Instant,
      }),
    ),
    erasedAt: nullable(Instant),
  }),
)
export type Customer = Static<typeof Customer>

export const customerSorts = ['-lastOrderAt', '-ordersCount', '-deliveredShare', '-returnedShare'] as const
export const customerFilters = {
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
  blocked: Type.Optional(Type.Boolean()),
  city: Type.Optional(Type.String({ maxLength: 80, description: 'A city, or `none` for customers without one' })),
  tag: Type.Optional(Type.String({ maxLength: 40 })),
  segment: Type.Optional(SegmentRef),
}
export const CustomerFilters = closed(customerFilters)
export type CustomerFilters = Static<typeof CustomerFilters>
export const CustomerQuery = closed({ ...customerFilters, ...pageQuery, sort: Type.Optional(oneOf(customerSorts)) })
export type CustomerQuery = Static<typeof CustomerQuery>

export const EditCustomer = named(
  'EditCustomer',
  closed({
    version: Version,
    name: Type.Optional(Line(120)),
    email: Type.Optional(nullable(Email)),
    alternatePhone: Type.Optional(nullable(Line(60))),
    tags: Type.Optional(Type.Array(Line(40), { maxItems: tagsMax, uniqueItems: true })),
    address: Type.Optional(
      closed({
        line: Type.Optional(nullable(Line(300))),
        city: Type.Optional(nullable(Line(120))),
        district: Type.Optional(nullable(Line(120))),
        landmark: Type.Optional(nullable(Line(200))),
      }),
    ),
    /** Null makes it unknown again. */
    consent: Type.Optional(nullable(closed({ given: Type.Boolean(), source: Type.Optional(nullable(Line(120))) }))),
  }),
)
export type EditCustomer = Static<typeof EditCustomer>

/** What a colleague wrote of a customer; the words are forgotten with the person. */
export const CustomerNote = named(
  'CustomerNote',
  Type.Object({
    id: Uuid,
    /** Null once the person was forgotten. */
    text: nullable(Type.String()),
    author: nullable(Type.String()),
    at: Instant,
  }),
)
export type CustomerNote = Static<typeof CustomerNote>
export const CustomerNotePage = page('CustomerNotePage', ref(CustomerNote))

export const BlockCustomer = named(
  'BlockCustomer',
  closed({
    mode: oneOf(blockModes),
    reason: Line(300),
    /** When it ends by itself; later than now. */
    until: Type.Optional(nullable(Instant)),
  }),
)
export type BlockCustomer = Static<typeof BlockCustomer>

export const MergeCustomer = named(
  'MergeCustomer',
  closed({
    /** Who becomes the customer of the address. */
    customerId: Uuid,
    /** Only says what would move. */
    dryRun: Type.Optional(Type.Boolean()),
  }),
)
export type MergeCustomer = Static<typeof MergeCustomer>

/** What a merge moves, or would. */
export const MergeResult = named(
  'MergeResult',
  Type.Object({
    /** Null for a dry run. */
    mergeId: nullable(Uuid),
    orders: Type.Integer(),
    notes: Type.Integer(),
    phones: Type.Array(Type.String({ 'x-mask': 'phone' })),
    /** Tags that the one who stays gains. */
    tags: Type.Array(Type.String()),
    /** What of the one who stays is filled in. */
    fields: Type.Array(oneOf(mergedNames)),
    /** Customers that had been merged into the merged one before. */
    others: Type.Integer(),
    customer: ref(Customer),
  }),
)
export type MergeResult = Static<typeof MergeResult>
