import type { DeliveryDefaults } from '@sendocki/domain/orders/options'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { orderLines } from '../../db/schema/orders.ts'
import { products, shopProducts, variants } from '../../db/schema/products.ts'
import { rawStatement } from '../../db/statement.ts'

const value = (name: string) => sql.placeholder(name)

interface SkuHit {
  readonly skuKey: string
  readonly variantId: string
  readonly productId: string
  readonly delivery: DeliveryDefaults
}
const bySku = rawStatement<SkuHit>(
  'variants_by_sku',
  sql`select ${variants.skuKey} as "skuKey", ${variants.id} as "variantId", ${variants.productId} as "productId", ${products.delivery}
    from ${variants}
    join ${products} on ${products.merchantId} = ${variants.merchantId} and ${products.id} = ${variants.productId}
    where ${variants.merchantId} = ${value('merchantId')}
    and ${variants.skuKey} = any(${value('keys')}::text[])`,
  ['skuKey', 'variantId', 'productId', 'delivery'],
)
/** Whose SKUs these are, all of an order's at once. */
export const variantsBySku = (tx: MerchantTx, keys: readonly string[]): Promise<SkuHit[]> =>
  tx.run(bySku, { merchantId: tx.merchantId, keys: [...keys] })

interface ShopHit {
  readonly key: string
  readonly id: string
  readonly variantId: string | null
  readonly productId: string | null
  readonly delivery: DeliveryDefaults | null
}
const byShopKey = rawStatement<ShopHit>(
  'shop_products_by_key',
  sql`select ${shopProducts.key}, ${shopProducts.id}, ${variants.id}, ${variants.productId}, ${products.delivery}
    from ${shopProducts}
    left join ${variants} on ${variants.merchantId} = ${shopProducts.merchantId} and ${variants.id} = ${shopProducts.variantId}
    left join ${products} on ${products.merchantId} = ${variants.merchantId} and ${products.id} = ${variants.productId}
    where ${shopProducts.merchantId} = ${value('merchantId')} and ${shopProducts.storeId} = ${value('storeId')}
    and ${shopProducts.key} = any(${value('keys')}::text[])`,
  ['key', 'id', 'variantId', 'productId', 'delivery'],
)
/** What is known of these things of a shop. */
export const shopProductsByKey = (tx: MerchantTx, storeId: string, keys: readonly string[]): Promise<ShopHit[]> =>
  tx.run(byShopKey, { merchantId: tx.merchantId, storeId, keys: [...keys] })

export interface NewShopProduct {
  readonly id: string
  readonly key: string
  readonly sku: string | null
  readonly name: string
}

/** Puts things that were never seen on the review list; those that another order has just put there stay as they are. */
export const insertShopProducts = async (
  tx: MerchantTx,
  storeId: string,
  rows: readonly NewShopProduct[],
  firstSeenAt: string,
): Promise<void> => {
  await tx.db
    .insert(shopProducts)
    .values(rows.map((row) => ({ ...row, merchantId: tx.merchantId, storeId, firstSeenAt })))
    .onConflictDoNothing()
}

/** These variants with the names of their products, by id. */
export const namedVariants = (tx: MerchantTx, ids: readonly string[]) =>
  tx.db
    .select({
      id: variants.id,
      productId: variants.productId,
      productName: products.name,
      name: variants.name,
      sku: variants.sku,
      priceCentimes: variants.priceCentimes,
      delivery: products.delivery,
    })
    .from(variants)
    .innerJoin(products, and(eq(products.merchantId, variants.merchantId), eq(products.id, variants.productId)))
    .where(and(eq(variants.merchantId, tx.merchantId), inArray(variants.id, [...ids])))

/** Things of any shop that wait under a SKU are this variant's from now on. Returns them. */
export const settleBySku = async (
  tx: MerchantTx,
  { key, variantId, at }: { readonly key: string; readonly variantId: string; readonly at: string },
): Promise<string[]> => {
  const rows = await tx.db
    .update(shopProducts)
    .set({ status: 'linked', variantId, settledAt: at })
    .where(and(eq(shopProducts.merchantId, tx.merchantId), eq(shopProducts.key, key), eq(shopProducts.status, 'open')))
    .returning({ id: shopProducts.id })
  return rows.map(({ id }) => id)
}

/**
 * Brings lines to what their thing of the shop is linked to now, at most `limit` of them, by `order_lines_shop_product`.
 * Returns the orders; fewer lines than `limit` means that none is left.
 */
export const followLines = async (
  tx: MerchantTx,
  shopProductId: string,
  to: { readonly variantId: string; readonly productId: string } | null,
  limit: number,
): Promise<string[]> => {
  const behind =
    to === null
      ? sql`${orderLines.variantId} is not null`
      : sql`${orderLines.variantId} is distinct from ${to.variantId}::uuid`
  const some = tx.db
    .select({ id: orderLines.id })
    .from(orderLines)
    .where(and(eq(orderLines.merchantId, tx.merchantId), eq(orderLines.shopProductId, shopProductId), behind))
    .orderBy(orderLines.id)
    .limit(limit)
    .for('update')
  const rows = await tx.db
    .update(orderLines)
    .set({ variantId: to?.variantId ?? null, productId: to?.productId ?? null })
    .where(and(eq(orderLines.merchantId, tx.merchantId), inArray(orderLines.id, some)))
    .returning({ orderId: orderLines.orderId })
  return rows.map(({ orderId }) => orderId)
}

/** Whether any line of an order is this product; by `order_lines_variant`. */
export const isOrdered = async (tx: MerchantTx, productId: string): Promise<boolean> => {
  const rows = await tx.db
    .select({ id: orderLines.id })
    .from(orderLines)
    .innerJoin(variants, and(eq(variants.merchantId, orderLines.merchantId), eq(variants.id, orderLines.variantId)))
    .where(and(eq(variants.merchantId, tx.merchantId), eq(variants.productId, productId)))
    .limit(1)
  return rows.length > 0
}

/** Whether anything of a shop is linked to this product. */
export const isLinked = async (tx: MerchantTx, productId: string): Promise<boolean> => {
  const rows = await tx.db
    .select({ id: shopProducts.id })
    .from(shopProducts)
    .innerJoin(variants, and(eq(variants.merchantId, shopProducts.merchantId), eq(variants.id, shopProducts.variantId)))
    .where(
      and(
        eq(variants.merchantId, tx.merchantId),
        eq(variants.productId, productId),
        isNull(sql`nullif(${shopProducts.status}, 'linked')`),
      ),
    )
    .limit(1)
  return rows.length > 0
}
