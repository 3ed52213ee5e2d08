import { createHash } from 'node:crypto'
import { keyMark } from '@sendocki/domain/api-keys/api-key'
import type { KeyFacts } from '@sendocki/domain/api-keys/key-rules'
import type { RoleKey, RoleRights } from '@sendocki/domain/permissions'
import { and, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Log } from '../log.ts'
import { sameBytes } from '../secrets.ts'
import type { Database, PlatformTx } from './client.ts'
import { type Remembered, remember } from './remembered.ts'
import { apiKeys } from './schema/api-keys.ts'
import { members, roles } from './schema/members.ts'
import { rawStatement, statement } from './statement.ts'

/** How many signs of a key tell which one it is. */
export const prefixLength = keyMark.length + 12

/**
 * The form in which a key is stored. Its 256 random bits leave nothing to guess, so that no slow hash is needed, and none
 * of ours: a key goes on working when SECRET_KEY is rotated.
 */
export const hashKey = (key: string): Buffer => createHash('sha256').update(key).digest()

/** What a request needs to know of the key behind it. */
export interface KeyState extends KeyFacts {
  readonly keyId: string
  readonly merchantId: string
  readonly name: string
  readonly roleId: string
  readonly roleKey: RoleKey | null
  readonly role: RoleRights
  readonly makerId: string
  readonly makerRoleId: string
  readonly makerRole: RoleRights
  readonly lastUsedAt: string | null
}

const makerRoles = alias(roles, 'maker_roles')
const ofMaker = and(eq(members.merchantId, apiKeys.merchantId), eq(members.id, apiKeys.createdBy))

/** The keys that begin so, with what their role and their maker may do; before the merchant is known, by `api_keys_by_prefix`. */
const withPrefix = statement('api_keys', (qb) =>
  qb
    .select({
      hash: apiKeys.hash,
      keyId: apiKeys.id,
      merchantId: apiKeys.merchantId,
      name: apiKeys.name,
      expiresAt: apiKeys.expiresAt,
      revokedAt: apiKeys.revokedAt,
      lastUsedAt: apiKeys.lastUsedAt,
      roleId: roles.id,
      roleKey: roles.key,
      permissions: roles.permissions,
      scope: roles.scope,
      masks: roles.masks,
      moveInto: roles.moveInto,
      makerId: members.id,
      makerDisabledAt: members.disabledAt,
      makerRoleId: makerRoles.id,
      makerPermissions: makerRoles.permissions,
      makerScope: makerRoles.scope,
      makerMasks: makerRoles.masks,
      makerMoveInto: makerRoles.moveInto,
    })
    .from(apiKeys)
    .innerJoin(roles, and(eq(roles.merchantId, apiKeys.merchantId), eq(roles.id, apiKeys.roleId)))
    .innerJoin(members, ofMaker)
    .innerJoin(makerRoles, and(eq(makerRoles.merchantId, members.merchantId), eq(makerRoles.id, members.roleId)))
    .where(eq(apiKeys.prefix, sql.placeholder('prefix'))),
)

const loadKey = async (tx: PlatformTx, prefix: string, hash: Buffer): Promise<KeyState | null> => {
  const row = (await tx.run(withPrefix, { prefix })).find((one) => sameBytes(one.hash, hash))
  if (!row) return null
  const { permissions, scope, masks, moveInto, makerPermissions, makerScope, makerMasks, makerMoveInto } = row
  return {
    ...row,
    role: { permissions, scope, masks, moveInto },
    makerRole: { permissions: makerPermissions, scope: makerScope, masks: makerMasks, moveInto: makerMoveInto },
  }
}

/** The later of what is stored and what is told; a key that is no more is passed over. By primary key. */
const saveUses = rawStatement<{ id: string }>(
  'api_key_uses',
  sql`update api_keys k set last_used_at = u.at
    from unnest(${sql.placeholder('merchantIds')}::uuid[], ${sql.placeholder('ids')}::uuid[],
      ${sql.placeholder('ats')}::timestamptz[]) as u (merchant_id, id, at)
    where k.merchant_id = u.merchant_id and k.id = u.id and (k.last_used_at is null or k.last_used_at < u.at)
    returning k.id`,
  ['id'],
)

/** A use is written once a minute for each key, and what was used within a second is written together. */
const useEveryMillis = 60_000
const gatherMillis = 1_000

export interface ApiKeys extends Pick<Remembered<KeyState>, 'drop' | 'trust'> {
  /** The key in whatever state it is; null when there is none. */
  find(key: string): Promise<KeyState | null>
  /** The id of a key that this process has met, without asking anybody. */
  met(key: string): string | null
  /** Notes that a key was used, to be written soon. */
  use(state: KeyState, now: Date): void
  /** Writes the uses that wait. */
  flush(): Promise<void>
}

/** API keys as requests bring them, found by the hash of all of it. */
export const openApiKeys = (database: Database, log: Log): ApiKeys => {
  const { find, peek, drop, trust } = remember(
    database,
    (reference) => {
      const [prefix = '', hash = ''] = reference.split(' ')
      return database.platform((tx) => loadKey(tx, prefix, Buffer.from(hash, 'base64')))
    },
    ({ keyId, roleId, makerId, makerRoleId }: KeyState) => [keyId, roleId, makerId, makerRoleId],
  )
  const uses = gatherUses(database, log)
  return {
    find: (key) => find(referenceOf(key)),
    met: (key) => peek(referenceOf(key))?.keyId ?? null,
    drop,
    trust,
    ...uses,
  }
}

/** What may stay in memory of a key: enough to find it, not enough to use it. */
const referenceOf = (key: string): string => `${key.slice(0, prefixLength)} ${hashKey(key).toString('base64')}`

const gatherUses = (database: Database, log: Log): Pick<ApiKeys, 'use' | 'flush'> => {
  const written = new Map<string, number>()
  let waiting = new Map<string, { merchantId: string; at: string }>()
  let timer: NodeJS.Timeout | undefined
  const flush = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const uses = [...waiting]
    waiting = new Map()
    if (uses.length === 0) return
    const args = {
      merchantIds: uses.map(([, { merchantId }]) => merchantId),
      ids: uses.map(([id]) => id),
      ats: uses.map(([, { at }]) => at),
    }
    await database
      .platform((tx) => tx.run(saveUses, args))
      // The next use of the same key is told a minute later; no request waits for this one or fails with it.
      .catch((error: Error) => log.warn({ cause: error.message }, 'uses of API keys were not written'))
  }
  return {
    use: ({ keyId, merchantId, lastUsedAt }, now) => {
      const last = Math.max(written.get(keyId) ?? 0, lastUsedAt === null ? 0 : Date.parse(lastUsedAt))
      if (now.getTime() - last < useEveryMillis) return
      written.set(keyId, now.getTime())
      waiting.set(keyId, { merchantId, at: now.toISOString() })
      timer ??= setTimeout(() => void flush(), gatherMillis).unref()
    },
    flush,
  }
}
