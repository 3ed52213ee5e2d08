import { hashKey, prefixLength } from '@sendocki/api/db/api-keys'
import { openDatabase, type PlatformTx } from '@sendocki/api/db/client'
import type { RoleUrls } from '@sendocki/api/db/migrate'
import { apiKeys } from '@sendocki/api/db/schema/api-keys'
import { merchantCounters } from '@sendocki/api/db/schema/journal'
import { members, roles } from '@sendocki/api/db/schema/members'
import { merchants, sessions, users } from '@sendocki/api/db/schema/platform'
import { seedPipeline } from '@sendocki/api/modules/pipeline/index'
import { builtInRoles, type RoleKey, roleKeys } from '@sendocki/domain/permissions'

/** The people of a test: one member of each role in each of two merchants, signed in, with fixed ids, and keys. */
interface Person {
  readonly userId: string
  readonly memberId: string
  readonly roleId: string
  readonly sessionId: string
  readonly email: string
}
/** The roles that a key can have. */
export const keyRoles = ['manager', 'confirmation_agent', 'viewer'] as const
export type KeyRole = (typeof keyRoles)[number]

export interface Founded {
  readonly merchantId: string
  readonly people: Readonly<Record<RoleKey, Person>>
  /** One key of each role that keys can have, made by the owner. */
  readonly keys: Readonly<Record<KeyRole, { readonly id: string; readonly key: string }>>
}

const fixedId = (merchant: number, kind: number, index: number): string =>
  `01900000-${String(merchant).padStart(4, '0')}-7000-8000-0000000${String(kind).padStart(2, '0')}${String(index).padStart(3, '0')}`

export const foundedAs = (merchant: number, domain: string): Founded => ({
  merchantId: fixedId(merchant, 0, 1),
  people: Object.fromEntries(
    roleKeys.map((key, index) => [
      key,
      {
        userId: fixedId(merchant, 1, index),
        memberId: fixedId(merchant, 2, index),
        roleId: fixedId(merchant, 3, index),
        sessionId: fixedId(merchant, 4, index),
        email: `${key}@${domain}`,
      },
    ]),
  ) as unknown as Founded['people'],
  keys: Object.fromEntries(
    keyRoles.map((key, index) => [
      key,
      { id: fixedId(merchant, 5, index), key: `sk_${merchant}${index}0000000000_${'k'.repeat(43)}` },
    ]),
  ) as unknown as Founded['keys'],
})

/** Two merchants stand in every database, so that every test can ask what the other one sees. */
export const merchant = foundedAs(1, 'dar-argan.example')
export const rival = foundedAs(2, 'noor-mode.example')

const foundedAt = '2026-01-05T08:00:00.000Z'

export const foundMerchants = async (urls: RoleUrls): Promise<void> => {
  const database = openDatabase(urls, 2)
  try {
    for (const one of [merchant, rival]) await database.platform((tx) => found(tx, one))
  } finally {
    await database.close()
  }
}

export const found = async (tx: PlatformTx, { merchantId, people, keys }: Founded): Promise<void> => {
  await tx.db.insert(merchants).values({
    id: merchantId,
    name: merchantId === merchant.merchantId ? 'Dar Argan' : 'Noor Mode',
    country: 'MA',
    language: 'fr',
    createdAt: foundedAt,
  })
  await tx.db.insert(merchantCounters).values({ merchantId })
  await seedPipeline({ newId: () => crypto.randomUUID() }, await tx.inMerchant(merchantId))
  for (const key of roleKeys) {
    const { userId, memberId, roleId, sessionId, email } = people[key]
    const fullName = `Test ${key}`
    await tx.db
      .insert(users)
      .values({ id: userId, email, fullName, passwordHash: 'none', language: 'fr', createdAt: foundedAt })
    await tx.db.insert(roles).values({ merchantId, id: roleId, key, name: key, ...builtInRoles[key] })
    await tx.db
      .insert(members)
      .values({ merchantId, id: memberId, userId, roleId, fullName, email, joinedAt: foundedAt })
    await tx.db.insert(sessions).values({
      id: sessionId,
      userId,
      merchantId,
      remembered: true,
      userAgent: 'test',
      address: '127.0.0.1',
      createdAt: foundedAt,
      enteredAt: foundedAt,
      lastSeenAt: foundedAt,
      expiresAt: '2099-01-01T00:00:00.000Z',
    })
  }
  for (const role of keyRoles) {
    const { id, key } = keys[role]
    await tx.db.insert(apiKeys).values({
      ...{ merchantId, id, name: `Key ${role}`, roleId: people[role].roleId },
      prefix: key.slice(0, prefixLength),
      hash: hashKey(key),
      createdBy: people.owner.memberId,
      createdAt: foundedAt,
    })
  }
}
