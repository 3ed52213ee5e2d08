import { and, count, desc, eq, isNull, lt, type SQL } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { apiKeys } from '../../db/schema/api-keys.ts'
import { members, roles } from '../../db/schema/members.ts'

const select = (tx: MerchantTx, where: SQL | undefined) =>
  tx.db
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      prefix: apiKeys.prefix,
      role: { id: roles.id, key: roles.key, name: roles.name },
      createdBy: { id: members.id, name: members.fullName },
      createdAt: apiKeys.createdAt,
      expiresAt: apiKeys.expiresAt,
      revokedAt: apiKeys.revokedAt,
      lastUsedAt: apiKeys.lastUsedAt,
      makerDisabledAt: members.disabledAt,
    })
    .from(apiKeys)
    .innerJoin(roles, and(eq(roles.merchantId, apiKeys.merchantId), eq(roles.id, apiKeys.roleId)))
    .innerJoin(members, and(eq(members.merchantId, apiKeys.merchantId), eq(members.id, apiKeys.createdBy)))
    .where(and(eq(apiKeys.merchantId, tx.merchantId), where))
    .orderBy(desc(apiKeys.id))

export type ApiKeyRow = Awaited<ReturnType<typeof select>>[number]

/** Newest first, by primary key; one more than `limit`, to tell a next page. A merchant has some tens of keys. */
export const listApiKeys = (
  tx: MerchantTx,
  { limit, before, revoked }: { limit: number; before: string | null; revoked: boolean },
): Promise<ApiKeyRow[]> =>
  select(tx, and(before ? lt(apiKeys.id, before) : undefined, revoked ? undefined : isNull(apiKeys.revokedAt))).limit(
    limit + 1,
  )

/** By primary key. */
export const findApiKey = async (tx: MerchantTx, id: string): Promise<ApiKeyRow | undefined> =>
  (await select(tx, eq(apiKeys.id, id)))[0]

export const countLiveKeys = async (tx: MerchantTx): Promise<number> =>
  (
    await tx.db
      .select({ live: count() })
      .from(apiKeys)
      .where(and(eq(apiKeys.merchantId, tx.merchantId), isNull(apiKeys.revokedAt)))
  )[0]?.live ?? 0

const rights = {
  key: roles.key,
  permissions: roles.permissions,
  scope: roles.scope,
  masks: roles.masks,
  moveInto: roles.moveInto,
}

/** What the maker's role allows and what the wanted one does; the maker is held, so that no other change of role slips between. */
export const findRights = async (tx: MerchantTx, memberId: string, roleId: string) => {
  const [maker] = await tx.db
    .select(rights)
    .from(members)
    .innerJoin(roles, and(eq(roles.merchantId, members.merchantId), eq(roles.id, members.roleId)))
    .where(and(eq(members.merchantId, tx.merchantId), eq(members.id, memberId)))
    .for('share', { of: members })
  const [role] = await tx.db
    .select(rights)
    .from(roles)
    .where(and(eq(roles.merchantId, tx.merchantId), eq(roles.id, roleId)))
  return { maker, role }
}

export const insertApiKey = async (
  tx: MerchantTx,
  row: Omit<typeof apiKeys.$inferInsert, 'merchantId'>,
): Promise<void> => {
  await tx.db.insert(apiKeys).values({ ...row, merchantId: tx.merchantId })
}

/** False when it was revoked before. */
export const revokeKey = async (tx: MerchantTx, id: string, now: string): Promise<boolean> =>
  (
    await tx.db
      .update(apiKeys)
      .set({ revokedAt: now })
      .where(and(eq(apiKeys.merchantId, tx.merchantId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
      .returning({ id: apiKeys.id })
  ).length > 0
