import type {
  ConnectionKind,
  Inbound,
  InboundDetail,
  InboundKind,
  InboundQuery,
  InboundStatus,
  Trust,
} from '@sendocki/domain/inbound/inbound'
import { and, desc, eq, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../db/client.ts'
import { inbound, inboundBodies } from '../../db/schema/inbound.ts'
import { rawStatement, statement } from '../../db/statement.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'

export interface NewInbound {
  readonly id: string
  readonly connectionKind: ConnectionKind
  readonly connectionId: string
  readonly deliveryKey: string
  readonly kind: InboundKind
  readonly topic: string
  readonly trust: Trust
  readonly subject: string | null
  readonly subjectVersion: string | null
  readonly sentAt: string | null
  readonly receivedAt: string
  readonly body: Buffer
}

const place = (name: string) => sql.placeholder(name)

/** Rows and bodies in one statement; what was there already does not come back. Leans on `inbound_delivery`. */
const insertOnce = rawStatement<{ id: string }>(
  'inbound_store',
  sql`with delivered as (
    select * from unnest(${place('ids')}::uuid[], ${place('connectionKinds')}::text[], ${place('connectionIds')}::uuid[],
      ${place('deliveryKeys')}::text[], ${place('kinds')}::text[], ${place('topics')}::text[], ${place('trusts')}::text[],
      ${place('subjects')}::text[], ${place('subjectVersions')}::text[], ${place('sentAts')}::timestamptz[],
      ${place('receivedAts')}::timestamptz[], ${place('bodies')}::bytea[])
      as d (id, connection_kind, connection_id, delivery_key, kind, topic, trust, subject, subject_version, sent_at,
        received_at, body)
  ), stored as (
    insert into inbound (merchant_id, id, connection_kind, connection_id, delivery_key, kind, topic, trust, subject,
      subject_version, sent_at, size_bytes, received_at)
    select ${place('merchantId')}::uuid, id, connection_kind, connection_id, delivery_key, kind, topic, trust, subject,
      subject_version, sent_at, octet_length(body), received_at
    from delivered on conflict (merchant_id, connection_id, delivery_key) do nothing
    returning merchant_id, id
  ) insert into inbound_bodies (merchant_id, inbound_id, body)
    select stored.merchant_id, id, delivered.body from stored join delivered using (id) returning inbound_id as id`,
  ['id'],
)

/** The ids of those that had not been stored before. */
export const insertInbound = async (tx: MerchantTx, rows: readonly NewInbound[]): Promise<ReadonlySet<string>> => {
  const column = <K extends keyof NewInbound>(name: K): NewInbound[K][] => rows.map((row) => row[name])
  const stored = await tx.run(insertOnce, {
    merchantId: tx.merchantId,
    ids: column('id'),
    connectionKinds: column('connectionKind'),
    connectionIds: column('connectionId'),
    deliveryKeys: column('deliveryKey'),
    kinds: column('kind'),
    topics: column('topic'),
    trusts: column('trust'),
    subjects: column('subject'),
    subjectVersions: column('subjectVersion'),
    sentAts: column('sentAt'),
    receivedAts: column('receivedAt'),
    bodies: column('body'),
  })
  return new Set(stored.map(({ id }) => id))
}

const status = sql<InboundStatus>`case when ${inbound.processedAt} is not null then 'processed'
  when ${inbound.failedAt} is not null then 'failed' else 'waiting' end`
const shown = {
  id: inbound.id,
  connectionKind: inbound.connectionKind,
  connectionId: inbound.connectionId,
  kind: inbound.kind,
  topic: inbound.topic,
  trust: inbound.trust,
  subject: inbound.subject,
  status,
  outcome: inbound.outcome,
  orderId: inbound.orderId,
  sizeBytes: inbound.sizeBytes,
  receivedAt: inbound.receivedAt,
  processedAt: inbound.processedAt,
} as const

/** Newest first, by `inbound_connection` or the key read backwards: ids are in order of arrival. */
export const listInbound = async (tx: MerchantTx, query: InboundQuery) => {
  const { connectionId, limit = 50, cursor } = query
  const list = `inbound:${connectionId ?? ''}:${query.status ?? ''}`
  const after = decodeCursor(list, cursor, 1)
  const rows: Inbound[] = await tx.db
    .select(shown)
    .from(inbound)
    .where(
      and(
        eq(inbound.merchantId, tx.merchantId),
        connectionId ? eq(inbound.connectionId, connectionId) : undefined,
        query.status ? statusIs(query.status) : undefined,
        after ? lt(inbound.id, String(after[0])) : undefined,
      ),
    )
    .orderBy(desc(inbound.id))
    .limit(limit + 1)
  return pageOf(
    rows,
    limit,
    list,
    (row) => [row.id],
    (row) => row,
  )
}

const statusIs = (wanted: InboundStatus): SQL | undefined => {
  if (wanted === 'processed') return isNotNull(inbound.processedAt)
  return and(isNull(inbound.processedAt), wanted === 'failed' ? isNotNull(inbound.failedAt) : isNull(inbound.failedAt))
}

const bodyOf = and(eq(inboundBodies.merchantId, inbound.merchantId), eq(inboundBodies.inboundId, inbound.id))
const ofId = and(eq(inbound.merchantId, place('merchantId')), eq(inbound.id, place('id')))

const oneToRead = statement('inbound_one', (qb) =>
  qb
    .select({
      id: inbound.id,
      connectionKind: inbound.connectionKind,
      connectionId: inbound.connectionId,
      deliveryKey: inbound.deliveryKey,
      kind: inbound.kind,
      topic: inbound.topic,
      trust: inbound.trust,
      sentAt: inbound.sentAt,
      receivedAt: inbound.receivedAt,
      processedAt: inbound.processedAt,
      body: inboundBodies.body,
    })
    .from(inbound)
    .leftJoin(inboundBodies, bodyOf)
    .where(ofId),
)

/** One delivery with its bytes, for the job that reads it. `body` is null once it was erased. */
export const findInbound = async (tx: MerchantTx, id: string) =>
  (await tx.run(oneToRead, { merchantId: tx.merchantId, id }))[0]
export type StoredInbound = NonNullable<Awaited<ReturnType<typeof findInbound>>>

/** One delivery as a screen shows it; the bytes as text, where unreadable signs stand out. */
export const readInboundDetail = async (
  tx: MerchantTx,
  id: string,
  withBody: boolean,
): Promise<InboundDetail | undefined> => {
  const [row] = await tx.db
    .select({ ...shown, bytes: inboundBodies.body })
    .from(inbound)
    .leftJoin(inboundBodies, bodyOf)
    .where(and(eq(inbound.merchantId, tx.merchantId), eq(inbound.id, id)))
  if (!row) return undefined
  const { bytes, ...rest } = row
  return { ...rest, body: bytes && withBody ? bytes.toString('utf8') : null, bodyErased: bytes === null }
}

export interface Reading {
  readonly at: string
  readonly outcome: string
  readonly orderId: string | null
  readonly subject: string | null
  readonly subjectVersion: string | null
}

/** Marks a delivery as read; false when another job was first. The row stays locked until the caller commits. */
export const finishInbound = async (tx: MerchantTx, id: string, reading: Reading): Promise<boolean> => {
  const { at, subject, subjectVersion, ...rest } = reading
  const found = await tx.db
    .update(inbound)
    .set({ ...rest, processedAt: at, failedAt: null, ...(subject ? { subject, subjectVersion } : {}) })
    .where(and(eq(inbound.merchantId, tx.merchantId), eq(inbound.id, id), isNull(inbound.processedAt)))
    .returning({ id: inbound.id })
  return found.length > 0
}

/** Takes the delivery for this transaction: a second job waits here and then finds it read. */
export const lockInbound = async (tx: MerchantTx, id: string): Promise<boolean> => {
  const found = await tx.db
    .select({ id: inbound.id })
    .from(inbound)
    .where(and(eq(inbound.merchantId, tx.merchantId), eq(inbound.id, id), isNull(inbound.processedAt)))
    .for('update')
  return found.length > 0
}

export const failInbound = async (tx: MerchantTx, id: string, outcome: string, at: string): Promise<void> => {
  await tx.db
    .update(inbound)
    .set({ outcome, failedAt: at })
    .where(and(eq(inbound.merchantId, tx.merchantId), eq(inbound.id, id), isNull(inbound.processedAt)))
}

/** Makes a delivery unread again; its body must still be there. */
export const reopenInbound = async (tx: MerchantTx, id: string): Promise<void> => {
  await tx.db
    .update(inbound)
    .set({ processedAt: null, failedAt: null, outcome: null })
    .where(and(eq(inbound.merchantId, tx.merchantId), eq(inbound.id, id)))
}

/** Which versions of these subjects a connection has delivered before, as `subject@version`. By `inbound_subject`. */
export const knownVersions = async (
  tx: MerchantTx,
  connectionId: string,
  subjects: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (subjects.length === 0) return new Set()
  const rows = await tx.db
    .select({ subject: inbound.subject, version: inbound.subjectVersion })
    .from(inbound)
    .where(
      and(
        eq(inbound.merchantId, tx.merchantId),
        eq(inbound.connectionId, connectionId),
        inArray(inbound.subject, [...subjects]),
      ),
    )
  return new Set(rows.map(({ subject, version }) => `${subject}@${version}`))
}

/** Removes up to `limit` bodies of a connection and tells how many there were: erasing goes in small transactions. */
export const eraseConnectionBodies = async (tx: MerchantTx, connectionId: string, limit: number): Promise<number> => {
  const some = tx.db
    .select({ id: inboundBodies.inboundId })
    .from(inboundBodies)
    .innerJoin(inbound, bodyOf)
    .where(and(eq(inboundBodies.merchantId, tx.merchantId), eq(inbound.connectionId, connectionId)))
    .limit(limit)
  return (await removeBodies(tx, inArray(inboundBodies.inboundId, some))).length
}

/** Removes the bodies that tell of these things of a connection, and those behind these orders. */
export const eraseBodiesAbout = async (
  tx: MerchantTx,
  connectionId: string,
  subjects: readonly string[],
  orderIds: readonly string[],
): Promise<void> => {
  const about = [
    ...(subjects.length > 0
      ? [and(eq(inbound.connectionId, connectionId), inArray(inbound.subject, [...subjects]))]
      : []),
    ...(orderIds.length > 0 ? [inArray(inbound.orderId, [...orderIds])] : []),
  ]
  if (about.length === 0) return
  const ids = tx.db
    .select({ id: inbound.id })
    .from(inbound)
    .where(and(eq(inbound.merchantId, tx.merchantId), or(...about)))
  await removeBodies(tx, inArray(inboundBodies.inboundId, ids))
}

/** Removes the bodies behind these orders, from whatever shop they came. */
export const eraseBodiesOfOrders = async (tx: MerchantTx, orderIds: readonly string[]): Promise<void> => {
  if (orderIds.length === 0) return
  const ids = tx.db
    .select({ id: inbound.id })
    .from(inbound)
    .where(and(eq(inbound.merchantId, tx.merchantId), inArray(inbound.orderId, [...orderIds])))
  await removeBodies(tx, inArray(inboundBodies.inboundId, ids))
}

/** Removes one body: a request to forget somebody names that person. */
export const eraseBody = async (tx: MerchantTx, id: string): Promise<void> => {
  await removeBodies(tx, eq(inboundBodies.inboundId, id))
}

const removeBodies = (tx: MerchantTx, which: SQL) =>
  tx.db
    .delete(inboundBodies)
    .where(and(eq(inboundBodies.merchantId, tx.merchantId), which))
    .returning({ id: inboundBodies.inboundId })
