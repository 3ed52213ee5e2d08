import type { ShopProductStatus } from '@sendocki/domain/products/product'
import { and, asc, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { orderLines, orders } from '../../db/schema/orders.ts'
import { products, productTerms, shopProducts, variants } from '../../db/schema/products.ts'
import { stores } from '../../db/schema/stores.ts'

export type ShopProductRow = typeof shopProducts.$inferSelect

/** Orders that asked for a thing are counted up to here. */
export const countCap = 1_000

/** One thing of a shop, locked. */
export const lockShopProduct = async (tx: MerchantTx, id: string): Promise<ShopProductRow | undefined> =>
  (
    await tx.db
      .select()
      .from(shopProducts)
      .where(and(eq(shopProducts.merchantId, tx.merchantId), eq(shopProducts.id, id)))
      .for('update')
  )[0]

export const settleShopProduct = async (
  tx: MerchantTx,
  id: string,
  set: Pick<ShopProductRow, 'status' | 'variantId' | 'madeProductId' | 'settledAt'>,
): Promise<void> => {
  await tx.db
    .update(shopProducts)
    .set(set)
    .where(and(eq(shopProducts.merchantId, tx.merchantId), eq(shopProducts.id, id)))
}

/** The newest line that asked for a thing, with the instant of its order: when it was seen last, and its price. */
const newest = (tx: MerchantTx) =>
  tx.db
    .select({ at: orders.createdAt, priceCentimes: orderLines.unitPriceCentimes })
    .from(orderLines)
    .innerJoin(orders, and(eq(orders.merchantId, orderLines.merchantId), eq(orders.id, orderLines.orderId)))
    .where(and(eq(orderLines.merchantId, shopProducts.merchantId), eq(orderLines.shopProductId, shopProducts.id)))
    .orderBy(desc(orderLines.id))
    .limit(1)
    .as('newest')

/** How many orders asked for a thing, by `order_lines_shop_product`, up to the cap. */
const asked = sql<number>`(select count(distinct seen.order_id)::int from (select ${orderLines.orderId} from ${orderLines}
  where ${orderLines.merchantId} = ${shopProducts.merchantId} and ${orderLines.shopProductId} = ${shopProducts.id}
  limit ${countCap}) as seen)`

/** Those never seen before first. One more than `limit`. */
export const listShopProducts = async (
  tx: MerchantTx,
  filter: { readonly status?: ShopProductStatus; readonly storeId?: string | undefined; readonly id?: string },
  { after, limit }: { readonly after: string | null; readonly limit: number },
) => {
  const last = newest(tx)
  return tx.db
    .select({
      id: shopProducts.id,
      storeId: shopProducts.storeId,
      storeName: stores.name,
      sku: shopProducts.sku,
      name: shopProducts.name,
      status: shopProducts.status,
      variantId: shopProducts.variantId,
      firstSeenAt: shopProducts.firstSeenAt,
      lastSeenAt: last.at,
      lastPriceCentimes: last.priceCentimes,
      orderCount: asked,
    })
    .from(shopProducts)
    .innerJoin(stores, and(eq(stores.merchantId, shopProducts.merchantId), eq(stores.id, shopProducts.storeId)))
    .leftJoinLateral(last, sql`true`)
    .where(
      and(
        eq(shopProducts.merchantId, tx.merchantId),
        filter.status === undefined ? undefined : eq(shopProducts.status, filter.status),
        filter.storeId === undefined ? undefined : eq(shopProducts.storeId, filter.storeId),
        filter.id === undefined ? undefined : eq(shopProducts.id, filter.id),
        after === null ? undefined : lt(shopProducts.id, after),
      ),
    )
    .orderBy(desc(shopProducts.id))
    .limit(limit + 1)
}
export type ListedShopProduct = Awaited<ReturnType<typeof listShopProducts>>[number]

const choice = {
  id: variants.id,
  productId: variants.productId,
  productName: products.name,
  name: variants.name,
  sku: variants.sku,
  priceCentimes: variants.priceCentimes,
}

/** Variants on sale that bear one of these names, by `variants_name`. */
export const variantsNamed = async (tx: MerchantTx, keys: readonly string[]) => {
  if (keys.length === 0) return []
  return tx.db
    .select({ ...choice, key: variants.nameKey })
    .from(variants)
    .innerJoin(products, and(eq(products.merchantId, variants.merchantId), eq(products.id, variants.productId)))
    .where(
      and(
        eq(variants.merchantId, tx.merchantId),
        inArray(variants.nameKey, [...keys]),
        eq(variants.active, true),
        isNull(products.archivedAt),
      ),
    )
}

/** What a line can be, on sale, by words of its product's names or its SKU; the newest products first. */
export const searchVariants = (tx: MerchantTx, words: readonly string[], limit: number) =>
  tx.db
    .select(choice)
    .from(variants)
    .innerJoin(products, and(eq(products.merchantId, variants.merchantId), eq(products.id, variants.productId)))
    .where(
      and(
        eq(variants.merchantId, tx.merchantId),
        eq(variants.active, true),
        isNull(products.archivedAt),
        ...words.map(
          (word) => sql`exists (select 1 from ${productTerms} where ${productTerms.merchantId} = ${variants.merchantId}
            and ${productTerms.productId} = ${variants.productId} and ${productTerms.term} ^@ ${word})`,
        ),
      ),
    )
    .orderBy(desc(variants.productId), asc(variants.position))
    .limit(limit)
