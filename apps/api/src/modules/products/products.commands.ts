import { nameKey, productLookups, productTerms, skuKey, variantName } from '@sendocki/domain/products/keys'
import {
  type CreateProduct,
  type CreateVariant,
  type EditProduct,
  type EditVariant,
  type Product,
  type ProductQuery,
  type ProductSummary,
  variantsMax,
} from '@sendocki/domain/products/product'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { brokeUnique } from '../../db/client.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { linkKnownSku } from './linking.commands.ts'
import { photoUrl } from './photo-links.ts'
import {
  changeProduct,
  changeVariant,
  findProduct,
  headsOf,
  insertProduct,
  insertVariant,
  listProducts,
  type ProductRow,
  replaceTags,
  replaceTerms,
  type VariantRow,
  variantsOf,
} from './products.queries.ts'

/** The product with its variants, or the one refusal for what is missing or another merchant's. */
export const loadProduct = async (
  tx: MerchantTx,
  id: string,
  options: { locked?: boolean } = {},
): Promise<{ row: ProductRow; variants: VariantRow[]; own: VariantRow }> => {
  const row = await findProduct(tx, id, options)
  if (!row) throw new Refused('product.not_found')
  const variants = await variantsOf(tx, [id])
  const own = variants[0]
  if (!own) throw new Error('A product without itself.')
  return { row, variants, own }
}

const summaryOf = (ctx: Ctx, row: ProductRow, own: VariantRow, variantCount: number): ProductSummary => ({
  id: row.id,
  name: row.name,
  sku: own.sku,
  priceCentimes: own.priceCentimes,
  tags: [...row.tags],
  photoId: row.photoId,
  photoUrl:
    row.photoId === null
      ? null
      : photoUrl(ctx.secrets, { merchantId: ctx.merchantId, productId: row.id, photoId: row.photoId }, ctx.now),
  variantCount,
  active: row.archivedAt === null,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  version: row.version,
})

export const readBack = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<Product> => {
  const { row, variants, own } = await loadProduct(tx, id)
  return {
    ...summaryOf(ctx, row, own, variants.length - 1),
    delivery: row.delivery,
    variants: variants.map(({ id: variantId, name, sku, priceCentimes, active }) => ({
      id: variantId,
      name,
      sku,
      priceCentimes,
      active,
    })),
  }
}

export const readProduct = (ctx: Ctx, id: string): Promise<Product> => ctx.read((tx) => readBack(ctx, tx, id))

export const readProducts = (ctx: Ctx, { limit = 50, cursor, q, active, tag }: ProductQuery) =>
  ctx.read(async (tx) => {
    const [after = null] = decodeCursor('products', cursor, 1) ?? []
    const words = q === undefined ? [] : productLookups(q)
    // A search without a letter or a digit names nothing.
    const rows =
      q !== undefined && words.length === 0
        ? []
        : await listProducts(tx, { active, tag, words }, { after: after === null ? null : String(after), limit })
    const { own, counts } = await headsOf(
      tx,
      rows.map(({ id }) => id),
    )
    return pageOf(
      rows,
      limit,
      'products',
      ({ id }) => [id],
      (row) => summaryOf(ctx, row, own.get(row.id) as VariantRow, counts.get(row.id) ?? 0),
    )
  })

const keyOf = (sku: string | null | undefined): string | null => (sku ? skuKey(sku) || null : null)

/** Of two products that take one SKU at the same moment, the second is told. */
const takingSku = async <T>(write: Promise<T>): Promise<T> => {
  try {
    return await write
  } catch (error) {
    if (brokeUnique(error, 'variants_sku'))
      throw new Refused('product.sku_taken', undefined, [{ path: 'sku', code: 'taken_sku' }])
    throw error
  }
}

/** Names and SKUs changed: it is found under the new ones, and lines that waited for a SKU are this product's. */
const settleWords = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<void> => {
  const { row, variants } = await loadProduct(tx, id)
  const skus = variants.flatMap(({ sku }) => sku ?? [])
  await replaceTerms(tx, id, productTerms([row.name, ...variants.flatMap(({ name }) => name ?? [])], skus))
  for (const variant of variants) await linkKnownSku(ctx, tx, variant)
}

export interface ProductDraft extends CreateProduct {
  readonly id: string
}

/** Writes a product inside a transaction, for whoever makes one. */
export const bringInProduct = async (ctx: Ctx, tx: MerchantTx, draft: ProductDraft): Promise<string> => {
  const { id, name, sku, priceCentimes, tags = [], delivery = {} } = draft
  const now = ctx.now.toISOString()
  const variantId = ctx.newId()
  await insertProduct(tx, { id, name: name.trim(), tags, delivery, createdAt: now, updatedAt: now })
  await takingSku(
    insertVariant(tx, {
      id: variantId,
      productId: id,
      position: 0,
      name: null,
      sku: sku?.trim() ?? null,
      skuKey: keyOf(sku),
      nameKey: nameKey(name),
      priceCentimes,
    }),
  )
  await replaceTags(tx, id, tags)
  ctx.record(tx, {
    type: 'product.created',
    subject: { kind: 'product', id },
    after: { name, sku: sku ?? null, priceCentimes, tags, delivery },
  })
  await settleWords(ctx, tx, id)
  return variantId
}

export const createProduct = (ctx: Ctx, input: CreateProduct): Promise<Product> =>
  ctx.transaction(async (tx) => {
    const id = ctx.newId()
    await bringInProduct(ctx, tx, { ...input, id })
    return readBack(ctx, tx, id)
  })

/** The locked product in the version that the person saw, or the refusal with the current one. */
const loadVersion = async (ctx: Ctx, tx: MerchantTx, id: string, version: number) => {
  const loaded = await loadProduct(tx, id, { locked: true })
  if (loaded.row.version !== version)
    throw new Refused('product.changed_meanwhile', { current: await readBack(ctx, tx, id) })
  return loaded
}

const factsOf = (row: ProductRow, { sku, priceCentimes }: VariantRow) => ({
  name: row.name,
  sku,
  priceCentimes,
  tags: row.tags,
  delivery: row.delivery,
})

export const editProduct = (ctx: Ctx, id: string, { version, ...edit }: EditProduct): Promise<Product> =>
  ctx.transaction(async (tx) => {
    const { row, own, variants } = await loadVersion(ctx, tx, id, version)
    const name = edit.name?.trim() ?? row.name
    const tags = edit.tags ?? row.tags
    const delivery = edit.delivery ?? row.delivery
    const sku = edit.sku === undefined ? own.sku : (edit.sku?.trim() ?? null)
    const priceCentimes = edit.priceCentimes ?? own.priceCentimes
    const before = factsOf(row, own)
    const after = { name, sku, priceCentimes, tags, delivery }
    if (JSON.stringify(before) === JSON.stringify(after)) return readBack(ctx, tx, id)
    await changeProduct(tx, id, { name, tags, delivery, updatedAt: ctx.now.toISOString() })
    await takingSku(changeVariant(tx, own.id, { sku, skuKey: keyOf(sku), priceCentimes, nameKey: nameKey(name) }))
    if (name !== row.name)
      for (const variant of variants.slice(1))
        await changeVariant(tx, variant.id, { nameKey: nameKey(variantName(name, variant.name)) })
    if (edit.tags) await replaceTags(tx, id, tags)
    await settleWords(ctx, tx, id)
    ctx.record(tx, { type: 'product.edited', subject: { kind: 'product', id }, before, after })
    return readBack(ctx, tx, id)
  })

/** Takes a product off sale or puts it on again. Asked twice, it changes nothing more. */
export const setArchived = (ctx: Ctx, id: string, archived: boolean): Promise<Product> =>
  ctx.transaction(async (tx) => {
    const { row } = await loadProduct(tx, id, { locked: true })
    if ((row.archivedAt !== null) === archived) return readBack(ctx, tx, id)
    const now = ctx.now.toISOString()
    await changeProduct(tx, id, { archivedAt: archived ? now : null, updatedAt: now })
    ctx.record(tx, { type: archived ? 'product.archived' : 'product.restored', subject: { kind: 'product', id } })
    return readBack(ctx, tx, id)
  })

export const createVariant = (ctx: Ctx, id: string, { version, ...input }: CreateVariant): Promise<Product> =>
  ctx.transaction(async (tx) => {
    const { row, variants } = await loadVersion(ctx, tx, id, version)
    if (variants.length > variantsMax) throw new Refused('product.full')
    const variantId = ctx.newId()
    await takingSku(
      insertVariant(tx, {
        id: variantId,
        productId: id,
        position: (variants.at(-1)?.position ?? 0) + 1,
        name: input.name.trim(),
        sku: input.sku?.trim() ?? null,
        skuKey: keyOf(input.sku),
        nameKey: nameKey(variantName(row.name, input.name)),
        priceCentimes: input.priceCentimes,
      }),
    )
    await changeProduct(tx, id, { updatedAt: ctx.now.toISOString() })
    await settleWords(ctx, tx, id)
    ctx.record(tx, {
      type: 'product.variant_added',
      subject: { kind: 'product', id },
      after: { ...input },
      data: { variantId },
    })
    return readBack(ctx, tx, id)
  })

export const editVariant = (
  ctx: Ctx,
  ids: { readonly id: string; readonly variantId: string },
  { version, ...edit }: EditVariant,
): Promise<Product> =>
  ctx.transaction(async (tx) => {
    const { row, variants } = await loadVersion(ctx, tx, ids.id, version)
    // The product itself is edited as the product.
    const variant = variants.slice(1).find(({ id }) => id === ids.variantId)
    if (!variant) throw new Refused('variant.not_found')
    const { name, sku, priceCentimes, active } = variant
    const before = { name, sku, priceCentimes, active }
    const after = {
      name: edit.name?.trim() ?? name,
      sku: edit.sku === undefined ? sku : (edit.sku?.trim() ?? null),
      priceCentimes: edit.priceCentimes ?? priceCentimes,
      active: edit.active ?? active,
    }
    if (JSON.stringify(before) === JSON.stringify(after)) return readBack(ctx, tx, ids.id)
    const keys = { skuKey: keyOf(after.sku), nameKey: nameKey(variantName(row.name, after.name)) }
    await takingSku(changeVariant(tx, variant.id, { ...after, ...keys }))
    await changeProduct(tx, ids.id, { updatedAt: ctx.now.toISOString() })
    await settleWords(ctx, tx, ids.id)
    ctx.record(tx, {
      type: 'product.variant_edited',
      subject: { kind: 'product', id: ids.id },
      before,
      after,
      data: { variantId: variant.id },
    })
    return readBack(ctx, tx, ids.id)
  })
