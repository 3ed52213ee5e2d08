import {
  type ConnectionKind,
  connectionKinds,
  type InboundKind,
  inboundKinds,
  type Trust,
  trusts,
} from '@sendocki/domain/inbound/inbound'
import { and, isNotNull, isNull, type SQL } from 'drizzle-orm'
import { foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytes, byteText, checkOneOf, id, instant } from '../columns.ts'
import { merchantId } from './platform.ts'

/**
 * Everything that came in, stored before anything is made of it. Law 1 begins here: (connection, delivery key) is
 * unique, so a delivery repeated by its sender is one row. `connectionId` is a store or a carrier account, by its kind.
 */
export const inbound = pgTable(
  'inbound',
  {
    merchantId: merchantId(),
    id: id(),
    connectionKind: text().$type<ConnectionKind>().notNull(),
    connectionId: uuid().notNull(),
    deliveryKey: byteText().notNull(),
    kind: text().$type<InboundKind>().notNull(),
    topic: text().notNull(),
    trust: text().$type<Trust>().notNull(),
    /** What the sender calls the thing and which version of it this is; known at once or when it was read. */
    subject: byteText(),
    subjectVersion: byteText(),
    /** When the sender says that it happened. */
    sentAt: instant(),
    sizeBytes: integer().notNull(),
    receivedAt: instant().notNull(),
    processedAt: instant(),
    failedAt: instant(),
    outcome: text(),
    orderId: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('inbound_delivery').on(t.merchantId, t.connectionId, t.deliveryKey),
    // Ids are in order of arrival, so the key itself lists the newest of all connections.
    index('inbound_connection').on(t.merchantId, t.connectionId, t.id),
    index('inbound_subject').on(t.merchantId, t.connectionId, t.subject),
    index('inbound_order').on(t.merchantId, t.orderId).where(isNotNull(t.orderId)),
    // How far reading lags behind arrival, over all merchants.
    index('inbound_pending')
      .on(t.receivedAt)
      .where(and(isNull(t.processedAt), isNull(t.failedAt)) as SQL),
    checkOneOf('inbound_connection_kind_known', t.connectionKind, connectionKinds),
    checkOneOf('inbound_kind_known', t.kind, inboundKinds),
    checkOneOf('inbound_trust_known', t.trust, trusts),
  ],
)

/** The exact bytes, apart from the row that tells of them: erasing a person removes these and leaves the fact. */
export const inboundBodies = pgTable(
  'inbound_bodies',
  { merchantId: uuid().notNull(), inboundId: uuid().notNull(), body: bytes().notNull() },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.inboundId] }),
    foreignKey({ columns: [t.merchantId, t.inboundId], foreignColumns: [inbound.merchantId, inbound.id] }),
  ],
)
