import { type Mask, type Permission, type RoleKey, roleKeys, type Scope } from '@sendocki/domain/permissions'
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytes, checkOneOf, id, instant } from '../columns.ts'
import { merchantId, users } from './platform.ts'

export const roles = pgTable(
  'roles',
  {
    merchantId: merchantId(),
    id: id(),
    /** One of the five built-in roles, null for a custom one. */
    key: text().$type<RoleKey>(),
    name: text().notNull(),
    permissions: jsonb().$type<readonly Permission[]>().notNull(),
    scope: jsonb().$type<readonly Scope[]>().notNull(),
    masks: jsonb().$type<readonly Mask[]>().notNull(),
    moveInto: jsonb().$type<readonly string[] | null>(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('roles_key').on(t.merchantId, t.key),
    checkOneOf('roles_key_known', t.key, roleKeys),
  ],
)

export const members = pgTable(
  'members',
  {
    merchantId: merchantId(),
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    roleId: uuid().notNull(),
    fullName: text().notNull(),
    email: text().notNull(),
    joinedAt: instant().notNull(),
    disabledAt: instant(),
    /** Sessions that entered the merchant before this moment are over, whatever their own time. */
    sessionsEndedAt: instant(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('members_user').on(t.merchantId, t.userId),
    index('members_of_user').on(t.userId),
    index('members_role').on(t.merchantId, t.roleId),
    foreignKey({ columns: [t.merchantId, t.roleId], foreignColumns: [roles.merchantId, roles.id] }),
  ],
)

/** The link itself is never stored, only its hash. */
export const invitations = pgTable(
  'invitations',
  {
    merchantId: merchantId(),
    id: id(),
    email: text().notNull(),
    roleId: uuid().notNull(),
    tokenHash: bytes().notNull(),
    invitedBy: uuid().notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    acceptedAt: instant(),
    revokedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('invitations_token').on(t.merchantId, t.tokenHash),
    index('invitations_by_token').on(t.tokenHash),
    index('invitations_email').on(t.merchantId, t.email),
    index('invitations_role').on(t.merchantId, t.roleId),
    index('invitations_inviter').on(t.merchantId, t.invitedBy),
    foreignKey({ columns: [t.merchantId, t.roleId], foreignColumns: [roles.merchantId, roles.id] }),
    foreignKey({ columns: [t.merchantId, t.invitedBy], foreignColumns: [members.merchantId, members.id] }),
  ],
)
