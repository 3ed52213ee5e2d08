import type { ImportMapping } from '@sendocki/domain/imports/columns'
import type { ImportKind } from '@sendocki/domain/imports/import'
import { and, count, desc, eq, inArray, lt, ne, sql } from 'drizzle-orm'
import type { MerchantTx, PlatformTx } from '../../context.ts'
import { importMappings, imports } from '../../db/schema/imports.ts'

export type StoredImport = typeof imports.$inferSelect

const mine = (tx: MerchantTx, id: string) => and(eq(imports.merchantId, tx.merchantId), eq(imports.id, id))

export const insertImport = async (
  tx: MerchantTx,
  row: Omit<typeof imports.$inferInsert, 'merchantId'>,
): Promise<void> => {
  await tx.db.insert(imports).values({ ...row, merchantId: tx.merchantId })
}

/** By primary key; locked, the chunk under way and whoever stops it take turns. */
export const findImport = async (
  tx: MerchantTx,
  id: string,
  { locked = false } = {},
): Promise<StoredImport | undefined> => {
  const query = tx.db.select().from(imports).where(mine(tx, id))
  return (await (locked ? query.for('update') : query))[0]
}

export const saveImport = async (
  tx: MerchantTx,
  id: string,
  change: Partial<Omit<StoredImport, 'merchantId' | 'id'>>,
): Promise<void> => {
  await tx.db.update(imports).set(change).where(mine(tx, id))
}

/** Newest first, by `imports_created`. */
export const listImports = (
  tx: MerchantTx,
  { after, limit }: { after: readonly [string, string] | null; limit: number },
): Promise<StoredImport[]> =>
  tx.db
    .select()
    .from(imports)
    .where(
      and(
        eq(imports.merchantId, tx.merchantId),
        after ? sql`(${imports.createdAt}, ${imports.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(imports.createdAt), desc(imports.id))
    .limit(limit)

/** How many are at work; a merchant has few imports a month, found by `imports_created`. */
export const countAtWork = async (tx: MerchantTx): Promise<number> => {
  const [row] = await tx.db
    .select({ open: count() })
    .from(imports)
    .where(
      and(eq(imports.merchantId, tx.merchantId), inArray(imports.status, ['reading', 'trying', 'running', 'undoing'])),
    )
  return row?.open ?? 0
}

/** The newest other import of the same bytes, by `imports_digest`. */
export const findSameFiles = async (
  tx: MerchantTx,
  rows: readonly Pick<StoredImport, 'id' | 'digest' | 'createdAt'>[],
): Promise<ReadonlyMap<string, string>> => {
  if (rows.length === 0) return new Map()
  const found = await tx.db
    .select({ id: imports.id, digest: imports.digest, createdAt: imports.createdAt })
    .from(imports)
    .where(
      and(
        eq(imports.merchantId, tx.merchantId),
        inArray(
          imports.digest,
          rows.map(({ digest }) => digest),
        ),
        ne(imports.status, 'failed'),
      ),
    )
    .orderBy(desc(imports.createdAt), desc(imports.id))
    .limit(1_000)
  return new Map(
    rows.flatMap(({ id, digest, createdAt }): [string, string][] => {
      const same = found.find((one) => one.digest === digest && one.id !== id && one.createdAt <= createdAt)
      return same ? [[id, same.id]] : []
    }),
  )
}

/** How a file of this shape was read before; by primary key. */
export const findMapping = async (
  tx: MerchantTx,
  kind: ImportKind,
  shape: string,
): Promise<ImportMapping | undefined> =>
  (
    await tx.db
      .select({ mapping: importMappings.mapping })
      .from(importMappings)
      .where(
        and(
          eq(importMappings.merchantId, tx.merchantId),
          eq(importMappings.kind, kind),
          eq(importMappings.shape, shape),
        ),
      )
  )[0]?.mapping

export const rememberMapping = async (
  tx: MerchantTx,
  { kind, shape, mapping }: Pick<StoredImport, 'kind' | 'shape' | 'mapping'>,
  updatedAt: string,
): Promise<void> => {
  await tx.db
    .insert(importMappings)
    .values({ merchantId: tx.merchantId, kind, shape, mapping, updatedAt })
    .onConflictDoUpdate({
      target: [importMappings.merchantId, importMappings.kind, importMappings.shape],
      set: { mapping, updatedAt },
    })
}

/** Files name buyers: what is older than `before` goes, in every merchant, a hundred at once. By `imports_age`. */
export const removeOldImports = async (tx: PlatformTx, before: string): Promise<number> => {
  const old = await tx.db
    .select({ merchantId: imports.merchantId, id: imports.id })
    .from(imports)
    .where(lt(imports.createdAt, before))
    .limit(1)
  for (const { merchantId, id } of old)
    await tx.db.delete(imports).where(and(eq(imports.merchantId, merchantId), eq(imports.id, id)))
  return old.length
}
