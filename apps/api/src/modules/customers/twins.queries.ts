import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { customers } from '../../db/schema/customers.ts'
import type { CustomerRow } from './customers.queries.ts'

/** Of these, those who are customers by themselves: not merged into another, not forgotten, no examples. By primary key. */
export const findLiving = async (tx: MerchantTx, ids: readonly string[]): Promise<CustomerRow[]> =>
  ids.length === 0
    ? []
    : tx.db
        .select()
        .from(customers)
        .where(
          and(
            eq(customers.merchantId, tx.merchantId),
            inArray(customers.id, [...ids]),
            isNull(customers.mergedIntoId),
            isNull(customers.erasedAt),
            eq(customers.isSample, false),
          ),
        )
