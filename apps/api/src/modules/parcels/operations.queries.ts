import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { trackingOperationLines, trackingOperations } from '../../db/schema/parcels.ts'

export type OperationRow = typeof trackingOperations.$inferSelect
export type OperationLine = typeof trackingOperationLines.$inferSelect
export type NewOperationLine = Omit<typeof trackingOperationLines.$inferInsert, 'merchantId'>

const mine = (tx: MerchantTx, id: string) =>
  and(eq(trackingOperations.merchantId, tx.merchantId), eq(trackingOperations.id, id))
const ofOperation = (tx: MerchantTx, operationId: string) =>
  and(eq(trackingOperationLines.merchantId, tx.merchantId), eq(trackingOperationLines.operationId, operationId))

export const insertOperation = async (
  tx: MerchantTx,
  row: Pick<OperationRow, 'id' | 'kind' | 'createdAt'>,
): Promise<void> => {
  await tx.db.insert(trackingOperations).values({ ...row, merchantId: tx.merchantId })
}

export const insertLine = async (tx: MerchantTx, line: NewOperationLine): Promise<void> => {
  await tx.db.insert(trackingOperationLines).values({ ...line, merchantId: tx.merchantId })
}

export const lockOperation = async (tx: MerchantTx, id: string): Promise<OperationRow | undefined> =>
  (await tx.db.select().from(trackingOperations).where(mine(tx, id)).for('update'))[0]

export const saveOperation = async (
  tx: MerchantTx,
  id: string,
  change: Partial<Pick<OperationRow, 'undoAskedAt' | 'undoneAt'>>,
): Promise<void> => {
  await tx.db.update(trackingOperations).set(change).where(mine(tx, id))
}

/** Everything an operation did, as it was done; by `tracking_operation_lines_operation`. */
export const linesOf = (tx: MerchantTx, operationId: string): Promise<OperationLine[]> =>
  tx.db
    .select()
    .from(trackingOperationLines)
    .where(ofOperation(tx, operationId))
    .orderBy(asc(trackingOperationLines.id))

/** The newest operation of a kind on a parcel that nobody has taken back; by `tracking_operation_lines_parcel`. */
export const newestOperation = async (
  tx: MerchantTx,
  parcelId: string,
  kind: OperationRow['kind'],
): Promise<string | undefined> => {
  const [row] = await tx.db
    .select({ id: trackingOperations.id })
    .from(trackingOperationLines)
    .innerJoin(
      trackingOperations,
      and(
        eq(trackingOperations.merchantId, trackingOperationLines.merchantId),
        eq(trackingOperations.id, trackingOperationLines.operationId),
      ),
    )
    .where(
      and(
        eq(trackingOperationLines.merchantId, tx.merchantId),
        eq(trackingOperationLines.parcelId, parcelId),
        eq(trackingOperations.kind, kind),
        isNull(trackingOperations.undoAskedAt),
      ),
    )
    .orderBy(desc(trackingOperations.id))
    .limit(1)
  return row?.id
}

/** What is still to be taken back. */
export const openLines = (tx: MerchantTx, operationId: string, limit: number): Promise<OperationLine[]> =>
  tx.db
    .select()
    .from(trackingOperationLines)
    .where(
      and(
        ofOperation(tx, operationId),
        isNull(trackingOperationLines.undoneAt),
        isNull(trackingOperationLines.keptBecause),
      ),
    )
    .orderBy(asc(trackingOperationLines.id))
    .limit(limit)

export const saveLine = async (
  tx: MerchantTx,
  id: string,
  change: Partial<Pick<OperationLine, 'undoneAt' | 'keptBecause'>>,
): Promise<void> => {
  await tx.db
    .update(trackingOperationLines)
    .set(change)
    .where(and(eq(trackingOperationLines.merchantId, tx.merchantId), eq(trackingOperationLines.id, id)))
}
