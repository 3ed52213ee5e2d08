import type { DeliveryDefaults } from '@sendocki/domain/orders/options'
import { type ShopProductStatus, shopProductStatuses } from '@sendocki/domain/products/product'
import { sql } from 'drizzle-orm'
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytes, byteText, centimes, checkOneOf, id, instant } from '../columns.ts'
import { merchantId } from './platform.ts'
import { stores } from './stores.ts'

/** What the merchant sells. SKUs and prices are those of its variants, of which the first is the product itself. */
export const products = pgTable(
  'products',
  {
    merchantId: merchantId(),
    id: id(),
    version: integer().notNull().default(1),
    name: text().notNull(),
    tags: jsonb().$type<readonly string[]>().notNull().default([]),
    photoId: uuid(),
    /** What its orders ask of the handover. */
    delivery: jsonb().$type<DeliveryDefaults>().notNull().default({}),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
    archivedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('products_active').on(t.merchantId, t.id).where(sql`archived_at is null`),
    index('products_archived').on(t.merchantId, t.id).where(sql`archived_at is not null`),
  ],
)

/** What is sold under one SKU. The variant at place 0 has no name: it is the product as it is. */
export const variants = pgTable(
  'variants',
  {
    merchantId: merchantId(),
    id: id(),
    productId: uuid().notNull(),
    position: integer().notNull(),
    name: text(),
    sku: text(),
    /** One spelling of the SKU, and of the full name: what arriving lines are compared by. */
    skuKey: byteText(),
    nameKey: byteText().notNull(),
    priceCentimes: centimes(),
    active: boolean().notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('variants_place').on(t.merchantId, t.productId, t.position),
    uniqueIndex('variants_sku').on(t.merchantId, t.skuKey),
    index('variants_name').on(t.merchantId, t.nameKey),
    foreignKey({ columns: [t.merchantId, t.productId], foreignColumns: [products.merchantId, products.id] }),
  ],
)

/** Under which words and SKUs a product is found. */
export const productTerms = pgTable(
  'product_terms',
  { merchantId: merchantId(), term: byteText().notNull(), productId: uuid().notNull() },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.term, t.productId] }),
    index('product_terms_product').on(t.merchantId, t.productId),
    foreignKey({ columns: [t.merchantId, t.productId], foreignColumns: [products.merchantId, products.id] }),
  ],
)

/** By which tag a product is found; what is shown is the product's own list. */
export const productTags = pgTable(
  'product_tags',
  { merchantId: merchantId(), tag: text().notNull(), productId: uuid().notNull() },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.tag, t.productId] }),
    index('product_tags_product').on(t.merchantId, t.productId),
    foreignKey({ columns: [t.merchantId, t.productId], foreignColumns: [products.merchantId, products.id] }),
  ],
)

/** One small picture a product; its type is what its bytes say, not what its sender did. */
export const productPhotos = pgTable(
  'product_photos',
  {
    merchantId: merchantId(),
    productId: uuid().notNull(),
    id: id(),
    type: text().notNull(),
    bytes: bytes().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.productId] }),
    foreignKey({ columns: [t.merchantId, t.productId], foreignColumns: [products.merchantId, products.id] }),
  ],
)

/**
 * A thing as a shop names it, that no SKU of ours is known by: on the review list until a person says what it is. What
 * they said is remembered, for the lines that came and for those that come.
 */
export const shopProducts = pgTable(
  'shop_products',
  {
    merchantId: merchantId(),
    id: id(),
    storeId: uuid().notNull(),
    /** `sku:…` or, without a SKU, `name:…`. */
    key: byteText().notNull(),
    sku: text(),
    name: text().notNull(),
    firstSeenAt: instant().notNull(),
    status: text().$type<ShopProductStatus>().notNull().default('open'),
    variantId: uuid(),
    /** The product that was made from it, so that undoing takes it back. */
    madeProductId: uuid(),
    settledAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('shop_products_key').on(t.merchantId, t.storeId, t.key),
    index('shop_products_named').on(t.merchantId, t.key),
    index('shop_products_status').on(t.merchantId, t.status, t.id),
    index('shop_products_variant').on(t.merchantId, t.variantId),
    index('shop_products_made').on(t.merchantId, t.madeProductId),
    foreignKey({ columns: [t.merchantId, t.storeId], foreignColumns: [stores.merchantId, stores.id] }),
    foreignKey({ columns: [t.merchantId, t.variantId], foreignColumns: [variants.merchantId, variants.id] }),
    foreignKey({ columns: [t.merchantId, t.madeProductId], foreignColumns: [products.merchantId, products.id] }),
    checkOneOf('shop_products_status_known', t.status, shopProductStatuses),
  ],
)
