import type { MemberId, MerchantId, UserId } from '@sendocki/domain/ids'
import type { Mask, Permission, RoleKey, Scope } from '@sendocki/domain/permissions'
import { Refused } from '@sendocki/domain/result'
import { v7 as uuidv7 } from 'uuid'
import type { CarrierMaps, CarrierPorts } from './adapters/carriers/port.ts'
import type { TablesPort } from './adapters/files/port.ts'
import type { KeptFiles, WorkbookPort } from './adapters/kept-files/port.ts'
import type { MailPort } from './adapters/mail/port.ts'
import type { MessagingMap, MessagingPort } from './adapters/messaging/port.ts'
import type { PaperPress } from './adapters/papers/port.ts'
import type { StoreMaps, StorePorts } from './adapters/stores/port.ts'
import type { Config } from './config.ts'
import type { Database, MerchantTx, PlatformTx, ReadOptions } from './db/client.ts'
import type { ActorKind, JournalEntry } from './db/outbox.ts'
import type { JobName, JobPayload } from './jobs/catalogue.ts'
import type { Log } from './log.ts'
import type { Passwords } from './passwords.ts'
import type { Secrets } from './secrets.ts'

export type { MerchantTx, PlatformTx } from './db/client.ts'

/** Who acts, with what rights. A machine (job, carrier, shop) has no role and sees every row of its merchant. */
export interface Actor {
  readonly kind: ActorKind
  readonly id: string | null
  readonly name: string | null
  readonly userId: UserId | null
  readonly memberId: MemberId | null
  readonly role: Rights | null
}

export interface Rights {
  readonly id: string
  readonly key: RoleKey | null
  readonly permissions: ReadonlySet<Permission>
  readonly scope: readonly Scope[]
  readonly masks: ReadonlySet<Mask>
  readonly moveInto: readonly string[] | null
}

/** An event to be journalled; the context adds who, when, from where. */
export interface Happening {
  readonly id?: string
  readonly type: string
  readonly subject: { readonly kind: string; readonly id: string }
  readonly orderId?: string
  readonly before?: object
  readonly after?: object
  readonly data?: object
  readonly undoable?: boolean
  /** When it happened outside, if that is known and differs from now. */
  readonly at?: string
  /** Nothing changed that a screen shows: somebody looked. */
  readonly quiet?: boolean
  /** Other nouns whose open screens should look again. */
  readonly touches?: readonly { readonly noun: string; readonly id: string }[]
}

export interface EnqueueOptions {
  /** A second job with the same key replaces the first while it waits. */
  readonly key?: string
  /** Jobs of one queue run one after the other. */
  readonly queue?: string
  readonly runAt?: Date
}

/** What every process has, wired once in deps.ts. */
export interface World {
  readonly config: Config
  readonly database: Database
  readonly secrets: Secrets
  readonly passwords: Passwords
  readonly log: Log
  readonly clock: () => Date
  /** Files made for people, until they expire. */
  readonly files: KeptFiles
  /** The pure half of every adapter: verify, parse. The half that talks exists in jobs only. */
  readonly maps: { readonly stores: StoreMaps; readonly carriers: CarrierMaps; readonly messaging: MessagingMap }
  /** Reads and writes tables in files. */
  readonly tables: TablesPort
}

/** The world outside the merchant's rows: people, sessions, sign-ups. */
export interface PublicCtx extends World {
  readonly now: Date
  readonly origin: { readonly address: string; readonly userAgent: string; readonly requestId: string }
  newId(): string
  platform<T>(work: (tx: PlatformTx) => Promise<T>): Promise<T>
  enqueue<N extends JobName>(
    tx: MerchantTx | PlatformTx,
    job: N,
    payload: JobPayload<N>,
    options?: EnqueueOptions,
  ): void
  /** Forgets the cached state of a session, a key, a user, a member or a role, in every process, on commit. */
  dropSessions(tx: MerchantTx | PlatformTx, id: string): void
  /** The same world seen by an actor inside a merchant. */
  inMerchant(merchantId: MerchantId, actor: Actor): Ctx
}

/** One actor, one merchant, one instant. */
export interface Ctx extends PublicCtx {
  readonly merchantId: MerchantId
  readonly actor: Actor
  read<T>(work: (tx: MerchantTx) => Promise<T>, options?: ReadOptions): Promise<T>
  /**
   * All or nothing. With an idempotency key, the key's lock, the replay and the stored answer live in here too, so a
   * command is one transaction and its result is the answer.
   */
  transaction<T>(work: (tx: MerchantTx) => Promise<T>): Promise<T>
  /** Journals an event and wakes the screens that show its subject. Returns the event's id. */
  record(tx: MerchantTx, happening: Happening): string
}

/** In a job: the ports are there, and every transaction belongs to the job's merchant. */
export interface JobCtx extends Ctx {
  readonly ports: {
    readonly stores: StorePorts
    readonly carriers: CarrierPorts
    readonly mail: MailPort
    readonly messaging: MessagingPort
    readonly workbooks: WorkbookPort
    readonly papers: PaperPress
  }
  readonly job: { readonly name: JobName; readonly attempt: number; readonly lastAttempt: boolean }
}

/** Wraps a transaction: the place of idempotency keys, absent in jobs. */
export type Wrap = <T>(work: (tx: MerchantTx) => Promise<T>) => (tx: MerchantTx) => Promise<T>

export const systemActor = (
  kind: ActorKind = 'system',
  id: string | null = null,
  name: string | null = null,
): Actor => ({
  kind,
  id,
  name,
  userId: null,
  memberId: null,
  role: null,
})

export const publicContext = (world: World, origin: PublicCtx['origin']): PublicCtx => {
  const now = world.clock()
  const ctx: PublicCtx = {
    ...world,
    now,
    origin,
    newId: () => uuidv7({ msecs: world.clock().getTime() }),
    platform: (work) => world.database.platform(work),
    enqueue: (tx, task, payload, options = {}) => {
      tx.outbox.jobs.push({
        task,
        payload,
        key: options.key ?? null,
        queue: options.queue ?? null,
        runAt: options.runAt?.toISOString() ?? null,
        maxAttempts: null,
      })
    },
    dropSessions: (tx, id) => {
      tx.outbox.dropped.push(id)
    },
    inMerchant: (merchantId, actor) => merchantContext(ctx, merchantId, actor),
  }
  return ctx
}

export const merchantContext = (
  base: PublicCtx,
  merchantId: MerchantId,
  actor: Actor,
  wrap: Wrap = (work) => work,
): Ctx => ({
  ...base,
  merchantId,
  actor,
  read: (work, options) => base.database.read(merchantId, work, options),
  transaction: (work) => base.database.transaction(merchantId, wrap(work)),
  record: (tx, happening) => {
    const entry = entryOf(base, actor, happening)
    tx.outbox.entries.push(entry)
    if (happening.quiet) return entry.id
    tx.outbox.changes.push({ noun: entry.subjectKind, id: entry.subjectId })
    if (entry.orderId && entry.subjectKind !== 'order') tx.outbox.changes.push({ noun: 'order', id: entry.orderId })
    for (const touched of happening.touches ?? []) tx.outbox.changes.push(touched)
    return entry.id
  },
})

const entryOf = (base: PublicCtx, actor: Actor, happening: Happening): JournalEntry => ({
  id: happening.id ?? base.newId(),
  type: happening.type,
  occurredAt: happening.at ?? base.now.toISOString(),
  actorKind: actor.kind,
  actorId: actor.id,
  actorName: actor.name,
  subjectKind: happening.subject.kind,
  subjectId: happening.subject.id,
  orderId: happening.orderId ?? (happening.subject.kind === 'order' ? happening.subject.id : null),
  before: happening.before ?? null,
  after: happening.after ?? null,
  data: happening.data ?? null,
  undoable: happening.undoable ?? false,
  origin: base.origin,
})

/** The acting member; a machine cannot do what asks for a person. */
export const memberOf = (ctx: Ctx): MemberId => {
  if (!ctx.actor.memberId) throw new Refused('auth.forbidden')
  return ctx.actor.memberId
}

/** Whether the actor's role hides a field. Machines see all. */
export const hides = (ctx: Ctx, mask: Mask): boolean => ctx.actor.role?.masks.has(mask) ?? false
