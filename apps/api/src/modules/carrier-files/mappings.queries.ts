import type { CarrierFileKind, ColumnMapping } from '@sendocki/domain/carrier-files/columns'
import { and, eq } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { carrierFileMappings } from '../../db/schema/carriers.ts'
import type { FileRow } from './carrier-files.queries.ts'

/** How a file of this shape was read before; by primary key. */
export const findMapping = async (
  tx: MerchantTx,
  carrierAccountId: string,
  kind: CarrierFileKind,
  shape: string,
): Promise<ColumnMapping | undefined> =>
  (
    await tx.db
      .select({ mapping: carrierFileMappings.mapping })
      .from(carrierFileMappings)
      .where(
        and(
          eq(carrierFileMappings.merchantId, tx.merchantId),
          eq(carrierFileMappings.carrierAccountId, carrierAccountId),
          eq(carrierFileMappings.kind, kind),
          eq(carrierFileMappings.shape, shape),
        ),
      )
  )[0]?.mapping

export const rememberMapping = async (
  tx: MerchantTx,
  { carrierAccountId, kind, shape, mapping }: Pick<FileRow, 'carrierAccountId' | 'kind' | 'shape' | 'mapping'>,
  updatedAt: string,
): Promise<void> => {
  const { merchantId } = tx
  await tx.db
    .insert(carrierFileMappings)
    .values({ merchantId, carrierAccountId, kind, shape, mapping, updatedAt })
    .onConflictDoUpdate({
      target: [
        carrierFileMappings.merchantId,
        carrierFileMappings.carrierAccountId,
        carrierFileMappings.kind,
        carrierFileMappings.shape,
      ],
      set: { mapping, updatedAt },
    })
}
