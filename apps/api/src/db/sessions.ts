import type { Mask, Permission, RoleKey, Scope } from '@sendocki/domain/permissions'
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { Database, PlatformTx } from './client.ts'
import { type Remembered, remember } from './remembered.ts'
import { members, roles } from './schema/members.ts'
import { sessions, users } from './schema/platform.ts'
import { statement } from './statement.ts'

/** What a request needs to know of the person behind it. */
export interface SessionState {
  readonly sessionId: string
  readonly userId: string
  readonly fullName: string
  /** When the person signed in. */
  readonly startedAt: string
  /** Where the session works. Null for a person who is a member nowhere. */
  readonly merchantId: string | null
  readonly memberId: string | null
  readonly expiresAt: string
  readonly roleId: string | null
  readonly roleKey: RoleKey | null
  readonly permissions: readonly Permission[] | null
  readonly scope: readonly Scope[] | null
  readonly masks: readonly Mask[] | null
  readonly moveInto: readonly string[] | null
}

/**
 * A membership that opens the merchant to the session: not disabled, and its sessions were not ended since this one came.
 */
export const opensMerchant = and(
  eq(members.merchantId, sessions.merchantId),
  eq(members.userId, sessions.userId),
  isNull(members.disabledAt),
  or(isNull(members.sessionsEndedAt), lt(members.sessionsEndedAt, sessions.enteredAt)),
)

/** One row by the sessions' primary key, its user, and the membership in the session's merchant if there is one. */
const findSession = statement('session', (qb) =>
  qb
    .select({
      sessionId: sessions.id,
      userId: users.id,
      fullName: users.fullName,
      startedAt: sessions.createdAt,
      merchantId: sessions.merchantId,
      memberId: members.id,
      expiresAt: sessions.expiresAt,
      roleId: roles.id,
      roleKey: roles.key,
      permissions: roles.permissions,
      scope: roles.scope,
      masks: roles.masks,
      moveInto: roles.moveInto,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(members, opensMerchant)
    .leftJoin(roles, and(eq(roles.merchantId, members.merchantId), eq(roles.id, members.roleId)))
    .where(and(eq(sessions.id, sql.placeholder('sessionId')), isNull(sessions.endedAt))),
)

/** A session whose merchant is closed to it counts as ended, until a refresh finds its person another merchant. */
const loadSession = async (tx: PlatformTx, sessionId: string): Promise<SessionState | null> => {
  const [state] = await tx.run(findSession, { sessionId })
  return state && (state.merchantId === null || state.memberId !== null) ? (state as SessionState) : null
}

export type Sessions = Pick<Remembered<SessionState>, 'drop' | 'trust'> & {
  /** The state of a live session, or null when it is unknown, ended or past its time. */
  find(sessionId: string, now: Date): Promise<SessionState | null>
}

/** Live sessions, by their id. */
export const openSessions = (database: Database): Sessions => {
  const { find, drop, trust } = remember(
    database,
    (sessionId) => database.platform((tx) => loadSession(tx, sessionId)),
    (state: SessionState) => [state.sessionId, state.userId, state.memberId, state.roleId],
  )
  return {
    find: async (sessionId, now) => {
      const state = await find(sessionId)
      return state && state.expiresAt > now.toISOString() ? state : null
    },
    drop,
    trust,
  }
}
