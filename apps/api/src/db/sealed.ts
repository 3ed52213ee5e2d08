import { randomBytes } from 'node:crypto'
import { and, eq, inArray } from 'drizzle-orm'
import { openWith, type Secrets, sealWith } from '../secrets.ts'
import type { MerchantTx } from './client.ts'
import { customerKeys, sealedValues } from './schema/journal.ts'

/*
 * The journal is append-only and holds no personal value. What an event says of a person lies here, encrypted with a key
 * of that customer's own; erasing the person destroys key and value, and the event stays.
 */

/** Personal values before and after, or the words of a note. */
export interface PersonalValues {
  readonly before?: Readonly<Record<string, unknown>>
  readonly after?: Readonly<Record<string, unknown>>
}

const keyPlace = (tx: MerchantTx, customerId: string) => `${tx.merchantId}/customer_keys.key/${customerId}`
const valuePlace = (tx: MerchantTx, eventId: string) => `${tx.merchantId}/sealed_values.sealed/${eventId}`

const findKeys = async (
  tx: MerchantTx,
  secrets: Secrets,
  customerIds: readonly string[],
): Promise<Map<string, Buffer>> => {
  if (customerIds.length === 0) return new Map()
  const rows = await tx.db
    .select()
    .from(customerKeys)
    .where(and(eq(customerKeys.merchantId, tx.merchantId), inArray(customerKeys.customerId, [...customerIds])))
  return new Map(rows.map(({ customerId, key }) => [customerId, secrets.open(key, keyPlace(tx, customerId))]))
}

const keyOf = async (tx: MerchantTx, secrets: Secrets, customerId: string): Promise<Buffer> => {
  const known = (await findKeys(tx, secrets, [customerId])).get(customerId)
  if (known) return known
  const fresh = randomBytes(32)
  const made = await tx.db
    .insert(customerKeys)
    .values({ merchantId: tx.merchantId, customerId, key: secrets.seal(fresh, keyPlace(tx, customerId)) })
    .onConflictDoNothing()
    .returning({ customerId: customerKeys.customerId })
  if (made.length > 0) return fresh
  // Somebody else made it meanwhile: theirs counts.
  return keyOf(tx, secrets, customerId)
}

/** Keeps what an event says of a customer. The event itself names the changed fields only. */
export const sealPersonal = async (
  tx: MerchantTx,
  secrets: Secrets,
  about: { readonly eventId: string; readonly customerId: string; readonly values: PersonalValues },
): Promise<void> => {
  const { eventId, customerId, values } = about
  const key = await keyOf(tx, secrets, customerId)
  const sealed = sealWith(key, JSON.stringify(values), valuePlace(tx, eventId))
  await tx.db.insert(sealedValues).values({ merchantId: tx.merchantId, eventId, customerId, sealed })
}

/** Keeps one text for many customers, each under a key of their own: a statement for the keys and one for the values. */
export const sealForMany = async (
  tx: MerchantTx,
  secrets: Secrets,
  about: readonly { readonly eventId: string; readonly customerId: string }[],
  values: PersonalValues,
): Promise<void> => {
  if (about.length === 0) return
  const { merchantId } = tx
  const customerIds = [...new Set(about.map(({ customerId }) => customerId))]
  const known = await findKeys(tx, secrets, customerIds)
  const missing = customerIds.filter((customerId) => !known.has(customerId))
  if (missing.length > 0) {
    const fresh = missing.map((customerId) => ({
      merchantId,
      customerId,
      key: secrets.seal(randomBytes(32), keyPlace(tx, customerId)),
    }))
    await tx.db.insert(customerKeys).values(fresh).onConflictDoNothing()
  }
  const keys = missing.length > 0 ? await findKeys(tx, secrets, customerIds) : known
  await tx.db.insert(sealedValues).values(
    about.flatMap(({ eventId, customerId }) => {
      const key = keys.get(customerId)
      return key
        ? [{ merchantId, eventId, customerId, sealed: sealWith(key, JSON.stringify(values), valuePlace(tx, eventId)) }]
        : []
    }),
  )
}

/** The personal values of events, by event; those of erased customers are not there any more. */
export const openPersonal = async (
  tx: MerchantTx,
  secrets: Secrets,
  eventIds: readonly string[],
): Promise<Map<string, PersonalValues>> => {
  if (eventIds.length === 0) return new Map()
  const rows = await tx.db
    .select()
    .from(sealedValues)
    .where(and(eq(sealedValues.merchantId, tx.merchantId), inArray(sealedValues.eventId, [...eventIds])))
  const keys = await findKeys(tx, secrets, [...new Set(rows.map(({ customerId }) => customerId))])
  return new Map(
    rows.flatMap(({ eventId, customerId, sealed }) => {
      const key = keys.get(customerId)
      if (!key) return []
      return [[eventId, JSON.parse(openWith(key, sealed, valuePlace(tx, eventId)).toString()) as PersonalValues]]
    }),
  )
}

/** Forgets what the journal says of these customers, for good. */
export const destroyPersonal = async (tx: MerchantTx, customerIds: readonly string[]): Promise<void> => {
  if (customerIds.length === 0) return
  const ids = [...customerIds]
  await tx.db
    .delete(sealedValues)
    .where(and(eq(sealedValues.merchantId, tx.merchantId), inArray(sealedValues.customerId, ids)))
  await tx.db
    .delete(customerKeys)
    .where(and(eq(customerKeys.merchantId, tx.merchantId), inArray(customerKeys.customerId, ids)))
}
