import { nameKey, productLookups } from '@sendocki/domain/products/keys'
import type {
  AdoptShopProduct,
  LinkShopProduct,
  ShopProduct,
  ShopProductQuery,
  VariantChoice,
  VariantQuery,
} from '@sendocki/domain/products/product'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { followNow } from './linking.commands.ts'
import { isLinked, isOrdered, namedVariants } from './linking.queries.ts'
import { bringInProduct } from './products.commands.ts'
import { deleteProduct, findProduct } from './products.queries.ts'
import {
  type ListedShopProduct,
  listShopProducts,
  lockShopProduct,
  type ShopProductRow,
  searchVariants,
  settleShopProduct,
  variantsNamed,
} from './review.queries.ts'

/** Rows with what they are, and what they may be: asked once for all of them. */
const describe = async (tx: MerchantTx, rows: readonly ListedShopProduct[]): Promise<Map<string, ShopProduct>> => {
  const linked = rows.flatMap(({ variantId }) => variantId ?? [])
  const open = rows.filter(({ status }) => status === 'open')
  const [named, alike] = await Promise.all([
    linked.length === 0 ? [] : namedVariants(tx, linked),
    variantsNamed(tx, [...new Set(open.map(({ name }) => nameKey(name)).filter((key) => key !== ''))]),
  ])
  const byId = new Map(named.map(({ delivery: _delivery, ...variant }) => [variant.id, variant]))
  const proposalFor = (name: string): VariantChoice | null => {
    const [first, ...others] = alike.filter(({ key }) => key === nameKey(name))
    if (!first || others.length > 0) return null
    const { key: _key, ...choice } = first
    return choice
  }
  return new Map(
    rows.map(({ variantId, lastSeenAt, lastPriceCentimes, ...row }) => [
      row.id,
      {
        ...row,
        // Every line that asked for it may have been replaced since.
        lastSeenAt: lastSeenAt ?? row.firstSeenAt,
        lastPriceCentimes: lastPriceCentimes ?? null,
        variant: variantId === null ? null : (byId.get(variantId) ?? null),
        proposal: row.status === 'open' ? proposalFor(row.name) : null,
      },
    ]),
  )
}

export const readShopProducts = (ctx: Ctx, { limit = 50, cursor, status = 'open', storeId }: ShopProductQuery) =>
  ctx.read(async (tx) => {
    const list = `shop_products:${status}`
    const [after = null] = decodeCursor(list, cursor, 1) ?? []
    const rows = await listShopProducts(
      tx,
      { status, storeId },
      { after: after === null ? null : String(after), limit },
    )
    const described = await describe(tx, rows)
    return pageOf(
      rows,
      limit,
      list,
      ({ id }) => [id],
      ({ id }) => described.get(id) as ShopProduct,
    )
  })

const readBack = async (tx: MerchantTx, id: string): Promise<ShopProduct> => {
  const rows = await listShopProducts(tx, { id }, { after: null, limit: 1 })
  const described = (await describe(tx, rows)).get(id)
  if (!described) throw new Refused('shop_product.not_found')
  return described
}

/** What can be chosen for a line. */
export const readVariantChoices = (ctx: Ctx, { q, limit = 9 }: VariantQuery) =>
  ctx.read(async (tx) => {
    const words = q === undefined ? [] : productLookups(q)
    if (q !== undefined && words.length === 0) return { items: [] }
    return { items: await searchVariants(tx, words, limit) }
  })

const load = async (tx: MerchantTx, id: string): Promise<ShopProductRow> => {
  const row = await lockShopProduct(tx, id)
  if (!row) throw new Refused('shop_product.not_found')
  return row
}

/** Says what a thing of a shop is; what a person said before can be said anew. Lines that came before follow. */
const link = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: ShopProductRow,
  to: { readonly variantId: string; readonly productId: string },
  madeProductId: string | null,
): Promise<void> => {
  const settledAt = ctx.now.toISOString()
  await settleShopProduct(tx, row.id, { status: 'linked', variantId: to.variantId, madeProductId, settledAt })
  await followNow(ctx, tx, row.id, to)
  ctx.record(tx, {
    type: 'shop_product.linked',
    subject: { kind: 'shop_product', id: row.id },
    before: { status: row.status, variantId: row.variantId },
    after: { status: 'linked', variantId: to.variantId },
    data: { by: madeProductId === null ? 'choice' : 'new_product' },
  })
}

export const linkShopProduct = (ctx: Ctx, id: string, { variantId }: LinkShopProduct): Promise<ShopProduct> =>
  ctx.transaction(async (tx) => {
    const row = await load(tx, id)
    const [variant] = await namedVariants(tx, [variantId])
    if (!variant) throw new Refused('variant.not_found', undefined, [{ path: 'variantId', code: 'unknown_variant' }])
    await link(ctx, tx, row, { variantId, productId: variant.productId }, null)
    return readBack(tx, id)
  })

/** Makes a product of a thing of a shop, under its SKU, so that its other shops' lines are known by it too. */
export const adoptShopProduct = (ctx: Ctx, id: string, input: AdoptShopProduct): Promise<ShopProduct> =>
  ctx.transaction(async (tx) => {
    const row = await load(tx, id)
    if (row.status === 'linked') throw new Refused('shop_product.settled')
    const { lastPriceCentimes } = await readBack(tx, id)
    const productId = ctx.newId()
    const sku = input.sku ?? row.sku
    const variantId = await bringInProduct(ctx, tx, {
      id: productId,
      name: input.name ?? row.name,
      ...(sku === null ? {} : { sku }),
      priceCentimes: input.priceCentimes ?? lastPriceCentimes ?? 0,
    })
    await link(ctx, tx, row, { variantId, productId }, productId)
    return readBack(tx, id)
  })

/** A thing that is no product (a gift, a fee): it leaves the list, and its lines stay as the shop wrote them. */
export const ignoreShopProduct = (ctx: Ctx, id: string): Promise<ShopProduct> =>
  ctx.transaction(async (tx) => {
    const row = await load(tx, id)
    if (row.status === 'linked') throw new Refused('shop_product.settled')
    if (row.status === 'ignored') return readBack(tx, id)
    const settledAt = ctx.now.toISOString()
    await settleShopProduct(tx, id, { status: 'ignored', variantId: null, madeProductId: null, settledAt })
    ctx.record(tx, { type: 'shop_product.ignored', subject: { kind: 'shop_product', id } })
    return readBack(tx, id)
  })

/** Takes back what was said: it is on the list again, its lines are free, and a product made of it goes if nothing needs it. */
export const reopenShopProduct = (ctx: Ctx, id: string): Promise<ShopProduct> =>
  ctx.transaction(async (tx) => {
    const row = await load(tx, id)
    if (row.status === 'open') return readBack(tx, id)
    await settleShopProduct(tx, id, { status: 'open', variantId: null, madeProductId: null, settledAt: null })
    await followNow(ctx, tx, id, null)
    if (row.madeProductId !== null) await takeBackProduct(ctx, tx, row.madeProductId)
    ctx.record(tx, {
      type: 'shop_product.reopened',
      subject: { kind: 'shop_product', id },
      before: { status: row.status, variantId: row.variantId },
    })
    return readBack(tx, id)
  })

/** A product that was made in passing, was not worked on since, and is no line's and no other shop's. */
const takeBackProduct = async (ctx: Ctx, tx: MerchantTx, productId: string): Promise<void> => {
  const product = await findProduct(tx, productId, { locked: true })
  if (!product || product.version > 1) return
  if ((await isOrdered(tx, productId)) || (await isLinked(tx, productId))) return
  await deleteProduct(tx, productId)
  ctx.record(tx, { type: 'product.taken_back', subject: { kind: 'product', id: productId } })
}

/** Goes on with what a decision left to do, five hundred lines a transaction; what counts is what is decided now. */
export const linkRemainingLines = async (ctx: Ctx, shopProductId: string): Promise<void> => {
  await ctx.transaction(async (tx) => {
    const row = await lockShopProduct(tx, shopProductId)
    if (!row) return
    const [variant] = row.variantId === null ? [] : await namedVariants(tx, [row.variantId])
    await followNow(ctx, tx, row.id, variant ? { variantId: variant.id, productId: variant.productId } : null)
  })
}
