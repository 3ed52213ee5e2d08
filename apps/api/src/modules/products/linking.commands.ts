import type { DeliveryDefaults } from '@sendocki/domain/orders/options'
import { shopProductKey, skuKey, variantName } from '@sendocki/domain/products/keys'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import {
  followLines,
  insertShopProducts,
  namedVariants,
  settleBySku,
  shopProductsByKey,
  variantsBySku,
} from './linking.queries.ts'
import type { VariantRow } from './products.queries.ts'

/** A line as it was told or typed; a person may have said which variant it is. */
export interface LineToLink {
  readonly variantId?: string | null
  readonly sku: string | null
  readonly name: string
}
export interface LineLink {
  readonly productId: string | null
  readonly variantId: string | null
  readonly shopProductId: string | null
}
/** A line's link, with what its product asks of the handover. */
export interface LinkedLine {
  readonly link: LineLink
  readonly delivery: DeliveryDefaults
}
const unlinked: LinkedLine = { link: { productId: null, variantId: null, shopProductId: null }, delivery: {} }

/**
 * What each line of an order is, all lines at once: the variant that a person chose, whose SKU it bears, or what a person
 * said of that thing of the shop before. A line of a shop that is none of these goes on the review list; a name alone
 * never decides. `review` is false where people write the lines.
 */
export const linkLines = async (
  ctx: Ctx,
  tx: MerchantTx,
  {
    storeId,
    lines,
    review,
  }: { readonly storeId: string | null; readonly lines: readonly LineToLink[]; readonly review: boolean },
): Promise<LinkedLine[]> => {
  const chosen = [...new Set(lines.flatMap(({ variantId }) => variantId ?? []))]
  const skus = [...new Set(lines.flatMap(({ sku }) => (sku === null ? [] : skuKey(sku))))].filter((key) => key !== '')
  const keys = [...new Set(lines.flatMap((line) => shopProductKey(line) ?? []))]
  const [named, bySku, known] = await Promise.all([
    chosen.length === 0 ? [] : namedVariants(tx, chosen),
    skus.length === 0 ? [] : variantsBySku(tx, skus),
    storeId === null || keys.length === 0 ? [] : shopProductsByKey(tx, storeId, keys),
  ])
  const choices = new Map(named.map((one) => [one.id, { ...one, variantId: one.id }]))
  const owners = new Map(bySku.map((hit) => [hit.skuKey, hit]))
  const shopThings = new Map(known.map((hit) => [hit.key, hit]))
  const ofSku = (sku: string | null) => (sku === null ? undefined : owners.get(skuKey(sku)))
  if (storeId !== null && review) {
    const unseen = lines.filter(
      (line) => !line.variantId && !ofSku(line.sku) && !shopThings.has(shopProductKey(line) ?? ''),
    )
    for (const hit of await seeFirst(ctx, tx, storeId, unseen)) shopThings.set(hit.key, hit)
  }
  return lines.map((line) => {
    const direct = line.variantId ? choices.get(line.variantId) : ofSku(line.sku)
    const thing = shopThings.get(shopProductKey(line) ?? '')
    if (direct) {
      const { productId, variantId, delivery } = direct
      // What a person said of the thing of the shop is said of this line as long as it says the same.
      const shopProductId = thing?.variantId === variantId ? thing.id : null
      return { link: { productId, variantId, shopProductId }, delivery }
    }
    if (!thing) return unlinked
    const { productId, variantId, id: shopProductId, delivery } = thing
    return { link: { productId, variantId, shopProductId }, delivery: delivery ?? {} }
  })
}

/** Puts what was never seen on the review list. Sorted, so that two orders wait for one another in one order only. */
const seeFirst = async (ctx: Ctx, tx: MerchantTx, storeId: string, lines: readonly LineToLink[]) => {
  const unseen = new Map(
    lines.flatMap((line) => {
      const key = shopProductKey(line)
      return key === null ? [] : [[key, { id: ctx.newId(), key, sku: line.sku, name: line.name }]]
    }),
  )
  if (unseen.size === 0) return []
  const rows = [...unseen.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
  await insertShopProducts(tx, storeId, rows, ctx.now.toISOString())
  tx.outbox.changes.push({ noun: 'shop_product', id: storeId })
  return shopProductsByKey(tx, storeId, [...unseen.keys()])
}

/** Lines that only say which variant they are get its name and SKU; a variant that is not ours is refused. */
export const nameLines = async <L extends LineToLink>(tx: MerchantTx, lines: readonly L[]): Promise<L[]> => {
  const ids = [...new Set(lines.flatMap(({ variantId }) => variantId ?? []))]
  if (ids.length === 0) return [...lines]
  const found = new Map((await namedVariants(tx, ids)).map((variant) => [variant.id, variant]))
  return lines.map((line, index) => {
    if (!line.variantId) return line
    const variant = found.get(line.variantId)
    if (!variant)
      throw new Refused('variant.not_found', undefined, [{ path: `lines.${index}.variantId`, code: 'unknown_variant' }])
    const name = line.name === '' ? variantName(variant.productName, variant.name) : line.name
    return { ...line, name, sku: line.sku ?? variant.sku }
  })
}

/** What variants cost in the catalogue, by their id. */
export const pricesOf = async (tx: MerchantTx, ids: readonly string[]): Promise<ReadonlyMap<string, number>> =>
  new Map(ids.length === 0 ? [] : (await namedVariants(tx, ids)).map(({ id, priceCentimes }) => [id, priceCentimes]))

/** How many past lines follow at once; the rest is a job's. */
const atOnce = 500

/** The lines that came before follow what was just said: few now, the rest by a job. */
export const followNow = async (
  ctx: Ctx,
  tx: MerchantTx,
  shopProductId: string,
  to: { readonly variantId: string; readonly productId: string } | null,
): Promise<void> => {
  const orderIds = await followLines(tx, shopProductId, to, atOnce)
  for (const id of new Set(orderIds)) tx.outbox.changes.push({ noun: 'order', id })
  if (orderIds.length < atOnce) return
  const payload = { merchantId: ctx.merchantId, shopProductId }
  ctx.enqueue(tx, 'products.link_lines', payload, { key: `products.link_lines/${shopProductId}` })
}

/** What waits on the review list under a SKU that has just become a variant's needs nobody any more. */
export const linkKnownSku = async (
  ctx: Ctx,
  tx: MerchantTx,
  { id, productId, skuKey: key }: Pick<VariantRow, 'id' | 'productId' | 'skuKey'>,
): Promise<void> => {
  if (key === null) return
  const at = ctx.now.toISOString()
  for (const shopProductId of await settleBySku(tx, { key: `sku:${key}`, variantId: id, at })) {
    await followNow(ctx, tx, shopProductId, { variantId: id, productId })
    ctx.record(tx, {
      type: 'shop_product.linked',
      subject: { kind: 'shop_product', id: shopProductId },
      after: { variantId: id },
      data: { by: 'sku' },
    })
  }
}
