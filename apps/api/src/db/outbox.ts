import type { MerchantId } from '@sendocki/domain/ids'
import type { QueryConfig } from 'pg'

export type ActorKind = 'member' | 'key' | 'system' | 'carrier' | 'shop' | 'customer'

/** One thing that changed, as the journal keeps it. */
export interface JournalEntry {
  readonly id: string
  readonly type: string
  readonly occurredAt: string
  readonly actorKind: ActorKind
  readonly actorId: string | null
  readonly actorName: string | null
  readonly subjectKind: string
  readonly subjectId: string
  readonly orderId: string | null
  readonly before: object | null
  readonly after: object | null
  readonly data: object | null
  readonly undoable: boolean
  readonly origin: object | null
}

export interface QueuedJob {
  readonly task: string
  readonly payload: object
  readonly key: string | null
  readonly queue: string | null
  readonly runAt: string | null
  readonly maxAttempts: number | null
}

/** What a transaction leaves behind when it commits; nothing of it exists when it rolls back. */
export interface Outbox {
  readonly entries: JournalEntry[]
  readonly jobs: QueuedJob[]
  /** Nouns whose open screens should look again; without an id, all of the noun. */
  readonly changes: { noun: string; id: string | null }[]
  /** Sessions, keys, users, members or roles whose cached state is out of date. */
  readonly dropped: string[]
}

export const changesChannel = 'sendocki_changes'
export const sessionsChannel = 'sendocki_sessions'

/** NOTIFY takes at most 8,000 bytes; beyond this many subjects a screen is told the noun only. */
const subjectsInNotice = 60

const flushText = `
with bumped as (
  update merchant_counters set event_sequence = event_sequence + $2::int
  where merchant_id = $1 and $2::int > 0 returning event_sequence
), written as (
  insert into events (merchant_id, sequence, id, type, occurred_at, actor_kind, actor_id, actor_name, subject_kind,
    subject_id, order_id, before, after, data, undoable, origin)
  select $1, bumped.event_sequence - $2::int + e.ordinality, e.id, e.type, e."occurredAt", e."actorKind", e."actorId",
    e."actorName", e."subjectKind", e."subjectId", e."orderId", e.before, e.after, e.data, e.undoable, e.origin
  from bumped, rows from (jsonb_to_recordset($3::jsonb) as (id uuid, type text, "occurredAt" timestamptz,
    "actorKind" text, "actorId" uuid, "actorName" text, "subjectKind" text, "subjectId" uuid, "orderId" uuid,
    before jsonb, after jsonb, data jsonb, undoable boolean, origin jsonb)) with ordinality as e
)
select case when $4::jsonb is null then null else jobs.enqueue($4) end, (select event_sequence from bumped),
  case when $5::text is null then null else pg_notify('${changesChannel}', $5) end,
  (select count(pg_notify('${sessionsChannel}', d)) from unnest($6::text[]) d)`

/** The last statement before commit: journal, jobs and notices in one flight; undefined when there is nothing. */
export const flushStatement = (merchantId: MerchantId | null, outbox: Outbox): QueryConfig | undefined => {
  const { entries, jobs, changes, dropped } = outbox
  if (entries.length + jobs.length + changes.length + dropped.length === 0) return undefined
  if (merchantId === null && entries.length > 0) throw new Error('A journal entry needs a merchant.')
  return {
    name: 'flush',
    text: flushText,
    values: [
      merchantId,
      entries.length,
      JSON.stringify(entries),
      jobs.length === 0 ? null : JSON.stringify(lastOfEachKey(jobs)),
      noticeOf(merchantId, changes),
      dropped,
    ],
  }
}

/** A second job with the same key replaces the first, and one call may name a key only once. */
const lastOfEachKey = (jobs: readonly QueuedJob[]): readonly QueuedJob[] =>
  jobs.filter(({ key }, index) => key === null || jobs.findLastIndex((other) => other.key === key) === index)

const noticeOf = (merchantId: MerchantId | null, changes: Outbox['changes']): string | null => {
  if (merchantId === null || changes.length === 0) return null
  const subjects =
    changes.length <= subjectsInNotice
      ? changes.map(({ noun, id }) => [noun, id])
      : [...new Set(changes.map(({ noun }) => noun))].map((noun) => [noun, null])
  return JSON.stringify({ merchantId, subjects })
}
