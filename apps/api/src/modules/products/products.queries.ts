import { and, asc, count, desc, eq, exists, inArray, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { productPhotos, products, productTags, productTerms, variants } from '../../db/schema/products.ts'

export type ProductRow = typeof products.$inferSelect
export type VariantRow = typeof variants.$inferSelect
type NewVariant = Omit<typeof variants.$inferInsert, 'merchantId'>

const own = (tx: MerchantTx, id: string) => and(eq(products.merchantId, tx.merchantId), eq(products.id, id))

/** Whether the merchant has a product of this id, archived or not. */
export const productExists = async (tx: MerchantTx, id: string): Promise<boolean> =>
  (
    await tx.db
      .select({ id: products.id })
      .from(products)
      .where(and(eq(products.merchantId, tx.merchantId), eq(products.id, id)))
  ).length > 0

/** A product by its key. Locked, it waits for whoever is changing it. */
export const findProduct = async (
  tx: MerchantTx,
  id: string,
  { locked = false } = {},
): Promise<ProductRow | undefined> => {
  const query = tx.db.select().from(products).where(own(tx, id))
  return (await (locked ? query.for('update') : query))[0]
}

/** The variants of these products, each product's in their places; the first is the product itself. */
export const variantsOf = (tx: MerchantTx, productIds: readonly string[]): Promise<VariantRow[]> =>
  tx.db
    .select()
    .from(variants)
    .where(and(eq(variants.merchantId, tx.merchantId), inArray(variants.productId, [...productIds])))
    .orderBy(asc(variants.productId), asc(variants.position))

export interface ProductFilter {
  readonly active?: boolean | undefined
  readonly tag?: string | undefined
  /** Beginnings of words: a product has one for each. */
  readonly words: readonly string[]
}

/** A product with a term that begins so, by the primary key of the terms. */
const hasWord = (tx: MerchantTx, word: string): SQL =>
  exists(
    tx.db
      .select({ one: sql`1` })
      .from(productTerms)
      .where(
        and(
          eq(productTerms.merchantId, products.merchantId),
          eq(productTerms.productId, products.id),
          sql`${productTerms.term} ^@ ${word}`,
        ),
      ),
  )

const hasTag = (tx: MerchantTx, tag: string): SQL =>
  exists(
    tx.db
      .select({ one: sql`1` })
      .from(productTags)
      .where(
        and(
          eq(productTags.merchantId, products.merchantId),
          eq(productTags.tag, tag),
          eq(productTags.productId, products.id),
        ),
      ),
  )

const matching = (tx: MerchantTx, { active, tag, words }: ProductFilter): (SQL | undefined)[] => [
  eq(products.merchantId, tx.merchantId),
  active === undefined ? undefined : active ? isNull(products.archivedAt) : isNotNull(products.archivedAt),
  tag === undefined ? undefined : hasTag(tx, tag),
  ...words.map((word) => hasWord(tx, word)),
]

/** Newest first, one more than `limit`: ids are made in the order of time. */
export const listProducts = (
  tx: MerchantTx,
  filter: ProductFilter,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<ProductRow[]> =>
  tx.db
    .select()
    .from(products)
    .where(and(...matching(tx, filter), after === null ? undefined : lt(products.id, after)))
    .orderBy(desc(products.id))
    .limit(limit + 1)

/** How many variants each of these products has beside itself, and which one it is as it is. */
export const headsOf = async (tx: MerchantTx, productIds: readonly string[]) => {
  if (productIds.length === 0) return { own: new Map<string, VariantRow>(), counts: new Map<string, number>() }
  const mine = and(eq(variants.merchantId, tx.merchantId), inArray(variants.productId, [...productIds]))
  const [first, counted] = await Promise.all([
    tx.db
      .select()
      .from(variants)
      .where(and(mine, eq(variants.position, 0))),
    tx.db
      .select({ productId: variants.productId, many: count() })
      .from(variants)
      .where(and(mine, sql`${variants.position} > 0`))
      .groupBy(variants.productId),
  ])
  return {
    own: new Map(first.map((row) => [row.productId, row])),
    counts: new Map(counted.map(({ productId, many }) => [productId, many])),
  }
}

export const insertProduct = async (
  tx: MerchantTx,
  row: Omit<typeof products.$inferInsert, 'merchantId'>,
): Promise<void> => {
  await tx.db.insert(products).values({ ...row, merchantId: tx.merchantId })
}

export const insertVariant = async (tx: MerchantTx, row: NewVariant): Promise<void> => {
  await tx.db.insert(variants).values({ ...row, merchantId: tx.merchantId })
}

/** Changes a locked product; the version counts every change of it and of its variants. */
export const changeProduct = async (tx: MerchantTx, id: string, set: Partial<ProductRow>): Promise<void> => {
  await tx.db
    .update(products)
    .set({ ...set, version: sql`${products.version} + 1` })
    .where(own(tx, id))
}

export const changeVariant = async (tx: MerchantTx, id: string, set: Partial<VariantRow>): Promise<void> => {
  await tx.db
    .update(variants)
    .set(set)
    .where(and(eq(variants.merchantId, tx.merchantId), eq(variants.id, id)))
}

/** Under what a product is found from now on. */
export const replaceTerms = async (tx: MerchantTx, productId: string, terms: readonly string[]): Promise<void> => {
  await tx.db
    .delete(productTerms)
    .where(and(eq(productTerms.merchantId, tx.merchantId), eq(productTerms.productId, productId)))
  if (terms.length === 0) return
  await tx.db.insert(productTerms).values(terms.map((term) => ({ merchantId: tx.merchantId, term, productId })))
}

export const replaceTags = async (tx: MerchantTx, productId: string, tags: readonly string[]): Promise<void> => {
  await tx.db
    .delete(productTags)
    .where(and(eq(productTags.merchantId, tx.merchantId), eq(productTags.productId, productId)))
  if (tags.length === 0) return
  await tx.db.insert(productTags).values(tags.map((tag) => ({ merchantId: tx.merchantId, tag, productId })))
}

/** Takes a product back that nothing refers to any more. */
export const deleteProduct = async (tx: MerchantTx, productId: string): Promise<void> => {
  const { merchantId } = tx
  await replaceTerms(tx, productId, [])
  await replaceTags(tx, productId, [])
  await tx.db
    .delete(productPhotos)
    .where(and(eq(productPhotos.merchantId, merchantId), eq(productPhotos.productId, productId)))
  await tx.db.delete(variants).where(and(eq(variants.merchantId, merchantId), eq(variants.productId, productId)))
  await tx.db.delete(products).where(own(tx, productId))
}
